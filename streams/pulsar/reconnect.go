package pulsar

import (
	"math/rand/v2"
	"time"

	"github.com/apache/pulsar-client-go/pulsar/backoff"
)

// A reconnect is how long a broken connection rests before it is tried again. The client's own grows to a minute, which those who
// wait would wait after the broker is back.
type reconnect struct{ last time.Duration }

const (
	firstReconnect = 100 * time.Millisecond
	mostReconnect  = 2 * time.Second
)

func newReconnect() backoff.Policy { return &reconnect{} }

// Next implements backoff.Policy: each wait is twice the last, and a little more, so that not all who lost a broker come at once.
func (r *reconnect) Next() time.Duration {
	r.last = min(max(2*r.last, firstReconnect), mostReconnect)
	return r.last + rand.N(r.last/5)
}

// IsMaxBackoffReached implements backoff.Policy.
func (r *reconnect) IsMaxBackoffReached() bool { return r.last >= mostReconnect }

// Reset implements backoff.Policy.
func (r *reconnect) Reset() { r.last = 0 }

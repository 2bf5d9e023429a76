// Package courier brings webhooks to an app as the platform does: signed, one after the other for each person, three tries each. On
// the way they may be lost, held up, doubled, and overtake each other.
package courier

import (
	"bytes"
	"context"
	"crypto/sha1"
	"encoding/hex"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"sync"
	"time"
)

// Settings are what the way to the app does to events.
type Settings struct {
	Copies  int           `json:"copies"`   // how often each event comes besides, at the same time
	Shuffle bool          `json:"shuffle"`  // events overtake each other
	Delay   time.Duration `json:"delay_ns"` // before each event
	Drop    int           `json:"drop"`     // so many events from now on are lost
}

// An Attempt is one try to deliver an event.
type Attempt struct {
	Event  string    `json:"event"`
	MsgID  string    `json:"msg_id"`
	Try    int       `json:"try"`
	Status int       `json:"status"` // 0 without an answer
	Error  string    `json:"error,omitempty"`
	At     time.Time `json:"at"`
	Took   int64     `json:"took_ms"`
}

// A Parcel is an event on its way.
type Parcel struct {
	Event string
	Key   string // events of one key go one after the other
	MsgID string
	Body  []byte
}

const (
	mostMisses = 20   // events in a row that nobody may take before the subscription is cancelled
	mostKept   = 2000 // attempts that are remembered
)

// A Courier delivers to one address at a time. It is safe for concurrent use.
type Courier struct {
	secret  string
	spacing []time.Duration // before the second and each further try
	timeout time.Duration   // of a try
	client  *http.Client
	ctx     context.Context // of what is under way; ends with Close
	stop    context.CancelFunc
	routes  sync.WaitGroup

	mu       sync.Mutex
	address  string
	settings Settings
	misses   int
	tails    map[string]chan struct{} // the latest of each key
	attempts []Attempt
}

// New returns a courier that signs with a secret. It has no address yet.
func New(secret string, spacing []time.Duration, timeout time.Duration) *Courier {
	ctx, stop := context.WithCancel(context.Background())
	return &Courier{secret: secret, spacing: spacing, timeout: timeout, client: &http.Client{}, ctx: ctx, stop: stop, tails: map[string]chan struct{}{}}
}

// Close gives up what is under way.
func (c *Courier) Close() {
	c.stop()
	c.routes.Wait()
	c.client.CloseIdleConnections()
}

// Done is closed when the courier ends.
func (c *Courier) Done() <-chan struct{} { return c.ctx.Done() }

// Settled waits until nothing is under way.
func (c *Courier) Settled() { c.routes.Wait() }

// To sends events to an address from now on; empty sends them nowhere.
func (c *Courier) To(address string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.address, c.misses = address, 0
}

// Address is where events go.
func (c *Courier) Address() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.address
}

// Set says what the way to the app does from now on.
func (c *Courier) Set(s Settings) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.settings = s
}

// Settings are what the way to the app does.
func (c *Courier) Settings() Settings {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.settings
}

// Attempts are the latest tries, oldest first.
func (c *Courier) Attempts() []Attempt {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.attempts)
}

// Send brings an event on its way: behind those of its key, unless events are shuffled.
func (c *Courier) Send(p Parcel) {
	c.mu.Lock()
	defer c.mu.Unlock()
	address, s := c.address, c.settings
	if address == "" || c.ctx.Err() != nil {
		return
	}
	if s.Drop > 0 {
		c.settings.Drop--
		return
	}
	before, done := c.tails[p.Key], make(chan struct{})
	if s.Shuffle {
		before = nil
		s.Delay += rand.N(50 * time.Millisecond)
	}
	c.tails[p.Key] = done
	c.routes.Go(func() {
		defer close(done)
		if before != nil {
			<-before
		}
		if !c.pause(s.Delay) {
			return
		}
		for range s.Copies {
			c.routes.Go(func() { c.deliver(address, p) })
		}
		c.deliver(address, p)
	})
}

// deliver tries until somebody takes the event or the tries are used up.
func (c *Courier) deliver(address string, p Parcel) {
	taken := false
	for try := 0; try <= len(c.spacing) && !taken; try++ {
		if try > 0 && !c.pause(c.spacing[try-1]) {
			return
		}
		begun := time.Now()
		status, _, err := c.Post(address, p)
		taken = status == http.StatusOK
		a := Attempt{Event: p.Event, MsgID: p.MsgID, Try: try + 1, Status: status, At: begun, Took: time.Since(begun).Milliseconds()}
		if err != nil {
			a.Error = err.Error()
		}
		c.mu.Lock()
		if c.attempts = append(c.attempts, a); len(c.attempts) > mostKept {
			c.attempts = slices.Delete(c.attempts, 0, 1)
		}
		c.mu.Unlock()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case taken:
		c.misses = 0
	case c.misses+1 < mostMisses:
		c.misses++
	case c.address == address:
		c.misses, c.address = 0, "" // whoever does not answer for long is told nothing any more
	}
}

// Post makes one try and returns what the app answers.
func (c *Courier) Post(address string, p Parcel) (status int, answer []byte, err error) {
	ctx, cancel := context.WithTimeout(c.ctx, c.timeout)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(p.Body))
	if err != nil {
		return 0, nil, err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("User-Agent", "DouyinOpenPlatform/1.0 (simulator)")
	r.Header.Set("X-Douyin-Signature", Sign(c.secret, p.Body))
	r.Header.Set("Msg-Id", p.MsgID)
	response, err := c.client.Do(r)
	if err != nil {
		return 0, nil, err
	}
	defer response.Body.Close()
	answer, err = io.ReadAll(io.LimitReader(response.Body, 64<<10))
	return response.StatusCode, answer, err
}

// Sign is the signature of a body: SHA-1 of the secret and the body, in hexadecimal.
func Sign(secret string, body []byte) string {
	sum := sha1.Sum(append([]byte(secret), body...))
	return hex.EncodeToString(sum[:])
}

// pause lets time pass and reports whether the courier is still on its way.
func (c *Courier) pause(d time.Duration) bool {
	select {
	case <-time.After(d):
		return true
	case <-c.ctx.Done():
		return false
	}
}

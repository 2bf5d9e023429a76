// Package influx is the meter on InfluxDB 2: what several processes count is in one place, and the same questions have the same
// answers as package meter gives by itself.
//
// A point of the house is a point of the bucket, its time chosen by the id of its record (see line), so that one written again
// replaces itself whoever writes it. On its way it lies in a spool on disk: Add returns once it is there, also while the server
// is away. A question first brings what waits in this process to the server, and is then counted by the server. After
// Options.Minutes the server keeps hours only, as Provision has told it to.
package influx

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"sync"
	"time"

	influxdb2 "github.com/influxdata/influxdb-client-go/v2"
	"github.com/influxdata/influxdb-client-go/v2/api"

	"keliu/streams/desk"
	"keliu/streams/meter"
	"keliu/streams/meter/influx/address"
	"keliu/streams/meter/influx/spool"
)

// Options say how a meter behaves; the zero value is right for most. Those who share a bucket agree on Minutes and Hours.
type Options struct {
	Log     *slog.Logger     // nil is silent
	Now     func() time.Time // nil is time.Now
	Minutes time.Duration    // how long single points are kept, and minutes are told apart; default 35 days
	Hours   time.Duration    // how long hours are kept; default 3 years
	Gather  time.Duration    // how long what was added waits for more that goes along; default 200 ms
	Timeout time.Duration    // how long the server may take for one answer; default 10 s
}

func (o Options) withDefaults() Options {
	const day = 24 * time.Hour
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	o.Minutes = cmp.Or(o.Minutes, 35*day)
	o.Hours = cmp.Or(o.Hours, 3*365*day)
	o.Gather = cmp.Or(o.Gather, 200*time.Millisecond)
	o.Timeout = cmp.Or(o.Timeout, 10*time.Second)
	return o
}

// Meter is a meter.Meter whose points are in a bucket.
type Meter struct {
	at      address.Bucket
	options Options
	client  influxdb2.Client
	query   api.QueryAPI
	minutes api.WriteAPIBlocking // takes the points of Options.Minutes
	hours   api.WriteAPIBlocking // takes those that come later than that
	spool   *spool.Spool

	flushing chan chan error
	stop     context.CancelFunc
	closed   chan struct{} // closed when run has ended
	once     sync.Once
	err      error // of closing the spool

	outage outage // of run alone
}

// Open opens the meter at an address (see address.Parse), with its spool in dir, and sets up the buckets if the token may. A
// server that does not answer is no error: what is added waits in the spool. A server that refuses is desk.ErrInvalid.
func Open(ctx context.Context, dir, at string, o Options) (*Meter, error) {
	bucket, err := address.Parse(at)
	if err != nil {
		return nil, err
	}
	s, err := spool.Open(dir)
	if err != nil {
		return nil, err
	}
	o = o.withDefaults()
	client := connect(bucket, o.Timeout)
	m := &Meter{
		at: bucket, options: o, client: client, query: client.QueryAPI(bucket.Org), spool: s,
		minutes: client.WriteAPIBlocking(bucket.Org, bucket.Name), hours: client.WriteAPIBlocking(bucket.Org, bucket.Hours()),
		flushing: make(chan chan error), closed: make(chan struct{}),
	}
	switch err := prepare(ctx, client, bucket, o); {
	case errors.Is(err, desk.ErrInvalid):
		client.Close()
		return nil, errors.Join(err, s.Close())
	case err != nil:
		m.outage.begin(time.Now(), err)
		o.Log.Warn("the metrics' server does not answer; what is counted is kept on disk until it does", "server", bucket.String(), "error", err)
	default:
		m.outage.ready = true
	}
	running, stop := context.WithCancel(context.WithoutCancel(ctx))
	m.stop = stop
	go m.run(running)
	return m, nil
}

func connect(at address.Bucket, timeout time.Duration) influxdb2.Client {
	o := influxdb2.DefaultOptions().SetUseGZip(true).SetHTTPRequestTimeout(uint(math.Ceil(timeout.Seconds()))).SetLogLevel(0)
	return influxdb2.NewClientWithOptions(at.Server, at.Token, o)
}

// Add implements meter.Meter. It returns once the points are in the spool; the server may be away.
func (m *Meter) Add(ctx context.Context, id string, points []meter.Point) error {
	if err := meter.Check(id, points); err != nil {
		return err
	}
	if len(points) == 0 {
		return nil
	}
	return m.spool.Add(ctx, id, points)
}

// Waiting is how many records are in the spool of this process, on their way to the server.
func (m *Meter) Waiting() int64 { return m.spool.Waiting() }

// Close makes a last attempt to bring what waits to the server, and keeps the rest for the next Open.
func (m *Meter) Close() error {
	m.once.Do(func() {
		m.stop()
		<-m.closed
		m.client.Close()
		m.err = m.spool.Close()
	})
	return m.err
}

// unavailable marks a failure of the server, which is no fault of what was added or asked.
func (m *Meter) unavailable(err error) error {
	return fmt.Errorf("meter at %s: %w: %w", m.at, desk.ErrUnavailable, err)
}

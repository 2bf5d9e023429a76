// Package pulsar is the log on Apache Pulsar: the same promise as package embedded makes, spread over many machines.
//
// A record is a message, its key the message's, its headers properties. Subscriptions are Key_Shared: the broker gives the records
// of a key to one process at a time. That process keeps their order (package lane), also when one fails: it is parked here and
// tried again, because a negative acknowledgement would let those behind it pass. The namespaces that a log lives in are set up
// by package provision.
package pulsar

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/apache/pulsar-client-go/pulsar"
	"github.com/apache/pulsar-client-go/pulsar/log"

	"keliu/streams"
	"keliu/streams/desk"
	"keliu/streams/pulsar/address"
)

// Options say how a log behaves. The zero value is right for most.
type Options struct {
	Log      *slog.Logger                    // told of what is tried again; nil tells nobody
	Workers  int                             // handlers at the same time per subscription; 64 when 0
	Backoff  func(attempt int) time.Duration // the wait after a failure; 20 ms doubling up to 2 s when nil
	Patience time.Duration                   // how long a record may take to be durable; 30 s when 0
	Now      func() time.Time                // time.Now when nil
}

// operation is how long the client tries anything but publishing: to find a topic, to begin reading.
const operation = 10 * time.Second

func (o *Options) setDefaults() {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Workers <= 0 {
		o.Workers = 64
	}
	if o.Backoff == nil {
		o.Backoff = doubling
	}
	if o.Patience <= 0 {
		o.Patience = 30 * time.Second
	}
	if o.Now == nil {
		o.Now = time.Now
	}
}

func doubling(attempt int) time.Duration {
	const first, most = 20 * time.Millisecond, 2 * time.Second
	return min(first<<min(attempt-1, 20), most)
}

// A Log implements streams.Log and streams.Observer on two namespaces of a cluster.
type Log struct {
	at     address.Namespace
	o      Options
	client pulsar.Client
	stamp  atomic.Int64 // of the latest record published

	mu      sync.Mutex
	outlets map[string]*outlets        // by topic
	running map[*subscription]struct{} // subscriptions
	closed  bool

	done chan struct{}  // closed by Close
	busy sync.WaitGroup // calls that use the client
}

// Open opens the log at an address (see address.Parse). It waits for a cluster that does not answer, and says so, until ctx is done.
func Open(ctx context.Context, url string, o Options) (*Log, error) {
	at, err := address.Parse(url)
	if err != nil {
		return nil, err
	}
	o.setDefaults()
	options := pulsar.ClientOptions{
		URL: at.Broker, OperationTimeout: operation, ConnectionTimeout: operation / 2,
		Logger: log.NewLoggerWithSlog(slog.New(warnings{o.Log.Handler()})),
	}
	if at.Token != "" {
		options.Authentication = pulsar.NewAuthenticationToken(at.Token)
	}
	client, err := pulsar.NewClient(options)
	if err != nil {
		return nil, fmt.Errorf("open log at %s: %w", at, err)
	}
	l := &Log{
		at: at, o: o, client: client,
		outlets: map[string]*outlets{}, running: map[*subscription]struct{}{}, done: make(chan struct{}),
	}
	if err := l.reach(ctx); err != nil {
		client.Close()
		return nil, fmt.Errorf("open log at %s: %w", at, err)
	}
	return l, nil
}

// reach waits until both namespaces answer. That the cluster has none of the name is no reason to wait.
func (l *Log) reach(ctx context.Context) error {
	for attempt := 1; ; attempt++ {
		asked := make(chan error, 1)
		go func() { asked <- l.ask() }()
		var err error
		select {
		case err = <-asked:
		case <-ctx.Done():
			return ctx.Err()
		}
		switch {
		case err == nil:
			return nil
		case strings.Contains(err.Error(), "TopicNotFound"):
			return fmt.Errorf("the cluster has no namespace of this name, or none named %s%s beside it for state topics: set up both first: %w",
				l.at.Name, address.StateSuffix, desk.ErrInvalid)
		}
		l.o.Log.Warn("the log is not reached, will be tried again", "address", l.at.String(), "error", err)
		if err := l.pause(ctx, attempt); err != nil {
			return err
		}
	}
}

// ask is nil when both namespaces answer.
func (l *Log) ask() error {
	if _, err := l.client.TopicPartitions(l.path("keliu")); err != nil {
		return err
	}
	_, err := l.client.TopicPartitions(l.path("keliu" + streams.StateSuffix))
	return err
}

// pause waits for the next attempt at something that the cluster could not do.
func (l *Log) pause(ctx context.Context, attempt int) error {
	timer := time.NewTimer(l.o.Backoff(attempt))
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-l.done:
		return streams.ErrClosed
	case <-ctx.Done():
		return ctx.Err()
	}
}

// enter keeps Close waiting until busy.Done.
func (l *Log) enter() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return streams.ErrClosed
	}
	l.busy.Add(1)
	return nil
}

// until returns a context that is done when the log is closed, too.
func (l *Log) until(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(ctx)
	stop := make(chan struct{})
	go func() {
		select {
		case <-l.done:
			cancel(streams.ErrClosed)
		case <-stop:
		}
	}()
	return ctx, func() { close(stop); cancel(context.Canceled) }
}

// path is where a topic stands in the cluster: state topics have a namespace of their own, which is compacted.
func (l *Log) path(topic string) string {
	namespace := l.at.Name
	if strings.HasSuffix(topic, streams.StateSuffix) {
		namespace += address.StateSuffix
	}
	return "persistent://" + l.at.Tenant + "/" + namespace + "/" + topic
}

// checkName reports whether a topic or a subscription can have a name here.
func checkName(name string) error {
	if strings.Contains(name, "-partition-") {
		return errors.New(`a name has no "-partition-" in it: Pulsar calls the parts of a topic so`)
	}
	return streams.CheckName(name)
}

// list notes that a subscription runs, or no longer.
func (l *Log) list(s *subscription, runs bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if runs {
		l.running[s] = struct{}{}
	} else {
		delete(l.running, s)
	}
}

// Backlogs implements streams.Observer. What it counts is what the broker has handed to this process; the broker's own metrics
// tell what still waits there.
func (l *Log) Backlogs() []streams.Backlog {
	l.mu.Lock()
	defer l.mu.Unlock()
	var all []streams.Backlog
	for s := range l.running {
		held, parked := s.lanes.Count()
		all = append(all, streams.Backlog{Topic: s.topic, Subscription: s.name, Pending: int64(held), Parked: int64(parked)})
	}
	slices.SortFunc(all, func(a, b streams.Backlog) int {
		return cmp.Or(strings.Compare(a.Topic, b.Topic), strings.Compare(a.Subscription, b.Subscription))
	})
	return all
}

// Close implements streams.Log. It waits for the handlers that run.
func (l *Log) Close() error {
	l.mu.Lock()
	if l.closed {
		l.mu.Unlock()
		return nil
	}
	l.closed = true
	close(l.done)
	l.mu.Unlock()
	l.busy.Wait()
	for _, o := range l.outlets {
		o.close()
	}
	l.client.Close()
	return nil
}

// warnings lets through what a client says that is more than a notice.
type warnings struct{ slog.Handler }

// Enabled implements slog.Handler.
func (w warnings) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && w.Handler.Enabled(ctx, level)
}

// WithAttrs implements slog.Handler.
func (w warnings) WithAttrs(attrs []slog.Attr) slog.Handler {
	return warnings{w.Handler.WithAttrs(attrs)}
}

// WithGroup implements slog.Handler.
func (w warnings) WithGroup(name string) slog.Handler { return warnings{w.Handler.WithGroup(name)} }

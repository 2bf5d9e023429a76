package pulsar_test

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	client "github.com/apache/pulsar-client-go/pulsar"
	"github.com/apache/pulsar-client-go/pulsar/log"

	"keliu/streams"
	"keliu/streams/pulsar/address"
)

// body is as long as a customer's message with what surrounds it.
var body = make([]byte, 300)

// slices is into how many parts a benchmark is cut, so that ours and the other take turns on a machine that does other work too.
const slices = 50

// eachWaits calls do n times from some goroutines, each of which waits for one call before the next. It returns how long that took.
func eachWaits(b *testing.B, n, goroutines int, do func(goroutine int) error) time.Duration {
	var left atomic.Int64
	left.Store(int64(n))
	var all sync.WaitGroup
	began := time.Now()
	for g := range goroutines {
		all.Go(func() {
			for left.Add(-1) >= 0 {
				if err := do(g); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	return time.Since(began)
}

// bare is the Go client without anything of ours.
func bare(b *testing.B) client.Client {
	c, err := client.NewClient(client.ClientOptions{URL: reach(b).at.Broker, Logger: log.NewLoggerWithSlog(slog.New(slog.DiscardHandler))})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(c.Close)
	return c
}

// path is where the client finds a topic of a log.
func path(b *testing.B, url, topic string) string {
	at, err := address.Parse(url)
	if err != nil {
		b.Fatal(err)
	}
	return "persistent://" + at.Tenant + "/" + at.Name + "/" + topic
}

// BenchmarkPublish publishes durably, each record with a call of its own, beside the client used bare: with batches of one key, which
// Key_Shared needs (client/s), and with batches of all keys, in which the order of a key is lost once two processes subscribe
// (mixed/s). Ratio is ours to the first.
func BenchmarkPublish(b *testing.B) {
	for _, publishers := range []int{1, 128, 512} {
		b.Run(fmt.Sprint("publishers=", publishers), func(b *testing.B) {
			url := reach(b).fresh(b, 1)
			ours := open(b, url)
			defer ours.Close()
			c := bare(b)
			keyed := producer(b, c, client.ProducerOptions{Topic: path(b, url, "keyed"), BatcherBuilderType: client.KeyBasedBatchBuilder})
			mixed := producer(b, c, client.ProducerOptions{Topic: path(b, url, "mixed")})
			key := func(p int) string { return fmt.Sprint("conversation-", p) }
			runs := []func(p int) error{
				func(p int) error {
					return ours.Publish(b.Context(), "ours", streams.Record{ID: key(p), Key: key(p), Body: body})
				},
				func(p int) error {
					_, err := keyed.Send(b.Context(), &client.ProducerMessage{Key: key(p), Payload: body})
					return err
				},
				func(p int) error {
					sent := make(chan error, 1)
					mixed.SendAsync(b.Context(), &client.ProducerMessage{Key: key(p), Payload: body},
						func(_ client.MessageID, _ *client.ProducerMessage, err error) { sent <- err })
					return <-sent
				},
			}
			rates := beside(b, publishers, runs)
			b.ReportMetric(rates[0], "records/s")
			b.ReportMetric(rates[1], "client/s")
			b.ReportMetric(rates[2], "mixed/s")
			b.ReportMetric(rates[0]/rates[1], "ratio")
		})
	}
}

func producer(b *testing.B, c client.Client, o client.ProducerOptions) client.Producer {
	p, err := c.CreateProducer(o)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(p.Close)
	return p
}

// beside does each of runs b.N times, taking turns, and returns how often a second.
func beside(b *testing.B, goroutines int, runs []func(int) error) []float64 {
	took := make([]time.Duration, len(runs))
	part := max(1, b.N/slices)
	b.ResetTimer()
	for done := 0; done < b.N; done += part {
		for i, run := range runs {
			took[i] += eachWaits(b, min(part, b.N-done), goroutines, run)
		}
	}
	rates := make([]float64, len(runs))
	for i := range runs {
		rates[i] = float64(b.N) / took[i].Seconds()
	}
	return rates
}

// BenchmarkEndToEnd is the way of one record from Publish to its handler, beside the client's from Send to Receive.
func BenchmarkEndToEnd(b *testing.B) {
	url := reach(b).fresh(b, 1)
	ours := open(b, url)
	defer ours.Close()
	handled := make(chan struct{})
	go func() {
		_ = ours.Subscribe(b.Context(), "ours", "s", func(context.Context, streams.Record) error { handled <- struct{}{}; return nil })
	}()
	c := bare(b)
	topic := path(b, url, "client")
	consumer, err := c.Subscribe(client.ConsumerOptions{Topic: topic, SubscriptionName: "s", Type: client.KeyShared})
	if err != nil {
		b.Fatal(err)
	}
	defer consumer.Close()
	p := producer(b, c, client.ProducerOptions{Topic: topic, BatcherBuilderType: client.KeyBasedBatchBuilder})
	rates := beside(b, 1, []func(int) error{
		func(int) error {
			err := ours.Publish(b.Context(), "ours", streams.Record{ID: "1", Key: "k", Body: body})
			<-handled
			return err
		},
		func(int) error {
			if _, err := p.Send(b.Context(), &client.ProducerMessage{Key: "k", Payload: body}); err != nil {
				return err
			}
			m, err := consumer.Receive(b.Context())
			if err != nil {
				return err
			}
			return consumer.Ack(m)
		},
	})
	b.ReportMetric(1e3/rates[0], "ms/record")
	b.ReportMetric(1e3/rates[1], "client-ms")
	b.ReportMetric(rates[0]/rates[1], "ratio")
}

// BenchmarkSubscribe handles what is waiting in a topic, in the order of each of 128 keys, beside the client's consumer. The clocks
// run from the first record to the last.
func BenchmarkSubscribe(b *testing.B) {
	url := reach(b).fresh(b, 1)
	ours := open(b, url)
	defer ours.Close()
	fill(b, ours, "ours")
	fill(b, ours, "client")
	var handled atomic.Int64
	var began time.Time
	done := make(chan time.Duration)
	b.ResetTimer()
	go func() {
		_ = ours.Subscribe(b.Context(), "ours", "s", func(context.Context, streams.Record) error {
			switch handled.Add(1) {
			case 1:
				began = time.Now()
			case int64(b.N):
				done <- time.Since(began)
			}
			return nil
		})
	}()
	if b.N < 2 {
		return // the first record is the last
	}
	took := <-done
	consumer, err := bare(b).Subscribe(client.ConsumerOptions{
		Topic: path(b, url, "client"), SubscriptionName: "s", Type: client.KeyShared,
		SubscriptionInitialPosition: client.SubscriptionPositionEarliest,
	})
	if err != nil {
		b.Fatal(err)
	}
	defer consumer.Close()
	for n := range b.N {
		m, err := consumer.Receive(b.Context())
		if err != nil {
			b.Fatal(err)
		}
		if n == 0 {
			began = time.Now()
		}
		if err := consumer.Ack(m); err != nil {
			b.Fatal(err)
		}
	}
	theirs := time.Since(began)
	b.ReportMetric(float64(b.N-1)/took.Seconds(), "records/s")
	b.ReportMetric(float64(b.N-1)/theirs.Seconds(), "client/s")
	b.ReportMetric(theirs.Seconds()/took.Seconds(), "ratio")
}

// fill publishes b.N records.
func fill(b *testing.B, log streams.Log, topic string) {
	const most = 1000
	for n := 0; n < b.N; n += most {
		var records []streams.Record
		for i := range min(most, b.N-n) {
			records = append(records, streams.Record{ID: fmt.Sprint(n + i), Key: fmt.Sprint("conversation-", i%128), Body: body})
		}
		publish(b, log, topic, records...)
	}
}

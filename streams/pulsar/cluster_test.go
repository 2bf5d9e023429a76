package pulsar_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"keliu/streams"
	"keliu/streams/desk"
	"keliu/streams/pulsar"
	"keliu/streams/pulsar/address"
)

func TestOpenSaysThatNothingIsSetUp(t *testing.T) {
	c := reach(t)
	_, err := pulsar.Open(t.Context(), c.at.Broker+"/"+c.at.Tenant+"/nowhere", pulsar.Options{})
	if !errors.Is(err, desk.ErrInvalid) || !strings.Contains(err.Error(), "set up both first") {
		t.Errorf("Open without namespaces: %v", err)
	}
}

func TestOpenWaitsUntilToldToStop(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := pulsar.Open(ctx, "pulsar://127.0.0.1:1/a/b", pulsar.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("Open of a cluster that does not answer: %v", err)
	}
}

// compact compacts a topic and waits until that is done.
func (c cluster) compact(t *testing.T, url, topic string) {
	t.Helper()
	at, err := address.Parse(url)
	if err != nil {
		t.Fatal(err)
	}
	admin := fmt.Sprintf("%s/admin/v2/persistent/%s/%s-state/%s/compaction", c.admin.URL, at.Tenant, at.Name, topic)
	ask := func(method string) string {
		r, err := http.NewRequestWithContext(t.Context(), method, admin, http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		response, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		var said [1000]byte
		n, _ := response.Body.Read(said[:]) // the text is for the message only
		if response.StatusCode >= 300 {
			t.Fatalf("%s %s: %s: %s", method, admin, response.Status, said[:n])
		}
		return string(said[:n])
	}
	ask(http.MethodPut)
	for deadline := time.Now().Add(time.Minute); ; <-time.After(50 * time.Millisecond) {
		said := ask(http.MethodGet)
		if strings.Contains(said, "SUCCESS") {
			return
		}
		if strings.Contains(said, "ERROR") || time.Now().After(deadline) {
			t.Fatalf("compaction: %s", said)
		}
	}
}

// Compaction takes records away; what Latest tells stays the same, also when the latest record removed its key.
func TestLatestAfterCompaction(t *testing.T) {
	c := reach(t)
	const topic = "t" + streams.StateSuffix
	for name, last := range map[string]streams.Record{
		"ends with a value":   {ID: "end", Key: "z", Body: []byte("z1")},
		"ends with a removal": {ID: "end", Key: "a"},
	} {
		t.Run(name, func(t *testing.T) {
			url := c.fresh(t, 1)
			log := open(t, url)
			defer log.Close()
			want := map[string]string{}
			for round := range 3 {
				for _, key := range []string{"a", "b", "", "\x00"} {
					want[key] = fmt.Sprint(key, round)
					publish(t, log, topic, streams.Record{ID: want[key], Key: key, Body: []byte(want[key])})
				}
			}
			publish(t, log, topic, last, streams.Record{ID: "gone", Key: "gone", Body: []byte("x")}, streams.Record{ID: "gone too", Key: "gone"})
			publish(t, log, topic, last)
			if delete(want, last.Key); len(last.Body) > 0 {
				want[last.Key] = string(last.Body)
			}
			for range 2 {
				c.compact(t, url, topic)
				got := map[string]string{}
				err := log.Latest(t.Context(), topic, func(r streams.Record) error { got[r.Key] = string(r.Body); return nil })
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
			}
			read := 0
			if err := log.Read(t.Context(), topic, func(streams.Record) error { read++; return nil }); err != nil {
				t.Fatal(err)
			}
			if read >= 3*4 { // as many as were published before the last
				t.Errorf("%d records are read of %d keys: nothing was compacted", read, len(want))
			}
		})
	}
}

func publish(t testing.TB, log streams.Log, topic string, records ...streams.Record) {
	t.Helper()
	if err := log.Publish(t.Context(), topic, records...); err != nil {
		t.Fatalf("Publish: %v", err)
	}
}

// Two processes share a subscription: each record is handled once, those of a key by one of them, in order, and how often a
// record failed goes with it to the other process.
func TestProcessesShareASubscription(t *testing.T) {
	url := reach(t).fresh(t, 2)
	first, second := open(t, url), open(t, url)
	defer second.Close()
	type seen struct {
		process, attempt int
		key, id          string
	}
	handled := make(chan seen, 1000)
	handle := func(process int) streams.Handler {
		return func(ctx context.Context, r streams.Record) error {
			if r.Key == "bad" {
				handled <- seen{process, r.Attempt, r.Key, r.ID}
				if r.Attempt == 3 {
					<-ctx.Done() // until this process ends
				}
				return errors.New("broken")
			}
			handled <- seen{process, r.Attempt, r.Key, r.ID}
			return nil
		}
	}
	ended := make(chan error, 2)
	for i, log := range []*pulsar.Log{first, second} {
		go func() { ended <- log.Subscribe(t.Context(), "t", "s", handle(i)) }()
	}
	const keys, each = 40, 5
	for n := range each {
		for k := range keys {
			publish(t, second, "t", streams.Record{ID: fmt.Sprint(n), Key: fmt.Sprint("k", k)})
		}
	}
	next, of, share := map[string]int{}, map[string]int{}, map[int]int{}
	for range keys * each {
		s := <-handled
		if s.id != fmt.Sprint(next[s.key]) {
			t.Fatalf("%s of key %s was handled, want %d", s.id, s.key, next[s.key])
		}
		if next[s.key]++; s.id != "0" && of[s.key] != s.process {
			t.Errorf("key %s went from process %d to %d", s.key, of[s.key], s.process)
		}
		of[s.key] = s.process
		share[s.process]++
	}
	if len(share) < 2 {
		t.Errorf("one process handled all records: %v", share)
	}
	publish(t, second, "t", streams.Record{ID: "1", Key: "bad"})
	var last seen
	for last.attempt < 3 {
		last = <-handled
	}
	// The process that has the failing record ends; the other goes on counting.
	if last.process == 1 {
		first, second = second, first
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	again := <-handled
	if again.process == last.process || again.attempt != 3 {
		t.Errorf("process %d tried for the %d. time, after process %d for the 3.", again.process, again.attempt, last.process)
	}
}

// What waits behind a failing key is more than memory may hold: the rest is read again, in order.
func TestRecordsBeyondMemoryAreReadAgain(t *testing.T) {
	url := reach(t).fresh(t, 1)
	log := open(t, url)
	defer log.Close()
	const records, bytes = 180, 450 << 10 // 80 MiB, two in a batch; 64 MiB are held
	var healed atomic.Bool
	handled, others := make(chan streams.Record, records), make(chan string, 1)
	go func() {
		_ = log.Subscribe(t.Context(), "t", "s", func(_ context.Context, r streams.Record) error {
			switch {
			case r.Key == "other":
				others <- r.ID
			case !healed.Load():
				return fmt.Errorf("not yet: %w", streams.ErrUnavailable)
			default:
				handled <- r
			}
			return nil
		})
	}()
	var call []streams.Record
	for n := range records {
		body := make([]byte, bytes)
		body[bytes-1] = byte(n)
		if call = append(call, streams.Record{ID: fmt.Sprint(n), Key: "k", Body: body}); len(call) == 2 {
			publish(t, log, "t", call...)
			call = nil
		}
	}
	publish(t, log, "t", streams.Record{ID: "other", Key: "other"})
	<-others // it came after them
	if b := log.Backlogs(); len(b) != 1 || b[0].Pending != records || b[0].Parked != records {
		t.Errorf("backlog is %+v, want %d records that wait for a failing key", b, records)
	}
	healed.Store(true)
	for n := range records {
		r := <-handled
		if r.ID != fmt.Sprint(n) || len(r.Body) != bytes || r.Body[bytes-1] != byte(n) {
			t.Fatalf("record %d is %s of %d bytes, or another body", n, r.ID, len(r.Body))
		}
	}
}

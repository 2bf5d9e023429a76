package outreach_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"keliu/functions/store/leads"
	"keliu/streams"
	"keliu/streams/desk"
	"keliu/streams/embedded"
	"keliu/streams/meter"
)

// Over the log, as the product runs it: many comments, some twice and all at once, are answered once each, and the figures count
// each once.
func TestOverTheLog(t *testing.T) {
	s := open(t)
	s.price()
	log, err := embedded.Open(t.TempDir(), embedded.Options{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	const people = 25
	var running, answered sync.WaitGroup
	answered.Add(people)
	s.platform.answer = func(desk.Send) (desk.Delivery, error) {
		defer answered.Done()
		return desk.Delivery{State: desk.Sent}, nil
	}
	counted := map[string]float64{}
	reached := make(chan struct{}, people)
	for _, serve := range []func() error{
		func() error { return desk.Touches.Subscribe(ctx, log, "outreach", s.Handle) },
		func() error { return desk.Sends.Subscribe(ctx, log, "carry", s.Carry) },
		func() error { return s.db.Relay(ctx, log, func(err error) { t.Error(err) }) },
	} {
		running.Go(func() {
			if err := serve(); err != nil && !errors.Is(err, context.Canceled) && !errors.Is(err, streams.ErrClosed) {
				t.Error(err)
			}
		})
	}
	var mu sync.Mutex
	running.Go(func() {
		err := meter.Points.Subscribe(ctx, log, "meter", func(_ context.Context, _ streams.Record, points []meter.Point) error {
			mu.Lock()
			defer mu.Unlock()
			for _, p := range points {
				counted[p.Name+" "+p.Tags.Channel] += p.Value
				if p.Name == meter.LeadReached {
					reached <- struct{}{}
				}
			}
			return nil
		})
		if err != nil && !errors.Is(err, context.Canceled) && !errors.Is(err, streams.ErrClosed) {
			t.Error(err)
		}
	})
	for i := range people {
		touch := s.comment(fmt.Sprint("p", i), fmt.Sprint("c", i), "多少钱")
		for _, id := range []string{touch.ID, touch.ID, touch.ID + "again"} {
			touch.ID = id
			if err := desk.Touches.Publish(ctx, log, id, string(touch.Person), touch); err != nil {
				t.Fatal(err)
			}
		}
	}
	answered.Wait()
	for range people {
		<-reached
	}
	stop()
	running.Wait()
	if err := log.Close(); err != nil {
		t.Error(err)
	}
	if n := len(s.platform.said); n != people {
		t.Errorf("said %d times", n)
	}
	for name, want := range map[string]float64{meter.Comment: people, meter.CommentMatched: people, meter.LeadReached: people} {
		if got := counted[name+" douyin"]; got != want {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}

// A rule takes effect while comments come in.
func TestRulesChangeUnderWay(t *testing.T) {
	s := open(t)
	var all sync.WaitGroup
	all.Go(func() {
		for i := range 10 {
			if _, err := s.SaveRule(t.Context(), leads.Rule{Name: fmt.Sprint("规则", i), Any: []string{fmt.Sprint("词", i)}, Score: 1}, true, "marketing"); err != nil {
				t.Error(err)
			}
		}
	})
	for i := range 10 {
		touch := s.comment(fmt.Sprint("p", i), fmt.Sprint("c", i), "词0词9")
		all.Go(func() {
			if err := s.Handle(t.Context(), streams.Record{}, touch); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	s.do(s.comment("last", "c_last", "词0词9"))
	if got := len(s.lead("last").Hits); got != 2 {
		t.Errorf("%d rules are in force, want both", got)
	}
}

// BenchmarkCommentToLead measures comments that become durable leads with their answers, many at a time.
func BenchmarkCommentToLead(b *testing.B) {
	s := open(b)
	s.price()
	var mu sync.Mutex
	n := 0
	b.SetParallelism(32)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			mu.Lock()
			n++
			touch := s.comment(fmt.Sprint("p", n), fmt.Sprint("c", n), "多少钱呀，想买一台")
			touch.ID, touch.Item, s.n = fmt.Sprint(n), fmt.Sprint("v", n), 0
			mu.Unlock()
			if err := s.Handle(b.Context(), streams.Record{}, touch); err != nil {
				b.Error(err)
			}
		}
	})
}

// BenchmarkOneComment measures the wait of a single comment until its lead is durable.
func BenchmarkOneComment(b *testing.B) {
	s := open(b)
	s.price()
	n := 0
	for b.Loop() {
		n++
		touch := s.comment(fmt.Sprint("p", n), fmt.Sprint("c", n), "多少钱呀，想买一台")
		touch.ID, touch.Item, s.n = fmt.Sprint(n), fmt.Sprint("v", n), 0
		if err := s.Handle(b.Context(), streams.Record{}, touch); err != nil {
			b.Fatal(err)
		}
	}
}

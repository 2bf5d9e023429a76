package acceptance_test

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"time"

	"keliu/functions/catalog"
	"keliu/functions/session"
	"keliu/streams/desk"
)

// replies counts what customers are told.
type replies struct {
	mu      sync.Mutex
	waiting map[desk.ConversationID]chan struct{}
}

func (r *replies) Tell(_ context.Context, n desk.Notice) error {
	if n.Event == desk.EventReply {
		r.mu.Lock()
		told := r.waiting[n.Conversation]
		r.mu.Unlock()
		told <- struct{}{}
	}
	return nil
}

// BenchmarkReply takes messages of 256 customers from the log to the reply, without HTTP.
func BenchmarkReply(b *testing.B) {
	config, err := catalog.FromEnv(func(name string) (string, bool) {
		v, ok := map[string]string{"KELIU_DATA": b.TempDir(), "KELIU_DEMO": "true"}[name]
		return v, ok
	})
	if err != nil {
		b.Fatal(err)
	}
	told := &replies{waiting: map[desk.ConversationID]chan struct{}{}}
	ctx, cancel := context.WithCancel(context.Background())
	house, err := catalog.Open(ctx, config, catalog.Outside{
		Live: told, Whisper: func(desk.Typing) {}, Hash: func(p string) string { return p }, Log: slog.New(slog.DiscardHandler), Now: time.Now,
	})
	if err != nil {
		b.Fatal(err)
	}
	ended := make(chan error)
	go func() { ended <- house.Serve(ctx) }()
	const customers = 256
	for i := range customers {
		told.waiting[desk.ConversationID(fmt.Sprint("c", i))] = make(chan struct{}, 1)
	}
	b.ResetTimer()
	var wg sync.WaitGroup
	for i := range customers {
		wg.Go(func() {
			id := desk.ConversationID(fmt.Sprint("c", i))
			claims := session.Claims{Conversation: id, Customer: desk.CustomerID(fmt.Sprint("u", i)), Channel: "web"}
			for range (b.N + customers - 1) / customers {
				e, err := claims.Event(session.Speech{Text: "买了不合适可以退货吗"}, "", time.Now())
				if err != nil {
					b.Error(err)
					return
				}
				if err := desk.Inbound.Publish(ctx, house.Streams, string(e.ID), string(id), e); err != nil {
					b.Error(err)
					return
				}
				<-told.waiting[id]
			}
		})
	}
	wg.Wait()
	b.StopTimer()
	cancel()
	<-ended
	if err := house.Close(); err != nil {
		b.Error(err)
	}
}

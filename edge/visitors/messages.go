package visitors

import (
	"context"
	"encoding/json"
	"hash/maphash"
	"sync"

	"github.com/cloudwego/hertz/pkg/app"

	"keliu/edge/wire"
	"keliu/functions"
	"keliu/functions/session"
	"keliu/streams"
	"keliu/streams/desk"
)

// maxBody is more than the longest message takes in JSON with every character escaped.
const maxBody = 256 << 10

// A MessageRequest is what a customer says.
type MessageRequest struct {
	Text     string   `json:"text"`
	Pictures []string `json:"pictures,omitempty"` // IDs of uploaded pictures
}

// A MessageAnswer is the message as it was accepted.
type MessageAnswer struct {
	Message Line `json:"message"`
}

// say accepts a message: one append to the log, and nothing else, stands between the customer and the 200.
func (s *Side) say(ctx context.Context, c *app.RequestContext, channel string) error {
	if len(c.Request.Body()) > maxBody {
		return desk.Refuse(desk.ErrInvalid, "body_too_large", maxBody>>10)
	}
	answer, err := s.accept(ctx, channel, functions.Webhook{
		Header: map[string]string{
			"Authorization":   string(c.Request.Header.Peek("Authorization")),
			"Idempotency-Key": string(c.Request.Header.Peek("Idempotency-Key")),
		},
		Body: c.Request.Body(),
	})
	if err != nil {
		return err
	}
	c.Data(200, "application/json; charset=utf-8", answer)
	return nil
}

func (s *Side) accept(ctx context.Context, channel string, hook functions.Webhook) ([]byte, error) {
	s.accepting.Add(1)
	defer s.accepting.Add(-1)
	claims, err := s.Tokens.Open(channel, session.Bearer(hook.Header["Authorization"]), s.Now())
	if err != nil {
		return nil, err
	}
	if err := s.limits.customer(claims.Customer); err != nil {
		return nil, err
	}
	if hook.Body, err = s.Pictures.describe(claims.Conversation, hook.Body); err != nil {
		return nil, err
	}
	receipt, err := s.Channels[channel].Receive(ctx, hook)
	if err != nil {
		return nil, err
	}
	e := receipt.Events[0]
	return s.accepted.once(e, func() ([]byte, error) {
		if err := Send(ctx, s.Inbound, e); err != nil {
			return nil, err
		}
		return json.Marshal(MessageAnswer{lineOf(*e.Message, "")})
	})
}

// accepted remembers the messages of the last minutes, so that one sent twice is appended once and both senders get the same
// answer. What it has forgotten the dialog still recognises by its ID.
type accepted struct {
	seed   maphash.Seed
	shards [64]struct {
		sync.Mutex
		young, old map[desk.MessageID]*acceptance
	}
}

type acceptance struct {
	text   uint64 // hash of what was said
	done   chan struct{}
	answer []byte
	err    error
}

// generation is how many messages a shard remembers before it forgets those of the generation before.
const generation = 4096

func newAccepted() *accepted {
	a := &accepted{seed: maphash.MakeSeed()}
	for i := range a.shards {
		a.shards[i].young = map[desk.MessageID]*acceptance{}
	}
	return a
}

// hash tells apart what was said.
func (a *accepted) hash(m desk.Message) uint64 {
	var h maphash.Hash
	h.SetSeed(a.seed)
	maphash.WriteComparable(&h, m.Text)
	for _, p := range m.Pictures {
		maphash.WriteComparable(&h, p.ID)
	}
	return h.Sum64()
}

// once runs accept for the first of a message and hands its outcome to the others. A failure is not remembered.
func (a *accepted) once(e desk.Event, accept func() ([]byte, error)) ([]byte, error) {
	said := a.hash(*e.Message)
	shard := &a.shards[maphash.String(a.seed, string(e.ID))%uint64(len(a.shards))]
	shard.Lock()
	known := shard.young[e.ID]
	if known == nil {
		known = shard.old[e.ID]
	}
	if known != nil {
		shard.Unlock()
		if known.text != said {
			return nil, desk.Refuse(desk.ErrConflict, "key_reused")
		}
		<-known.done
		return known.answer, known.err
	}
	first := &acceptance{text: said, done: make(chan struct{})}
	if len(shard.young) >= generation {
		shard.young, shard.old = make(map[desk.MessageID]*acceptance, generation), shard.young
	}
	shard.young[e.ID] = first
	shard.Unlock()
	first.answer, first.err = accept()
	if first.err != nil {
		shard.Lock()
		delete(shard.young, e.ID)
		delete(shard.old, e.ID)
		shard.Unlock()
	}
	close(first.done)
	return first.answer, first.err
}

// leave takes the customer out of the queue.
func (s *Side) leave(ctx context.Context, c *app.RequestContext, claims session.Claims) error {
	e := desk.Event{
		ID: session.MessageID(claims.Conversation, ""), Kind: desk.Left, Conversation: claims.Conversation, Customer: claims.Customer,
		Channel: claims.Channel, At: s.Now().UTC(),
	}
	if err := s.limits.customer(claims.Customer); err != nil {
		return err
	}
	if err := Send(ctx, s.Inbound, e); err != nil {
		return err
	}
	c.SetStatusCode(204)
	return nil
}

// Send makes an event durable.
func Send(ctx context.Context, to Publisher, e desk.Event) error {
	record, err := desk.Inbound.Record(string(e.ID), string(e.Conversation), e)
	if err != nil {
		return err
	}
	return to.Publish(ctx, string(desk.Inbound), record)
}

var _ Publisher = streams.Log(nil)

// history tells what was said before.
func (s *Side) history(ctx context.Context, c *app.RequestContext, claims session.Claims) error {
	before, err := wire.Number(c, "before", 0, 0, 1<<53)
	if err != nil {
		return err
	}
	limit, err := wire.Number(c, "limit", 50, 1, 200)
	if err != nil {
		return err
	}
	said, err := s.People.Said(ctx, claims.Conversation, before, int(limit))
	if err != nil {
		return err
	}
	out := HistoryAnswer{Messages: []Line{}}
	for _, n := range said {
		out.Messages = append(out.Messages, lineOf(*n.Message, s.nameOf(ctx, n.Message.Agent)))
	}
	return wire.Answer(c, out)
}

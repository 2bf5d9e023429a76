package dialog

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"keliu/functions/dialog/recent"
	"keliu/functions/dialog/words"
	"keliu/functions/store"
	"keliu/streams"
	"keliu/streams/desk"
	"keliu/streams/meter"
)

// historyLines is how much of what was said an intent or a model gets to read.
const historyLines = 12

// usualPoints is how many points an event has at most, as a rule.
const usualPoints = 16

// A scene is one event being given its effect.
type scene struct {
	d       *Dialog
	e       desk.Event
	c       desk.Conversation
	history []desk.Line // masked, oldest first
	effect  store.Effect
	err     error  // of encoding what is told
	release func() // gives the slot back
	points  []meter.Point
	changed bool // there is something to commit
}

// open sets the scene: the conversation as it is, or as it begins.
func (d *Dialog) open(ctx context.Context, e desk.Event) (*scene, error) {
	s := &scene{d: d, e: e, effect: store.Effect{Record: string(e.ID)}, points: make([]meter.Point, 0, usualPoints)}
	if known, ok := d.recent.Find(e.Conversation); ok {
		s.c, s.history = known.Conversation, slices.Clone(known.History)
		s.c.Facts, s.c.Tried = maps.Clone(s.c.Facts), slices.Clone(s.c.Tried)
	} else if err := s.read(ctx); err != nil {
		return nil, err
	}
	if s.c.Facts == nil {
		s.c.Facts = desk.Facts{}
	}
	return s, nil
}

func (s *scene) read(ctx context.Context) error {
	c, err := s.d.State.Conversation(ctx, s.e.Conversation)
	if errors.Is(err, desk.ErrNotFound) {
		s.c = desk.Conversation{ID: s.e.Conversation, Customer: s.e.Customer, Channel: s.e.Channel, Stage: desk.WithAI, Lang: desk.Chinese}
		return nil
	}
	if err != nil {
		return err
	}
	said, err := s.d.State.Before(ctx, c.ID, 0, historyLines)
	if err != nil {
		return err
	}
	for _, n := range said {
		if n.Message != nil {
			s.remember(n.Message.By, n.Message.Text)
		}
	}
	s.c = c
	return nil
}

// remember adds a line to the history, masked.
func (s *scene) remember(by desk.Author, text string) {
	s.history = append(s.history, desk.Line{By: by, Text: s.d.Mask(text)})
	if extra := len(s.history) - historyLines; extra > 0 {
		s.history = slices.Delete(s.history, 0, extra)
	}
}

// begin opens a session when none is open.
func (s *scene) begin() {
	if !s.c.Session.Opened.IsZero() && s.c.Stage != desk.Closed {
		return
	}
	number := s.c.Session.Number + 1
	if number == 1 {
		s.count(meter.CustomerFirst, "")
	} else {
		s.count(meter.SessionReopened, "")
	}
	s.count(meter.SessionOpened, "")
	s.c.Session = desk.Session{Number: number, Opened: s.e.At}
	s.c.Stage, s.c.Agent, s.c.Asked, s.c.AskedBy, s.c.Failed, s.c.Tried = desk.WithAI, "", "", "", 0, nil
	s.c.Emotion = 0
}

// tell adds a notice to the timeline under the event's ID and a suffix. One entry of each effect has none: by it the store knows the
// event again.
func (s *scene) tell(suffix string, n desk.Notice) {
	s.changed = true
	s.c.Seq++
	n.Seq, n.Conversation, n.Channel = s.c.Seq, s.c.ID, s.c.Channel
	if n.At.IsZero() {
		n.At = s.d.now()
	}
	if n.Message != nil {
		n.Message.Seq = n.Seq
		s.c.Last, s.c.LastBy = words.Short(s.d.Mask(n.Message.Text), 80), n.Message.By
	}
	o, err := desk.Out(desk.Outbound, string(s.e.ID)+suffix, string(s.c.ID), n)
	s.err = errors.Join(s.err, err)
	s.effect.Entries = append(s.effect.Entries, store.Entry{ID: o.Record.ID, Seq: n.Seq, Body: o.Record.Body})
	s.effect.Outgoing = append(s.effect.Outgoing, o)
}

// say tells a message that the house says.
func (s *scene) say(suffix string, m desk.Message) {
	m.ID = s.e.ID + desk.MessageID(suffix)
	m.Conversation, m.Channel, m.At = s.c.ID, s.c.Channel, s.d.now()
	s.remember(m.By, m.Text)
	s.tell(suffix, desk.Notice{Event: desk.EventReply, Message: &m, At: m.At})
}

// commit makes the effect durable and remembers the conversation.
func (s *scene) commit(ctx context.Context) error {
	if !s.changed {
		return nil
	}
	s.c.Version++
	s.c.Updated = s.d.now()
	s.effect.Conversation = s.c
	if err := s.outgoing(); err != nil {
		return err
	}
	if err := s.d.State.Commit(ctx, s.effect); err != nil {
		return err
	}
	s.d.recent.Keep(s.c.ID, recent.State{Conversation: s.c, History: s.history})
	return nil
}

// outgoing orders what was told and adds what was measured.
func (s *scene) outgoing() error {
	// The entry under the event's own ID is written first: by it the store sees at once that the event had its effect.
	slices.SortStableFunc(s.effect.Entries, func(a, b store.Entry) int { return cmp.Compare(len(a.ID), len(b.ID)) })
	if len(s.points) == 0 || s.err != nil {
		return s.err
	}
	return send(s, meter.Points, string(s.e.ID)+"_p", string(s.c.ID), s.points)
}

// count adds one to a metric.
func (s *scene) count(name, reason string) { s.measure(name, 1, reason) }

// time measures how long it was from a time to now.
func (s *scene) time(name string, from time.Time, reason string) {
	s.measure(name, max(0, float64(s.d.Now().Sub(from).Microseconds())/1000), reason)
}

// waited measures the wait in the queue.
func (s *scene) waited(name string) {
	s.time(name, s.c.Session.Queued, meter.Wait(s.d.Now().Sub(s.c.Session.Queued)))
}

func (s *scene) measure(name string, value float64, reason string) {
	s.points = append(s.points, meter.Point{Name: name, Value: value, At: s.d.now(), Tags: meter.Tags{
		Channel: s.c.Channel, Intent: s.c.Intent, Agent: string(s.c.Agent), Lang: string(s.c.Lang), Reason: reason,
	}})
}

// shift tells the queue that it has something to look at.
func (s *scene) shift(kind string) error {
	return send(s, desk.Routing, string(s.e.ID)+"_"+kind, desk.RoutingKey,
		desk.Shift{Kind: kind, Conversation: s.c.ID, Agent: s.c.Agent, At: s.d.now()})
}

func (d *Dialog) now() time.Time { return d.Now().UTC().Truncate(time.Millisecond) }

// send adds a record to what goes out with the effect.
func send[T any](s *scene, topic streams.Topic[T], id, key string, v T) error {
	out, err := desk.Out(topic, id, key, v)
	if err != nil {
		return err
	}
	s.effect.Outgoing = append(s.effect.Outgoing, out)
	return nil
}

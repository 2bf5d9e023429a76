package outreach_test

import (
	"context"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"keliu/functions/outreach"
	"keliu/functions/outreach/step"
	"keliu/functions/store/database"
	"keliu/functions/store/leads"
	"keliu/policies"
	"keliu/policies/audit"
	"keliu/streams"
	"keliu/streams/desk"
	"keliu/streams/score/lead"
)

// noon is in Beijing.
var noon = time.Date(2026, 11, 24, 4, 0, 0, 0, time.UTC)

// A platform takes sends as a channel does: the same ID is said once.
type platform struct {
	mu     sync.Mutex
	calls  int
	said   []desk.Send
	known  map[string]desk.Delivery
	answer func(desk.Send) (desk.Delivery, error)
}

func (p *platform) Send(_ context.Context, s desk.Send) (desk.Delivery, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.calls++
	if d, ok := p.known[s.ID]; ok && (d.State != desk.Failed || d.Retry.IsZero()) {
		return d, nil
	}
	p.said = append(p.said, s)
	d, err := desk.Delivery{Send: s.ID, State: desk.Sent}, error(nil)
	if p.answer != nil {
		d, err = p.answer(s)
	}
	if err == nil {
		p.known[s.ID] = d
	}
	return d, err
}

// A trail keeps entries.
type trail struct {
	mu      sync.Mutex
	entries []audit.Entry
}

func (t *trail) Append(_ context.Context, e audit.Entry) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.entries = append(t.entries, e)
	return nil
}

// A stage is a desk with all that it stands on.
type stage struct {
	testing.TB
	*outreach.Desk
	shelf    *leads.Shelf
	db       *database.DB
	platform *platform
	trail    *trail
	now      time.Time
	n        int
}

func open(t testing.TB) *stage {
	t.Helper()
	db, err := database.Open(t.Context(), "sqlite:", t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	engine, err := policies.Open(t.Context(), policies.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s := &stage{TB: t, shelf: leads.Open(db), db: db, platform: &platform{known: map[string]desk.Delivery{}}, trail: &trail{}, now: noon}
	s.Desk, err = outreach.Open(t.Context(), outreach.Options{
		Shelf: s.shelf, Rules: engine, Senders: map[string]outreach.Sender{"douyin": s.platform}, Trail: s.trail,
		Read: func(text string) lead.Reading {
			if strings.Contains(text, "买") {
				return lead.Reading{Lead: desk.Score{Value: 50, Reasons: []desk.Reasoning{{Code: "buy", Points: 50}}}, Keywords: []string{"买"}}
			}
			return lead.Reading{}
		},
		Now: func() time.Time { return s.now }, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// rule saves one.
func (s *stage) rule(r leads.Rule) leads.Rule {
	s.Helper()
	r, err := s.SaveRule(s.Context(), r, true, "marketing")
	if err != nil {
		s.Fatal(err)
	}
	return r
}

// price is a rule that is asked for often.
func (s *stage) price() leads.Rule {
	s.Helper()
	return s.rule(leads.Rule{Name: "问价", Any: []string{"多少钱"}, None: []string{"二手"}, Score: 40, Reply: "{name}您好，私信发您活动价～"})
}

// touch makes one of somebody's, now.
func (s *stage) touch(kind desk.TouchKind, who string, more func(*desk.Touch)) desk.Touch {
	s.n++
	t := desk.Touch{ID: strings.Repeat("i", s.n), Kind: kind, Channel: "douyin", Person: desk.PersonID("douyin:" + who), Name: "小鱼", At: s.now}
	if more != nil {
		more(&t)
	}
	return t
}

// comment makes a comment of somebody.
func (s *stage) comment(who, id, text string) desk.Touch {
	return s.touch(desk.Commented, who, func(t *desk.Touch) { t.Text, t.Comment, t.Item = text, id, "video_1" })
}

// do handles touches.
func (s *stage) do(all ...desk.Touch) {
	s.Helper()
	for _, t := range all {
		if err := s.Handle(s.Context(), streams.Record{}, t); err != nil {
			s.Fatalf("%+v: %v", t, err)
		}
	}
}

// carry hands over what waits.
func (s *stage) carry() {
	s.Helper()
	waiting, err := s.shelf.Sendings(s.Context(), leads.SendQuery{State: desk.Pending})
	if err != nil {
		s.Fatal(err)
	}
	for _, w := range waiting {
		if err := s.Carry(s.Context(), streams.Record{Attempt: 1}, w.Send); err != nil {
			s.Fatal(err)
		}
	}
}

// lead is somebody as they stand.
func (s *stage) lead(who string) leads.Lead {
	s.Helper()
	l, err := s.shelf.Lead(s.Context(), desk.PersonID("douyin:"+who))
	if err != nil {
		s.Fatal(err)
	}
	return l
}

// step checks the next step of somebody.
func (s *stage) step(who string, want leads.Step, why string) {
	s.Helper()
	got := s.lead(who).Next
	if got.Step != want || got.Why != why || step.Sentence(got.Why, desk.Chinese) == "" {
		s.Errorf("the next step is %+v, want %s because of %s", got, want, why)
	}
}

package live

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"keliu/edge/staff/door"
	"keliu/functions/store"
	"keliu/functions/store/presence"
	"keliu/policies"
	"keliu/streams"
	"keliu/streams/desk"
	"keliu/streams/meter"
)

// A floor is a hub on a real store, with a clock and screens that the test holds.
type floor struct {
	*testing.T
	*Hub
	store    *store.Store
	now      time.Time
	sent     []desk.Event
	online   map[string]float64 // ms that were counted, by agent and record
	whispers []desk.Typing
}

func open(t *testing.T, roles ...string) *floor {
	t.Helper()
	f := &floor{T: t, online: map[string]float64{}, now: time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)}
	var err error
	if f.store, err = store.Open(t.Context(), "sqlite:", t.TempDir()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.store.Close() })
	rules, err := policies.Open(t.Context(), policies.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, role := range roles {
		a := desk.Agent{ID: desk.AgentID(role), Name: role, Role: role, Capacity: 5, Status: "online", Changed: f.now}
		if err := f.store.SaveAgent(t.Context(), a); err != nil {
			t.Fatal(err)
		}
	}
	now := func() time.Time { return f.now }
	f.Hub = Open(Options{
		Door: &door.Door{Logins: f.store, Rules: rules, Now: now}, Rows: f, People: f.store, Register: presence.Open(f.store.DB), Inbound: f,
		Whisper: func(typing desk.Typing) { f.whispers = append(f.whispers, typing) }, Now: now, Log: slog.New(slog.DiscardHandler),
	})
	return f
}

// Listing implements Rows.
func (f *floor) Listing(ctx context.Context, id desk.ConversationID) (func(door.Hiding) any, error) {
	c, err := f.store.Conversation(ctx, id)
	return func(hide door.Hiding) any { return hide.Conversation(c) }, err
}

// Publish implements Publisher.
func (f *floor) Publish(_ context.Context, topic string, records ...streams.Record) error {
	for _, r := range records {
		if topic == string(meter.Points) {
			if err := f.count(r); err != nil {
				return err
			}
			continue
		}
		var e desk.Event
		if err := json.Unmarshal(r.Body, &e); err != nil {
			return err
		}
		f.sent = append(f.sent, e)
	}
	return nil
}

func (f *floor) count(r streams.Record) error {
	var points []meter.Point
	if err := json.Unmarshal(r.Body, &points); err != nil {
		return err
	}
	for _, p := range points {
		f.online[p.Tags.Agent+" "+r.ID] = p.Value // the same record counts once
	}
	return nil
}

// screen adds a screen of somebody.
func (f *floor) screen(id string) *screen {
	s := &screen{hub: f.Hub, box: newMailbox(), who: desk.Agent{ID: desk.AgentID(id), Name: id, Role: id}}
	if !f.join(s) {
		f.Fatal("the hub is closed")
	}
	return s
}

// told are the kinds of frames that wait for a screen.
func (s *screen) told(t *testing.T) (kinds []string, bodies string) {
	t.Helper()
	for _, body := range s.box.take() {
		var f struct{ Type string }
		if err := json.Unmarshal(body, &f); err != nil {
			t.Fatal(err)
		}
		kinds, bodies = append(kinds, f.Type), bodies+string(body)
	}
	return kinds, bodies
}

func (f *floor) sweep() {
	f.Helper()
	if err := f.Sweep(f.Context()); err != nil {
		f.Fatal(err)
	}
}

func (f *floor) is(id desk.AgentID, status string) {
	f.Helper()
	a, err := f.store.Agent(f.Context(), id)
	if err != nil || a.Status != status {
		f.Errorf("%s is %s (%v), want %s", id, a.Status, err, status)
	}
}

// A screen that falls silent takes its agent away, then offline; a sign gives back what they were. Whoever has no screen stays.
func TestSilence(t *testing.T) {
	f := open(t, "agent", "admin")
	s := f.screen("agent")
	f.sweep()
	for _, step := range []struct {
		after  time.Duration
		sign   bool
		status string
	}{
		{30 * time.Second, true, "online"}, {44 * time.Second, false, "online"}, {time.Second, false, "away"}, {74 * time.Second, false, "away"},
		{time.Second, false, "offline"}, {time.Hour, false, "offline"}, {time.Second, true, "online"},
	} {
		f.now = f.now.Add(step.after)
		if step.sign {
			f.sign(s)
		}
		f.sweep()
		f.is("agent", step.status)
		f.is("admin", "online")
	}
	if err := f.store.SetStatus(t.Context(), "agent", "away", f.now.Add(time.Millisecond)); err != nil {
		t.Fatal(err)
	}
	f.now = f.now.Add(3 * time.Minute)
	f.sweep()
	f.is("agent", "offline")
	f.sign(s)
	f.sweep()
	f.is("agent", "away") // as they said, not as they were before
}

// The time that somebody is online is counted once, however often one looks.
func TestTimeOnline(t *testing.T) {
	f := open(t, "agent", "admin")
	s := f.screen("agent")
	if err := f.store.SetStatus(t.Context(), "admin", "offline", f.now); err != nil {
		t.Fatal(err)
	}
	for range 60 { // five minutes, looked at every five seconds
		f.sign(s)
		f.sweep()
		f.now = f.now.Add(5 * time.Second)
	}
	sum := 0.0
	for _, ms := range f.online {
		sum += ms
	}
	if sum != 300_000 {
		t.Errorf("%v ms online of five minutes", sum)
	}
}

// Customers who wait for somebody who has gone are given to the others; those who do not wait are left alone.
func TestTheDeserted(t *testing.T) {
	f := open(t, "agent")
	f.screen("agent")
	f.sweep()
	keep := func(id string, session desk.Session, by desk.Author) {
		c := desk.Conversation{ID: desk.ConversationID(id), Agent: "agent", Stage: desk.Human, LastBy: by, Session: session, Seq: 1, Version: 1, Updated: f.now}
		e := store.Effect{Record: id, Conversation: c, Entries: []store.Entry{{ID: id, Seq: 1, Body: []byte(`{}`)}}}
		if err := f.store.Commit(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
	keep("waits", desk.Session{LastIn: f.now}, desk.ByCustomer)
	keep("answered", desk.Session{Queued: f.now}, desk.ByHuman)
	keep("never answered", desk.Session{Queued: f.now.Add(-time.Second)}, desk.ByAI)
	deserted := func() (all []string) {
		f.sent = nil
		f.sweep()
		for _, e := range f.sent {
			if e.Kind != desk.Transferred || e.Reason != desk.AgentGone || e.Agent != "agent" {
				t.Errorf("%+v", e)
			}
			all = append(all, string(e.Conversation))
		}
		return all
	}
	f.now = f.now.Add(2*time.Minute - time.Second)
	if got := deserted(); got != nil {
		t.Errorf("silent for less than two minutes: %v", got)
	}
	f.now = f.now.Add(time.Second)
	f.is("agent", "away")
	want := []string{"never answered", "waits"}
	if diff := cmp.Diff(want, deserted()); diff != "" {
		t.Error(diff)
	}
	f.is("agent", "offline")
	f.now = f.now.Add(time.Minute)
	if err := f.store.SetStatus(t.Context(), "agent", "offline", f.now); err != nil {
		t.Fatal(err)
	}
	f.now = f.now.Add(2*time.Minute - time.Second)
	if got := deserted(); got != nil {
		t.Errorf("offline by their own word for less than two minutes: %v", got)
	}
	f.now = f.now.Add(time.Second)
	if diff := cmp.Diff(want, deserted()); diff != "" {
		t.Error(diff)
	}
	if err := presence.Open(f.store.DB).Act(t.Context(), f.now, "agent"); err != nil {
		t.Fatal(err)
	}
	if got := deserted(); got != nil {
		t.Errorf("who answers without a screen is there: %v", got)
	}
}

// Every role is told what it may see, and nothing else.
func TestWhoIsTold(t *testing.T) {
	const phone = "13912345678"
	f := open(t)
	screens := map[string]*screen{}
	for _, role := range []string{"agent", "admin", "marketing", "compliance", "executive", "unheard of"} {
		screens[role] = f.screen(role)
	}
	f.Told(t.Context(), desk.Notice{Event: desk.EventMessage, Conversation: "c", Message: &desk.Message{Text: "电话" + phone, By: desk.ByCustomer}})
	f.Told(t.Context(), desk.Notice{Event: desk.EventClosed, Conversation: "c", Reason: "idle"})
	f.Lead("douyin:ou_1")
	f.Policy("r2")
	f.Policy("r2")
	screens["agent"].viewing, screens["marketing"].viewing = "c", "c"
	f.Typing(desk.Typing{Conversation: "c", By: desk.ByAI, Text: "您的" + phone})
	f.Typing(desk.Typing{Conversation: "another", By: desk.ByAI, Text: "x"})
	for role, want := range map[string]string{
		"agent": "message notice policy typing", "admin": "message notice lead policy", "marketing": "lead policy",
		"compliance": "message notice lead policy", "executive": "lead policy", "unheard of": "policy",
	} {
		kinds, bodies := screens[role].told(t)
		if got := strings.Join(kinds, " "); got != want {
			t.Errorf("%s is told %s, want %s", role, got, want)
		}
		if sees := strings.Contains(bodies, phone); sees != (role == "compliance" || role == "admin") {
			t.Errorf("%s sees the number: %v", role, sees)
		}
	}
}

// A screen that takes nothing is told to read everything anew, once, and then what comes.
func TestASlowScreen(t *testing.T) {
	f := open(t)
	s := f.screen("agent")
	for i := range maxWaiting + 10 {
		f.Told(t.Context(), desk.Notice{Conversation: desk.ConversationID(fmt.Sprint(i)), Message: &desk.Message{}})
	}
	kinds, _ := s.told(t)
	if len(kinds) != 10 || kinds[0] != "refresh" || kinds[1] != "message" {
		t.Errorf("%v", kinds)
	}
}

// Writing shows for as long as it is said, to whoever looks at the same conversation, and to the customer now and then.
func TestComposing(t *testing.T) {
	f := open(t)
	one, two, reader := f.screen("agent"), f.screen("admin"), f.screen("compliance")
	say := func(s *screen, what string) { f.heard(t.Context(), s, heard{what, "c"}) }
	composing := func(want string) {
		t.Helper()
		got := ""
		for _, v := range f.viewers("c") {
			if v.Composing {
				got += string(v.ID) + " "
			}
		}
		if got != want {
			t.Errorf("who writes: %q, want %q", got, want)
		}
	}
	say(one, "composing") // of a conversation that is not open
	say(one, "view")
	say(two, "view")
	say(reader, "view")
	composing("")
	say(one, "composing")
	say(one, "typing")
	say(reader, "composing") // may only read
	composing("agent ")
	if len(f.whispers) != 1 || f.whispers[0] != (desk.Typing{Conversation: "c", By: desk.ByHuman}) {
		t.Errorf("the customer is told %+v", f.whispers)
	}
	f.now = f.now.Add(composingLasts - time.Second)
	say(one, "composing")
	f.now = f.now.Add(composingLasts - time.Second)
	composing("agent ")
	f.now = f.now.Add(time.Second)
	composing("")
	two.box.take()
	f.stopComposing()
	if kinds, _ := two.told(t); len(kinds) != 1 || kinds[0] != "viewing" {
		t.Errorf("the other one is told %v", kinds)
	}
	f.heard(t.Context(), one, heard{"leave", "another"})
	if n := len(f.viewers("c")); n != 3 {
		t.Errorf("%d look after one has left another conversation", n)
	}
	say(one, "leave")
	if n := len(f.viewers("c")); n != 2 {
		t.Errorf("%d look after one has left", n)
	}
	if len(f.whispers) != 2 {
		t.Errorf("the customer is told %d times", len(f.whispers))
	}
}

// Whatever a screen says is heard or refused, and never names more than a conversation.
func FuzzHear(f *testing.F) {
	for _, seed := range []string{`{"type":"view","conversation":"c_1"}`, `{"type":7}`, `[]`, `null`, `{`, `{"conversation":"` + strings.Repeat("x", 65) + `"}`, "\xff"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, frame []byte) {
		said, ok := hear(frame)
		if len(said.Conversation) > maxConversation || ok && !json.Valid(frame) {
			t.Errorf("%q is heard as %+v", frame, said)
		}
	})
}

// What it costs the delivery of a message that twenty agents look.
func BenchmarkTold(b *testing.B) {
	rules, err := policies.Open(b.Context(), policies.Options{})
	if err != nil {
		b.Fatal(err)
	}
	h := Open(Options{Door: &door.Door{Rules: rules, Now: time.Now}, Now: time.Now, Log: slog.New(slog.DiscardHandler)})
	for range 20 {
		h.join(&screen{hub: h, box: newMailbox(), who: desk.Agent{ID: "agent", Role: "agent"}})
	}
	n := desk.Notice{Event: desk.EventMessage, Conversation: "c", Message: &desk.Message{ID: "m", Text: "我的快递到哪了？订单号 QH202611240003", By: desk.ByCustomer}}
	for b.Loop() {
		h.Told(b.Context(), n)
	}
}

package quota_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"keliu/functions/outreach/quota"
	"keliu/streams/desk"
)

var noon = time.Date(2026, 11, 24, 4, 0, 0, 0, time.UTC)

// A call is one message on its way to the model of a platform.
type call struct {
	by               desk.Author
	granted, landed  time.Time
	counted          bool      // the platform took it
	knew             time.Time // the latest trigger that the ledger had heard of
	settledAs        desk.SendState
	settleAt, toldAt time.Time
}

// A platform counts as the documentation says, knowing nothing of the ledger: a trigger opens a window, whose messages start
// anew.
type platform struct {
	w        quota.Window
	triggers []time.Time // of the person, ascending
}

// over says why the calls that were counted are more than the platform allows.
func (p platform) over(calls []*call) string {
	taken := map[int]int{}
	days := map[string]map[int]bool{}
	for _, c := range calls {
		if !c.counted {
			continue
		}
		key := slices.IndexFunc(p.triggers, func(t time.Time) bool { return t.After(c.landed) }) - 1
		if key == -2 {
			key = len(p.triggers) - 1
		}
		if p.w.Lasts == 0 {
			key = int(c.landed.Add(8*time.Hour).Unix() / 86400)
		} else if key < 0 || !c.landed.Before(p.triggers[key].Add(p.w.Lasts)) {
			return "outside of every window"
		}
		taken[key]++
		if taken[key] > p.w.Messages || p.w.Calls > 0 && taken[key] > p.w.Calls {
			return "more than the window takes"
		}
		if p.w.PerDay > 0 {
			name := quota.Day(p.triggers[key])
			if days[name] == nil {
				days[name] = map[int]bool{}
			}
			if p.triggers[key].After(c.knew) && len(days[name]) == p.w.PerDay {
				continue // nobody could know that they have just come again: the platform refuses it
			}
			if days[name][key] = true; len(days[name]) > p.w.PerDay {
				return "more windows than a day takes"
			}
		}
	}
	return ""
}

// room reports whether there was room for a message without any doubt: whatever may have been counted in the window that the
// ledger knows of is counted.
func room(w quota.Window, known, now time.Time, calls []*call, by desk.Author) bool {
	if now.Before(known) || now.After(known.Add(w.Lasts-31*time.Second)) && now.After(known.Add(w.Lasts*17/20)) {
		return false
	}
	n, earlier := 0, 0
	for _, c := range calls {
		told := !c.toldAt.IsZero() && !c.toldAt.After(now)
		switch {
		case told && c.settledAs == desk.Failed:
		case told && c.settledAs == desk.Sent && c.settleAt.Before(known.Add(-3*time.Second)):
		case c.granted.Add(quota.Lapse).Before(known.Add(-3 * time.Second)):
		default:
			n++
		}
		if !c.granted.After(known.Add(3*time.Second)) && !(told && c.settledAs == desk.Failed) {
			earlier++ // in one window of the day
		}
	}
	if w.PerDay > 0 && earlier >= w.PerDay {
		return false
	}
	kept := 0
	if by == desk.ByAI {
		kept = w.Kept
	}
	return n+1+kept <= w.Messages
}

// Whatever the order in which customers write, the AI and people answer, calls are late, lost, doubled and settled: the platform
// never gets more than it allows, and nobody is refused for whom there was room. The model counts by itself.
func TestNoScheduleGoesOverQuotaOrRefusesInVain(t *testing.T) {
	refused, granted := 0, 0
	for seed := range uint64(10_000) {
		windows := quota.Windows()
		w := windows[seed%uint64(len(windows))]
		g, r, wrong := schedule(w, rand.New(rand.NewPCG(seed, 4)))
		if wrong != "" {
			t.Fatalf("schedule %d of %s/%s: %s", seed, w.Channel, w.Scene, wrong)
		}
		granted, refused = granted+g, refused+r
	}
	if granted < 50_000 || refused < 50_000 {
		t.Errorf("the schedules try too little: %d granted, %d refused", granted, refused)
	}
}

// An event is something that happens in a schedule.
type event struct {
	at time.Time
	do func(now time.Time) string
}

// schedule plays one.
func schedule(w quota.Window, r *rand.Rand) (granted, refused int, wrong string) {
	var (
		a      quota.Account
		p      = platform{w: w}
		calls  []*call
		known  time.Time
		events []event
		scale  = w.Lasts
	)
	if scale == 0 {
		scale = 24 * time.Hour
	}
	within := func(most time.Duration) time.Duration { return time.Duration(r.Int64N(int64(most))) }
	clock := within(2*time.Second) - time.Second // by which our clock is ahead of the platform's
	at := noon
	for range 2 + r.IntN(6) {
		trigger := at
		p.triggers = append(p.triggers, trigger)
		heard := trigger.Add(clock + within(scale/10))
		for range 1 + r.IntN(2) { // webhooks come twice
			events = append(events, event{heard, func(time.Time) string {
				a.Open(trigger, time.Time{})
				if trigger.After(known) {
					known = trigger
				}
				return ""
			}})
			heard = heard.Add(within(scale / 4))
		}
		for i := range 3 + r.IntN(12) {
			by := []desk.Author{desk.ByAI, desk.ByAI, desk.ByHuman, desk.BySystem}[r.IntN(4)]
			id := fmt.Sprint(trigger.UnixNano(), "-", i-r.IntN(2)) // some say the same again
			events = append(events, event{trigger.Add(within(scale + scale/5)), func(now time.Time) string {
				want := quota.Want{ID: id, Channel: w.Channel, Scene: w.Scene, By: by, Closing: by == desk.BySystem, At: now}
				grant := a.Take(w, want, 0)
				if !grant.OK || grant.Again {
					refused++
					if w.Lasts > 0 && grant.Code != "said" && !grant.Again && room(w, known, now, calls, by) {
						return fmt.Sprintf("%s was refused in vain: %+v", by, grant)
					}
					return ""
				}
				granted++
				takes := within(time.Second)
				if w.Lasts > time.Hour {
					takes = within(25 * time.Second)
				}
				c := &call{by: by, knew: known, granted: now, landed: now.Add(takes - clock)}
				calls = append(calls, c)
				c.settleAt = now.Add(takes + within(time.Second))
				c.settledAs = []desk.SendState{desk.Sent, desk.Sent, desk.Sent, desk.Failed, desk.Uncertain}[r.IntN(5)]
				c.counted = c.settledAs == desk.Sent || c.settledAs == desk.Uncertain && r.IntN(2) == 0
				if r.IntN(10) > 0 { // some are never settled
					c.toldAt = c.settleAt.Add(within(scale / 2))
					events = append(events, event{c.toldAt, func(time.Time) string {
						a.Settle(id, desk.Delivery{State: c.settledAs, At: c.settleAt})
						a.Settle("of nobody", desk.Delivery{State: desk.Failed})
						return ""
					}})
				} else {
					c.settledAs = ""
					c.counted = r.IntN(2) == 0
				}
				return ""
			}})
		}
		at = at.Add(within(scale + scale/2))
	}
	for len(events) > 0 {
		next := 0
		for i := range events {
			if events[i].at.Before(events[next].at) {
				next = i
			}
		}
		e := events[next]
		events = slices.Delete(events, next, next+1)
		if wrong := e.do(e.at); wrong != "" {
			return granted, refused, wrong
		}
	}
	slices.SortFunc(calls, func(a, b *call) int { return a.landed.Compare(b.landed) })
	return granted, refused, p.over(calls)
}

func take(t *testing.T, a *quota.Account, w quota.Window, id string, by desk.Author, at time.Time) quota.Grant {
	t.Helper()
	return a.Take(w, quota.Want{ID: id, By: by, At: at}, 0)
}

func window(t *testing.T, channel, scene string) quota.Window {
	t.Helper()
	w, free, ok := quota.Find(channel, scene)
	if !ok || free {
		t.Fatalf("no window %s/%s", channel, scene)
	}
	return w
}

func TestTheLastAreKeptForPeopleAndForClosing(t *testing.T) {
	for _, w := range quota.Windows() {
		var a quota.Account
		a.Open(noon, time.Time{})
		ai := 0
		for i := range 9 {
			if take(t, &a, w, fmt.Sprint("ai", i), desk.ByAI, noon.Add(time.Second)).OK {
				ai++
			}
		}
		want := w.Messages - w.Kept
		if w.Calls > 0 {
			want = w.Calls
		}
		if ai != want {
			t.Errorf("%s/%s lets the AI say %d, want %d", w.Channel, w.Scene, ai, want)
		}
		left, ok := a.Left(w, 0, noon.Add(time.Second))
		if !ok || w.Calls == 0 && (left.Left != w.Kept || left.Kept != w.Kept || left.Limit != w.Messages) {
			t.Errorf("%s/%s has left %+v", w.Channel, w.Scene, left)
		}
		if w.Calls > 0 {
			continue
		}
		if g := take(t, &a, w, "person", desk.ByHuman, noon.Add(time.Second)); !g.OK {
			t.Errorf("%s/%s refuses a person: %+v", w.Channel, w.Scene, g)
		}
		if w.Kept > 1 {
			if g := a.Take(w, quota.Want{ID: "bye", By: desk.BySystem, Closing: true, At: noon.Add(time.Second)}, 0); !g.OK || g.Left != 0 {
				t.Errorf("%s/%s refuses to close: %+v", w.Channel, w.Scene, g)
			}
		}
		if g := take(t, &a, w, "more", desk.ByHuman, noon.Add(time.Second)); g.OK || g.Code != "used_up" || g.Because == "" {
			t.Errorf("%s/%s takes too much: %+v", w.Channel, w.Scene, g)
		}
	}
}

func TestWhatThePlatformSaysShutsTheWindow(t *testing.T) {
	for _, code := range []int{28003070, 45015, 28003080, 28003081} {
		w := window(t, "douyin", quota.Reply)
		var a quota.Account
		a.Open(noon, time.Time{})
		take(t, &a, w, "m1", desk.ByAI, noon.Add(time.Minute))
		if !a.Settle("m1", desk.Delivery{State: desk.Failed, Code: code}) {
			t.Errorf("%d: what failed is not given back", code)
		}
		if g := take(t, &a, w, "m2", desk.ByHuman, noon.Add(2*time.Minute)); g.OK || g.Code != "used_up" {
			t.Errorf("after %d: %+v", code, g)
		}
		a.Open(noon.Add(time.Hour), time.Time{})
		if g := take(t, &a, w, "m3", desk.ByHuman, noon.Add(time.Hour+time.Second)); !g.OK {
			t.Errorf("after %d and another message of theirs: %+v", code, g)
		}
	}
}

func TestFailuresGiveBackAndDoubtDoesNot(t *testing.T) {
	w := window(t, "wechat", quota.Menu)
	for state, want := range map[desk.SendState]string{desk.Failed: "", desk.Uncertain: "said", desk.Sent: "said"} {
		var a quota.Account
		a.Open(noon, time.Time{})
		take(t, &a, w, "m", desk.ByHuman, noon)
		if again := take(t, &a, w, "m", desk.ByHuman, noon); !again.OK || !again.Again {
			t.Errorf("the same again, before its fate is known: %+v", again)
		}
		a.Settle("m", desk.Delivery{State: state, At: noon.Add(time.Second)})
		if g := take(t, &a, w, "m", desk.ByHuman, noon.Add(2*time.Second)); g.Code != want {
			t.Errorf("%s: %+v", state, g)
		}
	}
}

func TestAnAgreementLetsOnePushOutADay(t *testing.T) {
	w := window(t, "douyin", quota.Authorised)
	var a quota.Account
	push := func(id string, at time.Time, n, people int) string {
		g := a.Take(w, quota.Want{ID: id, By: desk.BySystem, Messages: n, At: at}, people)
		return g.Code
	}
	if code := push("p0", noon, 1, 0); code != "no_window" {
		t.Errorf("without an agreement: %s", code)
	}
	a.Open(noon, noon.Add(60*time.Hour))
	for _, c := range []struct {
		id        string
		at        time.Time
		n, people int
		want      string
	}{
		{"p1", noon, 4, 0, "too_many"},
		{"p1", noon, 3, 5000, "people_full"},
		{"p1", noon, 3, 4999, ""},
		{"p2", noon.Add(time.Hour), 1, 0, "day_full"},
		{"p3", noon.Add(12*time.Hour - time.Minute), 1, 0, "day_full"}, // 23:59 in Beijing
		{"p4", noon.Add(12*time.Hour + 3*time.Second), 1, 0, ""},       // 00:00
		{"p5", noon.Add(59 * time.Hour), 2, 0, ""},
		{"p6", noon.Add(61 * time.Hour), 1, 0, "no_window"}, // expired
	} {
		if got := push(c.id, c.at, c.n, c.people); got != c.want {
			t.Errorf("%s at %s: %q, want %q", c.id, c.at, got, c.want)
		}
	}
	a.Open(noon.Add(62*time.Hour), noon.Add(100*time.Hour))
	a.Close(noon.Add(63 * time.Hour))
	if code := push("p7", noon.Add(64*time.Hour), 1, 0); code != "no_window" {
		t.Errorf("after it was taken back: %s", code)
	}
}

func TestThreeWindowsADay(t *testing.T) {
	w := window(t, "douyin", quota.Enter)
	var a quota.Account
	for i := range 4 {
		at := noon.Add(time.Duration(i) * time.Minute)
		a.Open(at, time.Time{})
		g := take(t, &a, w, fmt.Sprint(i), desk.ByAI, at.Add(time.Second))
		a.Settle(fmt.Sprint(i), desk.Delivery{State: desk.Sent, At: at.Add(2 * time.Second)})
		if g.OK != (i < 3) || i == 3 && (g.Code != "day_full" || !g.Until.Equal(noon.Add(12*time.Hour))) {
			t.Errorf("window %d: %+v", i, g)
		}
	}
	if g := take(t, &a, w, "late", desk.ByAI, noon.Add(4*time.Minute)); g.OK {
		t.Errorf("long after they came: %+v", g)
	}
}

func TestOurOwnChannelsAreFree(t *testing.T) {
	for channel, want := range map[string]bool{"web": true, "app": true, "email": false, "": false} {
		if _, free, ok := quota.Find(channel, quota.Reply); free != want || ok {
			t.Errorf("%q: free %v, window %v", channel, free, ok)
		}
	}
	if g := quota.Unknown(); g.OK || g.Because == "" {
		t.Errorf("%+v", g)
	}
	if n := len(quota.Of("wechat")); n != 4 {
		t.Errorf("wechat has %d windows", n)
	}
}

func BenchmarkTake(b *testing.B) {
	w, _, _ := quota.Find("douyin", quota.Reply)
	for b.Loop() {
		var a quota.Account
		a.Open(noon, time.Time{})
		a.Take(w, quota.Want{ID: "m", By: desk.ByAI, At: noon.Add(time.Second)}, 0)
	}
}

package quota

import (
	"slices"
	"time"

	"keliu/streams/desk"
)

const (
	// skew is by how much our clock and the platform's may differ.
	skew = 2 * time.Second
	// Lapse is how long the call of a grant takes at most. What was not settled by then may have arrived until then.
	Lapse = time.Minute
	// keep is for how long uses are remembered: no window and no day is longer.
	keep = 3 * day
)

// beijing is where the platforms' days begin.
var beijing = time.FixedZone("Asia/Shanghai", 8*60*60)

// A use is what one grant has taken. When the platform counted it lies between From and To.
type use struct {
	ID       string    `json:"id"`
	From     time.Time `json:"from"`
	To       time.Time `json:"to"`
	Messages int       `json:"n"`
	Pending  bool      `json:"pending,omitempty"`
}

// An Account is what happened in one window of one person. Its zero value is one in which nothing has. It is stored as JSON.
type Account struct {
	Openings []time.Time `json:"openings,omitempty"` // triggers by the platform's clock, ascending; of the past ones those that were used
	Uses     []use       `json:"uses,omitempty"`     // in the order of the grants
	Full     time.Time   `json:"full,omitzero"`      // what was open then takes nothing more: the platform said so
	Shut     time.Time   `json:"shut,omitzero"`      // openings until then count no more: they were taken back
	Expires  time.Time   `json:"expires,omitzero"`   // of an agreement
}

// Open notes a trigger. expires is for agreements and otherwise zero. Triggers may come late, doubled and in any order.
func (a *Account) Open(at, expires time.Time) {
	at = at.UTC()
	i, known := slices.BinarySearchFunc(a.Openings, at, time.Time.Compare)
	if known {
		return
	}
	if i == len(a.Openings) {
		a.Expires = expires.UTC()
	}
	a.Openings = slices.Insert(a.Openings, i, at)
}

// Close notes that an agreement was withdrawn.
func (a *Account) Close(at time.Time) {
	a.Shut = later(a.Shut, at.UTC())
}

// tidy forgets what no window can count any more.
func (a *Account) tidy(now time.Time) {
	a.Uses = slices.DeleteFunc(a.Uses, func(u use) bool { return u.To.Before(now.Add(-keep)) })
	last := len(a.Openings) - 1
	a.Openings = slices.DeleteFunc(slices.Clone(a.Openings), func(o time.Time) bool {
		i := slices.Index(a.Openings, o)
		return i < last && (o.Before(now.Add(-keep)) || a.used(o, a.Openings[i+1]) == 0 && now.Sub(o) > time.Hour)
	})
}

// used counts the messages that the platform may have counted in [from, until).
func (a *Account) used(from, until time.Time) (n int) {
	for _, u := range a.Uses {
		if u.within(from, until) {
			n += u.Messages
		}
	}
	return n
}

func (u use) within(from, until time.Time) bool {
	return !u.To.Before(from.Add(-skew)) && u.From.Before(until.Add(skew))
}

func (a *Account) find(id string) int {
	return slices.IndexFunc(a.Uses, func(u use) bool { return u.ID == id })
}

// A standing is how a window stands at a time.
type standing struct {
	from, until time.Time
	used        int
	refusal     Grant // when nothing may go out, whoever asks
}

// standing returns how the window stands. people is how many others a day's window was used for.
func (a *Account) standing(w Window, people int, now time.Time) (s standing) {
	if len(a.Openings) == 0 || !a.Openings[len(a.Openings)-1].After(a.Shut) {
		s.refusal = denied("no_window", time.Time{})
		return s
	}
	today, last := dayOf(now), a.Openings[len(a.Openings)-1]
	s.from, s.until = last, last.Add(w.Lasts-margin(w.Lasts))
	again := time.Time{}
	if w.Lasts == 0 {
		s.from, s.until, again = today, today.Add(day-margin(day)), today.Add(day)
	}
	if !a.Expires.IsZero() && a.Expires.Before(s.until) {
		s.until, again = a.Expires, time.Time{}
	}
	s.used = a.used(s.from, now.Add(Lapse))
	switch {
	case !now.Before(s.until) && again.IsZero():
		s.refusal = denied("no_window", time.Time{})
	case !now.Before(s.until), w.PerDay > 0 && a.spoken(today) >= w.PerDay, w.Calls > 0 && a.calls(s.from, now.Add(Lapse)) >= w.Calls:
		s.refusal = denied("day_full", today.Add(day))
	case w.People > 0 && people >= w.People:
		s.refusal = denied("people_full", today.Add(day))
	case s.used >= w.Messages, !a.Full.Before(s.from):
		s.refusal = denied("used_up", again)
	}
	return s
}

// spoken counts the windows of a day, before the open one, in which we may have spoken: as many as may hold a use, and no more than
// there are uses, since each was in one.
func (a *Account) spoken(today time.Time) int {
	last := len(a.Openings) - 1
	n := 0
	for i, o := range a.Openings[:last] {
		if !o.Before(today.Add(-skew)) && a.used(o, a.Openings[i+1]) > 0 {
			n++
		}
	}
	return min(n, a.calls(today, a.Openings[last]))
}

// calls counts the uses that the platform may have counted in [from, until).
func (a *Account) calls(from, until time.Time) (n int) {
	for _, u := range a.Uses {
		if u.within(from, until) {
			n++
		}
	}
	return n
}

// dayOf is when the platform's day of a time began.
func dayOf(t time.Time) time.Time {
	y, m, d := t.In(beijing).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, beijing).UTC()
}

// Day names the platform's day of a time, as in "2026-11-24".
func Day(t time.Time) string { return t.In(beijing).Format(time.DateOnly) }

// margin is how long before its end a window is treated as shut: a message takes its time, and clocks differ.
func margin(lasts time.Duration) time.Duration {
	return min(max(lasts/10, 3*time.Second), 30*time.Second)
}

// Take asks for a message to go out in a window. people is how many others were written to on that day; only windows with a limit of
// people look at it.
func (a *Account) Take(w Window, want Want, people int) Grant {
	now := want.At.UTC()
	if !want.Opened.IsZero() {
		a.Open(want.Opened, a.Expires)
	}
	a.tidy(now)
	s := a.standing(w, people, now)
	if i := a.find(want.ID); i >= 0 {
		if a.Uses[i].Pending {
			return Grant{OK: true, Again: true, Until: s.until, Left: max(0, w.Messages-s.used)}
		}
		return denied("said", time.Time{})
	}
	n := want.messages()
	switch {
	case n > w.Messages:
		return denied("too_many", time.Time{})
	case s.refusal.Code != "":
		return s.refusal
	case s.used+n > w.Messages:
		return denied("used_up", time.Time{})
	case want.patient() && s.used+n > w.Messages-w.Kept:
		return denied("kept", time.Time{})
	}
	a.Uses = append(a.Uses, use{ID: want.ID, From: now, To: now.Add(Lapse), Messages: n, Pending: true})
	return Grant{OK: true, Until: s.until, Left: w.Messages - s.used - n}
}

// Settle notes what became of a granted message. What failed for sure is given back; what is uncertain is not. freed says that it
// was given back.
func (a *Account) Settle(id string, d desk.Delivery) (freed bool) {
	i := a.find(id)
	if i < 0 {
		return false
	}
	u := &a.Uses[i]
	switch d.State {
	case desk.Failed:
		if Exhausted(d.Code) {
			a.Full = later(a.Full, u.From) // what was opened since is another window
		}
		a.Uses = slices.Delete(a.Uses, i, i+1)
		return true
	case desk.Sent, desk.Arrived:
		if u.Pending && !d.At.IsZero() {
			u.To = later(d.At.UTC(), u.From)
		}
		u.Pending = false
	case desk.Uncertain:
		u.Pending = false
	}
	return false
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// Exhausted reports whether a platform's code says that a window takes nothing any more: used up, or too long ago.
func Exhausted(code int) bool {
	switch code {
	case 28003070, 28003080, 28003081, 45015:
		return true
	}
	return false
}

// Left is what the window still takes, for the composer. ok is false when it is not open.
func (a *Account) Left(w Window, people int, now time.Time) (left desk.Allowance, ok bool) {
	s := a.standing(w, people, now.UTC())
	if s.until.IsZero() || s.refusal.Code == "no_window" {
		return desk.Allowance{}, false
	}
	left = desk.Allowance{Channel: w.Channel, Scene: w.Scene, Limit: w.Messages, Left: max(0, w.Messages-s.used), Until: s.until}
	if s.refusal.Code != "" {
		left.Left = 0
	}
	left.Kept = min(w.Kept, left.Left)
	return left, true
}

// Tomorrow is when the platform's next day begins.
func Tomorrow(t time.Time) time.Time { return dayOf(t).Add(day) }

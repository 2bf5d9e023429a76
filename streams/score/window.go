// Package score keeps what the house makes of somebody's behaviour: how likely a purchase is, how likely a complaint that goes
// outside, and what the person is about.
//
// A score is a sum of signals, each worth less by half after every half-life. Time is the time of the events, never the clock's,
// so that the past scored again gives the same numbers. A Window holds the latest signals of one key; which those are
// depends neither on the order in which they come nor on how often one comes. A Scorer feeds windows from the streams and
// keeps them in a state topic.
package score

import (
	"cmp"
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"keliu/streams/desk"
)

const (
	// MaxSignals is how many signals a window holds; the oldest go.
	MaxSignals = 32
	// LeadHalf is the time in which interest halves.
	LeadHalf = 7 * 24 * time.Hour
	// RiskHalf is the time in which the risk of a complaint halves.
	RiskHalf = 3 * 24 * time.Hour

	slowAnswer   = 10 * time.Minute // from which an answer is slow
	slowPoints   = 8
	repeatAfter  = time.Hour // from which speaking again is a new contact
	repeatWithin = 7 * 24 * time.Hour
	repeatFrom   = 3 // contacts
	repeatPoints = 10
)

// A Signal is what one event says about somebody.
type Signal struct {
	ID     string    `json:"id"`   // of the event; the same event counts once
	Code   string    `json:"code"` // what happened; see reasons
	At     time.Time `json:"at"`
	Lead   float64   `json:"lead,omitempty"`   // points towards a purchase, or against
	Risk   float64   `json:"risk,omitempty"`   // points towards a complaint
	Intent string    `json:"intent,omitempty"` // what the person is about
}

// A Window is the latest signals of one key, oldest first. The zero Window is empty.
type Window struct {
	Signals []Signal `json:"signals"`
}

// AppendJSON appends the window as JSON, the same that encoding/json makes of it: a window is written with every message of a
// conversation.
func (w *Window) AppendJSON(b []byte) []byte {
	b = append(b, `{"signals":[`...)
	for i, s := range w.Signals {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendText(append(b, `{"id":`...), s.ID)
		b = appendText(append(b, `,"code":`...), s.Code)
		b = s.At.AppendFormat(append(b, `,"at":"`...), time.RFC3339Nano)
		b = append(b, '"')
		if s.Lead != 0 {
			b = strconv.AppendFloat(append(b, `,"lead":`...), s.Lead, 'g', -1, 64)
		}
		if s.Risk != 0 {
			b = strconv.AppendFloat(append(b, `,"risk":`...), s.Risk, 'g', -1, 64)
		}
		if s.Intent != "" {
			b = appendText(append(b, `,"intent":`...), s.Intent)
		}
		b = append(b, '}')
	}
	return append(b, `]}`...)
}

// appendText appends a JSON string.
func appendText(b []byte, text string) []byte {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			quoted, err := json.Marshal(text)
			if err != nil { // no string fails
				return append(b, `""`...)
			}
			return append(b, quoted...)
		}
	}
	return append(append(append(b, '"'), text...), '"')
}

// order is by time, and by ID among those of one time.
func order(a, b Signal) int {
	if c := a.At.Compare(b.At); c != 0 {
		return c
	}
	return strings.Compare(a.ID, b.ID)
}

// Add takes a signal in and reports whether the window changed: not when it holds the signal, nor when it holds MaxSignals later
// ones.
func (w *Window) Add(s Signal) bool {
	at, found := len(w.Signals), false
	if at > 0 && order(w.Signals[at-1], s) >= 0 {
		at, found = slices.BinarySearchFunc(w.Signals, s, order)
	}
	full := len(w.Signals) == MaxSignals
	switch {
	case found || full && at == 0:
		return false
	case full && at == len(w.Signals):
		w.Signals = append(w.Signals[1:], s)
	case full:
		copy(w.Signals, w.Signals[1:at])
		w.Signals[at-1] = s
	default:
		w.Signals = slices.Insert(w.Signals, at, s)
	}
	return true
}

// Latest is when the last signal happened; zero without signals.
func (w *Window) Latest() time.Time {
	if len(w.Signals) == 0 {
		return time.Time{}
	}
	return w.Signals[len(w.Signals)-1].At
}

// Scores are the scores as of a time. Later signals do not count yet. The points of the reasons add up to the value.
func (w *Window) Scores(at time.Time) desk.Scores {
	lead, risk := tally{half: LeadHalf, at: at}, tally{half: RiskHalf, at: at}
	scores := desk.Scores{}
	for _, s := range w.Signals {
		if s.At.After(at) {
			break
		}
		lead.add(s.Code, s.Lead, s.At)
		risk.add(s.Code, s.Risk, s.At)
		if s.Intent != "" {
			scores.Intent = s.Intent
		}
	}
	w.service(&risk)
	scores.Lead, scores.Risk = lead.score(), risk.score()
	return scores
}

// service adds to the risk what lies between signals: answers that came late, and contacts that did not settle the matter.
func (w *Window) service(risk *tally) {
	var waiting, last time.Time
	contacts := 0
	for _, s := range w.Signals {
		switch {
		case s.At.After(risk.at):
			return
		case s.Code == codeAnswered:
			if !waiting.IsZero() && s.At.Sub(waiting) >= slowAnswer {
				risk.add(codeSlow, slowPoints, s.At)
			}
			waiting = time.Time{}
		case s.Code == codeMessage:
			if waiting.IsZero() {
				waiting = s.At
			}
			if gap := s.At.Sub(last); gap >= repeatWithin {
				contacts = 1
			} else if gap >= repeatAfter {
				contacts++
				if contacts >= repeatFrom {
					risk.add(codeRepeat, repeatPoints, s.At)
				}
			}
			last = s.At
		}
	}
}

// A tally adds up points.
type tally struct {
	half    time.Duration
	at      time.Time
	reasons []desk.Reasoning // of the full points
	full    float64
	decayed float64
}

func (t *tally) add(code string, points float64, at time.Time) {
	if points == 0 {
		return
	}
	t.full += points
	t.decayed += points * math.Exp2(-float64(t.at.Sub(at))/float64(t.half))
	for i := range t.reasons {
		if t.reasons[i].Code == code {
			t.reasons[i].Points += points
			return
		}
	}
	t.reasons = append(t.reasons, desk.Reasoning{Code: code, Why: why(code), Points: points})
}

// score is the sum with its reasons, the weightiest first.
func (t *tally) score() desk.Score {
	value := tenth(min(100, max(0, t.decayed)))
	reasons := []desk.Reasoning{}
	rest := value
	for _, r := range t.reasons {
		if r.Points = tenth(r.Points); r.Points != 0 {
			reasons = append(reasons, r)
			rest -= r.Points
		}
	}
	decay := tenth(t.decayed - t.full)
	for _, r := range []desk.Reasoning{{Code: codeDecay, Points: decay}, {Code: codeLimit, Points: tenth(rest - decay)}} {
		if math.Abs(r.Points) >= 0.1 {
			r.Why = why(r.Code)
			reasons = append(reasons, r)
		}
	}
	slices.SortStableFunc(reasons, func(a, b desk.Reasoning) int { return cmp.Compare(math.Abs(b.Points), math.Abs(a.Points)) })
	return desk.Score{Value: value, Reasons: reasons, At: t.at}
}

func tenth(x float64) float64 { return math.Round(x*10) / 10 }

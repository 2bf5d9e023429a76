package store

import (
	"time"

	"keliu/streams/desk"
)

// Mood names how a customer sounds, as the steps of priority of the queue do.
func Mood(e desk.Emotion) int {
	switch {
	case e.Furious():
		return desk.Angry
	case e.Negative():
		return desk.Unhappy
	}
	return desk.Calm
}

// WaitingSince returns since when the customer has been waiting for somebody: in the queue, or for the answer to the oldest
// message that has none. It is zero for whoever does not wait.
func WaitingSince(c desk.Conversation) time.Time {
	s := c.Session
	switch {
	case c.Stage == desk.Closed:
		return time.Time{}
	case c.Stage == desk.Queued:
		return s.Queued
	case c.Stage == desk.Human && s.LastIn.IsZero() && c.LastBy != desk.ByHuman:
		return s.Queued // somebody took over and has not said a word yet
	}
	return s.LastIn
}

// NotWaiting is above the urgency of everybody who waits, and below that of the others.
const NotWaiting = int64(1) << 51

// Urgency orders conversations, the lowest first: whoever waits by the time since when, the unhappy with the head start they
// have in the queue; then the others, the latest changed first.
func Urgency(c desk.Conversation) int64 {
	since := WaitingSince(c)
	if since.IsZero() {
		return 2*NotWaiting - c.Updated.UnixMilli()
	}
	return desk.Place{Since: since, Priority: Mood(c.Emotion)}.Rank()
}

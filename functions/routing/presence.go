package routing

import (
	"fmt"
	"time"

	"keliu/streams/desk"
)

// How long the screen of one of the staff may be silent.
const (
	AwayAfter    = 45 * time.Second // before nobody new is given to them
	OfflineAfter = 2 * time.Minute  // before whoever waits for them is given to somebody else
)

// A Sign is what is known of somebody whose screen once gave a sign of life.
type Sign struct {
	Agent   desk.AgentID
	Status  string    // as it stands: "online", "away" or "offline"
	Changed time.Time // when it became that
	Seen    time.Time // the last sign of life
	Took    string    // the status that silence took from them; empty when they have it back, or never lost it
	TookAt  time.Time // when it was taken or given back last
}

// Settle returns the status that somebody should have now, and the one to come back to once their screen gives a sign of life; it is
// empty when they have it back. Whoever set their status without a screen keeps it.
func Settle(s Sign, now time.Time) (status, took string) {
	own, last := s.Status, s.Seen
	switch settled := s.Changed.Equal(s.TookAt); {
	case settled && s.Took != "":
		own = s.Took
	case settled: // they have it back
	case s.Seen.Before(s.Changed.Add(-AwayAfter)):
		return s.Status, "" // set over the API, long after the last screen was gone
	case s.Changed.After(last):
		last = s.Changed // to say where one is counts as a sign of life
	}
	switch silent := now.Sub(last); {
	case silent >= OfflineAfter && own != "offline":
		return "offline", own
	case silent >= AwayAfter && own == "online":
		return "away", own
	}
	return own, ""
}

// Gone is the event that puts a conversation back into the queue whose person is not there any more. The same state makes the same
// event.
func Gone(c desk.Conversation, now time.Time) desk.Event {
	return desk.Event{
		ID: desk.MessageID(fmt.Sprintf("%s_gone_%d", c.ID, c.Version)), Kind: desk.Transferred, Conversation: c.ID, Customer: c.Customer,
		Channel: c.Channel, Agent: c.Agent, Reason: desk.AgentGone, At: now.UTC(),
	}
}

// Package outcome names the points that say how sessions turned out, and what the house has at hand.
//
// Whether a session is solved shows only later. Such a point counts at once, in the minute in which the session is closed; when
// the customer comes back in time, a point of −1 with the same tags takes it back in that same minute. So the figures of a day are
// settled once the window after it has passed, and every sum is right at any time for what is known by then.
package outcome

import (
	"time"

	"keliu/streams/meter"
)

// The names of points that count sessions when they are closed. The first three can be taken back, the fourth comes later.
const (
	Assumed   = "session_assumed"  // contained, until a further request within AssumedAfter
	Unaided   = "session_unaided"  // contained, until a person is assigned within AssumedAfter
	Once      = "session_once"     // resolved, until a repeat contact on the same intent within RepeatAfter
	Repeated  = "session_repeated" // the same person came again about the same intent within RepeatAfter
	Assisted  = "session_assisted" // was assigned to a person
	Resolved  = "session_resolved" // contained, affirmed by the customer, or closed as solved by a person
	GoalDue   = "service_goal_due" // a goal of service applied; Reason is which
	GoalMet   = "service_goal_met" // of these, it was met; Reason is which
	Backlog   = "backlog"          // gauge: sessions open now; Reason is their age
	LoggedIn  = "agent_logged_in"  // one of the staff was online or away; ms, in slots of a minute; Agent
	Available = "agent_available"  // of that, online; ms; Agent
	Busy      = "agent_busy"       // of that, with at least one session; ms; Agent
	Holding   = "agent_holding"    // of that, once for each session; ms; Agent
)

// How long it takes until an outcome stands.
const (
	AssumedAfter = 24 * time.Hour
	RepeatAfter  = 7 * 24 * time.Hour
)

// The goals of service, as the reason of a point, and what meets them.
const (
	FirstReply = "first_reply" // the first reply by anyone that is not a greeting, within FirstReplyWithin
	Person     = "person"      // in sessions that asked for a person: the first reply by one, within PersonWithin of asking
	Closing    = "closing"     // the session is closed within ClosingWithin

	FirstReplyWithin = time.Minute
	PersonWithin     = 3 * time.Minute
	ClosingWithin    = 24 * time.Hour
)

// The ages of open sessions, as the reason of Backlog.
const (
	UnderHour = "under_hour"
	UnderDay  = "under_day"
	Older     = "older"
)

// What is counted beside the points as they were: QueueWait, and the worktime of some durations.
const (
	QueueWait = "queue_wait" // a wait in the queue ended, accepted or not; ms
	worktime  = "_worktime"
)

// Worktime names the points that carry how much of a duration fell into the hours of the company; ms. It is for FirstReplyHuman,
// FirstReplyAny, NextReply, QueueWait and SessionClosed.
func Worktime(name string) string { return name + worktime }

// Customers is asked with the statistic Distinct: how many persons opened a session. No point tells it, for a point names no person.
const (
	Customers                 = "customers"
	Distinct  meter.Statistic = "distinct"
)

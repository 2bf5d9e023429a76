package history

import (
	"time"

	"keliu/streams/meter"
	"keliu/streams/meter/outcome"
)

// agent is who answers in the demonstration.
const agent = "agent"

// model is which one is called.
const model = "demo/model"

// session counts one session from its opening to its close, all in one slot.
func (d *day) session() {
	d.at = d.some()
	tags := meter.Tags{Channel: "web", Intent: d.choose("answer", "answer", "order", "logistics", "refund", "guide"), Lang: "zh"}
	if d.chance(0.3) {
		tags.Channel = "app"
	}
	d.count(tags, "", meter.SessionOpened)
	if d.chance(0.6) {
		d.count(tags, "", meter.CustomerFirst)
	} else if d.chance(0.2) {
		d.count(tags, "", meter.SessionReopened)
	}
	ai, away := d.chance(0.93), 0.24
	if d.bad() {
		away = 0.55
	}
	if ai {
		d.count(tags, "", meter.SessionAI)
	}
	turns := 1 + d.IntN(3)
	for range turns {
		d.turn(tags, ai)
	}
	firstReply := d.lasts(900 * time.Millisecond)
	if d.bad() {
		firstReply = d.lasts(8 * time.Second)
	}
	d.measure(tags, meter.FirstReplyAny, firstReply, "")
	d.goal(tags, outcome.FirstReply, firstReply <= float64(outcome.FirstReplyWithin.Milliseconds()))
	human := false
	if !ai || d.chance(away) {
		human = d.person(tags, ai)
	}
	d.close(tags, ai, human, turns)
}

// turn counts a question and its answer.
func (d *day) turn(tags meter.Tags, ai bool) {
	d.count(tags, "", meter.CustomerMessage)
	d.measure(tags, meter.NextReply, d.lasts(time.Second), "")
	if d.chance(0.06) {
		d.count(tags, "phone", meter.MaskHit)
	}
	if !ai {
		return
	}
	d.count(tags, "", meter.QuestionAsked)
	if d.chance(0.08) {
		d.count(tags, "", meter.Unanswered)
		return
	}
	d.count(tags, "", meter.AIAnswer)
	if d.chance(0.86) {
		d.count(tags, "", meter.AICited)
	}
	d.measure(tags, meter.FirstToken, d.lasts(350*time.Millisecond), "")
	called := meter.Tags{Model: model, Intent: tags.Intent}
	d.measure(called, meter.ModelCall, d.lasts(1100*time.Millisecond), "")
	if d.bad() && d.chance(0.3) {
		d.count(called, "timeout", meter.ModelError)
		d.count(tags, "timeout", meter.ModelFallback)
		return
	}
	tokens := float64(400 + d.IntN(900))
	d.measure(called, meter.ModelTokens, tokens, "")
	d.measure(called, meter.ModelCost, tokens*4, "")
}

// person counts the way to a person, and reports whether the customer got there.
func (d *day) person(tags meter.Tags, ai bool) bool {
	reason := d.choose("asked", "asked", "asked", "emotion", "failed", "policy")
	if ai {
		d.count(tags, reason, meter.Transfer)
	}
	if reason == "asked" {
		d.measure(tags, meter.HumanAsked, d.lasts(400*time.Millisecond), "")
	}
	median := 9 * time.Second
	if d.bad() {
		median = 70 * time.Second
	}
	wait := d.lasts(median)
	waited := meter.Wait(time.Duration(wait) * time.Millisecond)
	d.count(tags, "", meter.QueueEntered)
	if patience := d.lasts(3 * time.Minute); wait > patience {
		d.measure(tags, meter.QueueLeft, patience, meter.Wait(time.Duration(patience)*time.Millisecond))
		d.goal(tags, outcome.Person, false)
		return false
	}
	tags.Agent = agent
	d.measure(tags, meter.QueueAccepted, wait, waited)
	d.count(tags, "", meter.SessionHuman)
	first := wait + d.lasts(15*time.Second)
	d.measure(tags, meter.FirstReplyHuman, first, "")
	d.measure(tags, meter.HandleTime, d.lasts(6*time.Minute), "")
	d.goal(tags, outcome.Person, first <= float64(outcome.PersonWithin.Milliseconds()))
	return true
}

func (d *day) goal(tags meter.Tags, which string, met bool) {
	d.count(tags, which, outcome.GoalDue)
	if met {
		d.count(tags, which, outcome.GoalMet)
	}
}

// close counts how the session turned out, as it stands four weeks later.
func (d *day) close(tags meter.Tags, ai, human bool, turns int) {
	if human {
		tags.Agent = agent
		d.count(tags, "", outcome.Assisted)
	}
	d.measure(tags, meter.SessionClosed, float64(turns)*d.lasts(4*time.Minute), map[bool]string{true: "solved", false: "idle"}[human])
	d.goal(tags, outcome.Closing, true)
	contained := ai && !human
	resolved := contained || human && d.chance(0.85)
	if ai {
		d.count(tags, "", meter.SessionClosedAI)
	}
	if contained {
		d.count(tags, "", meter.SessionContained)
		if d.chance(0.35) {
			d.count(tags, "", meter.SessionConfirmed)
			d.count(tags, "", outcome.Assumed)
		} else if d.chance(0.85) {
			d.count(tags, "", outcome.Assumed)
		}
		if d.chance(0.93) {
			d.count(tags, "", outcome.Unaided)
		}
	}
	again := d.chance(0.12)
	if again {
		d.count(tags, "", outcome.Repeated)
	}
	if resolved {
		d.count(tags, "", outcome.Resolved)
		if !again {
			d.count(tags, "", outcome.Once)
		}
	} else if d.chance(0.2) {
		d.count(tags, "", meter.CallbackLeft)
	}
	unhappy := 0.07
	if d.bad() {
		unhappy = 0.25
	}
	if d.chance(unhappy) {
		d.count(tags, "", meter.SessionNegative)
		if d.chance(0.6) {
			d.count(tags, "", meter.SessionRecovered)
		}
	}
}

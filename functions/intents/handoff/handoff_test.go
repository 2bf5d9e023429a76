package handoff_test

import (
	"testing"

	"keliu/functions"
	"keliu/functions/functiontest"
	"keliu/functions/intents/handoff"
	"keliu/streams/desk"
)

func TestDialogues(t *testing.T) {
	functiontest.Dialogues(t, func(*testing.T, []string) functions.Intent { return handoff.Intent{} })
}

func TestExamples(t *testing.T) {
	functiontest.Examples(t, handoff.Intent{}, func(t *testing.T, said string, reply desk.Reply) {
		if reply.Handoff != desk.ReasonAsked {
			t.Errorf("%q does not lead to a person: %+v", said, reply)
		}
	})
}

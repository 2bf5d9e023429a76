package complaint_test

import (
	"testing"

	"keliu/functions"
	"keliu/functions/functiontest"
	"keliu/functions/intents/complaint"
	"keliu/streams/desk"
)

func TestDialogues(t *testing.T) {
	functiontest.Dialogues(t, func(*testing.T, []string) functions.Intent { return complaint.Intent{} })
}

func TestExamples(t *testing.T) {
	functiontest.Examples(t, complaint.Intent{}, func(t *testing.T, said string, reply desk.Reply) {
		if reply.Handoff == "" && reply.Ask != desk.FactOrder || reply.Learned[desk.FactReason] != said {
			t.Errorf("%q is neither passed on nor noted: %+v", said, reply)
		}
	})
}

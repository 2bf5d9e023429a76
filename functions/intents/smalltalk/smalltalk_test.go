package smalltalk_test

import (
	"testing"

	"keliu/functions"
	"keliu/functions/functiontest"
	"keliu/functions/intents/smalltalk"
	"keliu/streams/desk"
)

func TestDialogues(t *testing.T) {
	functiontest.Dialogues(t, func(*testing.T, []string) functions.Intent { return smalltalk.Intent{Shop: "青禾优选"} })
}

func TestExamples(t *testing.T) {
	functiontest.Examples(t, smalltalk.Intent{}, func(t *testing.T, said string, reply desk.Reply) {
		if reply.Outcome != desk.Greeted || reply.Handoff != "" {
			t.Errorf("%q is more than small talk: %+v", said, reply)
		}
	})
}

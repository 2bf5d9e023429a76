package smalltalk_test

import (
	"testing"

	"keliu/functions"
	"keliu/functions/functiontest"
	"keliu/functions/intents/smalltalk"
)

func TestDialogues(t *testing.T) {
	functiontest.Dialogues(t, func(*testing.T, []string) functions.Intent { return smalltalk.Intent{Shop: "青禾优选"} })
}

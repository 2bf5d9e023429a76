package complaint_test

import (
	"testing"

	"keliu/functions"
	"keliu/functions/functiontest"
	"keliu/functions/intents/complaint"
)

func TestDialogues(t *testing.T) {
	functiontest.Dialogues(t, func(*testing.T, []string) functions.Intent { return complaint.Intent{} })
}

package guide_test

import (
	"context"
	"testing"

	"keliu/functions"
	"keliu/functions/business"
	"keliu/functions/functiontest"
	"keliu/functions/intents/guide"
	"keliu/streams/desk"
)

// The dialogues take place in the demo shop.
func TestDialogues(t *testing.T) {
	functiontest.Dialogues(t, func(t *testing.T, given []string) functions.Intent {
		switch {
		case len(given) == 0:
			return guide.Intent{Products: business.Demo(functiontest.Now)}
		case given[0] == "the shop is down":
			return guide.Intent{Products: down{}}
		}
		t.Fatalf("given %q", given)
		return nil
	})
}

// down is a shop that does not answer.
type down struct{}

func (down) Products(context.Context, business.Wish, int) ([]business.Product, error) {
	return nil, desk.ErrUnavailable
}

func TestExamples(t *testing.T) {
	functiontest.Examples(t, guide.Intent{Products: business.Demo(functiontest.Now)}, nil)
}

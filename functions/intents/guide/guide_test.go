package guide_test

import (
	"context"
	"encoding/json"
	"testing"

	"keliu/functions"
	"keliu/functions/business"
	"keliu/functions/functiontest"
	"keliu/functions/intents/guide"
	"keliu/streams/desk"
)

// The dialogues take place in the demo shop. Given lines are passages as JSON, found whatever is asked.
func TestDialogues(t *testing.T) {
	functiontest.Dialogues(t, func(t *testing.T, given []string) functions.Intent {
		intent := guide.Intent{Products: business.Demo(functiontest.Now)}
		for _, line := range given {
			if line == "the shop is down" {
				return guide.Intent{Products: down{}}
			}
			var p desk.Passage
			if err := json.Unmarshal([]byte(line), &p); err != nil {
				t.Fatalf("given %q: %v", line, err)
			}
			intent.Knowledge = knowledge{p}
		}
		return intent
	})
}

// knowledge is a fake that finds the same passage whatever is asked.
type knowledge struct{ passage desk.Passage }

func (k knowledge) Find(context.Context, string, int) ([]desk.Passage, error) {
	return []desk.Passage{k.passage}, nil
}

// down is a shop that does not answer.
type down struct{}

func (down) Products(context.Context, business.Wish, int) ([]business.Product, error) {
	return nil, desk.ErrUnavailable
}

func TestExamples(t *testing.T) {
	functiontest.Examples(t, guide.Intent{Products: business.Demo(functiontest.Now)}, nil)
}

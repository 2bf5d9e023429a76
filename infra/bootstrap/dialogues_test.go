package bootstrap_test

import (
	"context"
	"encoding/json"
	"path/filepath"
	"testing"

	"keliu/functions"
	"keliu/functions/business"
	"keliu/functions/catalog"
	"keliu/functions/functiontest"
	"keliu/functions/intents/answer"
	"keliu/functions/intents/complaint"
	"keliu/functions/intents/guide"
	"keliu/functions/intents/handoff"
	"keliu/functions/intents/logistics"
	"keliu/functions/intents/order"
	"keliu/functions/intents/refund"
	"keliu/functions/intents/smalltalk"
	simulator "keliu/infra/simulators/lambda"
	"keliu/streams/desk"
)

// worlds prepare each intent's world from the lines under "given", as the intent's own test does.
var worlds = map[string]func(t *testing.T, given []string) functions.Intent{
	"answer": func(t *testing.T, given []string) functions.Intent { return answer.Intent{Knowledge: found(t, given)} },
	"guide": func(t *testing.T, given []string) functions.Intent {
		intent := guide.Intent{Products: business.Demo(functiontest.Now)}
		switch {
		case len(given) == 1 && given[0] == "the shop is down":
			intent.Products = down{}
		case len(given) > 0:
			intent.Knowledge = found(t, given)
		}
		return intent
	},
	"logistics": func(t *testing.T, given []string) functions.Intent {
		c := functiontest.Given(t, given)
		return logistics.Intent{Orders: c.Shop, Rules: c.Rules}
	},
	"order": func(t *testing.T, given []string) functions.Intent {
		c := functiontest.Given(t, given)
		return order.Intent{Orders: c.Shop, Rules: c.Rules}
	},
	"refund": func(t *testing.T, given []string) functions.Intent {
		c := functiontest.Given(t, given)
		return refund.Intent{Orders: c.Shop, Rules: c.Rules}
	},
	"complaint": func(*testing.T, []string) functions.Intent { return complaint.Intent{} },
	"handoff":   func(*testing.T, []string) functions.Intent { return handoff.Intent{} },
	"smalltalk": func(*testing.T, []string) functions.Intent { return smalltalk.Intent{Shop: "青禾优选"} },
}

// The dialogues of every intent read the same when the intent is a process of its own that asks for all it needs.
func TestDialoguesInTheCloud(t *testing.T) {
	aws := &simulator.Cloud{}
	house := cloud(t, aws)
	for _, name := range catalog.Names("intents") {
		t.Run(name, func(t *testing.T) {
			world, known := worlds[name]
			if !known {
				t.Fatal("no world for this intent's dialogues")
			}
			functiontest.DialoguesIn(t, filepath.Join("../../functions/intents", name, "testdata"), func(t *testing.T, given []string) functions.Handler {
				return house.Function("intents/"+name, world(t, given))
			})
		})
	}
	if n := len(aws.Starts()); n != len(catalog.Names("intents")) {
		t.Errorf("%d processes served them", n)
	}
}

// knowledge is a fake that finds the same passages whatever is asked, or fails.
type knowledge struct {
	passages []desk.Passage
	err      error
}

func (k knowledge) Find(_ context.Context, _ string, limit int) ([]desk.Passage, error) {
	return k.passages[:min(limit, len(k.passages))], k.err
}

func found(t *testing.T, given []string) (k knowledge) {
	for _, line := range given {
		var p desk.Passage
		switch {
		case line == "the knowledge is down":
			k.err = desk.ErrUnavailable
		case line == "the knowledge is empty":
			k.err = desk.ErrNotFound
		case json.Unmarshal([]byte(line), &p) == nil:
			k.passages = append(k.passages, p)
		default:
			t.Fatalf("given %q", line)
		}
	}
	return k
}

// down is a shop that does not answer.
type down struct{}

func (down) Products(context.Context, business.Wish, int) ([]business.Product, error) {
	return nil, desk.ErrUnavailable
}

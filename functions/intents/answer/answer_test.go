package answer_test

import (
	"context"
	"encoding/json"
	"errors"
	"testing"

	"keliu/functions"
	"keliu/functions/functiontest"
	"keliu/functions/intents/answer"
	"keliu/streams/desk"
)

// Given lines are passages as JSON, found whatever is asked, or what is wrong with the knowledge.
func TestDialogues(t *testing.T) {
	functiontest.Dialogues(t, func(t *testing.T, given []string) functions.Intent {
		var k knowledge
		for _, line := range given {
			switch line {
			case "the knowledge is down":
				k.err = desk.ErrUnavailable
			case "the knowledge is empty":
				k.err = desk.ErrNotFound
			default:
				var p desk.Passage
				if err := json.Unmarshal([]byte(line), &p); err != nil {
					t.Fatalf("given %q: %v", line, err)
				}
				k.passages = append(k.passages, p)
			}
		}
		return answer.Intent{Knowledge: k}
	})
}

// knowledge is a fake of the knowledge base.
type knowledge struct {
	passages []desk.Passage
	err      error
}

func (k knowledge) Find(_ context.Context, question string, limit int) ([]desk.Passage, error) {
	if question == "" || limit < 1 {
		return nil, errors.New("a search needs a question and a limit")
	}
	return k.passages[:min(limit, len(k.passages))], k.err
}

func TestSureIsASetting(t *testing.T) {
	k := knowledge{passages: []desk.Passage{{Article: "a", Title: "包邮", Text: "满 99 元包邮。", Score: 0.6}}}
	turn := desk.Turn{Message: desk.Message{Text: "包邮吗"}}
	for sure, want := range map[float64]desk.Outcome{0: desk.Answered, 0.6: desk.Answered, 0.61: desk.Declined} {
		reply, err := answer.Intent{Knowledge: k, Sure: sure}.Answer(t.Context(), turn)
		if err != nil || reply.Outcome != want {
			t.Errorf("Sure %v: %v, %v; want %v", sure, reply.Outcome, err, want)
		}
	}
}

func TestExamples(t *testing.T) {
	k := knowledge{passages: []desk.Passage{{Article: "a", Title: "包邮", Text: "满 99 元包邮。", Score: 0.6}}}
	functiontest.Examples(t, answer.Intent{Knowledge: k}, func(t *testing.T, said string, reply desk.Reply) {
		if reply.Outcome != desk.Answered || reply.Draft.Question != said || len(reply.Citations) != 1 {
			t.Errorf("%q: %+v", said, reply)
		}
	})
}

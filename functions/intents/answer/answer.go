// Package answer answers questions from the knowledge base, and says so when it does not hold the answer.
package answer

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"strings"

	"keliu/streams/desk"
)

//go:embed examples.txt
var examples string

// Knowledge searches what may be told to customers.
type Knowledge interface {
	// Find returns the passages nearest to a question, best first; their scores say how sure it is.
	Find(ctx context.Context, question string, limit int) ([]desk.Passage, error)
}

// defaultSure is how sure the search must be before the desk answers.
const defaultSure = 0.5

// mostPassages is how many passages an answer rests on.
const mostPassages = 3

// Intent implements functions.Intent.
type Intent struct {
	Knowledge Knowledge
	Sure      float64 // the least score of a passage to answer from; 0 means 0.5
}

// Examples implements functions.Intent.
func (Intent) Examples() string { return examples }

// Answer drafts an answer from the passages that hold it, and declines when there is none.
func (i Intent) Answer(ctx context.Context, turn desk.Turn) (desk.Reply, error) {
	question := strings.TrimSpace(turn.Message.Text)
	if question == "" {
		return turn.Ask("question", turn.Pick(
			"我还看不懂图片，也没有看到文字。请用文字说说您想问什么？",
			"I can't read pictures yet and see no text. Could you put your question into words?")), nil
	}
	found, err := i.Knowledge.Find(ctx, question, mostPassages)
	if err != nil && !errors.Is(err, desk.ErrNotFound) {
		return desk.Reply{}, fmt.Errorf("find passages: %w", err)
	}
	passages := i.sure(found)
	if len(passages) == 0 {
		reply := turn.Decline(turn.Pick(
			"这个问题我在知识库里没有找到可靠的答案，不想随便猜。您可以换个说法再问，或者让人工客服来回答。",
			"I couldn't find a reliable answer to this in our knowledge base and don't want to guess. You can put it differently, or talk to a person."))
		reply.Options = []string{turn.Pick("转人工", "Talk to a person")}
		return reply, nil
	}
	return desk.Reply{
		Draft:     &desk.Draft{Question: question, Passages: passages},
		Citations: cite(passages),
		Outcome:   desk.Answered,
	}, nil
}

// sure keeps the passages that are good enough to answer from.
func (i Intent) sure(found []desk.Passage) []desk.Passage {
	least := i.Sure
	if least == 0 {
		least = defaultSure
	}
	var passages []desk.Passage
	for _, p := range found {
		if p.Score >= least {
			passages = append(passages, p)
		}
	}
	return passages
}

func cite(passages []desk.Passage) []desk.Citation {
	citations := make([]desk.Citation, len(passages))
	for i, p := range passages {
		citations[i] = desk.Citation{Article: p.Article, Title: p.Title, Passage: p.Text}
	}
	return citations
}

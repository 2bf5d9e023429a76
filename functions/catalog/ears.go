package catalog

import (
	"context"

	"keliu/functions/classify"
)

// Ears understand texts without a house around them.
type Ears = classify.Classifier

// Understander returns ears that have learnt the intents' examples.
func Understander() (*Ears, error) {
	examples := map[string]string{}
	for name, i := range new(House).intents() {
		examples[name] = i.Examples()
	}
	return classify.New(examples, classify.Options{})
}

// sure is a confidence in an intent that even a published question in the same words does not outweigh.
const sure = 0.95

// reader understands texts as the classifier does, and knows the questions that the company's articles answer: what somebody
// has published an answer to is not guessed to be something else.
type reader struct {
	*classify.Classifier
	house *House
}

// Understand implements dialog.Understander.
func (r reader) Understand(text string, c classify.Context) classify.Understanding {
	u := r.Classifier.Understand(text, c)
	if u.Intent == "handoff" || u.Intent == "answer" && !u.OutOfScope || u.Confidence >= sure {
		return u
	}
	if r.house.Library.Phrased(text, r.house.mayAnswerFrom(context.Background())) {
		u.Intent, u.Confidence, u.OutOfScope = "answer", 1, false
	}
	return u
}

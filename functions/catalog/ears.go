package catalog

import "keliu/functions/classify"

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

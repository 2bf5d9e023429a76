// Command train makes the embedded weights of package classify from the public corpora:
//
//	go run ./functions/classify/train --data ../shared/data --out functions/classify/weights
//
// It prints the figures on the development rows, as they stand in the model card. The same data give the same
// weights.
package main

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"

	"keliu/functions/classify"
	"keliu/functions/classify/linear"
)

func main() {
	data := flag.String("data", "../shared/data", "folder of the training data")
	out := flag.String("out", "functions/classify/weights", "folder that the weights are written to")
	flag.Parse()
	if flag.NArg() > 0 {
		fmt.Fprintf(os.Stderr, "train: unexpected argument %q\n", flag.Arg(0))
		os.Exit(2)
	}
	if err := run(*data, *out); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

// A model is one of the files to make.
type model struct {
	name   string
	labels []string
	n      int // units in a row, see linear.Features
	linear.Options
	train, dev []set
}

// models are the files that package classify embeds. What a model does not know of a set's labels it leaves out.
var models = []model{
	{
		name: "polarity2", labels: []string{classify.Negative, classify.Positive}, n: linear.Triples,
		Options: linear.Options{Bits: 20, Epochs: 8, Cost: 1, Smooth: 1, Folds: 3},
		train:   []set{reviews, chat, chatAuto, weiboTwo, service},
		dev:     []set{reviews.dev(), chat.dev(), weiboTwo.dev(), service.dev()},
	},
	{
		name: "polarity", labels: []string{classify.Negative, classify.Neutral, classify.Positive}, n: linear.Pairs,
		Options: linear.Options{Bits: 17, Epochs: 5, Cost: 1, Smooth: 1, Folds: 3},
		train:   []set{weiboThree, serviceCalm},
		dev:     []set{weiboThree.dev(), serviceCalm.dev()},
	},
	{
		name:    "emotion",
		labels:  []string{classify.Happy, classify.Angry, classify.Sad, classify.Fear, classify.Surprise, classify.Neutral},
		n:       linear.Pairs,
		Options: linear.Options{Bits: 16, Epochs: 5, Cost: 1, Smooth: 0.3, Folds: 3},
		train:   []set{weiboSix},
		dev:     []set{weiboSix.dev()},
	},
}

func run(data, out string) error {
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	for _, m := range models {
		r := reader{folder: data, labels: m.labels, n: m.n, seen: map[string]bool{}}
		trained, err := m.learn(r)
		if err != nil {
			return fmt.Errorf("%s: %w", m.name, err)
		}
		if err := os.WriteFile(filepath.Join(out, m.name+".bin"), trained.Encode(), 0o644); err != nil {
			return err
		}
		fmt.Printf("## %s\n\n", m.name)
		for _, s := range m.dev {
			rows, err := r.held(s)
			if err != nil {
				return err
			}
			judge(trained, rows).print(s.name)
		}
	}
	return nil
}

// learn trains the model from its sets.
func (m model) learn(r reader) (*linear.Model, error) {
	var rows []linear.Row
	for _, s := range m.train {
		more, err := r.learn(s)
		if err != nil {
			return nil, err
		}
		rows = slices.Concat(rows, more)
	}
	// A fold of the cross validation must not be a corpus of its own.
	rand.New(rand.NewPCG(1, 1)).Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	return linear.Train(m.labels, rows, m.Options)
}

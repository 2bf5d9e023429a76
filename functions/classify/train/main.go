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
	linear.Options
	train, dev []set
}

// models are the files that package classify embeds. What a model does not know of a set's labels it leaves out.
var models = []model{
	{
		name: "polarity2", labels: []string{classify.Negative, classify.Positive},
		Options: linear.Options{Bits: 20, Epochs: 8, Cost: 1, Smooth: 1, Folds: 3},
		train:   []set{reviews, chat, chatAuto, weiboTwo, service},
		dev:     []set{reviews.dev(), chat.dev(), weiboTwo.dev(), service.dev()},
	},
	{
		name: "polarity", labels: []string{classify.Negative, classify.Neutral, classify.Positive},
		Options: linear.Options{Bits: 17, Epochs: 8, Cost: 1, Smooth: 1, Folds: 3},
		train:   []set{weiboThree},
		dev:     []set{weiboThree.dev()},
	},
	{
		name:    "emotion",
		labels:  []string{classify.Happy, classify.Angry, classify.Sad, classify.Fear, classify.Surprise, classify.Neutral},
		Options: linear.Options{Bits: 17, Epochs: 8, Cost: 1, Smooth: 1, Folds: 3},
		train:   []set{weiboSix},
		dev:     []set{weiboSix.dev()},
	},
}

func run(data, out string) error {
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	for _, m := range models {
		var rows []linear.Row
		for _, s := range m.train {
			more, err := s.rows(data, m.labels)
			if err != nil {
				return err
			}
			rows = slices.Concat(rows, more)
		}
		trained, err := linear.Train(m.labels, rows, m.Options)
		if err != nil {
			return fmt.Errorf("%s: %w", m.name, err)
		}
		encoded := trained.Encode()
		if err := os.WriteFile(filepath.Join(out, m.name+".bin"), encoded, 0o644); err != nil {
			return err
		}
		fmt.Printf("## %s: %d rows, %d KB\n\n", m.name, len(rows), len(encoded)>>10)
		for _, s := range m.dev {
			rows, err := s.rows(data, m.labels)
			if err != nil {
				return err
			}
			judge(trained, rows).print(s.name)
		}
	}
	return nil
}

package classify

import (
	_ "embed"
	"fmt"
	"maps"
	"slices"
	"strings"

	"keliu/functions/classify/linear"
	"keliu/functions/classify/text"
)

// background holds lines that are no service request; its class is called none.
//
//go:embed background.txt
var background string

// none is the label of the background among the intents' names.
const none = "none"

// learning says how intents are learnt.
var learning = linear.Options{Bits: 17, Epochs: 5, Cost: 1, Smooth: 0.3, Folds: 3}

// learn trains a model of the intents' examples and the background. Its label 0 is none.
func learn(examples map[string]string) (*linear.Model, error) {
	labels := append([]string{none}, slices.Sorted(maps.Keys(examples))...)
	rows := read(nil, background, 0)
	for i, name := range labels[1:] {
		if name == none || name == "" {
			return nil, fmt.Errorf("an intent cannot be called %q", name)
		}
		rows = read(rows, examples[name], i+1)
	}
	model, err := linear.Train(labels, rows, learning)
	if err != nil {
		return nil, fmt.Errorf("learn intents: %w", err)
	}
	return model, nil
}

// read appends a row for every line of lines that is neither empty nor a comment.
func read(rows []linear.Row, lines string, label int) []linear.Row {
	for line := range strings.Lines(lines) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		rows = append(rows, linear.Row{Features: linear.Features(nil, text.Fold(nil, line), linear.Pairs), Label: label})
	}
	return rows
}

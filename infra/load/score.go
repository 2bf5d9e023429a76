package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"time"

	"keliu/functions/classify"
	"keliu/infra/load/score"
)

// score measures how fast comments are scored.
func (b *bench) score(context.Context) ([]Result, error) {
	crowd, err := score.New()
	if err != nil {
		return nil, err
	}
	ours, reference, err := b.takeTurns(
		func() (float64, error) { return crowd.Ours(b.slice), nil },
		func() (float64, error) { return crowd.Contains(b.slice), nil },
	)
	return []Result{result("score", ours, reference, "comments/s", crowd.What())}, err
}

// understand measures how fast messages are understood, on one processor, against a search for each example in each message.
func (b *bench) understand(context.Context) ([]Result, error) {
	examples, err := readExamples()
	if err != nil {
		return nil, err
	}
	classifier, err := classify.New(examples, classify.Options{})
	if err != nil {
		return nil, err
	}
	var messages []string
	for _, text := range examples {
		for line := range strings.Lines(text) {
			if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
				messages = append(messages, line)
			}
		}
	}
	found := 0
	ours, reference, err := b.takeTurns(
		func() (float64, error) {
			return b.each(messages, func(m string) { found += len(classifier.Understand(m, classify.Context{}).Intent) }), nil
		},
		func() (float64, error) {
			return b.each(messages, func(m string) {
				for _, example := range messages {
					if strings.Contains(m, example) {
						found++
					}
				}
			}), nil
		},
	)
	if found == 0 {
		return nil, errors.New("nothing was understood")
	}
	what := "classifier (intent, emotion, facts), one processor; reference: strings.Contains of every example"
	return []Result{result("understand", ours, reference, "messages/s", what)}, err
}

// each does something with one message after the other for a slice of time and returns how often a second it was done.
func (b *bench) each(messages []string, do func(string)) float64 {
	n, began := 0, time.Now()
	for ; time.Since(began) < b.slice; n++ {
		do(messages[n%len(messages)])
	}
	return float64(n) / time.Since(began).Seconds()
}

// readExamples reads the examples of every intent.
func readExamples() (map[string]string, error) {
	dir, err := root()
	if err != nil {
		return nil, err
	}
	files, err := filepath.Glob(filepath.Join(dir, "functions", "intents", "*", "examples.txt"))
	if err != nil {
		return nil, err
	}
	examples := map[string]string{}
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			return nil, err
		}
		examples[filepath.Base(filepath.Dir(f))] = string(text)
	}
	return examples, nil
}

// root is the folder of the module, found from where the program runs.
func root() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for ; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "functions", "intents")); err == nil {
			return dir, nil
		}
		if dir == filepath.Dir(dir) {
			return "", errors.New("run this inside the repository")
		}
	}
}

// Command train makes the weights of package names from the public corpora and from made-up lines of chat:
//
//	go run ./functions/classify/names/train --data ../shared/data --out functions/classify/names/names.bin
//
// It prints the figures on the rows held out, as they stand in the model card. The same data give the same weights.
package main

import (
	"flag"
	"fmt"
	"os"
	"slices"

	"keliu/functions/classify/names"
)

// rounds is how often the examples are gone through.
const rounds = 12

func main() {
	data := flag.String("data", "../shared/data", "folder of the training data")
	out := flag.String("out", "functions/classify/names/names.bin", "file that the weights are written to")
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

func run(data, out string) error {
	var learn []names.Example
	held := map[string][]names.Example{}
	for _, s := range sets {
		all, err := s.read(data)
		if err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
		for i, e := range all {
			if s.held != nil && s.held(i) {
				held[s.name] = append(held[s.name], e)
			} else {
				learn = append(learn, slices.Repeat([]names.Example{e}, s.weight)...)
			}
		}
	}
	m := names.Train(learn, rounds, func(round, wrong int) { fmt.Fprintf(os.Stderr, "round %d: %d tags wrong\n", round, wrong) })
	weights := m.Encode()
	if err := os.WriteFile(out, weights, 0o644); err != nil {
		return err
	}
	fmt.Printf("%d examples, %d bytes\n\n| held rows | kind | precision | recall | F1 |\n|---|---|---|---|---|\n", len(learn), len(weights))
	r := names.NewReader(m)
	for _, s := range sets {
		judge(r, held[s.name]).print(s.name)
	}
	return nil
}

// figures are, by kind, how many names were found, how many there are, and how many were found rightly.
type figures map[string]*[3]int

func judge(r *names.Reader, rows []names.Example) figures {
	f := figures{}
	count := func(kind string, what int) {
		if f[kind] == nil {
			f[kind] = &[3]int{}
		}
		f[kind][what]++
	}
	for _, e := range rows {
		found := r.Find(nil, e.Text)
		for _, s := range found {
			count(s.Kind, 0)
			if slices.Contains(e.Names, s) {
				count(s.Kind, 2)
			}
		}
		for _, s := range e.Names {
			count(s.Kind, 1)
		}
	}
	return f
}

func (f figures) print(set string) {
	for _, kind := range []string{names.Person, names.Place, names.Organisation} {
		if n := f[kind]; n != nil {
			precision, recall := float64(n[2])/float64(max(1, n[0])), float64(n[2])/float64(max(1, n[1]))
			fmt.Printf("| %s | %s, %d | %.1f | %.1f | %.1f |\n", set, kind, n[1], 100*precision, 100*recall, 200*float64(n[2])/float64(max(1, n[0]+n[1])))
		}
	}
}

package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"keliu/functions/classify/names"
	"keliu/functions/classify/text"
)

// A set is a corpus. Of its rows those that held chooses are not learnt from.
type set struct {
	name   string
	weight int // how often a row is learnt from
	held   func(row int) bool
	read   func(folder string) ([]names.Example, error)
}

// tenth holds out every tenth row.
func tenth(row int) bool { return row%10 == 0 }

var sets = []set{
	{"CLUENER", 1, tenth, cluener},
	{"Weibo", 2, nil, tagged("weibo-ner-train.conll", weiboKinds)},
	{"Weibo, development part", 1, func(int) bool { return true }, tagged("weibo-ner-dev.conll", weiboKinds)},
	{"résumés", 1, nil, tagged("resume_train.char.bmes", resumeKinds)},
	{"résumés, development part", 1, func(int) bool { return true }, tagged("resume_dev.char.bmes", resumeKinds)},
	{"made-up chat", 1, tenth, func(string) ([]names.Example, error) { return chat(6000), nil }},
}

// What the corpora call the kinds.
var (
	cluenerKinds = map[string]string{"name": names.Person, "address": names.Place, "organization": names.Organisation, "company": names.Organisation, "government": names.Organisation}
	weiboKinds   = map[string]string{"PER.NAM": names.Person, "LOC.NAM": names.Place, "GPE.NAM": names.Place, "ORG.NAM": names.Organisation}
	resumeKinds  = map[string]string{"NAME": names.Person, "LOC": names.Place, "ORG": names.Organisation}
)

// cluener reads CLUENER2020: texts with the first and last rune of each name.
func cluener(folder string) (all []names.Example, err error) {
	f, err := os.Open(filepath.Join(folder, "personal-data", "cluener-train.jsonl.gz"))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	unzipped, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	lines := json.NewDecoder(unzipped)
	for n := 1; ; n++ {
		var row struct {
			Text  string
			Label map[string]map[string][][2]int
		}
		if err := lines.Decode(&row); errors.Is(err, io.EOF) {
			return all, nil
		} else if err != nil {
			return nil, fmt.Errorf("row %d: %w", n, err)
		}
		e := names.Example{Text: text.Align(nil, row.Text)}
		for label, spans := range row.Label {
			for _, places := range spans {
				for _, p := range places {
					if kind := cluenerKinds[label]; kind != "" {
						e.Names = append(e.Names, names.Span{Kind: kind, From: p[0], To: p[1] + 1})
					}
				}
			}
		}
		e.Names = apart(e.Names)
		all = append(all, e)
	}
}

// apart puts names into order and drops those that overlap with one before.
func apart(all []names.Span) []names.Span {
	slices.SortFunc(all, func(a, b names.Span) int { return (a.From-b.From)*10_000 + b.To - a.To })
	kept := all[:0]
	for _, s := range all {
		if len(kept) == 0 || s.From >= kept[len(kept)-1].To {
			kept = append(kept, s)
		}
	}
	return kept
}

// tagged reads a corpus with a character and its tag on each line, and an empty line behind each text.
func tagged(file string, kinds map[string]string) func(string) ([]names.Example, error) {
	return func(folder string) (all []names.Example, err error) {
		f, err := os.Open(filepath.Join(folder, "personal-data", file))
		if err != nil {
			return nil, err
		}
		defer func() { err = errors.Join(err, f.Close()) }()
		var e names.Example
		lines := bufio.NewScanner(f)
		for lines.Scan() {
			character, label, ok := strings.Cut(strings.ReplaceAll(lines.Text(), "\t", " "), " ")
			if !ok {
				if len(e.Text) > 0 {
					all = append(all, e)
				}
				e = names.Example{}
				continue
			}
			at := len(e.Text)
			e.Text = append(e.Text, text.Align(nil, character)[0])
			position, name, _ := strings.Cut(label, "-")
			kind := kinds[name]
			if kind == "" {
				continue
			}
			if last := len(e.Names) - 1; position != "B" && position != "S" && last >= 0 && e.Names[last].To == at && e.Names[last].Kind == kind {
				e.Names[last].To = at + 1
			} else {
				e.Names = append(e.Names, names.Span{Kind: kind, From: at, To: at + 1})
			}
		}
		if len(e.Text) > 0 {
			all = append(all, e)
		}
		return all, lines.Err()
	}
}

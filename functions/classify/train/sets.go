package main

import (
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"keliu/functions/classify"
	"keliu/functions/classify/linear"
	"keliu/functions/classify/text"
)

// An entry is a line of a corpus, in the fields of all of them.
type entry struct {
	Text         string `json:"text"`
	Label        string `json:"label"`
	Dialogue     int    `json:"dialogue"`
	Satisfaction int    `json:"satisfaction"`
}

// A set is a corpus, or the part of one, with its labels as a model calls them.
type set struct {
	name  string
	file  string            // below the data folder, without .jsonl.gz
	label map[string]string // the corpus's label to the model's; nil takes it as it is
	keep  func(entry) bool  // nil keeps all
	held  *set              // the development part
}

// dev is the development part of the set.
func (s set) dev() set { return *s.held }

var (
	reviews    = split("reviews", "emotion/review", nil)
	chat       = split("chat", "emotion/chat", nil)
	chatAuto   = set{name: "chat, machine-labelled", file: "emotion/chat-auto-train"}
	weiboSix   = split("Weibo", "emotion/weibo6", nil)
	weiboTwo   = split("Weibo", "emotion/weibo6", map[string]string{"happy": classify.Positive, "angry": classify.Negative, "sad": classify.Negative, "fear": classify.Negative})
	weiboThree = split("Weibo", "emotion/weibo6", map[string]string{"happy": classify.Positive, "neutral": classify.Neutral, "angry": classify.Negative, "sad": classify.Negative, "fear": classify.Negative})

	// Service turns of every tenth dialogue are held out.
	service     = turns(map[string]string{"0": classify.Negative, "2": classify.Positive})
	serviceCalm = turns(map[string]string{"1": classify.Neutral})
)

// turns are the service turns, labelled by satisfaction 0–2.
func turns(label map[string]string) set {
	s := set{name: "service turns", file: "intent/jddc-valid", label: label}
	held := s
	s.keep = func(e entry) bool { return e.Dialogue%10 != 0 }
	held.keep = func(e entry) bool { return e.Dialogue%10 == 0 }
	s.held = &held
	return s
}

// split is a corpus that comes in a part to learn from and one to look at.
func split(name, file string, label map[string]string) set {
	return set{name: name, file: file + "-train", label: label, held: &set{name: name, file: file + "-dev", label: label}}
}

// A reader turns sets into rows.
type reader struct {
	folder string
	labels []string
	n      int             // units in a row, see linear.Features
	seen   map[string]bool // texts to learn from
}

// learn returns the rows of a set to learn from.
func (r reader) learn(s set) ([]linear.Row, error) {
	return r.rows(s, func(text string) bool { r.seen[text] = true; return true })
}

// held returns the rows of a set to look at: those whose text was not learnt from.
func (r reader) held(s set) ([]linear.Row, error) {
	return r.rows(s, func(text string) bool { return !r.seen[text] })
}

// rows reads a set. Rows whose label is not among the labels are left out.
func (r reader) rows(s set, take func(string) bool) ([]linear.Row, error) {
	f, err := os.Open(filepath.Join(r.folder, s.file+".jsonl.gz"))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	unzipped, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.file, err)
	}
	var rows []linear.Row
	lines := json.NewDecoder(unzipped)
	for n := 1; ; n++ {
		var e entry
		if err := lines.Decode(&e); errors.Is(err, io.EOF) {
			return rows, nil
		} else if err != nil {
			return nil, fmt.Errorf("%s, row %d: %w", s.file, n, err)
		}
		if s.keep != nil && !s.keep(e) {
			continue
		}
		label := slices.Index(r.labels, s.labelOf(e))
		folded := text.Fold(nil, e.Text)
		if label >= 0 && take(string(folded)) {
			rows = append(rows, linear.Row{Features: linear.Features(nil, folded, r.n), Label: label})
		}
	}
}

// labelOf is what the model calls the label of an entry; corpora without labels count by satisfaction.
func (s set) labelOf(e entry) string {
	label := e.Label
	if label == "" {
		label = strconv.Itoa(e.Satisfaction)
	}
	if s.label == nil {
		return label
	}
	return s.label[label]
}

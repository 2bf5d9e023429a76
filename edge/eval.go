package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	"keliu/functions/catalog"
	"keliu/functions/classify/entities"
	"keliu/functions/knowledge/search"
	"keliu/policies/mask"
	"keliu/streams/desk"
	"keliu/streams/score/lead"
)

// maxLine is the longest line of input.
const maxLine = 16 << 20

// A task answers one line.
type task func(line []byte) (any, error)

// tasks prepare a task once, before its lines come.
func tasks(docs string) map[string]func() (task, error) {
	understand := func(answer func(*catalog.Ears, []byte) (any, error)) func() (task, error) {
		return func() (task, error) {
			ears, err := catalog.Understander()
			return func(line []byte) (any, error) { return answer(ears, line) }, err
		}
	}
	return map[string]func() (task, error){
		"entities":      spokenOf,
		"emotion":       understand(func(e *catalog.Ears, line []byte) (any, error) { return e.EvalEmotion(line) }),
		"intent":        understand(func(e *catalog.Ears, line []byte) (any, error) { return e.EvalIntent(line) }),
		"lead":          leads,
		"personal-data": func() (task, error) { return personalData, nil },
		"retrieval":     func() (task, error) { return retrieval(docs) },
	}
}

// evaluate runs a task over lines: one line out per line in, in order. A line that cannot be read answers with its error; the
// others are done all the same.
func evaluate(ctx context.Context, args []string, in io.Reader, out io.Writer) error {
	set := flag.NewFlagSet("eval", flag.ContinueOnError)
	docs := set.String("docs", "", "for retrieval: a file with a line {id, text, phrasings?, answer?} per document")
	known := slices.Sorted(maps.Keys(tasks("")))
	wrong := misuse{"write: keliu eval TASK < in.jsonl > out.jsonl; the tasks are " + strings.Join(known, ", ")}
	if len(args) == 0 {
		return wrong
	}
	name := args[0]
	if strings.HasPrefix(name, "-") {
		if done, err := flags(set, args, out); done || err != nil {
			return err
		}
		return wrong
	}
	if done, err := flags(set, args[1:], out); done || err != nil {
		return err
	}
	prepare, ok := tasks(*docs)[name]
	if !ok {
		return misuse{fmt.Sprintf("there is no task %q; the tasks are %s", name, strings.Join(known, ", "))}
	}
	do, err := prepare()
	if err != nil {
		return err
	}
	return lines(ctx, do, in, out)
}

func lines(ctx context.Context, do task, in io.Reader, out io.Writer) error {
	w := bufio.NewWriter(out)
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	scan := bufio.NewScanner(in)
	scan.Buffer(nil, maxLine)
	number, broken := 0, 0
	for ; scan.Scan(); number++ {
		if ctx.Err() != nil {
			return errors.Join(ctx.Err(), w.Flush())
		}
		answer, err := do(bytes.TrimSpace(scan.Bytes()))
		if err != nil {
			broken++
			answer = map[string]string{"error": fmt.Sprintf("line %d: %v", number+1, err)}
		}
		if err := encoder.Encode(answer); err != nil {
			return err
		}
	}
	if err := errors.Join(scan.Err(), w.Flush()); err != nil {
		return err
	}
	if broken > 0 {
		return fmt.Errorf("%d of %d lines could not be read: see their error", broken, number)
	}
	return nil
}

// spokenOf finds what texts speak of. Relative dates count from the field now, RFC 3339, or from the time of the run.
func spokenOf() (task, error) {
	finder, err := entities.New(nil)
	if err != nil {
		return nil, err
	}
	return func(line []byte) (any, error) {
		in := struct {
			ID   json.RawMessage `json:"id"`
			Text *string         `json:"text"`
			Now  time.Time       `json:"now"`
		}{Now: time.Now()}
		if err := json.Unmarshal(line, &in); err != nil || in.Text == nil {
			return nil, fmt.Errorf("want JSON with text, and now in RFC 3339 if at all: %w", desk.ErrInvalid)
		}
		found := finder.Find(*in.Text, in.Now)
		if found == nil {
			found = []entities.Entity{}
		}
		return struct {
			ID       json.RawMessage   `json:"id,omitempty"`
			Entities []entities.Entity `json:"entities"`
		}{in.ID, found}, nil
	}, nil
}

// A found line of the task personal-data.
type found struct {
	ID     json.RawMessage `json:"id,omitempty"`
	Found  []mask.Span     `json:"found"`
	Masked string          `json:"masked"`
}

func personalData(line []byte) (any, error) {
	var in struct {
		ID   json.RawMessage `json:"id"`
		Text *string         `json:"text"`
	}
	if err := json.Unmarshal(line, &in); err != nil || in.Text == nil {
		return nil, fmt.Errorf("want JSON with text: %w", desk.ErrInvalid)
	}
	answer := found{ID: in.ID, Found: mask.Find(*in.Text), Masked: mask.Text(*in.Text)}
	if answer.Found == nil {
		answer.Found = []mask.Span{}
	}
	return answer, nil
}

// A wanted line of the task lead.
type wanted struct {
	ID       json.RawMessage `json:"id,omitempty"`
	Score    float64         `json:"score"` // 0 to 100
	Reasons  []reason        `json:"reasons"`
	Keywords []string        `json:"keywords"`
}

// A reason of a score, with the points it adds or takes off.
type reason struct {
	Why    string  `json:"why"`
	Points float64 `json:"points"`
}

// leads reads how likely the writer of a comment wants to buy.
func leads() (task, error) {
	reader, err := lead.New()
	if err != nil {
		return nil, err
	}
	return func(line []byte) (any, error) {
		var in struct {
			ID   json.RawMessage `json:"id"`
			Text *string         `json:"text"`
		}
		if err := json.Unmarshal(line, &in); err != nil || in.Text == nil {
			return nil, fmt.Errorf("want JSON with text: %w", desk.ErrInvalid)
		}
		reading := reader.Read(*in.Text)
		answer := wanted{ID: in.ID, Score: reading.Lead.Value, Reasons: []reason{}, Keywords: reading.Keywords}
		for _, r := range reading.Lead.Reasons {
			answer.Reasons = append(answer.Reasons, reason{r.Why, r.Points})
		}
		return answer, nil
	}, nil
}

// A hit of the task retrieval.
type hit struct {
	ID    string  `json:"id"`
	Score float64 `json:"score"`
}

// retrieval indexes the documents and answers questions with the ten that fit best.
func retrieval(docs string) (task, error) {
	if docs == "" {
		return nil, misuse{"retrieval needs --docs FILE with a line {id, text} per document"}
	}
	file, err := os.Open(docs)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var entries []search.Entry
	scan := bufio.NewScanner(file)
	scan.Buffer(nil, maxLine)
	for n := 1; scan.Scan(); n++ {
		var doc struct {
			ID        json.RawMessage
			Text      string
			Phrasings []string
			Answer    string
		}
		if err := json.Unmarshal(scan.Bytes(), &doc); err != nil {
			return nil, fmt.Errorf("%s line %d: %w", docs, n, err)
		}
		entries = append(entries, search.Entry{
			ID: plainID(doc.ID), Text: strings.TrimSpace(doc.Text + "\n" + doc.Answer), Phrasings: doc.Phrasings,
		})
	}
	if err := scan.Err(); err != nil {
		return nil, err
	}
	index := search.New(entries)
	return func(line []byte) (any, error) {
		var in struct {
			QID  json.RawMessage `json:"qid"`
			Text *string         `json:"text"`
		}
		if err := json.Unmarshal(line, &in); err != nil || in.Text == nil {
			return nil, fmt.Errorf("want JSON with text: %w", desk.ErrInvalid)
		}
		answer := struct {
			QID  json.RawMessage `json:"qid,omitempty"`
			Hits []hit           `json:"hits"`
		}{QID: in.QID, Hits: []hit{}}
		for _, h := range index.Search(*in.Text, 10, nil) {
			answer.Hits = append(answer.Hits, hit{h.ID, h.Confidence})
		}
		return answer, nil
	}, nil
}

// plainID is an ID as text, whether it was written as text or as a number.
func plainID(raw json.RawMessage) string {
	var text string
	if err := json.Unmarshal(raw, &text); err == nil {
		return text
	}
	return string(raw)
}

// Package functiontest runs intents against dialogues written as text.
//
// A dialogue is a txtar file. The lines before the first part say what it shows. "given" prepares the world, in words
// of the intent's own test. Then turns follow, each a "customer" part and a "desk" part, optionally preceded by a
// "turn" part with what is known besides:
//
//	-- turn --
//	lang: en
//	member: lin
//	found: order=QH202611210003 phone_tail=0001
//	-- customer --
//	where is my order?
//	-- desk --
//	It is on its way.
//	→ answered
//
// A desk part is what the customer reads and, after arrows, what the reply does besides: its outcome (and what was
// asked), quick replies, facts kept, handoff, request, callback.
//
// The settings of a turn are lang, stage, member, name, asked, emotion, failed, facts, found, waiting ("2 ahead, 3m,
// staffed, in") and later (by how much time has gone on). They hold until they are changed, except found, which is what
// this very message gave. Facts learnt, the question asked, the history and the count of failed turns go from
// turn to turn as in the product.
package functiontest

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"keliu/functions"
	"keliu/streams/desk"
)

// Now is when every dialogue takes place: a Tuesday, 10:00 in China.
func Now() time.Time { return time.Date(2026, 11, 24, 2, 0, 0, 0, time.UTC) }

// Dialogues runs every testdata/*.txt. prepare builds the intent from the lines under "given". What the desk answers
// must read as written, with a line for everything it does besides speaking.
func Dialogues(t *testing.T, prepare func(t *testing.T, given []string) functions.Intent) {
	t.Helper()
	DialoguesIn(t, "testdata", func(t *testing.T, given []string) functions.Handler { return functions.ServeIntent(prepare(t, given)) })
}

// DialoguesIn runs the dialogues of a folder with an intent that is on the wire already, wherever it runs.
func DialoguesIn(t *testing.T, folder string, prepare func(t *testing.T, given []string) functions.Handler) {
	t.Helper()
	scripts, err := filepath.Glob(filepath.Join(folder, "*.txt"))
	if err != nil || len(scripts) == 0 {
		t.Fatalf("no dialogues in %s (%v)", folder, err)
	}
	for _, script := range scripts {
		t.Run(strings.TrimSuffix(filepath.Base(script), ".txt"), func(t *testing.T) {
			archive, err := txtar.ParseFile(script)
			if err != nil {
				t.Fatal(err)
			}
			run(t, archive, prepare)
		})
	}
}

func run(t *testing.T, archive *txtar.Archive, prepare func(t *testing.T, given []string) functions.Handler) {
	parts := archive.Files
	var given []string
	if len(parts) > 0 && parts[0].Name == "given" {
		given = strings.Split(body(parts[0]), "\n")
		parts = parts[1:]
	}
	talk := newTalk(prepare(t, given))
	for n := 1; len(parts) > 0; n++ {
		var settings string
		if parts[0].Name == "turn" {
			settings, parts = body(parts[0]), parts[1:]
		}
		if len(parts) < 2 || parts[0].Name != "customer" || parts[1].Name != "desk" {
			t.Fatalf("turn %d: want a customer part and a desk part", n)
		}
		if err := talk.set(settings); err != nil {
			t.Fatalf("turn %d: %v", n, err)
		}
		said, want := body(parts[0]), body(parts[1])
		if got := talk.say(t.Context(), said); got != want {
			t.Errorf("%s\nturn %d, customer: %s\n--- want\n%s\n--- got\n%s", strings.TrimSpace(string(archive.Comment)), n, said, want, got)
		}
		parts = parts[2:]
	}
}

func body(f txtar.File) string { return strings.TrimSpace(string(f.Data)) }

// A talk is a conversation as the dialog carries it from turn to turn.
type talk struct {
	intent functions.Handler
	turn   desk.Turn
}

func newTalk(intent functions.Handler) *talk {
	return &talk{intent, desk.Turn{
		Message: desk.Message{Conversation: "conversation-1", Customer: "customer-1", Channel: "web", By: desk.ByCustomer, At: Now()},
		Lang:    desk.Chinese, Stage: desk.WithAI, Facts: desk.Facts{},
	}}
}

// set reads the lines of a turn part into the turn.
func (k *talk) set(settings string) error {
	k.turn.Found = nil
	for line := range strings.SplitSeq(settings, "\n") {
		if line == "" {
			continue
		}
		name, value, _ := strings.Cut(line, ":")
		if err := k.setOne(name, strings.TrimSpace(value)); err != nil {
			return fmt.Errorf("setting %q: %w", line, err)
		}
	}
	return nil
}

func (k *talk) setOne(name, value string) (err error) {
	switch name {
	case "lang":
		k.turn.Lang = desk.Lang(value)
	case "stage":
		k.turn.Stage = desk.Stage(value)
	case "member":
		k.turn.Member = desk.MemberID(value)
	case "name":
		k.turn.Name = value
	case "asked":
		k.turn.Asked = value
	case "emotion":
		var e float64
		e, err = strconv.ParseFloat(value, 64)
		k.turn.Emotion = desk.Emotion(e)
	case "failed":
		k.turn.Failed, err = strconv.Atoi(value)
	case "facts":
		var facts desk.Facts
		facts, err = parseFacts(value)
		maps.Copy(k.turn.Facts, facts)
	case "found":
		k.turn.Found, err = parseFacts(value)
		maps.Copy(k.turn.Facts, k.turn.Found)
	case "waiting":
		k.turn.Waiting, err = parseWaiting(value)
	case "later":
		var d time.Duration
		d, err = time.ParseDuration(value)
		k.turn.Message.At = k.turn.Message.At.Add(d)
	default:
		err = fmt.Errorf("unknown setting")
	}
	return err
}

func parseFacts(text string) (desk.Facts, error) {
	facts := desk.Facts{}
	for _, pair := range strings.Fields(text) {
		name, value, ok := strings.Cut(pair, "=")
		if !ok {
			return nil, fmt.Errorf("fact %q is not name=value", pair)
		}
		facts[name] = value
	}
	return facts, nil
}

// parseWaiting reads "2 ahead, 3m, staffed, in", or "back 2026-10-08T09:00:00+08:00"; "unknown" is no queue at all.
func parseWaiting(text string) (*desk.Waiting, error) {
	if text == "unknown" {
		return nil, nil
	}
	w := &desk.Waiting{}
	for word := range strings.SplitSeq(text, ",") {
		word = strings.TrimSpace(word)
		var err error
		switch {
		case word == "staffed":
			w.Staffed = true
		case word == "in":
			w.In = true
		case strings.HasPrefix(word, "back "):
			w.Back, err = time.Parse(time.RFC3339, strings.TrimPrefix(word, "back "))
		case strings.HasSuffix(word, " ahead"):
			w.Ahead, err = strconv.Atoi(strings.TrimSuffix(word, " ahead"))
		default:
			w.Expect, err = time.ParseDuration(word)
		}
		if err != nil {
			return nil, err
		}
	}
	return w, nil
}

// say hands the turn to the intent, through the wire as Lambda would.
func (k *talk) say(ctx context.Context, text string) string {
	k.turn.Message.Text = text
	reply, err := functions.Call[desk.Turn, desk.Reply](ctx, wire{k.intent}, "intent", k.turn)
	if err != nil {
		return told(err)
	}
	k.learn(reply)
	return show(reply)
}

// learn takes what came of a turn into the next.
func (k *talk) learn(reply desk.Reply) {
	for name, value := range reply.Learned {
		if value == "" {
			delete(k.turn.Facts, name)
			continue
		}
		k.turn.Facts[name] = value
	}
	k.turn.Asked = reply.Ask
	switch reply.Outcome {
	case desk.Declined:
		k.turn.Failed++
	case desk.Answered:
		k.turn.Failed = 0
	}
	k.turn.History = append(k.turn.History,
		desk.Line{By: desk.ByCustomer, Text: k.turn.Message.Text}, desk.Line{By: desk.ByAI, Text: reply.Text})
}

// wire is an Invoker for a single function.
type wire struct{ functions.Handler }

func (w wire) Invoke(ctx context.Context, _ string, payload []byte) ([]byte, error) {
	return w.Handler.Invoke(ctx, payload)
}

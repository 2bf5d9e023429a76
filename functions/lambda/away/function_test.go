package away_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"keliu/functions/lambda/away"
	"keliu/functions/lambda/call"
	"keliu/streams/desk"
)

// asks is an intent that does what it is given with its line.
type asks struct {
	line *away.Line
	do   func(*away.Line) (string, error)
}

func (asks) Examples() string { return "" }

func (a asks) Answer(context.Context, desk.Turn) (desk.Reply, error) {
	text, err := a.do(a.line)
	return desk.Reply{Text: text}, err
}

func function(do func(*away.Line) (string, error)) away.Function {
	return func(l *away.Line) any { return asks{l, do} }
}

// invoke makes one call.
func invoke(t *testing.T, f away.Function, told ...call.Told) call.Response {
	t.Helper()
	request, err := json.Marshal(call.Request{Payload: json.RawMessage(`{}`), At: time.Unix(1, 0).UTC(), Told: told, Settings: map[string]json.RawMessage{"Sure": json.RawMessage("0.5")}})
	if err != nil {
		t.Fatal(err)
	}
	raw, err := f.Invoke(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}
	var response call.Response
	if err := json.Unmarshal(raw, &response); err != nil {
		t.Fatal(err)
	}
	return response
}

func question(method string, args ...string) call.Question {
	q := call.Question{Method: method, Args: []json.RawMessage{}}
	for _, arg := range args {
		q.Args = append(q.Args, json.RawMessage(arg))
	}
	return q
}

func values(all ...string) (raw []json.RawMessage) {
	for _, v := range all {
		raw = append(raw, json.RawMessage(v))
	}
	return raw
}

// A function asks one thing at a time, the first that it was not told, and knows what it was told.
func TestAFunctionAsksUntilItKnows(t *testing.T) {
	f := function(func(l *away.Line) (string, error) {
		name, err := away.Ask[string](l, "Shop.Name", 7)
		if err != nil {
			return "", errors.Join(err, away.Tell(l, "Book.Note", "what hangs on an answer is not asked before it"))
		}
		if err := away.Tell(l, "Book.Note", name); err != nil {
			return "", err
		}
		a, found, err := away.Ask2[int, bool](l, "Book.Find", name)
		return fmt.Sprint(name, a, found, l.Now().Unix(), away.Setting[float64](l, "Sure"), away.Setting[string](l, "None")), err
	})
	told := []call.Told{
		{Question: question("Shop.Name", "7"), Results: values(`"青禾"`)},
		{Question: question("Book.Note", `"青禾"`)},
		{Question: question("Book.Find", `"青禾"`), Results: values("3", "true")},
	}
	for n := range told {
		response := invoke(t, f, told[:n]...)
		if response.Question == nil || response.Answer != nil || response.Problem != nil {
			t.Fatalf("%d answers: %+v", n, response)
		}
		if diff := cmp.Diff(told[n].Question, *response.Question); diff != "" {
			t.Errorf("%d answers: %s", n, diff)
		}
	}
	response := invoke(t, f, told...)
	var reply desk.Reply
	if err := json.Unmarshal(response.Answer, &reply); err != nil || reply.Text != "青禾3 true 1 0.5" {
		t.Errorf("%+v %q (%v)", response, reply.Text, err)
	}
}

// The same question asked twice has two answers, whatever is asked beside it.
func TestTheSameQuestionTwice(t *testing.T) {
	f := function(func(l *away.Line) (string, error) {
		var texts [2]string
		var failed [2]error
		var g sync.WaitGroup
		for i := range texts {
			g.Go(func() { texts[i], failed[i] = away.Ask[string](l, "Dice.Throw") })
		}
		g.Wait()
		if texts[0] > texts[1] {
			texts[0], texts[1] = texts[1], texts[0]
		}
		return texts[0] + texts[1], errors.Join(failed[0], failed[1])
	})
	one, two := call.Told{Question: question("Dice.Throw"), Results: values(`"1"`)}, call.Told{Question: question("Dice.Throw"), Results: values(`"2"`)}
	if response := invoke(t, f, one); response.Question == nil {
		t.Errorf("one answer: %+v", response)
	}
	if response := invoke(t, f, one, two); !strings.Contains(string(response.Answer), `"12"`) {
		t.Errorf("two answers: %s", response.Answer)
	}
}

// A function that asks something else when it is called again would have the house do things twice.
func TestTheSameWayEveryTime(t *testing.T) {
	f := function(func(l *away.Line) (string, error) { return "", away.Tell(l, "Book.Note", 2) })
	request, err := json.Marshal(call.Request{Payload: json.RawMessage(`{}`), Told: []call.Told{{Question: question("Book.Note", "1")}}})
	if err != nil {
		t.Fatal(err)
	}
	if raw, err := f.Invoke(t.Context(), request); err == nil || !strings.Contains(err.Error(), "another way") {
		t.Errorf("%s (%v)", raw, err)
	}
}

func TestWhatTheHouseRefusesIsAnError(t *testing.T) {
	f := function(func(l *away.Line) (string, error) {
		name, err := away.Ask[string](l, "Shop.Name")
		if errors.Is(err, desk.ErrNotFound) {
			return "nobody " + name, nil
		}
		return name, err
	})
	told := call.Told{Question: question("Shop.Name"), Results: values(`"left"`), Problem: call.Send(desk.ErrNotFound, nil)}
	if response := invoke(t, f, told); !strings.Contains(string(response.Answer), "nobody left") {
		t.Errorf("%+v", response)
	}
	told.Problem = call.Send(desk.Refuse(desk.ErrForbidden, "hook_forged"), nil)
	if response := invoke(t, f, told); response.Problem == nil || response.Problem.Code != "hook_forged" {
		t.Errorf("%+v", response)
	}
	told.Problem, told.Results = nil, nil
	if response := invoke(t, f, told); response.Problem == nil || !strings.Contains(response.Problem.Text, "0 results") {
		t.Errorf("an answer without its value: %+v", response)
	}
}

func TestFieldsAreAsTheHouseHasThem(t *testing.T) {
	for setting, want := range map[string]string{`{"Shop":true}`: "there", `{"Shop":false}`: "", `{}`: ""} {
		var got fmt.Stringer
		f := away.Function(func(l *away.Line) any {
			got = away.Field[fmt.Stringer](l, "Shop", there{})
			return asks{l, func(*away.Line) (string, error) { return "", nil }}
		})
		if _, err := f.Invoke(t.Context(), []byte(`{"payload":{},"settings":`+setting+`}`)); err != nil {
			t.Fatal(err)
		}
		if got == nil != (want == "") || got != nil && got.String() != want {
			t.Errorf("%s: %v", setting, got)
		}
	}
}

type there struct{}

func (there) String() string { return "there" }

func TestABootstrapOfAnotherName(t *testing.T) {
	if err := away.Serve("intents/order", "intents/refund", nil); !errors.Is(err, desk.ErrInvalid) || !strings.Contains(err.Error(), "intents/order") {
		t.Error(err)
	}
}

// Whoever may call a function may send it anything: it answers, or says that it cannot read this, and breaks over nothing.
func FuzzInvoke(f *testing.F) {
	f.Add([]byte(`{"payload":{"message":{"text":"在吗"}},"at":"2026-11-24T02:00:00Z","settings":{"Sure":0.5},"told":[{"method":"Shop.Name","args":[],"results":["\"a\""]}]}`))
	f.Add([]byte(`{"payload":[],"settings":{"Sure":"very"}}`))
	f.Add([]byte(`null`))
	f.Fuzz(func(t *testing.T, payload []byte) {
		function := away.Function(func(l *away.Line) any {
			sure := away.Setting[float64](l, "Sure")
			return asks{l, func(l *away.Line) (string, error) {
				name, err := away.Ask[string](l, "Shop.Name")
				return fmt.Sprint(name, sure), err
			}}
		})
		raw, err := function.Invoke(t.Context(), payload)
		if err != nil {
			if !errors.Is(err, desk.ErrInvalid) {
				t.Errorf("%v", err)
			}
			return
		}
		var response call.Response
		if err := json.Unmarshal(raw, &response); err != nil {
			t.Fatal(err)
		}
		said := 0
		for _, is := range []bool{response.Answer != nil, response.Question != nil, response.Problem != nil} {
			if is {
				said++
			}
		}
		if said != 1 {
			t.Errorf("%s answers %d things at once: %s", payload, said, raw)
		}
	})
}

// Package away runs one function far from the house: what Lambda's runtime hands it is a call, and what it needs of the house it
// asks for by answering with a question.
package away

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"keliu/functions/lambda/call"
)

// errAsked ends what a function does with a question that the house has yet to answer.
var errAsked = errors.New("the house is asked")

// A Line is a function's way to the house during one call. It is safe for concurrent use.
type Line struct {
	request  call.Request
	function any

	mu     sync.Mutex
	told   []call.Told    // not used yet
	asked  *call.Question // the first of this call: what comes after it may hang on its answer
	broken error          // what was not understood of the request
}

// Now is the time of the call. It stands still, so that a call that is made again takes the same way.
func (l *Line) Now() time.Time { return l.request.At }

// Setting is a plain field of the function as the house has it, by its path; the zero value when the house has none.
func Setting[T any](l *Line, path string) (v T) {
	if raw, ok := l.request.Settings[path]; ok {
		if err := json.Unmarshal(raw, &v); err != nil {
			l.broken = errors.Join(l.broken, fmt.Errorf("the setting %s: %w", path, err))
		}
	}
	return v
}

// Field is what a function has in a field: there, which asks the house, or nothing when nothing stands there in the house.
func Field[T any](l *Line, path string, there T) T {
	if Setting[bool](l, path) {
		return there
	}
	var nothing T
	return nothing
}

// Tell calls a method of the house that returns nothing but an error.
func Tell(l *Line, method string, args ...any) error {
	_, err := l.ask(method, args, 0)
	return err
}

// Ask calls a method of the house that returns a value and an error.
func Ask[T any](l *Line, method string, args ...any) (v T, err error) {
	results, failed := l.ask(method, args, 1)
	if results != nil {
		err = json.Unmarshal(results[0], &v)
	}
	return v, errors.Join(failed, err)
}

// Ask2 calls a method of the house that returns two values and an error.
func Ask2[A, B any](l *Line, method string, args ...any) (a A, b B, err error) {
	results, failed := l.ask(method, args, 2)
	if results != nil {
		err = errors.Join(json.Unmarshal(results[0], &a), json.Unmarshal(results[1], &b))
	}
	return a, b, errors.Join(failed, err)
}

// ask returns what the house has told about a question, n results or none; an untold question ends the call.
func (l *Line) ask(method string, args []any, n int) ([]json.RawMessage, error) {
	q := call.Question{Method: method, Args: make([]json.RawMessage, len(args))}
	for i, arg := range args {
		raw, err := json.Marshal(arg)
		if err != nil {
			return nil, fmt.Errorf("ask %s: %w", method, err)
		}
		q.Args[i] = raw
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for i, told := range l.told {
		if !told.Is(q) {
			continue
		}
		l.told = slices.Delete(l.told, i, i+1)
		if len(told.Results) != n && told.Problem == nil {
			return nil, fmt.Errorf("%s was told with %d results instead of %d", method, len(told.Results), n)
		}
		if len(told.Results) != n {
			return nil, told.Problem.Receive(l.function)
		}
		return told.Results, told.Problem.Receive(l.function)
	}
	if l.asked == nil {
		l.asked = &q
	}
	return nil, errAsked
}

// left returns what the function has asked and the house has not told, and how many of the house's answers it did not want.
func (l *Line) left() (asked *call.Question, unwanted int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.asked, len(l.told)
}

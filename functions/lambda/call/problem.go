package call

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strconv"

	"keliu/streams/desk"
)

// A Problem is an error on its way: its text, and what errors.Is and errors.As find in it.
type Problem struct {
	Text  string                     `json:"text"`
	Kinds []string                   `json:"kinds,omitempty"` // of the errors that every floor agrees on
	Code  string                     `json:"code,omitempty"`  // of a desk.Problem, whose kind is the first
	Args  []json.RawMessage          `json:"args,omitempty"`
	Own   map[string]json.RawMessage `json:"own,omitempty"` // the function's own errors, by name
}

// A kind is an error that every floor agrees on, under the name by which it travels.
type kind struct {
	name string
	err  error
}

func kinds() []kind {
	return []kind{
		{"not_found", desk.ErrNotFound}, {"forbidden", desk.ErrForbidden}, {"invalid", desk.ErrInvalid}, {"conflict", desk.ErrConflict},
		{"unavailable", desk.ErrUnavailable}, {"deadline", context.DeadlineExceeded}, {"canceled", context.Canceled},
	}
}

// kindsOf names the kinds of an error.
func kindsOf(err error) (names []string) {
	for _, k := range kinds() {
		if errors.Is(err, k.err) {
			names = append(names, k.name)
		}
	}
	return names
}

// An Owner is a function that looks for errors of its own in what its fields return. Errors are those it looks for: sentinels, and
// for an error type a pointer to its zero value.
type Owner interface{ Errors() []error }

// Send packs an error that goes to a function or comes from one; nil stays nil.
func Send(err error, function any) *Problem {
	if err == nil {
		return nil
	}
	p := &Problem{Text: err.Error(), Kinds: kindsOf(err)}
	var refusal *desk.Problem
	if errors.As(err, &refusal) {
		p.Code = refusal.Code
		p.Kinds = slices.Compact(append(kindsOf(refusal), p.Kinds...))
		for _, arg := range refusal.Args {
			p.Args = append(p.Args, packed(arg))
		}
	}
	for _, own := range errorsOf(function) {
		target := reflect.New(reflect.TypeOf(own))
		switch {
		case typed(own) && errors.As(err, target.Interface()):
			p.own(own, target.Elem().Interface())
		case errors.Is(err, own):
			p.own(own, true)
		}
	}
	return p
}

func (p *Problem) own(name error, value any) {
	if p.Own == nil {
		p.Own = map[string]json.RawMessage{}
	}
	p.Own[nameOf(name)] = packed(value)
}

// packed is a value as JSON; what has no JSON is told as nothing.
func packed(v any) json.RawMessage {
	b, err := json.Marshal(v)
	if err != nil {
		return json.RawMessage("null")
	}
	return b
}

// Receive unpacks an error; nil stays nil.
func (p *Problem) Receive(function any) error {
	if p == nil {
		return nil
	}
	r := &received{text: p.Text}
	for _, name := range p.Kinds {
		if i := slices.IndexFunc(kinds(), func(k kind) bool { return k.name == name }); i >= 0 {
			r.within = append(r.within, kinds()[i].err)
		}
	}
	if p.Code != "" && len(r.within) > 0 {
		r.within[0] = desk.Refuse(r.within[0], p.Code, values(p.Args)...)
	}
	for _, own := range errorsOf(function) {
		raw, sent := p.Own[nameOf(own)]
		switch {
		case sent && typed(own):
			fresh := reflect.New(reflect.TypeOf(own).Elem()).Interface().(error)
			if json.Unmarshal(raw, fresh) == nil {
				r.within = append(r.within, fresh)
			}
		case sent:
			r.within = append(r.within, own)
		}
	}
	return r
}

// A received error reads as it did where it happened.
type received struct {
	text   string
	within []error
}

// Error implements error.
func (r *received) Error() string { return r.text }

// Unwrap lets errors.Is and errors.As see what it was made of.
func (r *received) Unwrap() []error { return r.within }

// values are the arguments of a sentence: whole numbers stay whole.
func values(sent []json.RawMessage) (all []any) {
	for _, raw := range sent {
		var v any
		d := json.NewDecoder(bytes.NewReader(raw))
		d.UseNumber()
		if d.Decode(&v) != nil {
			v = string(raw)
		}
		if number, ok := v.(json.Number); ok {
			if n, err := strconv.Atoi(string(number)); err == nil {
				v = n
			} else if f, err := number.Float64(); err == nil {
				v = f
			}
		}
		all = append(all, v)
	}
	return all
}

func errorsOf(function any) []error {
	if owner, ok := function.(Owner); ok {
		return owner.Errors()
	}
	return nil
}

// typed reports whether an error stands for its type: then it tells something in fields.
func typed(own error) bool {
	t := reflect.TypeOf(own)
	return t.Kind() == reflect.Pointer && t.Elem().Kind() == reflect.Struct && t.Elem().NumField() > 0 && t.Elem().Field(0).IsExported()
}

func nameOf(own error) string {
	if typed(own) {
		return reflect.TypeOf(own).String()
	}
	return own.Error()
}

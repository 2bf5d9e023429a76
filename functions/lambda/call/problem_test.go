package call_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keliu/functions/lambda/call"
	"keliu/streams/desk"
)

// A code is an error of a function's own that tells something.
type code struct{ Code int }

func (c *code) Error() string { return fmt.Sprint("code ", c.Code) }

var errGone = errors.New("gone")

// owner looks for these errors.
type owner struct{}

func (owner) Errors() []error { return []error{new(code), errGone} }

// across sends an error and receives it on the other side of a wire.
func across(t *testing.T, err error, function any) error {
	t.Helper()
	raw, failed := json.Marshal(call.Send(err, function))
	if failed != nil {
		t.Fatal(failed)
	}
	var p *call.Problem
	if err := json.Unmarshal(raw, &p); err != nil {
		t.Fatal(err)
	}
	return p.Receive(function)
}

func TestErrorsArriveWhole(t *testing.T) {
	kinds := []error{desk.ErrNotFound, desk.ErrForbidden, desk.ErrInvalid, desk.ErrConflict, desk.ErrUnavailable, context.DeadlineExceeded, context.Canceled, errGone, io.EOF}
	for _, err := range []error{
		nil,
		errors.New("plain"),
		fmt.Errorf("latest order: %w", desk.ErrNotFound),
		fmt.Errorf("%w: %w", desk.ErrUnavailable, context.DeadlineExceeded),
		desk.Refuse(desk.ErrForbidden, "hook_forged"),
		fmt.Errorf("%w: %w", desk.ErrNotFound, desk.Refuse(desk.ErrInvalid, "text_too_long", 2000, "字", 1.5)),
		fmt.Errorf("sent: %w", &code{28001005}),
		fmt.Errorf("%w: %w", errGone, desk.ErrUnavailable),
		&code{},
	} {
		got := across(t, err, owner{})
		if err == nil {
			if got != nil {
				t.Errorf("nothing arrives as %v", got)
			}
			continue
		}
		if got == nil || got.Error() != err.Error() {
			t.Errorf("%v arrives as %v", err, got)
		}
		for _, kind := range kinds {
			if kind != io.EOF && errors.Is(err, kind) != errors.Is(got, kind) {
				t.Errorf("%v: is %v on one side only", err, kind)
			}
		}
		var sent, arrived *desk.Problem
		if errors.As(err, &sent) != errors.As(got, &arrived) {
			t.Errorf("%v: a refusal on one side only", err)
		} else if sent != nil && (sent.Kind != arrived.Kind || cmp.Diff(sent.Args, arrived.Args) != "" || sent.Code != arrived.Code) {
			t.Errorf("%+v arrives as %+v", sent, arrived)
		}
		var own, ownThere *code
		if errors.As(err, &own) != errors.As(got, &ownThere) {
			t.Errorf("%v: of the function's own on one side only", err)
		} else if own != nil && *own != *ownThere {
			t.Errorf("%+v arrives as %+v", own, ownThere)
		}
	}
}

// What a function does not look for is a plain error to it.
func TestOnlyOwnErrorsTravel(t *testing.T) {
	got := across(t, fmt.Errorf("%w: %w", errGone, &code{7}), struct{}{})
	var own *code
	if errors.Is(got, errGone) || errors.As(got, &own) || got.Error() != "gone: code 7" {
		t.Errorf("%v", got)
	}
}

// Whatever arrives as a problem is an error that can be read.
func FuzzReceive(f *testing.F) {
	f.Add([]byte(`{"text":"a","kinds":["invalid"],"code":"c","args":[1,"a",1.5,null,{}],"own":{"*call_test.code":{"Code":1},"gone":true}}`))
	f.Add([]byte(`{"kinds":["","unknown"],"code":"c","args":[1e999],"own":{"*call_test.code":[]}}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		var p call.Problem
		if json.Unmarshal(raw, &p) != nil {
			return
		}
		err := p.Receive(owner{})
		if err == nil || err.Error() != p.Text {
			t.Errorf("%v", err)
		}
		var refusal *desk.Problem
		if errors.As(err, &refusal) && (refusal.Kind == nil || refusal.Error() == "") {
			t.Errorf("%+v", refusal)
		}
	})
}

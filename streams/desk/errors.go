package desk

import (
	"errors"
	"fmt"

	"keliu/streams"
)

// Errors every floor agrees on. Wrap them with %w; test them with errors.Is.
var (
	ErrNotFound    = errors.New("not found")
	ErrForbidden   = errors.New("forbidden")
	ErrInvalid     = errors.New("invalid")
	ErrConflict    = errors.New("conflict")
	ErrUnavailable = streams.ErrUnavailable
)

// A Problem is one of the errors above with a code that the edge turns into a sentence in the user's
// language. Args fill the sentence's verbs.
type Problem struct {
	Kind error
	Code string
	Args []any
}

// Refuse returns a Problem.
func Refuse(kind error, code string, args ...any) error {
	return &Problem{Kind: kind, Code: code, Args: args}
}

// Error implements error.
func (p *Problem) Error() string {
	if len(p.Args) == 0 {
		return p.Code + ": " + p.Kind.Error()
	}
	return fmt.Sprintf("%s %v: %s", p.Code, p.Args, p.Kind)
}

// Unwrap lets errors.Is see the kind.
func (p *Problem) Unwrap() error { return p.Kind }

// Package language is the Rego that rules may be written in, and what is wrong with rules that are not.
package language

import (
	"fmt"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"keliu/streams/desk"
)

// builtins are the functions that rules may use: those whose result follows from their arguments alone and that
// cannot be made to take unbounded time or memory. Whatever a later OPA adds stays closed until it is named
// here. A ruling is therefore a function of the question, and may be kept for as long as the rules stand.
var builtins = []string{
	"eq", "assign", "equal", "neq", "gt", "gte", "lt", "lte", "internal.member_2", "internal.member_3",
	"plus", "minus", "mul", "div", "rem", "round", "ceil", "floor", "abs", "to_number",
	"and", "or", "intersection", "union", "count", "sum", "product", "max", "min", "sort",
	"array.concat", "array.flatten", "array.slice", "array.reverse",
	"concat", "format_int", "indexof", "substring", "contains", "startswith", "endswith", "lower", "upper", "split", "replace",
	"trim", "trim_left", "trim_prefix", "trim_right", "trim_suffix", "trim_space", "sprintf", "internal.template_string",
	"strings.any_prefix_match", "strings.any_suffix_match", "strings.count",
	"regex.match", "glob.match", "semver.compare",
	"object.get", "object.keys", "object.union", "object.remove", "object.filter", "object.subset",
	"is_number", "is_string", "is_boolean", "is_array", "is_set", "is_object", "is_null", "type_name",
	"print", "internal.print", // heard where tests are run, and taken out of the rules in force
	"time.parse_duration_ns", "time.parse_rfc3339_ns", "time.date", "time.clock", "time.weekday",
}

// Capabilities are OPA's without the functions that are not named above, and without the net.
func Capabilities() *ast.Capabilities {
	c := ast.CapabilitiesForThisVersion()
	c.Builtins = slices.DeleteFunc(c.Builtins, func(b *ast.Builtin) bool { return !slices.Contains(builtins, b.Name) })
	c.AllowNet = []string{}
	return c
}

// A Mistake is a place in a set that keeps it from being published.
type Mistake struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
	Code   string `json:"code,omitempty"` // the compiler's kind, such as "rego_parse_error"; empty for the house's own
	Text   string `json:"text"`           // as the compiler says it, in English
}

// Mistakes are what is wrong with a set, as an error that is desk.ErrInvalid.
type Mistakes []Mistake

// Error implements error: one file:line:column and sentence per line.
func (m Mistakes) Error() string {
	lines := make([]string, len(m))
	for i, one := range m {
		lines[i] = fmt.Sprintf("%s:%d:%d: %s", one.File, one.Line, one.Column, one.Text)
	}
	return strings.Join(lines, "\n")
}

// Unwrap lets errors.Is see the kind.
func (m Mistakes) Unwrap() error { return desk.ErrInvalid }

// MistakesOf turns what the compiler found in a file, or in all of them, into mistakes, each place once.
func MistakesOf(file string, err error) Mistakes {
	found, ok := err.(ast.Errors)
	if one, single := err.(*ast.Error); single {
		found, ok = ast.Errors{one}, true
	}
	if !ok {
		return Mistakes{{File: file, Line: 1, Column: 1, Text: err.Error()}}
	}
	var mistakes Mistakes
	for _, one := range found {
		m := Mistake{File: file, Line: 1, Column: 1, Code: one.Code, Text: one.Message}
		if at := one.Location; at != nil && at.Row > 0 {
			m.File, m.Line, m.Column = at.File, at.Row, max(at.Col, 1)
		}
		if one.Code == ast.TypeErr && one.Details != nil { // what was wanted and what was found; of other kinds it is the line itself
			for _, line := range one.Details.Lines() {
				m.Text += " · " + strings.TrimSpace(line)
			}
		}
		mistakes = mistakes.with(m)
	}
	return mistakes
}

// with adds a mistake, unless it says of a place again what is said already. Of two that the parser makes out of one slip the
// fuller stays, and an end of the file that comes too early follows from a slip before it.
func (m Mistakes) with(next Mistake) Mistakes {
	for i, known := range m {
		switch {
		case known == next:
			return m
		case known.Code != ast.ParseErr || next.Code != ast.ParseErr || known.File != next.File:
			continue
		case strings.HasPrefix(next.Text, "unexpected eof"):
			return m
		case known.Line == next.Line && known.Column == next.Column:
			if strings.HasPrefix(next.Text, known.Text) {
				m[i] = next
			}
			return m
		}
	}
	return append(m, next)
}

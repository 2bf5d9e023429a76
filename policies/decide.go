package policies

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/topdown"
)

// A question is one of the six, compiled, with what it has answered so far.
type question[Q comparable] struct {
	name     string
	outcomes []string // strictest first
	query    rego.PreparedEvalQuery
	fields   []field
	known    cache[Q]
}

// A field is one attribute of a question as the rules see it.
type field struct {
	name  string
	key   *ast.Term
	index int
}

// fieldsOf lists the attributes of a question by their JSON names.
func fieldsOf(question reflect.Type) []field {
	var fields []field
	for i := range question.NumField() {
		name := question.Field(i).Tag.Get("json")
		fields = append(fields, field{name: name, key: ast.StringTerm(name), index: i})
	}
	return fields
}

// input is what the rules get to see of q.
func (a *question[Q]) input(q Q) ast.Value {
	v := reflect.ValueOf(q)
	pairs := make([][2]*ast.Term, len(a.fields))
	for i, f := range a.fields {
		pairs[i][0] = f.key
		switch value := v.Field(f.index); value.Kind() {
		case reflect.Bool:
			pairs[i][1] = ast.InternedTerm(value.Bool())
		case reflect.Int, reflect.Int64:
			pairs[i][1] = ast.NumberTerm(json.Number(strconv.FormatInt(value.Int(), 10)))
		default:
			pairs[i][1] = ast.StringTerm(value.String())
		}
	}
	return ast.NewObject(pairs...)
}

// decide lets the rules answer q. It reports whether they did; the ruling of a question they did not answer
// refuses and says why not.
func (a *question[Q]) decide(ctx context.Context, timeout time.Duration, q Q) (ruling Ruling, ok bool) {
	defer func() {
		if p := recover(); p != nil {
			ruling, ok = undecided("panic", fmt.Sprintf("规则执行异常。The rules panicked: %v.", p)), false
		}
	}()
	stop := topdown.NewCancel()
	defer time.AfterFunc(timeout, stop.Cancel).Stop()
	defer context.AfterFunc(ctx, stop.Cancel)()
	results, err := a.query.Eval(ctx, rego.EvalParsedInput(a.input(q)), rego.EvalExternalCancel(stop))
	switch {
	case ctx.Err() != nil:
		return undecided("cancelled", "提问方已取消。The asker gave up: "+ctx.Err().Error()+"."), false
	case topdown.IsCancel(err):
		return undecided("timeout", "规则未在时限内作出决定。The rules took longer than "+timeout.String()+"."), false
	case err != nil:
		return undecided("error", "规则执行出错。The rules failed: "+err.Error()+"."), false
	case len(results) != 1 || len(results[0].Expressions) != 1:
		return undecided("undefined", "规则没有结果。The rules have no result."), false
	}
	verdict, isObject := results[0].Expressions[0].Value.(map[string]any)
	if !isObject {
		return undecided("undefined", "规则没有结果。The rules have no result."), false
	}
	ruling, err = a.read(verdict)
	if err != nil {
		return undecided("wrong_type", "规则的结果无法理解。The rules answer in a shape that is not theirs: "+err.Error()+"."), false
	}
	return ruling, true
}

// undecided is the ruling where the rules gave none.
func undecided(why, reason string) Ruling {
	return Ruling{Action: Drop, Reason: reason, Rule: "keliu.undecided." + why}
}

// The outcomes that rules may have, strictest first: the strictest with a rule that matches is the ruling.
var (
	permission = []string{"refuse", "permit"}
	exposure   = []string{string(Drop), string(Tail), string(Mask), string(Show)}
	retention  = []string{"keep"}
)

// read turns the rules that matched, by outcome and name, into the ruling.
func (a *question[Q]) read(verdict map[string]any) (Ruling, error) {
	for _, outcome := range a.outcomes {
		rule, value, err := first(verdict, outcome)
		if err != nil {
			return Ruling{}, err
		}
		if rule == "" {
			continue
		}
		r := Ruling{Rule: "keliu." + a.name + "." + outcome + "." + rule}
		switch outcome {
		case "permit":
			r.Allow = true
		case "keep":
			r.Allow = true
			r.Days, value = term(value)
		case string(Drop), string(Tail), string(Mask), string(Show):
			r.Action = Action(outcome)
			r.Allow = r.Action == Show
		}
		reason, isText := value.(string)
		if !isText || outcome == "keep" && r.Days <= 0 {
			return Ruling{}, fmt.Errorf("%s.%s lacks a sentence or a number of days", outcome, rule)
		}
		r.Reason = reason
		return r, nil
	}
	r := Ruling{Reason: "没有规则允许。No rule allows it.", Rule: "keliu." + a.name + ".default"}
	if a.outcomes[0] == string(Drop) {
		r.Action = Drop
	}
	return r, nil
}

// term reads the days and the reason of a rule that keeps; 0 days when there is no sound number.
func term(value any) (days int, because any) {
	t, _ := value.(map[string]any)
	number, _ := t["days"].(json.Number)
	n, err := number.Int64()
	if err != nil || n > math.MaxInt32 {
		return 0, nil
	}
	return int(n), t["because"]
}

// first is the rule of an outcome that comes first by name, so that the same question always names the same one.
// No rule is the empty name.
func first(verdict map[string]any, outcome string) (rule string, value any, err error) {
	switch rules := verdict[outcome].(type) {
	case nil:
		return "", nil, nil
	case map[string]any:
		names := make([]string, 0, len(rules))
		for name := range rules {
			names = append(names, name)
		}
		if len(names) == 0 {
			return "", nil, nil
		}
		rule = slices.Min(names)
		return rule, rules[rule], nil
	default:
		return "", nil, fmt.Errorf("%s is no set of named rules", outcome)
	}
}

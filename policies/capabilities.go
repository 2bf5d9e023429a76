package policies

import (
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
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
	"time.parse_duration_ns", "time.parse_rfc3339_ns", "time.date", "time.clock", "time.weekday",
}

// Capabilities are OPA's without the functions that are not named above, and without the net.
func Capabilities() *ast.Capabilities {
	c := ast.CapabilitiesForThisVersion()
	c.Builtins = slices.DeleteFunc(c.Builtins, func(b *ast.Builtin) bool { return !slices.Contains(builtins, b.Name) })
	c.AllowNet = []string{}
	return c
}

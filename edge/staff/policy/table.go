package policy

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/cloudwego/hertz/pkg/app"

	"keliu/edge/wire"
	"keliu/policies"
	"keliu/streams/desk"
)

// A TableAnswer is what each role sees of each kind of data. It is asked of the rules themselves, so that it is always true.
type TableAnswer struct {
	Roles  []string          `json:"roles"`
	Fields []string          `json:"fields"`
	Cells  []Cell            `json:"cells"`
	Files  map[string]string `json:"files,omitempty"` // the draft, when a cell was changed in it
}

// A Cell is what a role sees of a kind of data, and why.
type Cell struct {
	Role   string          `json:"role"`
	Field  string          `json:"field"`
	Action policies.Action `json:"action"` // show, mask, tail or drop
	Rule   string          `json:"rule"`
	Reason string          `json:"reason"`
}

// A TableRequest asks for the table of a draft, in which one cell is changed first when it is given.
type TableRequest struct {
	FilesRequest
	Role   string          `json:"role,omitempty"`
	Field  string          `json:"field,omitempty"`
	Action policies.Action `json:"action,omitempty"` // show, mask, tail, drop, or "" for what holds without an exception
}

var (
	tableRoles  = []string{"agent", "marketing", "compliance", "executive", "admin"}
	tableFields = []string{"mobile", "landline", "name", "address", "email", "wechat", "qq", "order", "waybill", "birthday", "plate", "location", "id_card", "bank_card", "passport", "health", "otp"}
)

// exceptionsFile is where the table keeps what it changes.
const exceptionsFile = "may_reveal.rego"

func (r *Room) table(ctx context.Context, c *app.RequestContext, _ desk.Agent) error {
	return r.answer(ctx, c, nil, nil)
}

// edit changes one cell in a draft, which is not published by that.
func (r *Room) edit(ctx context.Context, c *app.RequestContext, _ desk.Agent) error {
	var in TableRequest
	if err := wire.Bind(c, mostBytes, &in); err != nil {
		return err
	}
	if in.Role == "" && in.Field == "" {
		return r.answer(ctx, c, in.Files, nil)
	}
	if !slices.Contains(tableRoles, in.Role) || !slices.Contains(tableFields, in.Field) {
		return desk.Refuse(desk.ErrInvalid, "rules_cell")
	}
	set, err := r.whole(ctx, in.Files)
	if err != nil {
		return err
	}
	source, err := except(set.Files[exceptionsFile], in.Role, in.Field, in.Action)
	if err != nil {
		return err
	}
	files := maps.Clone(in.Files)
	if files == nil {
		files = map[string]string{}
	}
	files[exceptionsFile] = source
	return r.answer(ctx, c, files, files)
}

// answer asks the rules for every cell.
func (r *Room) answer(ctx context.Context, c *app.RequestContext, files, changed map[string]string) error {
	set, err := r.whole(ctx, files)
	if err != nil {
		return err
	}
	draft, err := policies.Compile(ctx, set)
	if err != nil {
		return refusal(c, err)
	}
	out := TableAnswer{Roles: tableRoles, Fields: tableFields, Cells: []Cell{}, Files: changed}
	for _, role := range tableRoles {
		for _, field := range tableFields {
			input, err := json.Marshal(policies.MayReveal{Field: field, Purpose: "staff", Role: role})
			if err != nil {
				return err
			}
			ruling, err := draft.Decide(ctx, "may_reveal", input)
			if err != nil {
				return err
			}
			out.Cells = append(out.Cells, Cell{role, field, ruling.Action, ruling.Rule, wire.Half(wire.Lang(c), ruling.Reason)})
		}
	}
	return wire.Answer(c, out)
}

var (
	exceptionsBlock = regexp.MustCompile(`(?ms)^exceptions := \{\n(.*?)^\}$`)
	exceptionLine   = regexp.MustCompile(`^\t"([a-z_]+)": \{(.*)\},$`)
	exceptionPair   = regexp.MustCompile(`^"([a-z_]+)": "(show|mask|tail|drop)"$`)
)

// except writes an exception into the rules' table of them; an empty action takes it out. A table that was rewritten by hand in
// another form is refused with rules_table.
func except(source, role, field string, action policies.Action) (string, error) {
	place := exceptionsBlock.FindStringSubmatchIndex(source)
	if place == nil {
		return "", desk.Refuse(desk.ErrConflict, "rules_table")
	}
	table := map[string]map[string]string{}
	for line := range strings.Lines(source[place[2]:place[3]]) {
		parts := exceptionLine.FindStringSubmatch(strings.TrimSuffix(line, "\n"))
		if parts == nil {
			return "", desk.Refuse(desk.ErrConflict, "rules_table")
		}
		table[parts[1]] = map[string]string{}
		for pair := range strings.SplitSeq(parts[2], ", ") {
			one := exceptionPair.FindStringSubmatch(pair)
			if one == nil {
				return "", desk.Refuse(desk.ErrConflict, "rules_table")
			}
			table[parts[1]][one[1]] = one[2]
		}
	}
	switch action {
	case policies.Show, policies.Mask, policies.Tail, policies.Drop:
		if table[role] == nil {
			table[role] = map[string]string{}
		}
		table[role][field] = string(action)
	case "":
		delete(table[role], field)
	default:
		return "", desk.Refuse(desk.ErrInvalid, "rules_cell")
	}
	return source[:place[2]] + written(table) + source[place[3]:], nil
}

// written is the table of exceptions as Rego, a line for a role.
func written(table map[string]map[string]string) string {
	var b strings.Builder
	for _, role := range slices.Sorted(maps.Keys(table)) {
		if len(table[role]) == 0 {
			continue
		}
		var pairs []string
		for _, field := range slices.Sorted(maps.Keys(table[role])) {
			pairs = append(pairs, fmt.Sprintf("%q: %q", field, table[role][field]))
		}
		fmt.Fprintf(&b, "\t%q: {%s},\n", role, strings.Join(pairs, ", "))
	}
	return b.String()
}

package staff

import (
	"context"

	"keliu/policies"
	"keliu/policies/mask"
	"keliu/streams/desk"
)

// hiding is what the rules let one role see of personal data. They are asked once per request and category.
type hiding struct {
	masker *mask.Masker
	action func(field string) policies.Action
}

func (s *Side) hide(ctx context.Context, who desk.Agent) hiding {
	known := map[string]policies.Action{}
	action := func(field string) policies.Action {
		if a, ok := known[field]; ok {
			return a
		}
		ruling, err := s.Rules.MayReveal(ctx, policies.MayReveal{Field: field, Purpose: "staff", Role: who.Role})
		if err != nil || ruling.Action == "" {
			ruling.Action = policies.Drop
		}
		known[field] = ruling.Action
		return ruling.Action
	}
	return hiding{masker: mask.For(action), action: action}
}

// text is a text with what this role may not see hidden.
func (h hiding) text(text string) string { return h.masker.Text(text) }

// value is a known fact as this role may see it.
func (h hiding) value(fact, value string) string {
	switch fact {
	case desk.FactPhone:
		return h.masker.Text(value)
	case desk.FactPhoneTail:
		if h.action(string(mask.Mobile)) == policies.Drop {
			return ""
		}
		return value
	case desk.FactOrder, desk.FactWaybill, desk.FactAmount:
		return value
	}
	return h.masker.Text(value)
}

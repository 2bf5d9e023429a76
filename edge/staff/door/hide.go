package door

import (
	"context"
	"maps"
	"strings"

	"keliu/policies"
	"keliu/policies/mask"
	"keliu/streams/desk"
)

// A Hiding is what the rules let one role see of personal data. They are asked once per request and category.
type Hiding struct {
	masker *mask.Masker
	action func(field string) policies.Action
}

// Hide returns what the rules let somebody see.
func (d *Door) Hide(ctx context.Context, who desk.Agent) Hiding {
	known := map[string]policies.Action{}
	action := func(field string) policies.Action {
		if a, ok := known[field]; ok {
			return a
		}
		ruling, err := d.Rules.MayReveal(ctx, policies.MayReveal{Field: field, Purpose: "staff", Role: who.Role})
		if err != nil || ruling.Action == "" {
			ruling.Action = policies.Drop
		}
		known[field] = ruling.Action
		return ruling.Action
	}
	return Hiding{masker: mask.For(action), action: action}
}

// Text is a text with what this role may not see hidden.
func (h Hiding) Text(text string) string { return h.masker.Text(text) }

// Value is a known fact as this role may see it.
func (h Hiding) Value(fact, value string) string {
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

// Kind is a value of a kind of personal data as this role may see it.
func (h Hiding) Kind(kind, value string) string {
	switch h.action(kind) {
	case policies.Show:
		return value
	case policies.Mask:
		runes := []rune(value)
		keep := min(3, len(runes)/3)
		return string(runes[:keep]) + strings.Repeat("*", len(runes)-2*keep) + string(runes[len(runes)-keep:])
	case policies.Tail:
		runes := []rune(value)
		hidden := len(runes) - min(4, len(runes)/2)
		return strings.Repeat("*", hidden) + string(runes[hidden:])
	}
	return ""
}

// Facts are known facts as this role may see them.
func (h Hiding) Facts(facts desk.Facts) desk.Facts {
	facts = maps.Clone(facts)
	for name, value := range facts {
		facts[name] = h.Value(name, value)
	}
	return facts
}

// Conversation is what this role may see of a conversation.
func (h Hiding) Conversation(c desk.Conversation) desk.Conversation {
	c.Facts, c.Name = h.Facts(c.Facts), h.Text(c.Name)
	return c
}

package replay

import (
	"cmp"
	"maps"
	"slices"
)

// A Count is how many decisions were about one thing, and how many of them would be different.
type Count struct {
	Name      string `json:"name"` // of the question, the role or the channel
	Decisions uint64 `json:"decisions"`
	Different uint64 `json:"different"`
}

// A tally counts by name.
type tally map[string]Count

// add counts decisions under a name; those without one are not counted.
func (t tally) add(name string, times uint64, different bool) {
	if name == "" {
		return
	}
	c := t[name]
	c.Name = name
	c.Decisions += times
	if different {
		c.Different += times
	}
	t[name] = c
}

// counts lists what was counted, the most different first.
func (t tally) counts() []Count {
	all := slices.AppendSeq([]Count{}, maps.Values(t))
	slices.SortFunc(all, func(a, b Count) int {
		return cmp.Or(cmp.Compare(b.Different, a.Different), cmp.Compare(b.Decisions, a.Decisions), cmp.Compare(a.Name, b.Name))
	})
	return all
}

package rules_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keliu/functions/outreach/rules"
	"keliu/functions/store/leads"
)

func TestAdvice(t *testing.T) {
	for name, c := range map[string]struct {
		rule leads.Rule
		want []rules.Note
	}{
		"nothing":            {leads.Rule{Any: []string{"多少钱"}, None: []string{"二手"}}, nil},
		"twice":              {leads.Rule{Any: []string{"多少钱", " 多少钱 "}}, []rules.Note{{Code: "rule_phrase_twice", Args: []any{"多少钱"}}}},
		"twice, two lists":   {leads.Rule{Any: []string{"多少钱"}, All: []string{"多少钱"}}, []rules.Note{{Code: "rule_phrase_twice", Args: []any{"多少钱"}}}},
		"a pattern":          {leads.Rule{Any: []string{"价格.*多少", "a|b"}}, []rules.Note{{Code: "rule_phrase_pattern", Args: []any{"价格.*多少"}}, {Code: "rule_phrase_pattern", Args: []any{"a|b"}}}},
		"blocked":            {leads.Rule{Any: []string{"想要", "不要太好看"}, None: []string{"不要"}}, []rules.Note{{Code: "rule_phrase_blocked", Args: []any{"不要太好看", "不要"}}}},
		"blocked by sound":   {leads.Rule{Any: []string{"加薇信", "私我"}, None: []string{"微信"}, Sounds: true}, []rules.Note{{Code: "rule_phrase_blocked", Args: []any{"加薇信", "微信"}}}},
		"a broken exclusion": {leads.Rule{Any: []string{"想要"}, None: []string{"！"}}, nil},
	} {
		var want []string
		for _, n := range c.want {
			want = append(want, fmt.Sprint(n))
		}
		var got []string
		for _, n := range rules.Advice(c.rule) {
			got = append(got, fmt.Sprint(n))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (want -, got +):\n%s", name, diff)
		}
	}
}

// A rule that its own exclusions rule out is refused, whichever way they stand in its phrases.
func TestContradictions(t *testing.T) {
	for name, c := range map[string]struct {
		rule leads.Rule
		want bool
	}{
		"all of any":          {leads.Rule{Any: []string{"不要买", "不要去"}, None: []string{"不要"}}, true},
		"one of all":          {leads.Rule{All: []string{"想买", "不要"}, None: []string{"不要"}}, true},
		"by sound":            {leads.Rule{Any: []string{"薇信"}, None: []string{"微信"}, Sounds: true}, true},
		"not by sound":        {leads.Rule{Any: []string{"薇信"}, None: []string{"微信"}}, false},
		"one of any is left":  {leads.Rule{Any: []string{"不要买", "想要"}, None: []string{"不要"}}, false},
		"the other way round": {leads.Rule{Any: []string{"不要"}, None: []string{"不要脸"}}, false},
	} {
		c.rule.Name = "规则"
		if _, err := rules.Clean(c.rule); (code(err) == "rule_contradiction") != c.want || !c.want && err != nil {
			t.Errorf("%s: %v, refused %v", name, err, c.want)
		}
	}
}

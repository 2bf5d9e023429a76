package door_test

import (
	"strings"
	"testing"

	"keliu/edge/staff/door/doortest"
	"keliu/policies"
	"keliu/streams/desk"
)

// What an agent sees of a number follows the rules from the moment they are published.
func TestANumberIsHiddenAsTheRulesSay(t *testing.T) {
	h := doortest.Open(t)
	agent := desk.Agent{ID: "agent", Role: "agent"}
	for _, c := range []struct{ exception, text, kind, tail string }{
		{"", "打 138****5678", "138*****678", "5678"},
		{`"agent": {"mobile": "show"},`, "打 13812345678", "13812345678", "5678"},
		{`"agent": {"mobile": "tail"},`, "打 *******5678", "*******5678", "5678"},
		{`"agent": {"mobile": "drop"},`, "打 〔mobile〕", "", ""},
	} {
		set := policies.Embedded()
		set.Files["may_reveal.rego"] = strings.Replace(set.Files["may_reveal.rego"], "exceptions := {\n}", "exceptions := {\n\t"+c.exception+"\n}", 1)
		if _, err := h.Door.Rules.Publish(t.Context(), set); err != nil {
			t.Fatal(err)
		}
		hide := h.Door.Hide(t.Context(), agent)
		if got := hide.Text("打 13812345678"); got != c.text {
			t.Errorf("%s: text %q, want %q", c.exception, got, c.text)
		}
		if got := hide.Kind("mobile", "13812345678"); got != c.kind {
			t.Errorf("%s: kind %q, want %q", c.exception, got, c.kind)
		}
		if got := hide.Value(desk.FactPhoneTail, "5678"); got != c.tail {
			t.Errorf("%s: tail %q, want %q", c.exception, got, c.tail)
		}
	}
}

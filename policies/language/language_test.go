package language_test

import (
	"errors"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"github.com/open-policy-agent/opa/v1/ast"

	"keliu/policies/language"
	"keliu/streams/desk"
)

// mistakes are what is wrong with a module, read and compiled as rules are.
func mistakes(source string) language.Mistakes {
	module, err := ast.ParseModuleWithOpts("a.rego", source, ast.ParserOptions{Capabilities: language.Capabilities()})
	if err != nil {
		return language.MistakesOf("a.rego", err)
	}
	compiler := ast.NewCompiler().WithCapabilities(language.Capabilities()).WithStrict(true)
	if compiler.Compile(map[string]*ast.Module{"a.rego": module}); compiler.Failed() {
		return language.MistakesOf("", compiler.Errors)
	}
	return nil
}

func TestEachSlipIsOneMistakeAtItsPlaceInBothLanguages(t *testing.T) {
	for _, c := range []struct {
		line     string // the third of the file
		column   int
		text     string // begins the original
		zh, name string // begins the sentence; a word that both sentences hold
	}{
		{`x := if {`, 6, "unexpected if keyword: expected rule value", "if 前面还没有写规则的值", "if"},
		{`x := 1 if {`, 11, "unexpected eof", "写到文件末尾还没有结束", ""},
		{`x := "abc`, 6, "non-terminated string", "字符串没有写右引号", ""},
		{`永 := 1`, 1, "illegal token", "这里有 Rego 不认识的字符", ""},
		{`x := 1 }`, 8, "unexpected } token", "语法错误：这里不应该出现 }", "}"},
		{`x := 1 { true }`, 1, "`if` keyword is required", "规则的条件前面要写 if", "if"},
		{`x if y > 1`, 6, "var y is unsafe", "变量 y 没有取值的来源", "y"},
		{`x if not y > 1`, 6, "var y is unsafe", "变量 y 没有取值的来源", "y"},
		{`x if y := 1`, 6, "assigned var y unused", "变量 y 赋了值却没有用到", "y"},
		{`f(y) := 1`, 1, "unused argument y", "参数 y 没有用到", "y"},
		{`x if known.q`, 6, "undefined ref: data.a.known.q", "没有名为 data.a.known.q", "data.a.known.q"},
		{`x if nothing(1)`, 6, "undefined function nothing", "没有名为 nothing 的函数", "nothing"},
		{`x if http.send({"url": "http://example.com", "method": "get"}).status_code == 200`, 6, "undefined function http.send", "规则里不能使用 http.send", "http.send"},
		{`x if opa.runtime().env.HOME`, 6, "undefined function opa.runtime", "规则里不能使用 opa.runtime", "opa.runtime"},
		{`x if time.now_ns() > 1`, 6, "undefined function time.now_ns", "规则里不能使用 time.now_ns", "time.now_ns"},
		{`x if count(1) > 2`, 6, "count: invalid argument(s) · have: (number, ", "函数 count 的参数", "count"},
		{`x if 1 == "a"`, 6, "match error · left  : number", "两边的类型不同", ""},
		{`x if x`, 1, "rule data.a.x is recursive", "规则 data.a.x 绕回到了自己", "data.a.x"},
	} {
		found := mistakes("package a\nknown := {\"p\": 1}\n" + c.line)
		if len(found) != 1 {
			t.Errorf("%s: %d mistakes\n%v", c.line, len(found), found)
			continue
		}
		m := found[0]
		if m.File != "a.rego" || m.Line != 3 || m.Column != c.column || !strings.HasPrefix(m.Text, c.text) {
			t.Errorf("%s: %+v", c.line, m)
		}
		zh, en := m.Meaning(desk.Chinese), m.Meaning(desk.English)
		if !strings.HasPrefix(zh, c.zh) || !strings.Contains(en, c.name) || en == "" || strings.ContainsFunc(en, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			t.Errorf("%s: %q, %q", c.line, zh, en)
		}
	}
}

func TestMistakesThatDifferStay(t *testing.T) {
	found := mistakes("package a\n\nx if y > 1\n\nz if y > 1\n\nw if { y > 1; q > 1 }")
	var at []int
	for _, m := range found {
		at = append(at, m.Line)
	}
	if diff := cmp.Diff([]int{3, 5, 7, 7}, at); diff != "" {
		t.Error(diff)
	}
	if mistakes("package a\n\ndefault y := 1\ndefault y := 2")[0].Meaning(desk.Chinese) != "data.a.y 的默认值写了两次，只能留一个。" {
		t.Error("two defaults have no sentence")
	}
	if got := language.MistakesOf("b.rego", errors.New("odd")); got[0].File != "b.rego" || got[0].Line != 1 || got[0].Meaning(desk.Chinese) != "" {
		t.Errorf("an error of another kind: %+v", got)
	}
}

func FuzzMistakes(f *testing.F) {
	for _, seed := range []string{"x if y", "x := {", "\"", "x contains y if {\n", "\x00", "default x := 1\ndefault x := 2", "x if count(1)"} {
		f.Add("package a\n" + seed)
	}
	f.Fuzz(func(t *testing.T, source string) {
		seen := map[language.Mistake]bool{}
		for _, m := range mistakes(source) {
			if m.Line < 1 || m.Column < 1 || m.Text == "" || seen[m] {
				t.Fatalf("%+v", m)
			}
			seen[m] = true
			if (m.Meaning(desk.Chinese) == "") != (m.Meaning(desk.English) == "") {
				t.Fatalf("%+v has a sentence in one language only", m)
			}
		}
	})
}

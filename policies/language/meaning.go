package language

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"keliu/streams/desk"
)

// A meaning is what a mistake comes to in the words of who wrote it. The sentences take what the pattern picks out.
type meaning struct {
	text   *regexp.Regexp
	zh, en string
}

// meanings are the common mistakes, the more special first.
var meanings = []meaning{
	{regexp.MustCompile(`^unexpected eof`), "写到文件末尾还没有结束，多半少了一个右括号。", "The file ends too early; a closing bracket is probably missing."},
	{regexp.MustCompile("^`if` keyword is required"), "规则的条件前面要写 if。", "The conditions of a rule follow the word if."},
	{regexp.MustCompile("^`contains` keyword is required"), "集合里的一条要写成“名字 contains 值 if …”。", "A member of a set is written “name contains value if …”."},
	{regexp.MustCompile(`^non-terminated string`), "字符串没有写右引号。", "The string has no closing quotation mark."},
	{regexp.MustCompile(`^illegal token`), "这里有 Rego 不认识的字符。中文要写在引号或注释里，标点要用半角。", "There is a character here that Rego does not know."},
	{regexp.MustCompile(`^unexpected if keyword`), "if 前面还没有写规则的值，例如 permit.名字 := \"理由\" if。", "The rule has no value before if, such as permit.name := \"reason\" if."},
	{regexp.MustCompile(`^unexpected (\S+) (?:token|keyword)`), "语法错误：这里不应该出现 %s。", "Syntax: %s does not belong here."},
	{regexp.MustCompile(`^var (\S+) is unsafe`), "变量 %s 没有取值的来源：它没有被赋值，也不是已有规则的名字。", "Nothing gives %s a value: it is neither assigned nor the name of a rule."},
	{regexp.MustCompile(`^(?:assigned|declared) var (\S+) unused`), "变量 %s 赋了值却没有用到，请删去或使用它。", "%s is given a value and never used; take it out or use it."},
	{regexp.MustCompile(`^unused argument ([^\s.]+)`), "参数 %s 没有用到；不需要的参数请写成 _。", "The argument %s is never used; write _ for one that is not needed."},
	{regexp.MustCompile(`^undefined ref: (\S+)`), "没有名为 %s 的规则或数据，请检查拼写。", "There is no rule and no data called %s; check the spelling."},
	{regexp.MustCompile(`^undefined function (\S+)`), "没有名为 %s 的函数，请检查拼写。", "There is no function called %s; check the spelling."},
	{regexp.MustCompile(`^multiple default rules (\S+) found`), "%s 的默认值写了两次，只能留一个。", "%s has two defaults; only one may stay."},
	{regexp.MustCompile(`^conflicting rules (\S+) found`), "两条名为 %s 的规则互相冲突：一条是值，另一条是集合、对象或函数。", "Rules called %s contradict each other: one is a value, the other a set, an object or a function."},
	{regexp.MustCompile(`^rule (\S+) is recursive`), "规则 %s 绕回到了自己，永远得不出结果。", "The rule %s comes back to itself and never has a result."},
	{regexp.MustCompile(`^(?:rules|variables) must not shadow (\S+)`), "不能用 %s 作名字，它另有含义。", "%s has a meaning of its own and cannot be a name."},
	{regexp.MustCompile(`^match error`), "两边的类型不同，永远不会相等。", "The two sides are of different types and can never be equal."},
	{regexp.MustCompile(`^(\S+): (?:invalid argument|too (?:many|few) arguments|arity mismatch)`), "函数 %s 的参数个数或类型不对。", "The function %s takes other arguments."},
	{regexp.MustCompile(`^the set has no package (\S+)`), "缺少 %s：每个问题都要有自己的规则包。", "%s is missing: every question has its package."},
	{regexp.MustCompile(`^the question has no "([^"]*)"`), "这个问题没有“%s”这一项，规则永远不会成立。", "The question has no “%s”; the rule would never hold."},
}

// What is said of the functions of Rego that rules may not use, and of what cannot be read at all.
var (
	forbidden = meaning{
		zh: "规则里不能使用 %s：裁决只能取决于所问的内容，不能访问网络、时钟、随机数，也不能使用耗费无度的函数。",
		en: "Rules may not use %s: a decision follows from the question alone, never from the net, the clock or chance.",
	}
	unreadable = meaning{zh: "这一行不符合 Rego 的写法。", en: "The line is not written as Rego is."}
)

// Meaning says in a sentence what a mistake comes to; empty for one that is not common.
func (m Mistake) Meaning(lang desk.Lang) string {
	if name, undefined := strings.CutPrefix(m.Text, "undefined function "); undefined && ast.BuiltinMap[name] != nil {
		return forbidden.say(lang, name)
	}
	for _, one := range meanings {
		if picked := one.text.FindStringSubmatch(m.Text); picked != nil {
			return one.say(lang, picked[1:]...)
		}
	}
	if m.Code == ast.ParseErr {
		return unreadable.say(lang)
	}
	return ""
}

// say is the sentence with what was picked out of the mistake.
func (m meaning) say(lang desk.Lang, picked ...string) string {
	sentence := m.zh
	if lang == desk.English {
		sentence = m.en
	}
	if len(picked) == 0 {
		return sentence
	}
	return fmt.Sprintf(sentence, picked[0])
}

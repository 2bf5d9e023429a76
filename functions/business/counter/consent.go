package counter

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"keliu/streams/desk"
)

// A Consent is what a customer answered to a yes-or-no question of the desk.
type Consent int

// The answers to a yes-or-no question.
const (
	Unclear Consent = iota
	Yes
	No
)

var (
	refusal = regexp.MustCompile(`^不+([，,。.！! ]|$)|不用|不要|不需|不是|不对|不行|不可以|不同意|不确认|不确定|不了|别|算了|先不|不退|不换|不取消|不催|不想|不提交|取消申请|再想想|等等|等一下|再考虑|没有|没找到|还没` +
		`|\b(no|nope|nah|not|don'?t|do not|never ?mind|wait|cancel that|stop|later)\b`)
	// agreement consists of nothing but words of agreement: 好的 is a yes, 好贵 and 可以便宜点 are none.
	agreement = regexp.MustCompile(`^(?:是|对|好|行|嗯|恩|可以|可|要|需要|确认|确定|同意|ok|提交|申请|当然|必须|就这样|就这么|办理?|麻烦|请|帮|我|你|您|给|来|中|成|那|就|的|了|吧|呀|啊|哦|哈|嘞|滴|哒|一下|下|快点|尽快|谢谢?|多谢|[\s\p{P}\p{S}]` +
		`|\b(?:yes|yep|yeah|yup|y|sure|okay|confirm(?:ed)?|agreed?|go ahead|please|do|submit|it|that|that's|that is|is|all|correct|right|of course|fine|good|definitely|absolutely|i|thanks?|thank you|with)\b)+$`)
	// core is what an agreement must hold besides courtesies.
	core = regexp.MustCompile(`是|对|好|行|嗯|恩|可|要|确认|确定|同意|ok|提交|申请|当然|必须|就这|办|麻烦|来吧|中|成|\b(yes|yep|yeah|yup|y|sure|okay|confirm|confirmed|agreed?|go ahead|please|do|submit|correct|right|of course|fine|good|definitely|absolutely)\b`)
	// fine looks like a refusal and is none.
	fine     = regexp.MustCompile(`没有?问题|没错|没毛病|不错|no problem|not a problem|why not`)
	question = regexp.MustCompile(`[吗么呢?？]$|什么|怎么|多久|多少|为什么|请问|(好|行|可|能|是|要|对)不(好|行|可|能|是|要|对)|^(what|how|when|why|where|can|could|do|does|is)\b.*\?`)
)

// Heard understands the answer to a yes-or-no question. A yes may cost money, so that only what says nothing else is
// one; what asks back or speaks of other things is Unclear.
func Heard(text string) Consent {
	said := strings.ToLower(strings.TrimSpace(strings.ReplaceAll(text, "’", "'")))
	plain := fine.ReplaceAllString(said, "ok")
	switch {
	case said == "" || question.MatchString(said) || utf8.RuneCountInString(said) > longest:
		return Unclear
	case refusal.MatchString(plain):
		return No
	case agreement.MatchString(plain) && core.MatchString(plain):
		return Yes
	}
	return Unclear
}

// longest is how many runes a yes or no may have; in a longer text the same words mean something else.
const longest = 32

// Answers reports whether a text answers what the desk asked last, by itself and without a fact in it: a yes or no to
// a confirmation or to the offer of a call, a place in the list of orders, or that there is no order number. Then it
// belongs to the intent that asked, however much it looks like small talk.
func Answers(asked, text string) bool {
	switch consent := Heard(text); {
	case strings.HasPrefix(asked, "confirm:"), asked == "callback":
		return consent != Unclear
	case asked == desk.FactOrder:
		return consent == No || ordinal(text) > 0
	}
	return false
}

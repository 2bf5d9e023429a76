package counter

import (
	"regexp"
	"strings"

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

// An answer is short: in a longer sentence the same words mean something else.
const longestConsent = 24

var (
	refusal = regexp.MustCompile(`^不+([，,。.！! ]|$)|不用|不要|不需|不是|不对|不行|不可以|不同意|不确认|不确定|不了|别|算了|先不|不退|不换|不取消|不催|不想|不提交|取消申请|再想想|等等|等一下|再考虑|没有|没找到|还没` +
		`|\b(no|nope|nah|not|don'?t|do not|never ?mind|wait|cancel that|stop|later)\b`)
	agreement = regexp.MustCompile(`^(是|对|好|行|嗯|恩|可以|要|需要|确认|确定|同意|没问题|没错|没毛病|麻烦|提交|办|退吧|换吧|催|请|当然|必须|ok|okay|中|成|得|来吧|帮我)` +
		`|可以的|确认|同意|就这样|没问题|没错` +
		`|\b(yes|yep|yeah|yup|sure|ok|okay|confirm|confirmed|agreed?|go ahead|please do|do it|correct|right|of course|fine|definitely|absolutely|y)\b`)
	// fine looks like a refusal and is none.
	fine     = regexp.MustCompile(`没问题|没错|没毛病|不错|no problem|not a problem|why not`)
	question = regexp.MustCompile(`[吗么?？]$|什么|怎么|多久|多少|为什么|^(what|how|when|why|where)\b`)
)

// Heard understands the answer to a yes-or-no question; what is long, asks back or says both is Unclear.
func Heard(text string) Consent {
	said := strings.ToLower(strings.TrimSpace(strings.ReplaceAll(text, "’", "'")))
	if said == "" || len([]rune(said)) > longestConsent && !strings.Contains(said, " ") || len(said) > 4*longestConsent {
		return Unclear
	}
	if question.MatchString(said) {
		return Unclear
	}
	plain := fine.ReplaceAllString(said, "ok")
	switch {
	case refusal.MatchString(plain):
		return No
	case agreement.MatchString(plain):
		return Yes
	}
	return Unclear
}

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

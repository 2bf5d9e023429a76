package profile

import (
	"regexp"
	"strings"
	"time"

	"keliu/functions/store/leads"
	"keliu/policies/mask"
)

// wechat finds what may be a WeChat ID (微信号) behind a word that says so: a letter and five to nineteen more signs.
var wechat = regexp.MustCompile(`(?i)(?:微信|威信|薇信|微❤|v信|卫星|weixin|wechat|\bwx|\bvx|\bv)([号是:：\s]*)([a-z][a-z0-9_-]{5,19})\b`)

// An id is where a WeChat ID stands in a text, in bytes.
type id struct{ from, to int }

// ids finds the WeChat IDs of a text: what may be one, and is either called one or no word of a language.
func ids(text string) (all []id) {
	for _, at := range wechat.FindAllStringSubmatchIndex(text, -1) {
		if strings.ContainsAny(text[at[2]:at[3]], "号是:：") || strings.ContainsAny(text[at[4]:at[5]], "0123456789_-") {
			all = append(all, id{at[4], at[5]})
		}
	}
	return all
}

// Contacts finds the ways by which a text lets somebody be reached.
func Contacts(text string, at time.Time) (all []leads.Contact) {
	for _, span := range mask.Find(text) {
		switch span.Type {
		case mask.Mobile, mask.Landline, mask.Email:
			all = append(all, leads.Contact{Kind: string(span.Type), Value: span.Value, At: at})
		}
	}
	for _, found := range ids(text) {
		all = append(all, leads.Contact{Kind: "wechat", Value: text[found.from:found.to], At: at})
	}
	return all
}

// Hidden is a text as it is kept beside a lead: without personal data.
func Hidden(text string) string {
	var b strings.Builder
	done := 0
	for _, found := range ids(text) {
		b.WriteString(text[done : found.from+1])
		b.WriteString(strings.Repeat("*", found.to-found.from-1))
		done = found.to
	}
	b.WriteString(text[done:])
	return mask.Text(b.String())
}

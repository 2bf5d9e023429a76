package profile

import (
	"regexp"
	"strings"
	"time"

	"keliu/functions/store/leads"
	"keliu/policies/mask"
)

// wechat finds a WeChat ID (微信号) behind a word that says so: a letter and five to nineteen more signs.
var wechat = regexp.MustCompile(`(?i)(?:微信|威信|薇信|微❤|v信|卫星|weixin|wechat|\bwx|\bvx|\bv)[号是:：\s]*([a-z][a-z0-9_-]{5,19})\b`)

// Contacts finds the ways by which a text lets somebody be reached.
func Contacts(text string, at time.Time) (all []leads.Contact) {
	for _, span := range mask.Find(text) {
		switch span.Type {
		case mask.Mobile, mask.Landline, mask.Email:
			all = append(all, leads.Contact{Kind: string(span.Type), Value: span.Value, At: at})
		}
	}
	for _, found := range wechat.FindAllStringSubmatch(text, -1) {
		all = append(all, leads.Contact{Kind: "wechat", Value: found[1], At: at})
	}
	return all
}

// Hidden is a text as it is kept beside a lead: without personal data.
func Hidden(text string) string {
	places := wechat.FindAllStringSubmatchIndex(text, -1)
	var b strings.Builder
	done := 0
	for _, p := range places {
		b.WriteString(text[done : p[2]+1])
		b.WriteString(strings.Repeat("*", p[3]-p[2]-1))
		done = p[3]
	}
	b.WriteString(text[done:])
	return mask.Text(b.String())
}

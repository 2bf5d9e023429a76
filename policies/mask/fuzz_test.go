package mask_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"keliu/policies"
	"keliu/policies/mask"
)

var (
	shown   = mask.For(func(string) policies.Action { return policies.Show })
	dropped = mask.For(func(string) policies.Action { return policies.Drop })
	tails   = mask.For(func(string) policies.Action { return policies.Tail })
)

// FuzzText: masking twice is masking once; what lies between the finds stays as it was; finds are in order, apart and
// inside the text.
func FuzzText(f *testing.F) {
	for _, s := range samples(f) {
		f.Add(s.text)
	}
	f.Add("6217003681930364268 13812345678 138-1234-5678-6222029458073021579")
	f.Add("1 3 8 1 2 3 4 5 6 7 8 98@x.com1 3 8 1 2 3 4 5 6 7 8")
	f.Add("13812345678@13812345678.com@x.cn \xff13812345678\xe4\xb8 13812345678")
	f.Add("138 1234 5678-a@x.com 13812345678.@x.com")
	f.Add(strings.Repeat("1 3 8 ", 40) + strings.Repeat("138", 90))
	f.Fuzz(func(t *testing.T, text string) {
		masked := mask.Text(text)
		if again := mask.Text(masked); again != masked {
			t.Errorf("masked %q\nonce   %q\ntwice  %q", text, masked, again)
		}
		if got := shown.Text(text); got != text {
			t.Errorf("shown %q is %q", text, got)
		}
		var without strings.Builder
		rest, done := masked, 0
		for _, s := range mask.Find(text) {
			if s.From < done || s.To <= s.From || s.To > len(text) {
				t.Fatalf("%q: span %+v after %d", text, s, done)
			}
			if want := utf8.RuneCountInString(text[:s.From]); s.Start != want || s.End != want+utf8.RuneCountInString(text[s.From:s.To]) {
				t.Errorf("%q: %+v begins at rune %d", text, s, want)
			}
			between := text[done:s.From]
			i := strings.Index(rest, between)
			if i < 0 {
				t.Fatalf("%q: masking changed %q", text, between)
			}
			rest, done = rest[i+len(between):], s.To
			without.WriteString(between + "〔" + string(s.Type) + "〕")
		}
		if !strings.HasSuffix(rest, text[done:]) {
			t.Errorf("%q: masking changed the end of it: %q", text, masked)
		}
		without.WriteString(text[done:])
		if got := dropped.Text(text); got != without.String() {
			t.Errorf("%q dropped is %q", text, got)
		}
	})
}

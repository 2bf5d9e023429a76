package number_test

import (
	"fmt"
	"testing"

	"keliu/functions/classify/number"
	"keliu/functions/classify/text"
)

func TestNumbers(t *testing.T) {
	for said, want := range map[string]string{
		"0": "0", "128": "128", "1,280.50元": "1280.5", "12,34": "12", "3.14159": "3.1415", "1.2万": "12000", "3亿": "300000000",
		"零": "0", "一": "1", "两": "2", "十": "10", "十二": "12", "二十": "20", "二十三个": "23", "一百": "100", "一百零三": "103", "一百二": "120",
		"一百二十八": "128", "三百五": "350", "三百零五": "305", "两千": "2000", "两千零八": "2008", "两千五": "2500", "一千零五十": "1050",
		"一万二": "12000", "一万零二": "10002", "十二万三千四百五十六": "123456", "一亿三千万": "130000000", "二〇二六": "2026", "二零二六年": "2026",
		"五六": "56", "壹佰贰拾元": "120", "一百一十": "110", "零五": "5",
		"十分": "10", "百货": "", "万一": "", "千万": "", "幺三八": "", "好": "", "": "", ".5": "", "99999999999999": "", "2万亿": "20000",
	} {
		n, end := number.At(text.Fold(nil, said), 0)
		got := ""
		if end > 0 {
			got = fmt.Sprint(int64(n/number.One)) + fraction(n)
		}
		if got != want {
			t.Errorf("%s: %q, want %q", said, got, want)
		}
	}
}

func fraction(n number.Number) string {
	f := fmt.Sprintf(".%04d", int64(n%number.One))
	for len(f) > 0 && (f[len(f)-1] == '0' || f[len(f)-1] == '.') {
		f = f[:len(f)-1]
	}
	return f
}

// Any text is read without a panic, and what is read is no less than nothing and stands in the text.
func FuzzNumbers(f *testing.F) {
	for _, seed := range []string{"一亿三千万", "1,234,567.89万", "零零零", "十十十", "二百五十万零三", "九九九九九九九九九九九九九九九"} {
		f.Add(seed, 0)
	}
	f.Fuzz(func(t *testing.T, raw string, at int) {
		said := text.Fold(nil, raw)
		if at < 0 || at > len(said) {
			at = 0
		}
		n, end := number.At(said, at)
		if n < 0 || end < at || end > len(said) || end == at && n != 0 {
			t.Errorf("%q at %d: %d, ends at %d", raw, at, n, end)
		}
	})
}

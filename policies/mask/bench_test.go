package mask_test

import (
	"regexp"
	"strings"
	"testing"

	"keliu/policies/mask"
)

// prose is Chinese text as articles have it; talk is a chat with something personal in every line.
var (
	prose = strings.Repeat("您好，退货请在签收后七天内申请，商品需保持完好，一般在收到退货后一到三个工作日内退款。满 99 元包邮，偏远地区另收 10 元。"+
		"运费由责任方承担，如有疑问请联系在线客服，我们会在第一时间为您处理。感谢您对青禾优选的支持与理解，祝您生活愉快！\n", 20) +
		"联系人手机 13812345678，邮箱 li.si@example.com。\n"
	talk = "我手机号13812345678，帮我查下\n邮箱是zhangsan@qq.com，发这里\n卡号6222029458073021579退这张卡\n身份证11010519491231002X，姓名张三\n" +
		"打138-1234-5678就行，一直在\n+86 139 1234 5678 找我\n"
)

// chain is the same rules as regular expressions with their check digits, one after the other, as they are usually
// written.
var chain = []struct {
	re   *regexp.Regexp
	mask func(string) string
}{
	{regexp.MustCompile(`[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,24}`), func(s string) string {
		return s[:1] + "***" + s[strings.IndexByte(s, '@'):]
	}},
	{regexp.MustCompile(`\d{6}[- ]?(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[- ]?\d{3}[0-9Xx]`), func(s string) string {
		d, sum := separators.Replace(s), 0
		for _, c := range d[:17] {
			sum = (sum + int(c-'0')) * 2
		}
		if d[17]&^0x20 != "10X98765432"[sum%11]&^0x20 {
			return s
		}
		return s[:3] + "***********" + s[len(s)-4:]
	}},
	{regexp.MustCompile(`\d{4}[- ]?\d{4}[- ]?\d{4}[- ]?\d{4}(?:[- ]?\d{1,3})?`), func(s string) string {
		d, sum := separators.Replace(s), 0
		for i := range len(d) {
			n := int(d[len(d)-1-i] - '0')
			if i%2 == 1 {
				n = n*2/10 + n*2%10
			}
			sum += n
		}
		if sum%10 != 0 {
			return s
		}
		return "***************" + s[len(s)-4:]
	}},
	{regexp.MustCompile(`(?:(?:\+|00)?86[- ]?)?1[3-9]\d[- ·]?\d{4}[- ·]?\d{4}`), keepEnds},
	{regexp.MustCompile(`[１1][３-９3-9][０-９0-9]{9}`), keepEnds},
	{regexp.MustCompile(`[一幺壹][三四五六七八九叁肆伍陆柒捌玖][〇零一幺二三四五六七八九壹贰叁肆伍陆柒捌玖]{9}`), keepEnds},
	{regexp.MustCompile(`0\d{2,3}[- ]\d{7,8}`), keepEnds},
}

var separators = strings.NewReplacer(" ", "", "-", "")

func keepEnds(s string) string { return s[:3] + "****" + s[len(s)-4:] }

func byRegexp(text string) string {
	for _, link := range chain {
		text = link.re.ReplaceAllStringFunc(text, link.mask)
	}
	return text
}

func benchmark(b *testing.B, text string, hide func(string) string) {
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if hide(text) == text {
			b.Fatal("nothing was hidden")
		}
	}
}

// BenchmarkProse: long text with few hits. BenchmarkTalk: short lines with many. Each beside the chain of regular
// expressions in the same run.
func BenchmarkProse(b *testing.B) {
	b.Run("mask", func(b *testing.B) { benchmark(b, prose, mask.Text) })
	b.Run("regexp", func(b *testing.B) { benchmark(b, prose, byRegexp) })
}

// BenchmarkTalk is chat.
func BenchmarkTalk(b *testing.B) {
	b.Run("mask", func(b *testing.B) { benchmark(b, talk, mask.Text) })
	b.Run("regexp", func(b *testing.B) { benchmark(b, talk, byRegexp) })
}

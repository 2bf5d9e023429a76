package mask_test

import (
	"flag"
	"math/rand/v2"
	"strings"
	"testing"

	"keliu/policies/mask"
)

var texts = flag.Int("texts", 30_000, "how many random texts TestMaskingTwiceIsMaskingOnce masks")

// pieces are what hard texts are made of.
var pieces = []string{
	"13812345678", "138", "1234", "5678", "1", "3", "8", "86", "+86", "0086", "6222029458073021579", "6222", "0294", "5807", "3021", "579",
	"11010519491231002X", "110105", "19491231", "002X", "378749909514545", "010", "12345678", "0755", "86013388", "a@x.com", "13@x.cn", "@x.com", "@",
	" ", " ", "-", "-", ".", "·", "*", "***", "\n", "😀", "\u200b", "一三八一二三四五六七八", "一", "幺", "１３８", "＠", "．", "x", "X", "a", "A1",
	"手机", "订单号", "卡号", "：", "tel", "order", "id", "¥", "元", ",", "，", "我", "\xff", "\xe4\xb8", "〔", "〕", "(", ")", "0", "99",
}

func TestMaskingTwiceIsMaskingOnce(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 9))
	for range *texts {
		var b strings.Builder
		for range 1 + rng.IntN(14) {
			b.WriteString(pieces[rng.IntN(len(pieces))])
		}
		text := b.String()
		once := mask.Text(text)
		if twice := mask.Text(once); twice != once {
			t.Errorf("masking %q\nonce  %q\ntwice %q", text, once, twice)
		}
		tail := tails.Text(text)
		if twice := tails.Text(tail); twice != tail {
			t.Errorf("the tails of %q\nonce  %q\ntwice %q", text, tail, twice)
		}
		if left, more := digits(tail), digits(once); left > more {
			t.Errorf("the tails of %q are %q, %d digits; masked it is %q, %d", text, tail, left, once, more)
		}
	}
}

// digits is how many ASCII digits a text has.
func digits(text string) (n int) {
	for _, r := range text {
		if r >= '0' && r <= '9' {
			n++
		}
	}
	return n
}

package words

import "testing"

func TestSpoken(t *testing.T) {
	for text, want := range map[string]string{"[图片]": "", "[表情]": "", "": "", "[图片]怎么用": "[图片]怎么用", "退款": "退款", "[1]": "[1]"} {
		if got := Spoken(text); got != want {
			t.Errorf("%q says %q, want %q", text, got, want)
		}
	}
}

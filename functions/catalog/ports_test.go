package catalog

import (
	"testing"

	"keliu/policies/mask"
)

// What is hidden of a question is not looked for; the rest is.
func TestHidden(t *testing.T) {
	for said, want := range map[string]string{
		"买了不合适可以退货吗":                                  "买了不合适可以退货吗",
		"身份证11010519491231002X，可以退货吗":                 "身份证 ，可以退货吗",
		"邮箱canary.person@example.com，可以开发票吗":          "邮箱 ，可以开发票吗",
		"手机13912345678能退吗":                            "手机 能退吗",
		"尺码 5*3 的还有吗":                                 "尺码 5*3 的还有吗",
		"银行卡6222021234567890128退款多久到账，现在是6月18日 *会员价*": "银行卡 退款多久到账，现在是6月18日 *会员价*",
	} {
		if got := hidden.ReplaceAllString(mask.Text(said), " "); got != want {
			t.Errorf("%s: %q is looked for, want %q", said, got, want)
		}
	}
}

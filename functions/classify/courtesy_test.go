package classify

import (
	"testing"

	"keliu/functions/classify/text"
)

func TestMatter(t *testing.T) {
	for said, want := range map[string]string{
		"你好，麻烦问一下，羽绒服可以机洗吗，谢谢":            "羽绒服可以机洗吗",
		"您好！多久发货？谢谢啦~":                    "多久发货",
		"Hi, where is my parcel? Thanks!": " where is my parcel",
		"羽绒服可以机洗吗":                        "羽绒服可以机洗吗",
		"在吗？在吗？转人工":                       "转人工",
		"你好":                              "你好",
		"你好，谢谢":                           "谢谢",
		"谢谢，已经收到了":                        "已经收到了",
		"":                                "",
		"，。！":                             "!",
	} {
		if got := string(matter(text.Fold(nil, said))); got != want {
			t.Errorf("%q is about %q, want %q", said, got, want)
		}
	}
}

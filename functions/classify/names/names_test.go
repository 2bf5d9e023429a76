package names_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keliu/functions/classify/names"
	"keliu/functions/classify/text"
)

func open(t testing.TB) *names.Reader {
	t.Helper()
	r, err := names.Open()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func found(r *names.Reader, raw string) string {
	said := text.Align(nil, raw)
	var all []string
	for _, s := range r.Find(nil, said) {
		all = append(all, s.Kind+" "+string(said[s.From:s.To]))
	}
	return strings.Join(all, ", ")
}

func TestNames(t *testing.T) {
	r := open(t)
	for raw, want := range map[string]string{
		"我叫张伟，帮我查订单":                     "person 张伟",
		"收件人欧阳志强，电话13800138000":          "person 欧阳志强",
		"寄到广东省深圳市南山区科技路18号阳光花园3栋2单元501室": "place 广东省深圳市南山区科技路18号阳光花园3栋2单元501室",
		"我在成都，能次日达吗":                     "place 成都",
		"发票抬头杭州云图科技有限公司":                 "organization 杭州云图科技有限公司",
		"地址改为西湖区文一西路998号，收件人改成李梦瑶":       "place 西湖区文一西路998号, person 李梦瑶",
		"什么时候发货":                         "",
		"黄金会员有折扣吗":                       "",
		"这款高压锅质量怎么样":                     "",
		"":                               "",
	} {
		if got := found(r, raw); got != want {
			t.Errorf("%s: %q, want %q", raw, got, want)
		}
	}
}

// Names come in order, without overlaps, and lie in the text, whatever it is.
func FuzzNames(f *testing.F) {
	r := open(f)
	for _, seed := range []string{"我叫张伟", "\xff\xfe", strings.Repeat("省市县", 200), "。。。", "王"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		said, last := text.Align(nil, raw), 0
		for _, s := range r.Find(nil, said) {
			if s.From < last || s.To <= s.From || s.To > len(said) {
				t.Fatalf("%q: %+v", raw, s)
			}
			last = s.To
		}
	})
}

// A model learns what it is shown, the same each time, and stands in a file as it was; a damaged file is refused.
func TestModels(t *testing.T) {
	examples := []names.Example{
		{Text: []rune("我叫甲乙"), Names: []names.Span{{Kind: names.Person, From: 2, To: 4}}},
		{Text: []rune("住在丙丁路"), Names: []names.Span{{Kind: names.Place, From: 2, To: 5}}},
		{Text: []rune("没有名字")},
	}
	learn := func() *names.Model { return names.Train(examples, 5, func(int, int) {}) }
	m := learn()
	file := m.Encode()
	if !slices.Equal(file, learn().Encode()) {
		t.Error("the same examples give another model")
	}
	read, err := names.Decode(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range examples {
		if diff := cmp.Diff(e.Names, names.NewReader(read).Find(nil, e.Text)); diff != "" {
			t.Errorf("%s: %s", string(e.Text), diff)
		}
	}
	for at := 0; at < len(file); at += 1 + len(file)/50 {
		broken := slices.Clone(file)
		broken[at] ^= 1
		if _, err := names.Decode(broken); err == nil {
			t.Errorf("byte %d changed, and nobody noticed", at)
		}
		if _, err := names.Decode(file[:at]); err == nil {
			t.Errorf("cut off at %d, and nobody noticed", at)
		}
	}
}

func BenchmarkFind(b *testing.B) {
	r, said := open(b), text.Align(nil, "你好，我叫张伟，上周买的空气炸锅寄到广东省深圳市南山区科技路18号，怎么还没有到呢，麻烦查一下")
	var spans []names.Span
	b.ReportAllocs()
	for b.Loop() {
		spans = r.Find(spans[:0], said)
	}
}

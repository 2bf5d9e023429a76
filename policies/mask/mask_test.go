package mask_test

import (
	"bufio"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"keliu/policies"
	"keliu/policies/mask"
)

// A sample is a text with the personal data that stands in it.
type sample struct {
	marked string
	text   string
	want   []place
}

type place struct {
	Type  mask.Type
	Value string
	Start int
}

// samples reads testdata/found.txt.
func samples(t testing.TB) []sample {
	t.Helper()
	file, err := os.Open("testdata/found.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var all []sample
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		line := strings.ReplaceAll(lines.Text(), `\n`, "\n")
		if line == "" || strings.HasPrefix(line, "# ") {
			continue
		}
		s := sample{marked: line}
		for rest := line; ; {
			plain, after, found := strings.Cut(rest, "⟦")
			s.text += plain
			if !found {
				break
			}
			marked, next, closed := strings.Cut(after, "⟧")
			category, value, named := strings.Cut(marked, "|")
			if !closed || !named {
				t.Fatalf("unreadable: %s", line)
			}
			s.want = append(s.want, place{mask.Type(category), value, utf8.RuneCountInString(s.text)})
			s.text += value
			rest = next
		}
		all = append(all, s)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

func TestFind(t *testing.T) {
	for _, s := range samples(t) {
		var got []place
		runes := []rune(s.text)
		for _, found := range mask.Find(s.text) {
			value := s.text[found.From:found.To]
			if value != string(runes[found.Start:found.End]) {
				t.Errorf("%s: bytes and runes of %q disagree", s.marked, value)
			}
			got = append(got, place{found.Type, value, found.Start})
		}
		if diff := cmp.Diff(s.want, got); diff != "" {
			t.Errorf("%s\n%s", s.marked, diff)
		}
	}
}

func TestText(t *testing.T) {
	file, err := os.ReadFile("testdata/masked.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(file)) {
		text, want, found := strings.Cut(strings.TrimSuffix(line, "\n"), " => ")
		if !found {
			continue
		}
		if got := mask.Text(text); got != want {
			t.Errorf("%s\ngot  %s\nwant %s", text, got, want)
		}
	}
}

func TestNormalForm(t *testing.T) {
	for text, want := range map[string]string{
		"+86 138-1234-5678": "13812345678", "幺三八一二三四五六七八": "13812345678", "1️⃣3️⃣8️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣": "13812345678",
		"110105 19491231 002x": "11010519491231002X", "6225 8821 2997 2201": "6225882129972201", "Li.Si＠QQ．com": "li.si@qq.com", "010-12345678": "01012345678",
	} {
		spans := mask.Find(text)
		if len(spans) != 1 || spans[0].Value != want {
			t.Errorf("%s: %+v, want %s", text, spans, want)
		}
	}
}

// names finds one name, as another package does for all of them.
type names struct{}

func (names) Detect(text string) []mask.Span {
	const name = "张三"
	i := strings.Index(text, name)
	if i < 0 {
		return nil
	}
	return []mask.Span{{Type: "name", From: i, To: i + len(name)}, {Type: "name", From: i + 3, To: i + 20}, {Type: "name", From: 9000, To: 9001}}
}

func TestMaskerFollowsItsRules(t *testing.T) {
	rules := map[string]policies.Action{"mobile": policies.Show, "email": policies.Mask, "name": policies.Mask, "id_card": "unheard of"}
	m := mask.For(func(field string) policies.Action { return rules[field] }, names{})
	const text = "我是张三，13812345678，zhangsan@qq.com，6222029458073021579，11010519491231002X"
	const want = "我是***，13812345678，z***@qq.com，〔bank_card〕，〔id_card〕"
	if got := m.Text(text); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	var found []place
	for _, s := range m.Find(text) {
		found = append(found, place{s.Type, s.Value, s.Start})
	}
	wanted := []place{{"name", "张三", 2}, {"mobile", "13812345678", 5}, {"email", "zhangsan@qq.com", 17}, {"bank_card", "6222029458073021579", 33}, {"id_card", "11010519491231002X", 53}}
	if diff := cmp.Diff(wanted, found); diff != "" {
		t.Error(diff)
	}
}

func TestTailsAreTheLastFourDigits(t *testing.T) {
	for text, want := range map[string]string{
		"打 13812345678":            "打 *******5678",
		"138-1234 5678":            "***-**** 5678",
		"座机 010-12345678":          "座机 ***-****5678",
		"手机一三八一二三四五六七八":            "手机*******五六七八",
		"卡 6222029458073021579":    "卡 ***************1579",
		"身份证 11010519491231002X":   "身份证 **************002X",
		"zhangsan@qq.com":          "***@qq.com",
		"订单号 20261124000138123456": "订单号 20261124000138123456",
	} {
		if got := tails.Text(text); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

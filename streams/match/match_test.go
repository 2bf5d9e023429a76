package match_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"keliu/streams/desk"
	"keliu/streams/match"
)

// A place is where a pattern stands.
type place struct{ ID, Start, End int }

func find(m *match.Machine, text string) []place {
	var found []place
	m.Each(text, func(id, start, end int) bool {
		found = append(found, place{id, start, end})
		return true
	})
	return found
}

func machine(t testing.TB, patterns ...match.Pattern) *match.Machine {
	t.Helper()
	m, err := match.Compile(patterns)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// words are what was found, as it stands in the text.
func words(m *match.Machine, text string) []string {
	found := []string{}
	for _, p := range find(m, text) {
		found = append(found, text[p.Start:p.End])
	}
	return found
}

func TestEach(t *testing.T) {
	for _, c := range []struct {
		name    string
		phrases []string
		text    string
		want    []string
	}{
		{"one", []string{"多少钱"}, "这个多少钱呀", []string{"多少钱"}},
		{"overlapping and nested", []string{"多少", "多少钱", "少钱", "钱"}, "多少钱", []string{"多少", "多少钱", "少钱", "钱"}},
		{"through a shorter one", []string{"怎么买到", "么卖"}, "怎么卖", []string{"么卖"}},
		{"again and again", []string{"买买"}, "买买买买", []string{"买买", "买买", "买买"}},
		{"spaces and signs between", []string{"多少钱"}, "多 少.钱 多·少—钱 多\u200b少\ufeff钱 多\n少~钱", []string{"多 少.钱", "多·少—钱", "多\u200b少\ufeff钱", "多\n少~钱"}},
		{"not across clauses", []string{"不要"}, "行不，要这个。不！要", []string{}},
		{"in the phrase they do not count either", []string{"多 少 钱", "how much"}, "多少钱 HowMuch how   much", []string{"多少钱", "HowMuch", "how   much"}},
		{"full width, case, traditional", []string{"vx", "多少钱", "链接", "A4"}, "加ＶＸ 多少錢 求鏈接 ａ４", []string{"ＶＸ", "多少錢", "鏈接", "ａ４"}},
		{"dressed letters", []string{"vx"}, "𝐯𝐱 🅥🅧 ⓥⓧ 🆅🆇", []string{"𝐯𝐱", "ⓥⓧ"}},
		{"edges of words", []string{"vx", "app"}, "tvxq vxx happy vx加我 我的app", []string{"vx", "app"}},
		{"edges of numbers", []string{"12315", "3折"}, "0123150 12315投诉 13折 打3折", []string{"12315", "3折"}},
		{"a word beside a number", []string{"vx"}, "vx123", []string{"vx"}},
		{"decimal points count", []string{"35", "3.5"}, "35 3.5 3.50", []string{"35", "3.5"}},
		{"emoji", []string{"❤️", "🛒", "👍🏻"}, "❤ 🛒👍🏻", []string{"❤", "🛒", "👍🏻"}},
		{"bytes that are no text", []string{"买"}, "\xe4\xb9买\xff", []string{"买"}},
		{"nothing", []string{"买"}, "", []string{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var patterns []match.Pattern
			for i, p := range c.phrases {
				patterns = append(patterns, match.Pattern{ID: i, Text: p})
			}
			if diff := cmp.Diff(c.want, words(machine(t, patterns...), c.text)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestBySound(t *testing.T) {
	for _, c := range []struct {
		name, phrase, text string
		want               []string
	}{
		{"itself", "微信", "加微信", []string{"微信"}},
		{"homophones", "微信", "薇信 威信 徽信 维芯", []string{"薇信", "威信", "维芯"}},
		{"signs", "加微信", "+v信 ➕微❤️ 加V心", []string{"+v信", "➕微❤", "加V心"}},
		{"pinyin", "多少钱", "duoshaoqian DuoShaoQian duo shao qian duo少qian", []string{"duoshaoqian", "DuoShaoQian", "duo shao qian", "duo少qian"}},
		{"inside a run of pinyin", "微信", "jiaweixinba", []string{"weixin"}},
		{"not inside other words", "哦", "google 哦", []string{"哦"}},
		{"polyphones of the text", "便宜", "便宜 骗宜", []string{"便宜", "骗宜"}},
		{"polyphones of the phrase", "银行", "银行 银航 银型", []string{"银行", "银航", "银型"}},
		{"a polyphone twice is found once", "长长", "长长", []string{"长长"}},
		{"across what does not count", "微信", "微 信 薇.信", []string{"微 信", "薇.信"}},
		{"not across clauses", "微信", "微，信", []string{}},
		{"signs of no sound", "5折", "打5折 5哲 5.哲 15折", []string{"5折", "5哲", "5.哲"}},
		{"edges of words", "vx", "vx tvxq VX", []string{"vx", "VX"}},
		{"traditional", "价钱", "價錢 家前", []string{"價錢", "家前"}},
		{"characters without a reading", "㐀买", "㐀卖", []string{"㐀卖"}},
		{"emoji", "买🛒", "卖🛒", []string{"卖🛒"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := words(machine(t, match.Pattern{Text: c.phrase, Pinyin: true}), c.text)
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestEachStops(t *testing.T) {
	m := machine(t, match.Pattern{ID: 1, Text: "买"}, match.Pattern{ID: 2, Text: "卖", Pinyin: true})
	for stop := 1; stop <= 3; stop++ {
		n := 0
		m.Each("买卖", func(int, int, int) bool { n++; return n < stop })
		if n != stop {
			t.Errorf("stopped after %d of %d", n, stop)
		}
	}
}

func TestCompileRefuses(t *testing.T) {
	for _, phrase := range []string{"", " \u200b.", "\xff", "\ufffd", strings.Repeat("买", match.MaxRunes+1)} {
		for _, pinyin := range []bool{false, true} {
			if _, err := match.Compile([]match.Pattern{{Text: phrase, Pinyin: pinyin}}); !errors.Is(err, desk.ErrInvalid) {
				t.Errorf("%q: %v", phrase, err)
			}
		}
	}
	if got := find(machine(t), "买"); got != nil {
		t.Errorf("a machine without patterns found %v", got)
	}
	machine(t, match.Pattern{Text: strings.Repeat("长", match.MaxRunes), Pinyin: true})
}

func TestFold(t *testing.T) {
	for r := range rune(0x20000) {
		if once := match.Fold(r); match.Fold(once) != once {
			t.Errorf("%q folds to %q and that to %q", r, once, match.Fold(once))
		}
	}
	for from, to := range map[rune]rune{'A': 'a', 'Ａ': 'a', '５': '5', '①': '1', '錢': '钱', '钱': '钱', 'É': 'é', '！': '!', '🅰': '🅰'} {
		if got := match.Fold(from); got != to {
			t.Errorf("%q folds to %q, want %q", from, got, to)
		}
	}
}

// TestAgainstSearch compares the machine with the search for each phrase at each place.
func TestAgainstSearch(t *testing.T) {
	for i := range 300 {
		phrases, text := generated(uint64(i))
		compare(t, phrases, text)
	}
}

func FuzzEach(f *testing.F) {
	f.Add("多少钱|少钱|钱|vx|3.5", "多 少.钱？加VX 3.5 薇信")
	f.Add("a|ab|bab|怎么|么买", "babab 怎 么\u200b买")
	f.Add("35", "0000\xe235")
	f.Add("🛒|❤️|35", "🛒\xff❤ 3.5 35")
	f.Fuzz(func(t *testing.T, phrases, text string) {
		if len(phrases) > 300 || len(text) > 2000 {
			return
		}
		compare(t, strings.Split(phrases, "|"), text)
	})
}

// compare looks for phrases with the machine and one by one.
func compare(t *testing.T, phrases []string, text string) {
	t.Helper()
	var patterns []match.Pattern
	var want []place
	for _, p := range phrases {
		if n := len(counted(p)); n == 0 || n > match.MaxRunes || strings.ContainsRune(p, utf8.RuneError) {
			continue
		}
		want = append(want, search(len(patterns), p, text)...)
		patterns = append(patterns, match.Pattern{ID: len(patterns), Text: p})
	}
	got := find(machine(t, patterns...), text)
	if !slices.IsSortedFunc(got, func(a, b place) int { return a.End - b.End }) {
		t.Errorf("out of order: %v", got)
	}
	order := func(a, b place) int { return slices.Compare([]int{a.ID, a.Start, a.End}, []int{b.ID, b.Start, b.End}) }
	slices.SortFunc(got, order)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%q in %q (-search +machine):\n%s", phrases, text, diff)
	}
	everythingBySound(t, patterns, text, got)
}

// everythingBySound checks that what is found as it is written is found by its sound too, and lies on characters. Latin letters
// are read in runs by sound and are left out.
func everythingBySound(t *testing.T, patterns []match.Pattern, text string, plain []place) {
	t.Helper()
	bySound := slices.Clone(patterns)
	for i := range bySound {
		bySound[i].Pinyin = true
	}
	heard := find(machine(t, bySound...), text)
	for i, p := range heard {
		if slices.Contains(heard[:i], p) {
			t.Errorf("%q in %q: %v twice", patterns[p.ID].Text, text, p)
		}
		if first, _ := utf8.DecodeRuneInString(text[p.Start:]); p.Start >= p.End || first == utf8.RuneError {
			t.Errorf("%q in %q: %v", patterns[p.ID].Text, text, p)
		}
	}
	for _, p := range plain {
		latin := strings.ContainsFunc(patterns[p.ID].Text, func(r rune) bool { f := match.Fold(r); return 'a' <= f && f <= 'z' })
		if !latin && !slices.Contains(heard, p) {
			t.Errorf("%q in %q: %v is not heard", patterns[p.ID].Text, text, p)
		}
	}
}

// search finds a phrase at every place of a text, character by character.
func search(id int, phrase, text string) (found []place) {
	want := counted(phrase)
	have := counted(text)
	for i := 0; i+len(want) <= len(have); i++ {
		part := have[i : i+len(want)]
		if !slices.EqualFunc(want, part, func(a, b char) bool { return a.r == b.r }) {
			continue
		}
		first, last := part[0], part[len(part)-1]
		before, _ := utf8.DecodeLastRuneInString(text[:first.start])
		after, _ := utf8.DecodeRuneInString(text[last.end:])
		if !goesOn(before, first.r) && !goesOn(last.r, after) {
			found = append(found, place{id, first.start, last.end})
		}
	}
	return found
}

// A char is a character that counts.
type char struct {
	r          rune
	start, end int
}

// counted are the characters of a text that count: those that are not light, and decimal points.
func counted(text string) (chars []char) {
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		point := r == '.' && i > 0 && i+1 < len(text) && isDigit(rune(text[i-1])) && isDigit(rune(text[i+1]))
		if r == utf8.RuneError {
			chars = append(chars, char{-1, i, i + size})
		} else if point || alone(r) {
			chars = append(chars, char{match.Fold(r), i, i + size})
		}
		i += size
	}
	return chars
}

// alone reports whether a character counts.
func alone(r rune) bool {
	return !strings.ContainsRune(light, r) && !unicode.IsSpace(r) && !unicode.IsControl(r) &&
		!unicode.In(r, unicode.Cf, unicode.Mn, unicode.Variation_Selector) && (r < 0xe0000 || r > 0xe0fff)
}

// light are the signs that part characters and end no clause.
const light = ".·・•‧∙_-—–~～〜*＊/\\|｜`'’‘\"“”^…＿－．"

func goesOn(a, b rune) bool {
	letter := func(r rune) bool { return r < 0x10000 && 'a' <= match.Fold(r) && match.Fold(r) <= 'z' && !circled(r) }
	number := func(r rune) bool { return r < 0x10000 && isDigit(match.Fold(r)) && !circled(r) }
	return letter(a) && letter(b) || number(a) && number(b)
}

// circled reports whether a letter or digit is dressed so that it stands for itself.
func circled(r rune) bool { return r >= 0x80 && (r < '！' || r > '～') }

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

func ExampleMachine_Each() {
	m, err := match.Compile([]match.Pattern{{ID: 1, Text: "多少钱"}, {ID: 2, Text: "微信", Pinyin: true}})
	if err != nil {
		panic(err)
	}
	text := "多 少 钱？薇信聊"
	m.Each(text, func(id, start, end int) bool {
		fmt.Println(id, text[start:end])
		return true
	})
	// Output:
	// 1 多 少 钱
	// 2 薇信
}

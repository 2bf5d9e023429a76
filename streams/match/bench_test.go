package match_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	ahocorasick "github.com/petar-dambovaliev/aho-corasick"

	"github.com/google/go-cmp/cmp"

	"keliu/streams/match"
)

// Characters of the trade, and those between them.
const (
	common = "买卖多少钱怎么价格链接微信加我想要有货吗哪里可以发到预约报名试听团购便宜优惠券包邮尺码颜色现货质量正品退换售后客服电话地址"
	filler = "的了是在不人有他这中大来上国个到说们为子和你地出道也时年得就那下生会自着去之过家学对里后小她天心"
)

// generated makes phrases and a text that has some of them in it, the same for the same seed.
func generated(seed uint64) (phrases []string, text string) {
	random := rand.New(rand.NewPCG(seed, 7))
	pick := func(from string) string { r := []rune(from); return string(r[random.IntN(len(r))]) }
	for range 1 + random.IntN(40) {
		var b strings.Builder
		for range 1 + random.IntN(4) {
			b.WriteString(pick(common[:60] + "ab1Ａ"))
		}
		phrases = append(phrases, b.String())
	}
	var b strings.Builder
	for range 60 {
		switch random.IntN(6) {
		case 0:
			b.WriteString(phrases[random.IntN(len(phrases))])
		case 1:
			b.WriteString(pick(" .·，\u200b~1ab🛒.錢"))
		default:
			b.WriteString(pick(common[:60] + filler))
		}
	}
	return phrases, b.String()
}

// corpus makes a thousand keywords of two to five characters and comments of 8 to 40 in which some stand.
func corpus() (keywords, comments []string) {
	random := rand.New(rand.NewPCG(1, 2))
	chars := []rune(common + filler)
	write := func(n int) string {
		b := make([]rune, n)
		for i := range b {
			b[i] = chars[random.IntN(len(chars))]
		}
		return string(b)
	}
	for len(keywords) < 1000 {
		if k := write(2 + random.IntN(4)); !slices.Contains(keywords, k) {
			keywords = append(keywords, k)
		}
	}
	for range 2000 {
		comment := write(4+random.IntN(16)) + keywords[random.IntN(len(keywords))]
		if random.IntN(2) == 0 {
			comment += "，"
		}
		comments = append(comments, comment+write(4+random.IntN(16)))
	}
	return keywords, comments
}

// plain compiles keywords, to be found as they are written.
func plain(t testing.TB, keywords []string, pinyin bool) *match.Machine {
	t.Helper()
	var patterns []match.Pattern
	for i, k := range keywords {
		patterns = append(patterns, match.Pattern{ID: i, Text: k, Pinyin: pinyin})
	}
	return machine(t, patterns...)
}

// others is the reference among the libraries, set to find all overlapping matches.
func others(keywords []string) ahocorasick.AhoCorasick {
	b := ahocorasick.NewAhoCorasickBuilder(ahocorasick.Opts{MatchKind: ahocorasick.StandardMatch, DFA: true})
	return b.Build(keywords)
}

// TestSameAsReference compares with the library over the corpus.
func TestSameAsReference(t *testing.T) {
	keywords, comments := corpus()
	m, other := plain(t, keywords, false), others(keywords)
	total := 0
	for _, c := range comments {
		var want []place
		for it := other.IterOverlapping(c); ; {
			hit := it.Next()
			if hit == nil {
				break
			}
			want = append(want, place{hit.Pattern(), hit.Start(), hit.End()})
		}
		got := find(m, c)
		order := func(a, b place) int {
			return slices.Compare([]int{a.End, a.Start, a.ID}, []int{b.End, b.Start, b.ID})
		}
		slices.SortFunc(got, order)
		slices.SortFunc(want, order)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%q (-reference +ours):\n%s", c, diff)
		}
		total += len(got)
	}
	if total < len(comments) {
		t.Errorf("%d matches in %d comments", total, len(comments))
	}
}

func TestEachAllocatesNothing(t *testing.T) {
	keywords, comments := corpus()
	for _, pinyin := range []bool{false, true} {
		m, n := plain(t, keywords, pinyin), 0
		allocated := testing.AllocsPerRun(10, func() {
			for _, c := range comments[:100] {
				m.Each(c+"", func(int, int, int) bool { n++; return true })
			}
			m.Each("JiaWeiXin 𝐯𝐱🛒 3.5", func(int, int, int) bool { n++; return true })
		})
		if allocated != 0 || n == 0 {
			t.Errorf("pinyin %v: %v allocations, %d found", pinyin, allocated, n)
		}
	}
}

func BenchmarkEach(b *testing.B) {
	keywords, comments := corpus()
	size := 0
	for _, c := range comments {
		size += len(c)
	}
	found := 0
	run := func(name string, do func(comment string)) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(size / len(comments)))
			for i := 0; b.Loop(); i++ {
				do(comments[i%len(comments)])
			}
		})
	}
	m, bySound, other := plain(b, keywords, false), plain(b, keywords, true), others(keywords)
	count := func(int, int, int) bool { found++; return true }
	run("ours", func(c string) { m.Each(c, count) })
	run("reference", func(c string) {
		for it := other.IterOverlapping(c); it.Next() != nil; {
			found++
		}
	})
	run("contains", func(c string) {
		for _, k := range keywords {
			if strings.Contains(c, k) {
				found++
			}
		}
	})
	run("bySound", func(c string) { bySound.Each(c, count) })
	if found == 0 {
		b.Error("nothing was found")
	}
}

func BenchmarkCompile(b *testing.B) {
	keywords, _ := corpus()
	for _, pinyin := range []bool{false, true} {
		b.Run(map[bool]string{false: "plain", true: "bySound"}[pinyin], func(b *testing.B) {
			for b.Loop() {
				plain(b, keywords, pinyin)
			}
		})
	}
}

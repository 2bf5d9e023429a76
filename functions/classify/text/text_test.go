package text

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestFold(t *testing.T) {
	for _, tt := range []struct{ raw, want string }{
		{"", ""},
		{"  我要\t\n退款  ", "我要 退款"},
		{"ＱＨ１２，！", "qh12,!"},
		{"ÀB", "àb"},
		{"好好好好好", "好好好"},
		{"1111111", "1111111"},
		{"a\u200bb\ufe0f", "ab"},
		{"坏\xff\xfe了", "坏了"},
		{"\x00\x01", ""},
		{"￥５", "￥5"},
	} {
		if got := string(Fold(nil, tt.raw)); got != tt.want {
			t.Errorf("Fold(%q) = %q, want %q", tt.raw, got, tt.want)
		}
	}
	if got := string(Fold([]rune("前 "), " 后")); got != "前 后" {
		t.Errorf("appended it is %q", got)
	}
}

func TestFoldKeepsBothEnds(t *testing.T) {
	long := "头" + strings.Repeat("甲乙", 50000) + "尾"
	got := Fold(nil, long)
	if len(got) != MaxRunes || got[0] != '头' || got[len(got)-1] != '尾' {
		t.Errorf("%d runes, from %q to %q", len(got), got[0], got[len(got)-1])
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"我要退款！！！！", "ＱＨ　１", "\xff\x00a", strings.Repeat("ab", 9000)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		once := string(Fold(nil, raw))
		if n := utf8.RuneCountInString(once); n > MaxRunes {
			t.Errorf("%d runes", n)
		}
		if !utf8.ValidString(once) || strings.TrimSpace(once) != once {
			t.Errorf("folded to %q", once)
		}
		if twice := string(Fold(nil, once)); twice != once {
			t.Errorf("folded twice %q becomes %q", once, twice)
		}
	})
}

func TestWords(t *testing.T) {
	words := List("not at all|not|没有|没|QH")
	folded := func(s string) []rune { return Fold(nil, s) }
	for _, tt := range []struct {
		text        string
		i, at, ends int
		in          bool
	}{
		{"没有货", 0, 2, 0, true},
		{"货没", 1, 1, 1, true},
		{"货没有", 1, 2, 2, true},
		{"not at all", 0, 10, 10, true},
		{"knot", 1, 0, 0, false},
		{"note", 0, 0, 0, false},
		{"it is not", 6, 3, 3, true},
		{"qh12", 0, 2, 0, true},
		{"好", 0, 0, 0, false},
	} {
		said := folded(tt.text)
		if at, ends, in := words.At(said, tt.i), words.Ending(said), words.In(said); at != tt.at || ends != tt.ends || in != tt.in {
			t.Errorf("%q: %d at %d, %d at the end, %v; want %d, %d, %v", tt.text, at, tt.i, ends, in, tt.at, tt.ends, tt.in)
		}
	}
}

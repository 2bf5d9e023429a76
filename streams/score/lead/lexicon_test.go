package lead

import (
	"errors"
	"strings"
	"testing"
	"unicode"

	"keliu/streams/desk"
)

func TestParseRefuses(t *testing.T) {
	for _, file := range []string{"words", "[a wish]", "[a hope 3]", "[a wish x]", "[a wish 101]", "[a wish -1]\nb"} {
		if _, _, err := parse(file); !errors.Is(err, desk.ErrInvalid) {
			t.Errorf("%q: %v", file, err)
		}
	}
}

// TestLexicon: the wordings that the grammar speaks of are there, and every one that makes a reason has a name in both languages.
func TestLexicon(t *testing.T) {
	r, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for name, at := range map[string]int{
		"refuse": r.refuse, "dear": r.dear, "deal": r.deal, "tagging": r.tagging, "question": r.question, "contact": r.contact,
	} {
		if at < 0 || r.wordings[at].code != name {
			t.Errorf("%s is at %d", name, at)
		}
	}
	for _, w := range r.wordings {
		zh, en := Name(w.code, desk.Chinese), Name(w.code, desk.English)
		if w.kind > threat {
			continue
		}
		if w.share == 0 || !hasHan(zh) || en == "" || hasHan(en) {
			t.Errorf("%+v is called %q and %q", w, zh, en)
		}
	}
	if got := Name("no such wording", desk.English); got != "" {
		t.Errorf("what nobody knows is called %q", got)
	}
}

func hasHan(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

package lead

import (
	"errors"
	"testing"

	"keliu/streams/desk"
)

func TestParseRefuses(t *testing.T) {
	for _, file := range []string{"words", "[a wish] why", "[a hope 3] why", "[a wish x] why", "[a wish 101] why", "[a wish -1] why\nb"} {
		if _, _, err := parse(file); !errors.Is(err, desk.ErrInvalid) {
			t.Errorf("%q: %v", file, err)
		}
	}
}

// TestLexicon: the wordings that the grammar speaks of are there, and every one that makes a reason says why.
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
		if w.why == "" || w.share == 0 && w.kind <= threat {
			t.Errorf("%+v", w)
		}
	}
}

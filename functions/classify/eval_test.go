package classify

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keliu/streams/desk"
)

func TestEvalEmotion(t *testing.T) {
	c := learnt(t)
	got, err := c.EvalEmotion([]byte(`{"id":7,"text":"气死我了，骗子","context":["你好"],"other":true}`))
	if err != nil {
		t.Fatal(err)
	}
	if string(got.ID) != "7" || got.Polarity != Negative || got.Polarity2 != Negative || got.Emotion != Angry {
		t.Errorf("got %+v", got)
	}
	checkFields(t, got, "id", "polarity", "polarity2", "emotion", "score")
}

func TestEvalIntent(t *testing.T) {
	c := learnt(t)
	got, err := c.EvalIntent([]byte(`{"text":"那个呢","prev_reply":"您的包裹物流停在杭州"}`))
	if err != nil {
		t.Fatal(err)
	}
	if got.Intent != "logistics" || got.Ranked[0].Intent != got.Intent || got.Ranked[0].Confidence != got.Confidence {
		t.Errorf("got %+v", got)
	}
	checkFields(t, got, "intent", "confidence", "ranked", "oos")
	if got, err = c.EvalIntent([]byte(`{"text":""}`)); err != nil || !got.OutOfScope {
		t.Errorf("an empty text: %+v, %v", got, err)
	}
}

// checkFields fails unless v has exactly these fields on the wire.
func checkFields(t *testing.T, v any, want ...string) {
	t.Helper()
	body, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(body, &fields); err != nil {
		t.Fatal(err)
	}
	wanted := map[string]bool{}
	for _, f := range want {
		wanted[f] = true
	}
	has := map[string]bool{}
	for f := range fields {
		has[f] = true
	}
	if diff := cmp.Diff(wanted, has); diff != "" {
		t.Errorf("fields of %s (-want +got):\n%s", body, diff)
	}
}

func TestEvalRefuses(t *testing.T) {
	c := learnt(t)
	for _, line := range []string{"", "{", `{"id":1}`, `{"text":5}`, `[]`} {
		if _, err := c.EvalEmotion([]byte(line)); !errors.Is(err, desk.ErrInvalid) {
			t.Errorf("emotion of %q: %v, want ErrInvalid", line, err)
		}
		if _, err := c.EvalIntent([]byte(line)); !errors.Is(err, desk.ErrInvalid) {
			t.Errorf("intent of %q: %v, want ErrInvalid", line, err)
		}
	}
}

func TestLexicon(t *testing.T) {
	if _, err := readLexicon(serviceTalk); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{"insult 0.5", "joke 0.5 word", "insult loud word", "insult 2 word", "insult 0.5 a,,b"} {
		if _, err := readLexicon(bad); err == nil {
			t.Errorf("%q was taken", bad)
		}
	}
}

package panel

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"keliu/streams/desk"
)

// FuzzText checks that what the staff write is refused or can be read as it was written.
func FuzzText(f *testing.F) {
	for _, seed := range []string{"老客户", " \n", "a\u0007", "a\x7f", "一\r\n二", strings.Repeat("长", 11), ""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, said string) {
		got, err := written("text", said, 10)
		switch {
		case err != nil && !errors.Is(err, desk.ErrInvalid):
			t.Errorf("%q: %v", said, err)
		case err == nil && (got == "" || utf8.RuneCountInString(got) > 10 || strings.ContainsAny(got, "\x00\x07\r\x7f")):
			t.Errorf("%q is kept as %q", said, got)
		case err == nil && !strings.Contains(strings.ReplaceAll(said, "\r\n", "\n"), got):
			t.Errorf("%q is kept as %q, which was not written", said, got)
		}
	})
}

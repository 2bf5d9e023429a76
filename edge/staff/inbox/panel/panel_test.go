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
	f.Fuzz(func(t *testing.T, written string) {
		got, err := text("text", written, 10)
		switch {
		case err != nil && !errors.Is(err, desk.ErrInvalid):
			t.Errorf("%q: %v", written, err)
		case err == nil && (got == "" || utf8.RuneCountInString(got) > 10 || strings.ContainsAny(got, "\x00\x07\r\x7f")):
			t.Errorf("%q is kept as %q", written, got)
		case err == nil && !strings.Contains(strings.ReplaceAll(written, "\r\n", "\n"), got):
			t.Errorf("%q is kept as %q, which was not written", written, got)
		}
	})
}

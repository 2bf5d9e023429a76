package trial

import (
	"strings"
	"unicode/utf8"

	"github.com/open-policy-agent/opa/v1/topdown"
	"github.com/open-policy-agent/opa/v1/topdown/lineage"
)

// steps writes what did not hold on the way of a test, and finds the line of the test itself that did not.
func steps(trace []*topdown.Event, t Test) (text string, line int) {
	fails := lineage.Fails(trace)
	for _, e := range fails {
		if e.Op == topdown.FailOp && e.Location != nil && e.Location.File == t.File && e.Location.Row >= t.Line {
			line = e.Location.Row // the last one is that of the test
		}
	}
	var b strings.Builder
	topdown.PrettyTraceWithLocation(&b, fails)
	return clipped(b.String()), line
}

// mostText is how much a test may say, in bytes.
const mostText = 8 << 10

// clipped is a text of bounded size, cut between characters.
func clipped(text string) string {
	if len(text) <= mostText {
		return text
	}
	end := mostText
	for !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end] + "\n…"
}

package lead

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"

	"keliu/streams/desk"
	"keliu/streams/match"
)

//go:embed lexicon.txt
var lexiconFile string

// A kind is what a phrase does to a reading.
type kind uint8

const (
	wish   kind = iota // speaks of buying
	doubt              // speaks against it
	threat             // speaks of trouble
	not                // denies the words after it
	shield             // looks like a denial and is none
	ask                // asks
)

// A wording is a group of phrases that mean the same.
type wording struct {
	code  string // see Name
	kind  kind
	share float64 // points by 100
}

// A phrase of the lexicon.
type phrase struct {
	text    string
	wording int
	kind    kind // of the wording
	asked   bool // counts fully only in a question or request
}

// parse reads a lexicon; see the head of lexicon.txt.
func parse(file string) (wordings []wording, phrases []phrase, err error) {
	kinds := map[string]kind{"wish": wish, "doubt": doubt, "threat": threat, "not": not, "shield": shield, "ask": ask}
	for number, line := range strings.Split(file, "\n") {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '[' && line[len(line)-1] == ']':
			fields := strings.Fields(line[1 : len(line)-1])
			if len(fields) != 3 {
				return nil, nil, fmt.Errorf("line %d: want [code kind points]: %w", number+1, desk.ErrInvalid)
			}
			kind, ok := kinds[fields[1]]
			points, err := strconv.Atoi(fields[2])
			if !ok || err != nil || points < 0 || points > 100 {
				return nil, nil, fmt.Errorf("line %d: kind %q, points %q: %w", number+1, fields[1], fields[2], desk.ErrInvalid)
			}
			wordings = append(wordings, wording{code: fields[0], kind: kind, share: float64(points) / 100})
		case len(wordings) == 0 || len(wordings) > maxWordings:
			return nil, nil, fmt.Errorf("line %d: phrases of no wording, or too many of these: %w", number+1, desk.ErrInvalid)
		default:
			for text := range strings.SplitSeq(line, "|") {
				text, asked := strings.CutSuffix(text, "~")
				phrases = append(phrases, phrase{text: text, wording: len(wordings) - 1, kind: wordings[len(wordings)-1].kind, asked: asked})
			}
		}
	}
	return wordings, phrases, nil
}

// compile builds the machine of the phrases and of rules. Its IDs are the places of the phrases, then those of the rules, whose own
// IDs are returned.
func compile(phrases []phrase, rules []match.Pattern) (*match.Machine, []int, error) {
	var patterns []match.Pattern
	for i, p := range phrases {
		patterns = append(patterns, match.Pattern{ID: i, Text: p.text})
	}
	var ids []int
	for _, p := range rules {
		ids = append(ids, p.ID)
		p.ID = len(patterns)
		patterns = append(patterns, p)
	}
	machine, err := match.Compile(patterns)
	return machine, ids, err
}

// Phrases are the phrases that a reader looks for.
func (r *Reader) Phrases() []string {
	all := make([]string, len(r.phrases))
	for i, p := range r.phrases {
		all[i] = p.text
	}
	return all
}

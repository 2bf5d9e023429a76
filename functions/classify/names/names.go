// Package names finds who and where a text speaks of: persons, places and addresses, organisations. It reads character by character
// with a linear sequence model whose weights are in names.bin; classify/train makes them.
package names

import (
	_ "embed" // for the weights
	"slices"
	"sync"
)

// The kinds of names.
const (
	Person       = "person"
	Place        = "place"
	Organisation = "organization"
)

// kinds are the kinds of names, as the tags of a model count them.
var kinds = [...]string{Person, Place, Organisation}

// A Span is a name: runes From to To of the text.
type Span struct {
	Kind     string
	From, To int
}

//go:embed names.bin
var weights []byte

// Reader finds names. It is safe for concurrent use.
type Reader struct {
	model   *Model
	scratch sync.Pool // of *workings
}

// Open reads the embedded weights.
func Open() (*Reader, error) {
	m, err := Decode(weights)
	if err != nil {
		return nil, err
	}
	return NewReader(m), nil
}

// NewReader returns a reader with a model's weights.
func NewReader(m *Model) *Reader {
	r := &Reader{model: m}
	r.scratch.New = func() any { return new(workings) }
	return r
}

// Find appends the names of a folded text to dst, in order and without overlaps.
func (r *Reader) Find(dst []Span, said []rune) []Span {
	w := r.scratch.Get().(*workings)
	defer r.scratch.Put(w)
	for from := 0; from < len(said); { // a sentence, or what is long enough to be read by itself, at a time
		to := from
		for to < len(said) && to-from < longest && !ends(said[to]) {
			to++
		}
		if to < len(said) && ends(said[to]) {
			to++
		}
		dst = spans(dst, r.model.tag(w, said[from:to]), from)
		from = to
	}
	return dst
}

// longest is how many runes are read together.
const longest = 120

// ends reports whether a rune ends a sentence.
func ends(r rune) bool {
	return r == '。' || r == '!' || r == '?' || r == ';' || r == '\n'
}

// The tags are outside, and for each kind: begin, inside, end, single.
const (
	outside = 0
	perKind = 4
	tags    = 1 + perKind*len(kinds)
)

const (
	begin = iota
	inside
	end
	single
)

// A tag of a rune.
type tag = uint8

func tagOf(kind, position int) tag { return tag(1 + kind*perKind + position) }

// parts are the kind and position of a tag that is not outside.
func parts(t tag) (kind, position int) { return int(t-1) / perKind, int(t-1) % perKind }

// follows reports whether tag b may stand behind tag a.
func follows(a, b tag) bool {
	open := a != outside && open(a)
	if b == outside {
		return !open
	}
	kind, position := parts(b)
	if position == begin || position == single {
		return !open
	}
	if !open {
		return false
	}
	was, _ := parts(a)
	return was == kind
}

// open reports whether a name goes on behind a tag.
func open(t tag) bool {
	_, position := parts(t)
	return position == begin || position == inside
}

// spans appends the names that tags say, moved by from.
func spans(dst []Span, tagged []tag, from int) []Span {
	start := 0
	for i, t := range tagged {
		if t == outside {
			continue
		}
		switch kind, position := parts(t); position {
		case begin:
			start = i
		case end:
			dst = append(dst, Span{kinds[kind], from + start, from + i + 1})
		case single:
			dst = append(dst, Span{kinds[kind], from + i, from + i + 1})
		}
	}
	return dst
}

// tagged are the tags of a text of n runes with names that do not overlap.
func tagged(n int, names []Span) []tag {
	all := make([]tag, n)
	for _, s := range names {
		kind := slices.Index(kinds[:], s.Kind)
		for i := s.From; i < s.To; i++ {
			switch {
			case s.To-s.From == 1:
				all[i] = tagOf(kind, single)
			case i == s.From:
				all[i] = tagOf(kind, begin)
			case i == s.To-1:
				all[i] = tagOf(kind, end)
			default:
				all[i] = tagOf(kind, inside)
			}
		}
	}
	return all
}

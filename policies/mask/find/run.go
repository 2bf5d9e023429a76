package find

import "keliu/policies/mask/script"

// maxDigits is how many digits of a run are looked at together.
const maxDigits = 48

// The fewest and the most digits a number of any category has.
const (
	shortest = 11
	longest  = 19
)

// A run is a stretch of digits in groups: "138-1234 5678" has three. Digits of the other script begin a group of
// their own, so that 13812345678一共 is a number and a word.
type run struct {
	digits   int
	groups   int
	value    [maxDigits]byte       // '0' to '9'; 'X' closes an ID card
	from, to [maxDigits]int        // where each digit stands, in bytes
	first    [maxDigits + 1]int    // each group's first digit; one more than there are groups
	gap      [maxDigits]script.Gap // before each group
	chinese  [maxDigits]bool       // each group's script
	whole    bool                  // the run ends where the digits end, not where there was no more room
}

// read takes in the run that begins at i and returns where it ends.
func (r *run) read(text string, i int) int {
	r.digits, r.groups, r.whole = 0, 0, true
	before := script.NoGap
	for i < len(text) {
		v, size, chinese := text[i], 1, false
		if v-'0' >= 10 {
			v, size, chinese = script.Digit(text, i)
		}
		if size == 0 {
			kind, length := script.GapAt(text, i)
			if before != script.NoGap || length == 0 {
				break
			}
			before, i = kind, i+length
			continue
		}
		if r.digits == maxDigits-1 { // an X may follow
			r.whole = false
			break
		}
		if r.groups == 0 || before != script.NoGap || chinese != r.chinese[r.groups-1] {
			r.first[r.groups], r.gap[r.groups], r.chinese[r.groups] = r.digits, before, chinese
			r.groups++
			before = script.NoGap
		}
		r.value[r.digits], r.from[r.digits], r.to[r.digits] = v, i, i+size
		r.digits++
		i += size
	}
	r.first[r.groups] = r.digits
	i = r.to[r.digits-1]
	if r.whole {
		i = r.readX(text, i)
	}
	return i
}

// readX takes in the X that closes an ID card at i, when seventeen digits stand before it and no letter follows, and
// returns where the run ends.
func (r *run) readX(text string, i int) int {
	size := script.X(text, i)
	if size == 0 || script.IsWord(script.At(text, i+size)) {
		return i
	}
	for g := r.groups - 1; g >= 0 && r.digits-r.first[g] <= 17; g-- {
		if r.digits-r.first[g] == 17 {
			r.value[r.digits], r.from[r.digits], r.to[r.digits] = 'X', i, i+size
			r.digits++
			r.first[r.groups] = r.digits
			return i + size
		}
	}
	return i
}

// cut leaves out the digits from a place on, which belong to an address.
func (r *run) cut(from int) {
	r.whole = true
	for r.digits > 0 && r.from[r.digits-1] >= from {
		r.digits--
	}
	for r.groups > 0 && r.first[r.groups-1] >= r.digits {
		r.groups--
	}
	r.first[r.groups] = r.digits
}

// numbers appends the numbers in the run to spans and returns where the scanner goes on. Of the numbers that could begin
// at a group the longest is taken.
func (r *run) numbers(text string, end int, spans []Span) ([]Span, int) {
	const lookahead = longest + 5
	for g := 0; g < r.groups; g++ {
		if !r.whole && r.digits-r.first[g] < lookahead {
			return spans, r.from[r.first[g]]
		}
		last := g
		for last+1 < r.groups && r.first[last+2]-r.first[g] <= longest {
			last++
		}
		for ; last >= g && r.first[last+1]-r.first[g] >= shortest; last-- {
			w := r.window(text, g, last)
			if category, ok := w.category(); ok {
				spans = append(spans, Span{Type: category, From: w.from, To: w.to})
				g = last
				break
			}
		}
	}
	return spans, end
}

// A window is some groups of a run, looked at as one number.
type window struct {
	text     string
	value    []byte // the digits
	from, to int    // in bytes
	shape    uint64 // the sizes of the groups, four bits each, as in 0x344; of few groups only
	groups   int
	gaps     script.Gap // the gap inside that says most
	chinese  bool       // the first digit is written in Chinese
	hanging  bool       // the last one is
	before   script.Gap // to the neighbouring groups of the run; NoGap when they touch, are numbers themselves, or there are none
	after    script.Gap
	single   bool // a neighbouring group has one digit and is as close as the window's own
	mixed    bool // the groups are in both scripts
	glued    bool // a neighbouring group touches
}

func (r *run) window(text string, g, last int) window {
	a, b := r.first[g], r.first[last+1]
	w := window{
		text: text, value: r.value[a:b], from: r.from[a], to: r.to[b-1], groups: last - g + 1,
		chinese: r.chinese[g], hanging: r.chinese[last],
	}
	if b-a > longest {
		w.value = nil
		return w
	}
	for i := g; i <= last; i++ {
		w.shape = w.shape<<4 | uint64(r.first[i+1]-r.first[i])
		if i > g {
			w.gaps = max(w.gaps, r.gap[i])
			w.mixed = w.mixed || r.chinese[i] != r.chinese[g]
		}
	}
	if before, _ := script.Before(text, w.from); before != 0 {
		w.glued, _ = script.IsDigit(before)
	}
	if g > 0 {
		w.before = r.joined(g, g-1)
		w.single = r.first[g]-r.first[g-1] == 1 && r.gap[g] <= w.gaps
	}
	if last+1 < r.groups {
		w.glued = w.glued || r.gap[last+1] == script.NoGap
		w.after = r.joined(last+1, last+1)
		w.single = w.single || r.first[last+2]-r.first[last+1] == 1 && r.gap[last+1] <= w.gaps
	}
	return w
}

// joined is the gap before group g, if the group beside it is short enough to be a piece of a number.
func (r *run) joined(g, beside int) script.Gap {
	const piece = 6
	if r.first[beside+1]-r.first[beside] > piece {
		return script.NoGap
	}
	return r.gap[g]
}

// tight reports whether nothing stands between the digits.
func (w *window) tight() bool { return w.gaps == script.NoGap }

// spelled reports whether each digit stands alone.
func (w *window) spelled() bool { return w.groups == len(w.value) }

package match

import "unicode/utf8"

// A run is a run of Latin letters of a text, read as pinyin when syllables make up all of it.
type run struct {
	end     int // where it ends in the text; the run is read when its first letter is come to
	start   int
	letters [maxRun]byte      // in lower case
	cuts    [maxRun + 1]uint8 // how long the syllable is that begins at a letter, 0 when no way from there reads the rest
}

// syllable is the length of the syllable of pinyin at i, 0 when there is none.
func (p *run) syllable(text string, i int) int {
	if i >= p.end {
		p.read(text, i)
	}
	if i >= p.end || p.end-p.start > maxRun || p.cuts[0] == 0 {
		return 0
	}
	return int(p.cuts[i-p.start])
}

// read reads the run of letters at i, from its end: the longest syllable that leaves a rest which can be read.
func (p *run) read(text string, i int) {
	p.start, p.end = i, i
	for p.end < len(text) && latin(narrow(rune(text[p.end]))) {
		if n := p.end - p.start; n < maxRun {
			p.letters[n] = byte(narrow(rune(text[p.end])))
		}
		p.end++
	}
	n := p.end - p.start
	if n == 0 || n > maxRun {
		return
	}
	valid := known().valid
	for at := n - 1; at >= 0; at-- {
		p.cuts[at] = 0
		for length := min(maxSyllable, n-at); length > 0; length-- {
			if (at+length == n || p.cuts[at+length] > 0) && valid[string(p.letters[at:at+length])] {
				p.cuts[at] = uint8(length)
				break
			}
		}
	}
}

// A listener follows a text by sound: it holds the states that the readings of what it heard have led to.
type listener struct {
	states [maxStates]int32
	n      int
	starts [MaxRunes]int // where the last syllables and signs began
	heard  int
}

// eachSound is Each for the patterns that are found by sound.
func (m *Machine) eachSound(text string, visit func(id, start, end int) bool) bool {
	var pinyin run
	l := listener{n: 1}
	l.states[0] = root
	for i := 0; i < len(text); {
		at := i
		var set []uint16
		if n := pinyin.syllable(text, i); n > 0 {
			set = m.sounds.syllables[string(pinyin.letters[i-pinyin.start:i-pinyin.start+n])]
			i += n
		} else {
			r, size := utf8.DecodeRuneInString(text[i:])
			i += size
			index := m.sounds.indexOf(r)
			if index == skipped && decimal(text, at, r) {
				index = m.sounds.point
			}
			if index == skipped {
				continue
			}
			set = m.sounds.sets[index]
		}
		l.hear(&m.sounds.automaton, at, set)
		if !m.reportSound(&l, text, i, visit) {
			return false
		}
	}
	return true
}

// indexOf is where the ways to read a character stand among the sets.
func (s *sounds) indexOf(r rune) uint16 {
	switch {
	case r < 1<<16:
		return s.index[r]
	case ignored(r):
		return skipped
	}
	return s.beyond[r]
}

// hear follows every way to read what begins at a place.
func (l *listener) hear(a *automaton, at int, set []uint16) {
	l.starts[l.heard%MaxRunes] = at
	l.heard++
	if len(set) == 0 {
		l.states[0], l.n = root, 1
		return
	}
	was, n := l.states, l.n
	l.n = 0
	for _, state := range was[:n] {
		for _, symbol := range set {
			l.enter(a.step(state, int32(symbol)))
		}
	}
}

// enter adds a state, once, as long as there is room.
func (l *listener) enter(state int32) {
	for _, s := range l.states[:l.n] {
		if s == state {
			return
		}
	}
	if l.n < maxStates {
		l.states[l.n] = state
		l.n++
	}
}

// reportSound hands the patterns that end with a state to visit, once each.
func (m *Machine) reportSound(l *listener, text string, end int, visit func(id, start, end int) bool) bool {
	a := &m.sounds.automaton
	for k, state := range l.states[:l.n] {
		for out := a.cells[state].out; out != 0; out = a.outs[out].next {
			p := a.outs[out].pattern
			if a.ends(l.states[:k], p) {
				continue
			}
			start := l.starts[(l.heard-m.sounds.lengths[p])%MaxRunes]
			if parted(text, start) && parted(text, end) && !visit(m.ids[p], start, end) {
				return false
			}
		}
	}
	return true
}

// ends reports whether a pattern ends with one of the states.
func (a *automaton) ends(states []int32, pattern int32) bool {
	for _, state := range states {
		for out := a.cells[state].out; out != 0; out = a.outs[out].next {
			if a.outs[out].pattern == pattern {
				return true
			}
		}
	}
	return false
}

// parted reports whether no word or number goes on across a place. Syllables of pinyin are parted within their run.
func parted(text string, at int) bool {
	if at == 0 || at == len(text) {
		return true
	}
	left, _ := utf8.DecodeLastRuneInString(text[:at])
	right, _ := utf8.DecodeRuneInString(text[at:])
	left, right = narrow(left), narrow(right)
	if digit(left) && digit(right) {
		return false
	}
	if !latin(left) || !latin(right) {
		return true
	}
	first := at
	for first > 0 && latin(narrow(rune(text[first-1]))) {
		first--
	}
	var pinyin run
	return pinyin.syllable(text, first) > 0
}

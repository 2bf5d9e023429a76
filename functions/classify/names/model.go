package names

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"slices"
)

// places is into how many places features are hashed; each holds a weight for each tag.
const places = 1 << 18

// A Model weighs features for each tag, and which tag follows which.
type Model struct {
	weights []int8            // places × tags
	moves   [tags][tags]int32 // from, to; in the unit of the weights
}

// workings are the buffers of one reading.
type workings struct {
	features []uint32
	classes  []class
	scores   []int32 // runes × tags
	back     []tag   // runes × tags
	path     []tag
}

// tag finds the likeliest tags of a text; the result is valid until the workings are used again.
func (m *Model) tag(w *workings, said []rune) []tag {
	n := len(said)
	if n == 0 {
		return nil
	}
	w.classes = classesOf(w.classes[:0], said)
	w.scores = slices.Grow(w.scores[:0], n*tags)[:n*tags]
	for i := range said {
		row := w.scores[i*tags : (i+1)*tags]
		clear(row)
		w.features = features(w.features[:0], said, w.classes, i)
		for _, f := range w.features {
			weights := m.weights[int(f)*tags : int(f)*tags+tags]
			for t := range row {
				row[t] += int32(weights[t])
			}
		}
	}
	w.back = slices.Grow(w.back[:0], n*tags)[:n*tags]
	w.path = slices.Grow(w.path[:0], n)[:n]
	best(w.scores, &m.moves, w.back, w.path)
	return w.path
}

// best finds the best path: scores hold those of every tag for every rune, moves those of one tag behind another. back is for its own
// use, as long as scores.
func best[N int32 | float32](scores []N, moves *[tags][tags]N, back, path []tag) {
	never := N(-1 << 30) // the score of what cannot be
	var at, next [tags]N
	for t := range at {
		at[t] = never
		if follows(outside, tag(t)) {
			at[t] = scores[t]
		}
	}
	for i := 1; i < len(path); i++ {
		for t := range next {
			most, from := never, tag(0)
			for f := range at {
				if at[f] > never && follows(tag(f), tag(t)) && at[f]+moves[f][t] > most {
					most, from = at[f]+moves[f][t], tag(f)
				}
			}
			next[t] = most
			if most > never {
				next[t] += scores[i*tags+t]
			}
			back[i*tags+t] = from
		}
		at = next
	}
	last, most := tag(outside), never
	for t := range at {
		if at[t] > most && (t == outside || !open(tag(t))) {
			most, last = at[t], tag(t)
		}
	}
	for i := len(path) - 1; i >= 0; i-- {
		path[i] = last
		last = back[i*tags+int(last)]
	}
}

// The file: magic, moves, then the places that have weights, then a checksum.
const magic = "keliu names 1\n"

var errDamaged = errors.New("weights of names are damaged or of another version")

// Encode writes a model.
func (m *Model) Encode() []byte {
	b := []byte(magic)
	for f := range m.moves {
		for t := range m.moves[f] {
			b = binary.LittleEndian.AppendUint32(b, uint32(m.moves[f][t]))
		}
	}
	last := 0
	for p := range places {
		row := m.weights[p*tags : (p+1)*tags]
		if !slices.ContainsFunc(row, func(w int8) bool { return w != 0 }) {
			continue
		}
		b = binary.AppendUvarint(b, uint64(p-last))
		last = p
		for _, w := range row {
			b = append(b, byte(w))
		}
	}
	return binary.LittleEndian.AppendUint32(b, crc32.ChecksumIEEE(b))
}

// Decode reads a model.
func Decode(b []byte) (*Model, error) {
	const head = len(magic) + 4*tags*tags
	if len(b) < head+4 || string(b[:len(magic)]) != magic || crc32.ChecksumIEEE(b[:len(b)-4]) != binary.LittleEndian.Uint32(b[len(b)-4:]) {
		return nil, errDamaged
	}
	m := &Model{weights: make([]int8, places*tags)}
	moves := b[len(magic):head]
	for f := range m.moves {
		for t := range m.moves[f] {
			m.moves[f][t] = int32(binary.LittleEndian.Uint32(moves[4*(f*tags+t):]))
		}
	}
	rest, at := b[head:len(b)-4], uint64(0)
	for len(rest) > 0 {
		step, n := binary.Uvarint(rest)
		if at += step; n <= 0 || at >= places || len(rest) < n+tags {
			return nil, fmt.Errorf("place %d: %w", at, errDamaged)
		}
		for t, w := range rest[n : n+tags] {
			m.weights[int(at)*tags+t] = int8(w)
		}
		rest = rest[n+tags:]
	}
	return m, nil
}

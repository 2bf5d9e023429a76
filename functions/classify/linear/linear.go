package linear

import "math"

// A Model scores texts against labels. It is safe for concurrent use.
type Model struct {
	labels  []string
	bits    int       // weights has 2^bits rows
	columns int       // 1 for two labels, else one per label
	weights []byte    // int8, a row per hashed feature
	scales  []float32 // what a weight of 1 is worth, per column
	biases  []float32
	heat    float32 // turns margins into log odds
}

// Labels names what the model tells apart, in the order of its scores. The caller must not change it.
func (m *Model) Labels() []string { return m.labels }

// Probabilities writes how likely each label is to p, which must hold one value per label.
func (m *Model) Probabilities(p []float32, features []uint32) {
	m.Margins(p, features)
	softmax(p, m.heat)
}

// Margins writes how far on its side of the border each label is to s, which must hold one value per label:
// above 0 speaks for the label.
func (m *Model) Margins(s []float32, features []uint32) {
	var few [16]int32
	sums := few[:]
	if m.columns > len(few) {
		sums = make([]int32, m.columns)
	}
	sums = sums[:m.columns]
	mask := uint32(1)<<m.bits - 1
	for _, f := range features {
		row := m.weights[int(f&mask)*m.columns:][:len(sums)]
		for c := range sums {
			sums[c] += int32(int8(row[c]))
		}
	}
	norm := norm(len(features))
	for c, sum := range sums {
		s[c] = float32(sum)*m.scales[c]*norm + m.biases[c]
	}
	spread(s, m.columns)
}

// columns is how many borders tell that many labels apart.
func columns(labels int) int {
	if labels == 2 {
		return 1
	}
	return labels
}

// spread gives both of two labels their margin, where one border stands for both.
func spread(s []float32, columns int) {
	if columns == 1 {
		s[0], s[1] = -s[0], s[0]
	}
}

// norm is the worth of one feature in a text of n, so that long texts are no louder than short ones.
func norm(n int) float32 {
	if n == 0 {
		return 0
	}
	return float32(1 / math.Sqrt(float64(n)))
}

// softmax turns margins into probabilities, in place.
func softmax(s []float32, heat float32) {
	high := s[0]
	for _, v := range s {
		high = max(high, v)
	}
	var sum float32
	for i, v := range s {
		s[i] = float32(math.Exp(float64((v - high) * heat)))
		sum += s[i]
	}
	for i := range s {
		s[i] /= sum
	}
}

package names

import (
	"math"
	"math/rand/v2"
	"slices"
)

// An Example is a folded text with its names, which do not overlap.
type Example struct {
	Text  []rune
	Names []Span
}

// Train learns a model: an averaged structured perceptron that goes through the examples in a different order each time. The same
// examples give the same model. report hears after each round how many runes got the wrong tag.
func Train(examples []Example, rounds int, report func(round, wrong int)) *Model {
	t := trainer{weights: make([]float32, places*tags), sums: make([]float32, places*tags)}
	random := rand.New(rand.NewPCG(1, 2))
	truth := make([][]tag, len(examples))
	for i, e := range examples {
		truth[i] = tagged(len(e.Text), e.Names)
	}
	for round := range rounds {
		wrong := 0
		for _, i := range random.Perm(len(examples)) {
			wrong += t.learn(examples[i].Text, truth[i])
		}
		report(round+1, wrong)
	}
	return t.model()
}

// A trainer holds the weights, and their sums over time for the average.
type trainer struct {
	weights, sums []float32
	moves, moved  [tags][tags]float32
	step          float32

	w        workings
	features [][]uint32
	scores   []float32
}

// learn reads a text and, where that went wrong, moves the weights towards the truth. It returns how many tags were wrong.
func (t *trainer) learn(said []rune, truth []tag) int {
	t.step++
	n := len(said)
	if n == 0 {
		return 0
	}
	t.w.classes = classesOf(t.w.classes[:0], said)
	for len(t.features) < n {
		t.features = append(t.features, nil)
	}
	t.scores = append(t.scores[:0], make([]float32, n*tags)...)
	for i := range said {
		t.features[i] = features(t.features[i][:0], said, t.w.classes, i)
		row := t.scores[i*tags : (i+1)*tags]
		for _, f := range t.features[i] {
			for k, w := range t.weights[int(f)*tags : int(f)*tags+tags] {
				row[k] += w
			}
		}
	}
	t.w.back, t.w.path = slices.Grow(t.w.back[:0], n*tags)[:n*tags], slices.Grow(t.w.path[:0], n)[:n]
	path := t.w.path
	best(t.scores, &t.moves, t.w.back, path)
	wrong := 0
	for i := range n {
		if path[i] != truth[i] {
			wrong++
			for _, f := range t.features[i] {
				t.add(int(f)*tags+int(truth[i]), 1)
				t.add(int(f)*tags+int(path[i]), -1)
			}
		}
		if i > 0 && (path[i] != truth[i] || path[i-1] != truth[i-1]) {
			t.move(truth[i-1], truth[i], 1)
			t.move(path[i-1], path[i], -1)
		}
	}
	return wrong
}

func (t *trainer) add(at int, by float32) {
	t.weights[at] += by
	t.sums[at] += by * t.step
}

func (t *trainer) move(from, to tag, by float32) {
	t.moves[from][to] += by
	t.moved[from][to] += by * t.step
}

// model is the average of the weights over time, in whole numbers of which the largest is 127.
func (t *trainer) model() *Model {
	m := &Model{weights: make([]int8, places*tags)}
	most := float32(0)
	average := func(w, sum float32) float32 { return w - sum/(t.step+1) }
	for i, w := range t.weights {
		t.weights[i] = average(w, t.sums[i])
		most = max(most, float32(math.Abs(float64(t.weights[i]))))
	}
	whole := func(w float32) float64 { return math.Round(float64(w / most * 127)) }
	for i, w := range t.weights {
		m.weights[i] = int8(whole(w))
	}
	for f := range t.moves {
		for k := range t.moves[f] {
			m.moves[f][k] = int32(whole(average(t.moves[f][k], t.moved[f][k])))
		}
	}
	return m
}

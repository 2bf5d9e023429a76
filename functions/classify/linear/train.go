package linear

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"sync"
)

// A Row is one text to learn from.
type Row struct {
	Features []uint32 // as Features makes them
	Label    int      // index into the labels
}

// Options say how to learn.
type Options struct {
	Bits   int     // the model has 2^Bits weights per label
	Epochs int     // passes over the rows
	Cost   float64 // of a row on the wrong side; more of it trusts the rows more
	Smooth float64 // rows that every feature is counted in beforehand
	Folds  int     // of the cross validation that sets how sure the model may be
}

// Train learns to tell the labels apart. The same rows and options give the same model. Of the rows of one
// label, similar ones should stand together: see split.
func Train(labels []string, rows []Row, o Options) (*Model, error) {
	if len(labels) < 2 {
		return nil, fmt.Errorf("%d labels, at least two are needed", len(labels))
	}
	counts := make([]int, len(labels))
	for _, r := range rows {
		counts[r.Label]++
	}
	for i, n := range counts {
		if n < max(o.Folds, 1) {
			return nil, fmt.Errorf("label %q has %d rows, %d are needed", labels[i], n, max(o.Folds, 1))
		}
	}
	t := newTrainer(labels, rows, o)
	everything := make([]int, len(rows))
	for i := range everything {
		everything[i] = i
	}
	return t.pack(t.fit(everything), t.calibrate(counts)), nil
}

// A trainer holds what the fits of one training share. It works on the slots of the model's table that some
// row uses, numbered 0, 1, 2 …, so that learning costs nothing for those that none does.
type trainer struct {
	labels   []string
	columns  int
	slots    []uint32  // of each feature by number
	features [][]int32 // numbers, by row
	norms    []float32 // of the features, by row
	truths   []int     // labels, by row
	Options
}

func newTrainer(labels []string, rows []Row, o Options) *trainer {
	t := &trainer{labels: labels, columns: columns(len(labels)), Options: o}
	mask := uint32(1)<<o.Bits - 1
	numbers := make([]int32, mask+1) // of each slot, plus 1
	for _, r := range rows {
		features := make([]int32, len(r.Features))
		for i, f := range r.Features {
			slot := f & mask
			if numbers[slot] == 0 {
				t.slots = append(t.slots, slot)
				numbers[slot] = int32(len(t.slots))
			}
			features[i] = numbers[slot] - 1
		}
		t.features = append(t.features, features)
		t.norms = append(t.norms, norm(len(features)))
		t.truths = append(t.truths, r.Label)
	}
	return t
}

// A border is what tells one label from the others: above it lies the label.
type border struct {
	weights []float32 // by feature number
	bias    float32
}

// fit learns a border per column from the chosen rows.
func (t *trainer) fit(chosen []int) []border {
	borders := make([]border, t.columns)
	var wait sync.WaitGroup
	for c := range borders {
		label := c
		if t.columns == 1 {
			label = 1
		}
		wait.Go(func() { borders[c] = t.separate(chosen, label) })
	}
	wait.Wait()
	return borders
}

// separate finds the border of a label: an L2-regularised squared-hinge support vector machine over features
// weighted by how much more often they occur with the label, solved by dual coordinate descent.
func (t *trainer) separate(chosen []int, label int) border {
	ratios := t.ratios(chosen, label)
	b := border{weights: make([]float32, len(t.slots))} // of the weighted features, until the end
	alphas, squares := make([]float64, len(chosen)), make([]float64, len(chosen))
	for i, row := range chosen {
		n := t.norms[row]
		squares[i] = 1 + 1/(2*t.Cost)
		for _, f := range t.features[row] {
			squares[i] += float64(ratios[f] * n * ratios[f] * n)
		}
	}
	random := rand.New(rand.NewPCG(uint64(label), uint64(len(chosen))))
	for range t.Epochs {
		for _, i := range random.Perm(len(chosen)) {
			features, n := t.features[chosen[i]], t.norms[chosen[i]]
			side := float32(-1)
			if t.truths[chosen[i]] == label {
				side = 1
			}
			var sum float32
			for _, f := range features {
				sum += b.weights[f] * ratios[f]
			}
			gradient := float64(side*(sum*n+b.bias)) - 1 + alphas[i]/(2*t.Cost)
			alpha := max(alphas[i]-gradient/squares[i], 0)
			step := float32(alpha-alphas[i]) * side
			if step == 0 {
				continue
			}
			alphas[i] = alpha
			b.bias += step
			for _, f := range features {
				b.weights[f] += step * n * ratios[f]
			}
		}
	}
	for f := range b.weights {
		b.weights[f] *= ratios[f]
	}
	return b
}

// ratios are the log odds of each feature between the rows of the label and the others, drawn in to their square
// root: in the full log odds rare features speak too loud.
func (t *trainer) ratios(chosen []int, label int) []float32 {
	with, without := make([]float32, len(t.slots)), make([]float32, len(t.slots))
	smooth := float32(t.Smooth)
	withAll, withoutAll := 2*smooth, 2*smooth
	for _, row := range chosen {
		counts := without
		if t.truths[row] == label {
			counts = with
			withAll++
		} else {
			withoutAll++
		}
		for _, f := range t.features[row] {
			counts[f]++
		}
	}
	base := math.Log(float64(withoutAll / withAll))
	for f := range with {
		r := math.Log(float64((with[f]+smooth)/(without[f]+smooth))) + base
		with[f] = float32(math.Copysign(math.Sqrt(math.Abs(r)), r))
	}
	return with
}

// pack puts what was learnt into the form that scores.
func (t *trainer) pack(borders []border, heat float32) *Model {
	m := &Model{
		labels: t.labels, bits: t.Bits, columns: t.columns, heat: heat,
		weights: make([]byte, t.columns<<t.Bits),
		scales:  make([]float32, t.columns), biases: make([]float32, t.columns),
	}
	for c, b := range borders {
		m.biases[c], m.scales[c] = b.bias, scale(b.weights)
		for f, w := range b.weights {
			q := math.RoundToEven(float64(w / m.scales[c]))
			q = max(-math.MaxInt8, min(q, math.MaxInt8))
			m.weights[int(t.slots[f])*t.columns+c] = byte(int8(q))
		}
	}
	return m
}

// scale is what 1 is worth when weights become int8. The few largest are cut off, so that the many small ones
// keep their differences.
func scale(weights []float32) float32 {
	sizes := make([]float32, len(weights))
	for i, w := range weights {
		sizes[i] = max(w, -w)
	}
	slices.Sort(sizes)
	last := len(sizes) - 1
	if last < 0 || sizes[last] == 0 {
		return 1
	}
	return sizes[last-last/10000] / math.MaxInt8
}

// calibrate returns the heat under which cross validation finds the model as sure as it is right.
func (t *trainer) calibrate(counts []int) float32 {
	if t.Folds < 2 {
		return 1
	}
	var margins [][]float32
	var truths []int
	folds := t.split(counts)
	for held := range folds {
		var rest []int
		for i, fold := range folds {
			if i != held {
				rest = append(rest, fold...)
			}
		}
		borders := t.fit(rest)
		for _, row := range folds[held] {
			s := make([]float32, len(t.labels))
			for c, b := range borders {
				for _, f := range t.features[row] {
					s[c] += b.weights[f]
				}
				s[c] = s[c]*t.norms[row] + b.bias
			}
			spread(s, t.columns)
			margins = append(margins, s)
			truths = append(truths, t.truths[row])
		}
	}
	return coolest(margins, truths)
}

// split cuts the rows of each label into folds. A fold is a stretch of neighbours: similar rows stand together,
// and one that is learnt from while its twin is held out would make the model look surer than it is.
func (t *trainer) split(counts []int) [][]int {
	folds := make([][]int, t.Folds)
	seen := make([]int, len(counts))
	for row, label := range t.truths {
		f := seen[label] * t.Folds / counts[label]
		folds[f] = append(folds[f], row)
		seen[label]++
	}
	return folds
}

// coolest searches the heat that makes the truths most likely.
func coolest(margins [][]float32, truths []int) float32 {
	p := make([]float32, len(margins[0]))
	loss := func(heat float64) float64 {
		var sum float64
		for i, s := range margins {
			copy(p, s)
			softmax(p, float32(heat))
			sum -= math.Log(max(float64(p[truths[i]]), 1e-9))
		}
		return sum
	}
	low, high := 0.1, 20.0
	for range 16 {
		a, b := low+(high-low)/3, high-(high-low)/3
		if loss(a) < loss(b) {
			high = b
		} else {
			low = a
		}
	}
	return float32((low + high) / 2)
}

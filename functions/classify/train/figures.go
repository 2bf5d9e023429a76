package main

import (
	"fmt"
	"math"
	"strings"

	"keliu/functions/classify/linear"
)

// figures are how a model did on rows it has not seen.
type figures struct {
	labels    []string
	confusion [][]int // by truth, by answer
	rows      int
	right     int
	f1        float64 // macro-averaged
	error     float64 // expected calibration error, ten bins
}

// bins of confidence, for the calibration error.
const bins = 10

// judge lets a model answer rows.
func judge(m *linear.Model, rows []linear.Row) figures {
	f := figures{labels: m.Labels(), rows: len(rows), confusion: make([][]int, len(m.Labels()))}
	for i := range f.confusion {
		f.confusion[i] = make([]int, len(m.Labels()))
	}
	p := make([]float32, len(m.Labels()))
	var count, right, sure [bins]float64
	for _, r := range rows {
		m.Probabilities(p, r.Features)
		answer := 0
		for i := range p {
			if p[i] > p[answer] {
				answer = i
			}
		}
		f.confusion[r.Label][answer]++
		bin := min(int(p[answer]*bins), bins-1)
		count[bin]++
		sure[bin] += float64(p[answer])
		if answer == r.Label {
			f.right++
			right[bin]++
		}
	}
	for b := range count {
		f.error += math.Abs(right[b]-sure[b]) / float64(max(len(rows), 1))
	}
	f.f1 = macroF1(f.confusion)
	return f
}

// macroF1 is the mean of the harmonic mean of precision and recall over the labels that there are rows of.
func macroF1(confusion [][]int) float64 {
	var sum, labels float64
	for i := range confusion {
		truths, answers := 0, 0
		for j := range confusion {
			truths += confusion[i][j]
			answers += confusion[j][i]
		}
		if truths > 0 {
			sum += 2 * float64(confusion[i][i]) / float64(truths+answers)
			labels++
		}
	}
	return sum / max(labels, 1)
}

// print writes the figures as Markdown.
func (f figures) print(set string) {
	fmt.Printf("%s: %d rows, accuracy %.1f, macro F1 %.1f, calibration error %.3f\n\n",
		set, f.rows, 100*float64(f.right)/float64(max(f.rows, 1)), 100*f.f1, f.error)
	fmt.Printf("| truth \\ answer | %s |\n|---%s|\n", strings.Join(f.labels, " | "), strings.Repeat("|---", len(f.labels)))
	for i, counts := range f.confusion {
		fmt.Printf("| %s |", f.labels[i])
		for _, n := range counts {
			fmt.Printf(" %d |", n)
		}
		fmt.Println()
	}
	fmt.Println()
}

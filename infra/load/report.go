package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"text/tabwriter"

	"keliu/infra/load/machine"
)

// A Report is all that was measured.
type Report struct {
	Results []Result        `json:"results"`
	Machine machine.Machine `json:"machine"`
}

// A Result is one measure beside its reference.
type Result struct {
	Name      string  `json:"name"`
	Ours      float64 `json:"ours"`
	Reference float64 `json:"reference"`
	Ratio     float64 `json:"ratio"` // ours by reference
	Unit      string  `json:"unit"`
	Note      string  `json:"note"` // what the two are
}

func result(name string, ours, reference float64, unit, note string) Result {
	r := Result{Name: name, Ours: ours, Reference: reference, Unit: unit, Note: note}
	if reference > 0 {
		r.Ratio = ours / reference
	}
	return r
}

// json prints the report for programs.
func (r Report) json(out io.Writer) error {
	e := json.NewEncoder(out)
	e.SetIndent("", "  ")
	return e.Encode(r)
}

// table prints the report for people.
func (r Report) table(out io.Writer) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "measure\tours\treference\tratio\tunit\twhat")
	for _, x := range r.Results {
		fmt.Fprintf(w, "%s\t%s\t%s\t%.3f\t%s\t%s\n", x.Name, digits(x.Ours), digits(x.Reference), x.Ratio, x.Unit, x.Note)
	}
	m := r.Machine
	fmt.Fprintf(w, "\n%d × %s, %s, %s; %.0f fsync/s; %.0f %% busy before; %s\n", m.CPUs, m.CPU, m.OS, m.Go, m.Fsync, 100*m.Busy, m.Started)
	return w.Flush()
}

// digits prints three digits or all before the point.
func digits(x float64) string {
	switch {
	case x >= 100:
		return strconv.FormatFloat(x, 'f', 0, 64)
	case x >= 10:
		return strconv.FormatFloat(x, 'f', 1, 64)
	}
	return strconv.FormatFloat(x, 'f', 2, 64)
}

package influx_test

import (
	"fmt"
	"testing"
	"time"

	"keliu/streams/meter"
	"keliu/streams/meter/influx"
	"keliu/streams/meter/influx/spool"
)

// A record that the server will never take is kept apart, and holds up none of the others.
func TestRefusedRecordHoldsUpNoOther(t *testing.T) {
	dir := t.TempDir()
	at := bucket(t, dir)
	if err := influx.Provision(t.Context(), at, influx.Options{}); err != nil {
		t.Fatal(err)
	}
	begin := time.Now().UTC().Truncate(time.Hour)
	c, query := client(t, at)
	// Somebody else has made the value of this name a text.
	other := fmt.Sprintf(`spoilt v="a text" %d`, begin.UnixNano())
	if err := c.WriteAPIBlocking(query.Get("org"), query.Get("bucket")).WriteRecord(t.Context(), other); err != nil {
		t.Fatal(err)
	}
	m := open(t, dir, influx.Options{Gather: time.Hour}) // all go together, with the question
	for i := range 21 {
		name := "n"
		if i == 13 {
			name = "spoilt"
		}
		add(t, m, record{fmt.Sprint(i), []meter.Point{{Name: name, Value: 1, At: begin.Add(time.Duration(i) * time.Second)}}})
	}
	s, err := m.Ask(t.Context(), meter.Question{Name: "n", Statistic: meter.Sum, From: begin, To: begin.Add(time.Hour)})
	if err != nil || s.Total != 20 {
		t.Errorf("counted %v (%v), want 20", s.Total, err)
	}
	shut(t, m)
	left, err := spool.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := left.Close(); err != nil {
			t.Error(err)
		}
	}()
	if n, err := left.Refused(t.Context()); n != 1 || err != nil || left.Waiting() != 0 {
		t.Errorf("%d refused (%v), %d waiting, want 1 and none", n, err, left.Waiting())
	}
}

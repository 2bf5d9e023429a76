package dialog

import (
	"testing"
	"time"

	"keliu/streams/desk"
	"keliu/streams/meter"
)

// BenchmarkCount measures what it costs a turn to count one point, before the point leaves with the turn's effect.
func BenchmarkCount(b *testing.B) {
	s := &scene{
		d: &Dialog{Now: time.Now}, points: make([]meter.Point, 0, usualPoints),
		c: desk.Conversation{Channel: "web", Intent: "refund", Lang: desk.Chinese, Agent: "agent"},
	}
	b.ReportAllocs()
	for b.Loop() {
		if len(s.points) == usualPoints {
			s.points = s.points[:0]
		}
		s.count(meter.CustomerMessage, "")
	}
	if last := s.points[len(s.points)-1]; last.Value != 1 || last.Tags.Channel != "web" {
		b.Errorf("%+v", last)
	}
}

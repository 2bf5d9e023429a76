package minutes_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"keliu/streams/meter/minutes"
)

// A time lies in its minute, no later than the first that begins from then on, before 1970 as after; hours likewise.
func TestMinutes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := time.UnixMilli(rapid.Int64Range(-1e13, 1e13).Draw(t, "ms"))
		of, from := minutes.Of(at), minutes.From(at)
		begin := minutes.Begin(of)
		if at.Before(begin) || !at.Before(begin.Add(time.Minute)) {
			t.Errorf("%s is not in the minute of %s", at, begin)
		}
		if first := minutes.Begin(from); first.Before(at) || !first.Add(-time.Minute).Before(at) {
			t.Errorf("from %s on the first minute is that of %s", at, first)
		}
		if hour := minutes.Hour(of); of < 60*hour || of >= 60*(hour+1) {
			t.Errorf("minute %d is not in hour %d", of, hour)
		}
		if next := minutes.HourFrom(of); next < of || next >= of+60 || next%60 != 0 {
			t.Errorf("from minute %d on the first hour begins at %d", of, next)
		}
	})
}

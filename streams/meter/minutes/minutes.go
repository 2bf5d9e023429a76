// Package minutes counts minutes and hours since 1970, as every meter does.
package minutes

import "time"

// Of is the minute that t belongs to.
func Of(t time.Time) int64 { return Floor(t.UnixMilli(), time.Minute.Milliseconds()) }

// From is the first minute that begins at t or later; what is less than a millisecond does not count.
func From(t time.Time) int64 { return -Floor(-t.UnixMilli(), time.Minute.Milliseconds()) }

// Begin is when a minute begins.
func Begin(minute int64) time.Time { return time.Unix(60*minute, 0).UTC() }

// Hour is the hour that a minute belongs to.
func Hour(minute int64) int64 { return Floor(minute, 60) }

// HourFrom is the first minute of an hour that is minute or later.
func HourFrom(minute int64) int64 { return -60 * Floor(-minute, 60) }

// Floor is a by b, rounded down.
func Floor(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

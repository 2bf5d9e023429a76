// Package slots bounds how many turns are worked on at the same time.
package slots

// How many turns, per processor: enough to share a commit's wait for the disk, and fewer while many wait at the edge for their
// message to be accepted: being heard goes before being answered. infra/load measures both.
const (
	perProcessor        = 8
	perProcessorPressed = 2
)

// Slots are the turns that may be worked on now. They are safe for concurrent use.
type Slots struct {
	all, few chan struct{}
	pressed  func() bool
}

// New returns slots for so many processors. pressed says that many wait at the edge; nil says that nobody does.
func New(processors int, pressed func() bool) *Slots {
	if pressed == nil {
		pressed = func() bool { return false }
	}
	return &Slots{
		all:     make(chan struct{}, perProcessor*processors),
		few:     make(chan struct{}, perProcessorPressed*processors),
		pressed: pressed,
	}
}

// Take waits for a slot and returns what gives it back.
func (s *Slots) Take() (release func()) {
	slots := s.all
	if s.pressed() {
		slots = s.few
	}
	slots <- struct{}{}
	return func() { <-slots }
}

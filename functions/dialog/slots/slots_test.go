package slots_test

import (
	"testing"
	"testing/synctest"

	"keliu/functions/dialog/slots"
)

// taken counts the slots that can be taken at the same time.
func taken(t *testing.T, processors int, pressed func() bool) (n int) {
	synctest.Test(t, func(*testing.T) {
		s := slots.New(processors, pressed)
		held, release := make(chan struct{}, 1000), make(chan struct{})
		for range 1000 {
			go func() {
				give := s.Take()
				held <- struct{}{}
				<-release
				give()
			}()
		}
		synctest.Wait()
		n = len(held)
		close(release)
		synctest.Wait()
		if len(held) != 1000 {
			t.Errorf("%d of 1000 turns had their slot in the end", len(held))
		}
	})
	return n
}

func TestSlots(t *testing.T) {
	calm := taken(t, 2, nil)
	pressed := taken(t, 2, func() bool { return true })
	if calm != 16 || pressed != 4 {
		t.Errorf("%d turns at a time, %d when pressed; want 16 and 4", calm, pressed)
	}
}

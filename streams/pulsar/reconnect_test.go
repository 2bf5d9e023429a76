package pulsar

import (
	"testing"
	"time"
)

func TestReconnect(t *testing.T) {
	p := newReconnect()
	for range 2 {
		for _, want := range []time.Duration{100, 200, 400, 800, 1600, 2000, 2000} {
			want *= time.Millisecond
			if reached := p.IsMaxBackoffReached(); reached && want < mostReconnect {
				t.Errorf("the longest wait is reached before %v", want)
			}
			if got := p.Next(); got < want || got > want*6/5 {
				t.Errorf("waits %v, want %v and a fifth of it at most", got, want)
			}
		}
		if !p.IsMaxBackoffReached() {
			t.Error("the longest wait is not reached")
		}
		p.Reset()
	}
}

package embedded_test

import (
	"testing"
	"time"

	"keliu/streams"
	"keliu/streams/embedded"
	"keliu/streams/streamtest"
)

func TestContract(t *testing.T) {
	streamtest.Run(t, func(t *testing.T) streamtest.Opener {
		dir := t.TempDir()
		o := embedded.Options{Backoff: func(int) time.Duration { return 10 * time.Millisecond }}
		return func(t *testing.T) streams.Log { return open(t, dir, o) }
	})
}

// open opens a log in a folder.
func open(t testing.TB, dir string, o embedded.Options) *embedded.Log {
	t.Helper()
	log, err := embedded.Open(dir, o)
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	return log
}

// until waits for a condition to become true.
func until(t *testing.T, what string, condition func() bool) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); !condition(); {
		if time.Now().After(deadline) {
			t.Fatalf("waited a minute for %s", what)
		}
		<-time.After(time.Millisecond)
	}
}

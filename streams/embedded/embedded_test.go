package embedded_test

import (
	"testing"

	"keliu/streams"
	"keliu/streams/embedded"
	"keliu/streams/streamtest"
)

func TestContract(t *testing.T) {
	streamtest.Run(t, func(t *testing.T) streamtest.Opener {
		dir := t.TempDir()
		return func(t *testing.T) streams.Log { return open(t, dir, embedded.Options{}) }
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

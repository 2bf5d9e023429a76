package audit

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"keliu/streams/desk"
)

// When the disk refuses, nothing is acknowledged, and what was acknowledged before is there after the next opening.
func TestDiskThatRefuses(t *testing.T) {
	for _, file := range []string{trailFile, headFile} {
		dir := t.TempDir()
		w, err := openWriter(dir)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.write([]Entry{{Action: "kept"}}); err != nil {
			t.Fatal(err)
		}
		refusing, err := os.Open(filepath.Join(dir, file)) // for reading only
		if err != nil {
			t.Fatal(err)
		}
		if file == trailFile {
			w.trail, refusing = refusing, w.trail
		} else {
			w.head, refusing = refusing, w.head
		}
		for range 2 {
			if err := w.write([]Entry{{Action: "lost"}}); !errors.Is(err, desk.ErrUnavailable) {
				t.Errorf("%s: %v", file, err)
			}
		}
		if err := errors.Join(refusing.Close(), w.release()); err != nil {
			t.Fatal(err)
		}
		report, err := Verify(dir)
		if err != nil || report.Broken != nil || report.Entries < 1 {
			t.Errorf("%s: %+v, %v", file, report, err)
		}
		again, err := openWriter(dir)
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		if err := errors.Join(again.write([]Entry{{Action: "after"}}), again.close()); err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
}

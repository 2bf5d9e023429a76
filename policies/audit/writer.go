package audit

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"keliu/streams/desk"
)

// The files of a trail.
const (
	trailFile = "trail.jsonl"
	headFile  = "head"
	keyFile   = "key"
)

// A writer appends to the files. One goroutine uses it at a time.
type writer struct {
	key    []byte
	trail  *os.File
	head   *os.File
	at     Head
	cut    int64 // bytes that opening cut off
	broken error // a failure after which the files are no longer trusted until they are opened anew
}

// openWriter locks and checks the files in dir, or makes them.
func openWriter(dir string) (w *writer, err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	opened := &writer{}
	defer func() {
		if err != nil {
			err = errors.Join(err, opened.release())
		}
	}()
	if opened.trail, err = os.OpenFile(filepath.Join(dir, trailFile), os.O_RDWR|os.O_CREATE, 0o600); err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(opened.trail.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return nil, fmt.Errorf("%s is open in another process: %w", dir, desk.ErrUnavailable)
	}
	if err := begun(dir); err != nil {
		return nil, err
	}
	report, err := Verify(dir)
	if err != nil {
		return nil, err
	}
	if report.Broken != nil {
		return nil, fmt.Errorf("%s: %w", report.Broken, desk.ErrConflict)
	}
	if opened.key, err = readKey(dir); err != nil {
		return nil, err
	}
	if opened.head, err = os.OpenFile(filepath.Join(dir, headFile), os.O_RDWR, 0o600); err != nil {
		return nil, err
	}
	opened.at, opened.cut = report.Head, report.Torn
	opened.at.Closed = false
	if err := opened.trail.Truncate(opened.at.Size); err != nil {
		return nil, err
	}
	if err := opened.trail.Sync(); err != nil {
		return nil, err
	}
	return opened, opened.writeHead()
}

// begun makes head and key of a trail that has no entry yet. The key comes last: a trail with a key has a head, and one
// without has nothing to lose.
func begun(dir string) error {
	info, err := os.Stat(filepath.Join(dir, trailFile))
	if err != nil {
		return err
	}
	_, err = os.Stat(filepath.Join(dir, keyFile))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err == nil || info.Size() > 0 {
		return nil // begun before; if the key is gone, verifying says so
	}
	key := make([]byte, sha256.Size)
	rand.Read(key) // never fails
	head, err := encodeHead(key, Head{Hash: begin})
	if err != nil {
		return err
	}
	if err := writeFile(dir, headFile, head); err != nil {
		return err
	}
	return writeFile(dir, keyFile, []byte(hex.EncodeToString(key)+"\n"))
}

// writeFile makes a file whole or not at all.
func writeFile(dir, name string, content []byte) error {
	f, err := os.CreateTemp(dir, name+".*")
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), filepath.Join(dir, name))
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return syncDir(dir)
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// readKey reads the key, strictly as it was written.
func readKey(dir string) ([]byte, error) {
	text, err := os.ReadFile(filepath.Join(dir, keyFile))
	if err != nil {
		return nil, err
	}
	key := make([]byte, sha256.Size)
	if len(text) == hexSize+1 {
		if _, err := hex.Decode(key, text[:hexSize]); err == nil && hex.EncodeToString(key)+"\n" == string(text) {
			return key, nil
		}
	}
	return nil, fmt.Errorf("the key of the trail is damaged: %w", desk.ErrConflict)
}

// write appends entries and makes them durable, and then the head. What cannot be written whole is taken back.
func (w *writer) write(entries []Entry) error {
	if w.broken != nil {
		return w.broken
	}
	next, lines := w.at, []byte(nil)
	for _, e := range entries {
		next.Seq++
		e.Seq = next.Seq
		l := link{Entry: e, Prev: next.Hash}
		line, err := encode(w.key, &l)
		if err != nil {
			return err
		}
		next.Hash = l.hash
		lines = append(lines, line...)
	}
	if _, err := w.trail.WriteAt(lines, w.at.Size); err != nil {
		if cut := w.trail.Truncate(w.at.Size); cut != nil {
			return w.fail(errors.Join(err, cut))
		}
		return unavailable(err)
	}
	if err := w.trail.Sync(); err != nil {
		return w.fail(err)
	}
	next.Size += int64(len(lines))
	w.at = next
	if err := w.writeHead(); err != nil {
		return w.fail(err)
	}
	return nil
}

// fail stops all writing: nobody knows any more what is on the disk.
func (w *writer) fail(err error) error {
	w.broken = unavailable(err)
	return w.broken
}

func unavailable(err error) error {
	return fmt.Errorf("append to audit trail: %w: %w", desk.ErrUnavailable, err)
}

func (w *writer) writeHead() error {
	file, err := encodeHead(w.key, w.at)
	if err != nil {
		return err
	}
	if _, err := w.head.WriteAt(file, 0); err != nil {
		return err
	}
	return w.head.Sync()
}

// close seals the end and releases the files.
func (w *writer) close() error {
	err := w.broken
	if err == nil {
		w.at.Closed = true
		err = w.writeHead()
	}
	return errors.Join(err, w.release())
}

// release closes the files.
func (w *writer) release() error {
	var err error
	for _, f := range []*os.File{w.head, w.trail} {
		if f != nil {
			err = errors.Join(err, f.Close())
		}
	}
	return err
}

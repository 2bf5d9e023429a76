package migrate

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"keliu/streams/desk"
)

// A folder is an export that is being written, under a name that nobody takes for a whole one.
type folder struct {
	out      string // the name it gets in the end
	root     *os.Root
	progress func(file string, rows int64)
	manifest *file
	files    int64 // named in the manifest
}

// partial ends the name of an export that is not whole.
const partial = ".part"

// begin makes the folder. out must not exist or be empty.
func begin(out string, at time.Time, progress func(string, int64)) (*folder, error) {
	there, err := os.ReadDir(out)
	switch {
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return nil, err
	case len(there) > 0:
		return nil, fmt.Errorf("%s is not empty: an export goes into a folder of its own: %w", out, desk.ErrConflict)
	}
	err = os.Mkdir(out+partial, 0o700)
	if errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("%s%s is left of an export that was cut off, or one is under way; remove it first: %w", out, partial, desk.ErrConflict)
	}
	if err != nil {
		return nil, err
	}
	f := &folder{out: out, progress: progress}
	if f.root, err = os.OpenRoot(out + partial); err != nil {
		return nil, errors.Join(err, os.Remove(out+partial))
	}
	if f.manifest, err = f.create("manifest.json"); err == nil {
		_, err = fmt.Fprintf(f.manifest, "{\"format\":%d,\"at\":%q,\"files\":[", format, at.UTC().Format(time.RFC3339Nano))
	}
	if err != nil {
		return nil, errors.Join(err, f.discard())
	}
	return f, nil
}

// finish completes the manifest and gives the folder its name.
func (f *folder) finish() error {
	if _, err := io.WriteString(f.manifest, "\n]}\n"); err != nil {
		return err
	}
	if err := f.manifest.close(); err != nil {
		return err
	}
	f.manifest = nil
	if err := syncFolder(f.out + partial); err != nil {
		return err
	}
	// Renaming does not replace a folder, not even an empty one; Remove takes no other.
	if err := os.Remove(f.out); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.Rename(f.out+partial, f.out); err != nil {
		return err
	}
	return errors.Join(f.root.Close(), syncFolder(filepath.Dir(f.out)))
}

// discard removes what was written.
func (f *folder) discard() error {
	var err error
	if f.manifest != nil {
		err = f.manifest.disk.Close()
	}
	return errors.Join(err, f.root.Close(), os.RemoveAll(f.out+partial))
}

// write makes a file of the export and names it in the manifest.
func (f *folder) write(name string, fill func(*file) error) error {
	w, err := f.create(name)
	if err != nil {
		return err
	}
	if err := fill(w); err != nil {
		return errors.Join(fmt.Errorf("%s: %w", name, err), w.disk.Close())
	}
	if err := w.close(); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	f.progress(name, w.rows)
	line, err := json.Marshal(Written{File: name, Rows: w.rows, Bytes: w.bytes, SHA256: hex.EncodeToString(w.sum.Sum(nil))})
	if err != nil {
		return err
	}
	comma := ","
	if f.files++; f.files == 1 {
		comma = ""
	}
	_, err = fmt.Fprintf(f.manifest, "%s\n%s", comma, line)
	return err
}

// create opens a new file, in a folder that is made when there is none.
func (f *folder) create(name string) (*file, error) {
	if err := f.root.MkdirAll(path.Dir(name), 0o700); err != nil {
		return nil, err
	}
	created, err := f.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	w := &file{disk: created, name: name, sum: sha256.New(), progress: f.progress}
	w.buffer = bufio.NewWriterSize(io.MultiWriter(created, w.sum), 64<<10)
	return w, nil
}

// copy takes over a file as it is. rows tells that its lines are records, which are counted.
func (f *folder) copy(ctx context.Context, from fs.FS, name, as string, rows bool) error {
	in, err := from.Open(name)
	if err != nil {
		return err
	}
	err = f.write(as, func(w *file) error {
		for lines := bufio.NewReaderSize(in, 64<<10); ; {
			piece, err := lines.ReadSlice('\n')
			if _, err := w.Write(piece); err != nil {
				return err
			}
			if rows && err == nil {
				w.count()
			}
			switch {
			case errors.Is(err, io.EOF):
				return ctx.Err()
			case err != nil && !errors.Is(err, bufio.ErrBufferFull):
				return err
			case ctx.Err() != nil:
				return ctx.Err()
			}
		}
	})
	return errors.Join(err, in.Close())
}

// A file counts and sums up what is written to it.
type file struct {
	disk     *os.File
	name     string
	buffer   *bufio.Writer
	sum      hash.Hash
	rows     int64
	bytes    int64
	progress func(string, int64)
}

// Write implements io.Writer.
func (w *file) Write(b []byte) (int, error) {
	n, err := w.buffer.Write(b)
	w.bytes += int64(n)
	return n, err
}

// row writes v as a line of JSON.
func (w *file) row(v any) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		return err
	}
	w.count()
	return nil
}

// stride is after how many rows progress is told.
const stride = 1000

func (w *file) count() {
	if w.rows++; w.rows%stride == 0 {
		w.progress(w.name, w.rows)
	}
}

// close makes the file durable.
func (w *file) close() error { return errors.Join(w.buffer.Flush(), w.disk.Sync(), w.disk.Close()) }

func syncFolder(name string) error {
	d, err := os.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// fileName is a name as that of one file, whatever is in it.
func fileName(name string) string {
	name = url.PathEscape(name)
	if strings.HasPrefix(name, ".") {
		name = "%2E" + name[1:]
	}
	return name
}

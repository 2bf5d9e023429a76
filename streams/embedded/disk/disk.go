// Package disk is the little of a file system that the embedded log stands on, small enough to be replaced by
// one that loses power, fills up or fails.
package disk

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// A FS holds files. Names that Rename gives and Remove takes away are durable when these return.
type FS interface {
	// Create makes an empty file, over an older one, and the folder it is in. The name is not durable yet.
	Create(name string) (File, error)

	// Open opens a file to read and write, and says how long it is.
	Open(name string) (File, int64, error)

	// Rename moves a file over another in the same folder.
	Rename(from, to string) error

	// Remove deletes a file; one that is not there is no error.
	Remove(name string) error

	// List returns the names in a folder, sorted, those of folders with a slash at the end; none when there is
	// no such folder.
	List(folder string) ([]string, error)
}

// A File is written at positions and is durable up to the last Sync.
type File interface {
	io.ReaderAt
	io.WriterAt
	Truncate(size int64) error
	Sync() error
	Close() error
}

// Temporary ends the names of files that are not finished; whoever opens a folder removes them.
const Temporary = ".tmp"

// WriteFile replaces a file with content as a whole: after a crash there is the old one or the new one.
func WriteFile(f FS, name string, content []byte) error {
	file, err := f.Create(name + Temporary)
	if err != nil {
		return err
	}
	_, err = file.WriteAt(content, 0)
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return errors.Join(err, f.Remove(name+Temporary))
	}
	return f.Rename(name+Temporary, name)
}

// ReadFile returns the content of a file.
func ReadFile(f FS, name string) ([]byte, error) {
	file, size, err := f.Open(name)
	if err != nil {
		return nil, err
	}
	content := make([]byte, size)
	_, err = file.ReadAt(content, 0)
	if err == io.EOF {
		err = nil
	}
	return content, errors.Join(err, file.Close())
}

// OS is the file system of the machine.
type OS struct{}

// Create implements FS.
func (OS) Create(name string) (File, error) {
	if err := makeFolder(filepath.Dir(name)); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, err
	}
	return osFile{f}, nil
}

// Open implements FS.
func (OS) Open(name string) (File, int64, error) {
	f, err := os.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		return nil, 0, err
	}
	info, err := f.Stat()
	if err != nil {
		return nil, 0, errors.Join(err, f.Close())
	}
	return osFile{f}, info.Size(), nil
}

// Rename implements FS.
func (OS) Rename(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(to))
}

// Remove implements FS.
func (OS) Remove(name string) error {
	if err := os.Remove(name); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		return err
	}
	return syncFolder(filepath.Dir(name))
}

// List implements FS.
func (OS) List(folder string) ([]string, error) {
	entries, err := os.ReadDir(folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	names := make([]string, 0, len(entries))
	for _, e := range entries {
		name := e.Name()
		if e.IsDir() {
			name += "/"
		}
		names = append(names, name)
	}
	return names, nil
}

// makeFolder makes a folder and those above it that are missing, durably.
func makeFolder(folder string) error {
	switch _, err := os.Stat(folder); {
	case err == nil:
		return nil
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	parent := filepath.Dir(folder)
	if err := makeFolder(parent); err != nil {
		return err
	}
	if err := os.Mkdir(folder, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return syncFolder(parent)
}

func syncFolder(folder string) error {
	d, err := os.Open(folder)
	if err != nil {
		return err
	}
	if err := errors.Join(d.Sync(), d.Close()); err != nil {
		return fmt.Errorf("sync folder %s: %w", folder, err)
	}
	return nil
}

// osFile syncs content and length, not the times, which nobody asks for.
type osFile struct{ *os.File }

func (f osFile) Sync() error { return datasync(f.File) }

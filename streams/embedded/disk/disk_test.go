package disk_test

import (
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"testing"

	"keliu/streams/embedded/disk"
	"keliu/streams/embedded/disktest"
)

// TestFS holds the machine's file system and the one of the tests to the same.
func TestFS(t *testing.T) {
	for name, d := range map[string]disk.FS{"machine": disk.OS{}, "memory": disktest.New()} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "folder", "deeper", "file")
			if _, _, err := d.Open(path); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("Open of no file: %v, want %v", err, fs.ErrNotExist)
			}
			if err := d.Remove(path); err != nil {
				t.Errorf("Remove of no file: %v", err)
			}
			if names, err := d.List(filepath.Dir(path)); err != nil || len(names) > 0 {
				t.Errorf("List of no folder: %v, %v", names, err)
			}
			for _, content := range []string{"a longer content", "short"} {
				if err := disk.WriteFile(d, path, []byte(content)); err != nil {
					t.Fatal(err)
				}
				if got, err := disk.ReadFile(d, path); err != nil || string(got) != content {
					t.Errorf("read %q, %v, want %q", got, err, content)
				}
			}
			if names, err := d.List(filepath.Dir(path)); err != nil || !slices.Equal(names, []string{"file"}) {
				t.Errorf("List: %v, %v, want the file and nothing temporary", names, err)
			}
			if names, err := d.List(filepath.Join(dir, "folder")); err != nil || !slices.Equal(names, []string{"deeper/"}) {
				t.Errorf("List: %v, %v, want the folder", names, err)
			}
			edit(t, d, path)
			if err := d.Remove(path); err != nil {
				t.Error(err)
			}
			if _, _, err := d.Open(path); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("Open of a removed file: %v, want %v", err, fs.ErrNotExist)
			}
		})
	}
}

// edit makes "short" of the file at path into "sho\x00\x00end".
func edit(t *testing.T, d disk.FS, path string) {
	t.Helper()
	f, size, err := d.Open(path)
	if err != nil || size != 5 {
		t.Fatalf("Open: %d bytes, %v", size, err)
	}
	if err := f.Truncate(3); err != nil {
		t.Error(err)
	}
	if n, err := f.WriteAt([]byte("end"), 5); n != 3 || err != nil {
		t.Errorf("WriteAt: %d, %v", n, err)
	}
	if err := f.Sync(); err != nil {
		t.Error(err)
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
	if got, err := disk.ReadFile(d, path); err != nil || string(got) != "sho\x00\x00end" {
		t.Errorf("read %q, %v", got, err)
	}
}

func TestLock(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "folder")
	lock, err := disk.Lock(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := disk.Lock(dir); !errors.Is(err, disk.ErrLocked) {
		t.Errorf("second Lock: %v, want %v", err, disk.ErrLocked)
	}
	if err := lock.Close(); err != nil {
		t.Fatal(err)
	}
	lock, err = disk.Lock(dir)
	if err != nil {
		t.Fatalf("Lock after Close: %v", err)
	}
	if err := lock.Close(); err != nil {
		t.Error(err)
	}
}

// Package disktest is a file system in memory that loses power, fills up and fails when told.
package disktest

import (
	"errors"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"

	"keliu/streams/embedded/disk"
)

// ErrPower is what every call returns once the power is gone.
var ErrPower = errors.New("power is gone")

// sector is what a disk writes as a whole.
const sector = 512

// A Disk implements disk.FS. It is safe for concurrent use. The zero value is not usable, see New.
type Disk struct {
	mu       sync.Mutex
	names    map[string]*inode // as seen now
	durable  map[string]*inode // as seen after the power was gone
	left     int               // calls until the power goes; negative: it stays
	capacity int64             // bytes of all files; negative: no limit
	syncErr  error
	readErr  error
}

// An inode is a file whatever it is called.
type inode struct {
	content []byte
	synced  []byte
	pending []change // since synced
}

// A change is a write, or a truncation when data is nil.
type change struct {
	at   int64
	data []byte
}

// New returns an empty disk.
func New() *Disk {
	return &Disk{names: map[string]*inode{}, durable: map[string]*inode{}, left: -1, capacity: -1}
}

// CutAfter has the power go in the middle of the nth call from now that changes something.
func (d *Disk) CutAfter(n int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.left = n
}

// Limit sets how many bytes there is room for. Negative takes the limit away.
func (d *Disk) Limit(bytes int64) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.capacity = bytes
}

// FailSync has every Sync fail with err; nil ends it.
func (d *Disk) FailSync(err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.syncErr = err
}

// FailRead has every ReadAt fail with err; nil ends it.
func (d *Disk) FailRead(err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.readErr = err
}

// Used returns how many bytes the files have.
func (d *Disk) Used() int64 {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.used()
}

func (d *Disk) used() int64 {
	total := int64(0)
	for _, n := range d.names {
		total += int64(len(n.content))
	}
	return total
}

// Survivor takes the power away and returns the disk as it is found afterwards: what was synced, and of what was
// not, the sectors that chance spares.
func (d *Disk) Survivor(chance *rand.Rand) *Disk {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.left = 0
	after := New()
	spared := chance.Float64()
	for _, name := range slices.Sorted(maps.Keys(d.durable)) {
		n := d.durable[name]
		content := slices.Clone(n.synced)
		for _, c := range n.pending {
			if c.data == nil {
				if chance.Float64() < spared {
					content = resize(content, c.at)
				}
				continue
			}
			for from := int64(0); from < int64(len(c.data)); {
				to := min(int64(len(c.data)), (c.at+from)/sector*sector+sector-c.at)
				if chance.Float64() < spared {
					content = resize(content, max(int64(len(content)), c.at+to))
					copy(content[c.at+from:], c.data[from:to])
				}
				from = to
			}
		}
		kept := &inode{content: content, synced: slices.Clone(content)}
		after.names[name], after.durable[name] = kept, kept
	}
	return after
}

// Copy returns a disk with the same files, all durable.
func (d *Disk) Copy() *Disk {
	d.mu.Lock()
	defer d.mu.Unlock()
	c := New()
	for name, n := range d.names {
		kept := &inode{content: slices.Clone(n.content), synced: slices.Clone(n.content)}
		c.names[name], c.durable[name] = kept, kept
	}
	return c
}

// Revive gives the power back as if nothing had happened but to those who were told of it: what was written and not
// synced is seen, and is not durable.
func (d *Disk) Revive() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.left = -1
}

func resize(b []byte, size int64) []byte {
	if size <= int64(len(b)) {
		return b[:size]
	}
	return append(b, make([]byte, size-int64(len(b)))...)
}

// change counts a call that changes something. It reports whether the call is the one in which the power goes;
// after that it returns ErrPower.
func (d *Disk) change() (last bool, err error) {
	if d.left == 0 {
		return false, ErrPower
	}
	if d.left > 0 {
		d.left--
	}
	return d.left == 0, nil
}

// Create implements disk.FS.
func (d *Disk) Create(name string) (disk.File, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, err := d.change(); err != nil {
		return nil, err
	}
	n := &inode{}
	d.names[name] = n
	return &file{d, n}, nil
}

// Open implements disk.FS.
func (d *Disk) Open(name string) (disk.File, int64, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	n := d.names[name]
	if n == nil {
		return nil, 0, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return &file{d, n}, int64(len(n.content)), nil
}

// Rename implements disk.FS.
func (d *Disk) Rename(from, to string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, err := d.change(); err != nil {
		return err
	}
	n := d.names[from]
	if n == nil {
		return &fs.PathError{Op: "rename", Path: from, Err: fs.ErrNotExist}
	}
	delete(d.names, from)
	delete(d.durable, from)
	d.names[to], d.durable[to] = n, n
	return nil
}

// Remove implements disk.FS.
func (d *Disk) Remove(name string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, err := d.change(); err != nil {
		return err
	}
	delete(d.names, name)
	delete(d.durable, name)
	return nil
}

// List implements disk.FS.
func (d *Disk) List(folder string) ([]string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	found := map[string]bool{}
	for name := range d.names {
		rest, inside := strings.CutPrefix(name, folder+string(filepath.Separator))
		if !inside {
			continue
		}
		first, _, deeper := strings.Cut(rest, string(filepath.Separator))
		if deeper {
			first += "/"
		}
		found[first] = true
	}
	return slices.Sorted(maps.Keys(found)), nil
}

// Files returns the names of the files and how long they are.
func (d *Disk) Files() map[string]int64 {
	d.mu.Lock()
	defer d.mu.Unlock()
	sizes := make(map[string]int64, len(d.names))
	for name, n := range d.names {
		sizes[name] = int64(len(n.content))
	}
	return sizes
}

// Flip turns a bit of a file over, as a bad disk does.
func (d *Disk) Flip(name string, at int64, bit int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.names[name].content[at] ^= 1 << bit
}

// Cut shortens a file.
func (d *Disk) Cut(name string, size int64) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.names[name].content = d.names[name].content[:size]
}

// A file is an inode that is open.
type file struct {
	d *Disk
	n *inode
}

func (f *file) ReadAt(b []byte, at int64) (int, error) {
	f.d.mu.Lock()
	defer f.d.mu.Unlock()
	if f.d.readErr != nil {
		return 0, f.d.readErr
	}
	if at >= int64(len(f.n.content)) {
		return 0, io.EOF
	}
	n := copy(b, f.n.content[at:])
	if n < len(b) {
		return n, io.EOF
	}
	return n, nil
}

// WriteAt writes as much as there is room for.
func (f *file) WriteAt(b []byte, at int64) (int, error) {
	f.d.mu.Lock()
	defer f.d.mu.Unlock()
	last, err := f.d.change()
	if err != nil {
		return 0, err
	}
	fits := b
	if room := f.d.capacity - f.d.used() + int64(len(f.n.content)) - at; f.d.capacity >= 0 && room < int64(len(b)) {
		fits, err = b[:max(0, room)], syscall.ENOSPC
	}
	if len(fits) > 0 {
		f.n.content = resize(f.n.content, max(int64(len(f.n.content)), at+int64(len(fits))))
		copy(f.n.content[at:], fits)
		f.n.pending = append(f.n.pending, change{at, slices.Clone(fits)})
	}
	if last {
		return 0, ErrPower
	}
	return len(fits), err
}

func (f *file) Truncate(size int64) error {
	f.d.mu.Lock()
	defer f.d.mu.Unlock()
	last, err := f.d.change()
	if err != nil {
		return err
	}
	f.n.content = resize(f.n.content, size)
	f.n.pending = append(f.n.pending, change{at: size})
	if last {
		return ErrPower
	}
	return nil
}

func (f *file) Sync() error {
	f.d.mu.Lock()
	defer f.d.mu.Unlock()
	last, err := f.d.change()
	switch {
	case err != nil:
		return err
	case last:
		return ErrPower
	case f.d.syncErr != nil:
		return f.d.syncErr
	}
	f.n.synced, f.n.pending = slices.Clone(f.n.content), nil
	return nil
}

func (f *file) Close() error { return nil }

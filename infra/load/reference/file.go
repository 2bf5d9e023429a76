package reference

import (
	"sync"

	"keliu/streams/embedded/disk"
)

// A File is a plain file with group commit: whoever comes while a group is being synced waits in the next one, and the first of a
// group to get its turn writes and syncs for all of it.
type File struct {
	file disk.File
	end  int64
	room int64         // bytes that were written ahead, so that a sync has no length to change
	turn chan struct{} // held by who writes
	mu   sync.Mutex
	next *group
}

type group struct {
	bytes []byte
	done  chan struct{}
	err   error
}

// Create creates the file.
func Create(path string) (*File, error) {
	f, err := disk.OS{}.Create(path)
	return &File{file: f, turn: make(chan struct{}, 1), next: &group{done: make(chan struct{})}}, err
}

// Append returns once the bytes are on the disk.
func (f *File) Append(b []byte) error {
	f.mu.Lock()
	g := f.next
	g.bytes = append(g.bytes, b...)
	f.mu.Unlock()
	select {
	case <-g.done:
		return g.err
	case f.turn <- struct{}{}:
	}
	defer func() { <-f.turn }()
	f.mu.Lock()
	if f.next != g { // written by the one before
		f.mu.Unlock()
		<-g.done
		return g.err
	}
	f.next = &group{done: make(chan struct{}), bytes: make([]byte, 0, cap(g.bytes))}
	f.mu.Unlock()
	g.err = f.write(g.bytes)
	close(g.done)
	return g.err
}

func (f *File) write(b []byte) error {
	if next := f.end + int64(len(b)); next > f.room {
		f.room = next + 1<<20
		if _, err := f.file.WriteAt(make([]byte, f.room-next), next); err != nil {
			return err
		}
	}
	if _, err := f.file.WriteAt(b, f.end); err != nil {
		return err
	}
	f.end += int64(len(b))
	return f.file.Sync()
}

// Close closes the file.
func (f *File) Close() error { return f.file.Close() }

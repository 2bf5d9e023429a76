package segment

import (
	"errors"
	"fmt"
	"sort"

	"keliu/streams"
	"keliu/streams/embedded/disk"
	"keliu/streams/embedded/frame"
)

// stride is by how much a segment's file grows ahead of its frames: a sync that needs not note a new length
// takes two thirds of the time.
const stride = 1 << 20

var zeros [stride]byte

// A group is the frames that become durable together.
type group struct {
	first, end int64  // offsets
	buf        []byte // frames
	heads      []spot // where they begin
	done       chan struct{}
	err        error // set before done is closed
}

type spot struct {
	frame.Header
	pos int // in the group's bytes
}

func newGroup(size int) *group {
	return &group{buf: make([]byte, 0, size), done: make(chan struct{})}
}

// Append returns once the records are durable. An error wraps streams.ErrUnavailable when nothing was written
// for no fault of the records.
func (c *Chain) Append(records []streams.Record) error {
	g, err := c.join(records)
	if err != nil {
		return err
	}
	select {
	case <-g.done:
		return g.err
	case c.turn <- struct{}{}:
	}
	select {
	case <-g.done: // by the one before, while both channels were ready
	default:
		c.commit()
	}
	<-c.turn
	return g.err
}

// join adds the records to the group that is written next.
func (c *Chain) join(records []streams.Record) (*group, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.fault != nil {
		return nil, c.fault
	}
	g := c.group
	pos := len(g.buf)
	buf, h, err := frame.Append(g.buf, c.next, c.o.Now(), records)
	if err != nil {
		return nil, err
	}
	if len(g.heads) == 0 {
		g.first = c.next
	}
	g.buf, g.heads = buf, append(g.heads, spot{h, pos})
	c.next += int64(len(records))
	g.end = c.next
	return g, nil
}

// commit makes the collected group durable. The caller has the turn.
func (c *Chain) commit() {
	c.mu.Lock()
	g := c.group
	if len(g.heads) == 0 {
		c.mu.Unlock()
		return
	}
	c.group = newGroup(min(len(g.buf), stride))
	g.err = c.fault
	c.mu.Unlock()
	if g.err == nil {
		g.err = c.store(g)
	}
	if g.err == nil {
		c.o.Appended()
	}
	close(g.done)
}

// store writes a group and lets readers see it.
func (c *Chain) store(g *group) error {
	l, err := c.write(g)
	if err != nil {
		return fmt.Errorf("append to %s: %w: %w", c.dir, streams.ErrUnavailable, err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	base := l.Size
	for _, h := range g.heads {
		l.Add(h.Header, base+int64(h.pos))
	}
	c.end = g.end
	c.recent.add(block{g.first, g.end, g.buf})
	return nil
}

// write puts a group behind the frames of the last segment and syncs it. After an error the file ends where it
// did before, or nothing is appended any more.
func (c *Chain) write(g *group) (*link, error) {
	l, err := c.writable(g.first)
	if err != nil {
		return nil, err
	}
	end := l.Size + int64(len(g.buf))
	if end > c.room {
		ahead := min(stride, c.o.Bytes)
		if _, err := l.file.WriteAt(zeros[:ahead], end); err == nil {
			c.room = end + ahead
		} // without the room ahead the write is slower, no more
	}
	if _, err := l.file.WriteAt(g.buf, l.Size); err != nil {
		if cut := l.file.Truncate(l.Size); cut != nil {
			return nil, c.fail(errors.Join(err, cut))
		}
		c.room = l.Size
		return nil, err
	}
	c.room = max(c.room, end)
	if err := l.file.Sync(); err != nil {
		// The kernel may have dropped what it could not write and call the next sync a success.
		return nil, c.fail(errors.Join(err, l.file.Truncate(l.Size)))
	}
	return l, nil
}

// fail stops the chain from accepting records until it is opened again, which reads what the disk holds.
func (c *Chain) fail(cause error) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.fault = fmt.Errorf("%s must be opened again: %w: %w", c.dir, streams.ErrUnavailable, cause)
	return cause
}

// writable returns the segment that a group goes to: the last, or a new one when there is none or it is full.
func (c *Chain) writable(offset int64) (*link, error) {
	c.mu.Lock()
	var l *link
	if n := len(c.links); n > 0 {
		l = c.links[n-1]
	}
	c.mu.Unlock()
	if l != nil && l.Size < c.o.Bytes {
		return l, nil
	}
	if l != nil {
		if err := c.seal(l); err != nil {
			return nil, err
		}
	}
	path := c.path(offset)
	file, err := c.o.Disk.Create(path + disk.Temporary)
	if err != nil {
		return nil, err
	}
	if err := c.o.Disk.Rename(path+disk.Temporary, path); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	c.room = 0
	fresh := &link{first: offset, path: path, file: file, users: 1, Index: frame.Index{Last: offset - 1}}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.links = append(c.links, fresh)
	if l != nil {
		err = c.release(l)
	}
	return fresh, err
}

// seal ends a full segment: no room behind its frames, and an index. It may be repeated.
func (c *Chain) seal(l *link) error {
	if err := l.file.Truncate(l.Size); err != nil {
		return err
	}
	c.room = l.Size
	if err := l.file.Sync(); err != nil {
		return c.fail(err)
	}
	if err := disk.WriteFile(c.o.Disk, indexPath(l.path), l.Marshal()); err != nil {
		return err
	}
	c.o.Sealed()
	return nil
}

// recentBytes is how much of what was appended last stays in memory for those who follow closely.
const recentBytes = 1 << 20

// A block is a group that became durable.
type block struct {
	first, end int64
	buf        []byte
}

// recent holds the last blocks, oldest first.
type recent struct {
	blocks []block
	bytes  int
}

func (r *recent) add(b block) {
	r.blocks = append(r.blocks, b)
	r.bytes += len(b.buf)
	gone := 0
	for r.bytes > recentBytes && gone < len(r.blocks)-1 {
		r.bytes -= len(r.blocks[gone].buf)
		r.blocks[gone] = block{}
		gone++
	}
	r.blocks = r.blocks[gone:]
}

// find returns the block of an offset or, when that was never used, the one after it.
func (r *recent) find(offset int64) (block, bool) {
	if len(r.blocks) == 0 || offset < r.blocks[0].first {
		return block{}, false
	}
	i := sort.Search(len(r.blocks), func(i int) bool { return r.blocks[i].end > offset })
	if i == len(r.blocks) {
		return block{}, false
	}
	return r.blocks[i], true
}

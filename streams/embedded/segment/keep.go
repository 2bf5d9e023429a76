package segment

import (
	"errors"
	"fmt"
	"io"
	"time"

	"keliu/streams"
	"keliu/streams/embedded/disk"
	"keliu/streams/embedded/frame"
)

// Trim deletes sealed segments, oldest first, whose records are all before the offset passed, and that are
// older than oldest or beyond the newest bytes of the chain. A zero oldest or bytes sets no limit.
func (c *Chain) Trim(passed int64, oldest time.Time, bytes int64) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	total := int64(0)
	for _, l := range c.links {
		total += l.Size
	}
	for len(c.links) > 1 {
		l := c.links[0]
		old := !oldest.IsZero() && time.Unix(0, l.Newest).Before(oldest)
		much := bytes > 0 && total > bytes
		if l.Last >= passed || !old && !much {
			return nil
		}
		total -= l.Size
		if err := c.drop(0); err != nil {
			return err
		}
	}
	return nil
}

// drop deletes the segment at i of the chain. Those who read it now read it to its end.
func (c *Chain) drop(i int) error {
	l := c.links[i]
	if err := c.o.Disk.Remove(l.path); err != nil {
		return err
	}
	c.links = append(c.links[:i:i], c.links[i+1:]...)
	return c.o.Disk.Remove(indexPath(l.path))
}

// Pin keeps Compact from changing the chain until Unpin, so that what was seen once is found again.
func (c *Chain) Pin() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pins++
}

// Unpin undoes Pin.
func (c *Chain) Unpin() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pins--
}

// errPinned ends a compaction that somebody reads against.
var errPinned = errors.New("chain is pinned")

// Compact rewrites the sealed segments, oldest first, without the records that wanted refuses. While the chain is
// pinned it changes nothing more.
func (c *Chain) Compact(wanted func(offset int64) bool) error {
	c.mu.Lock()
	sealed := append([]*link(nil), c.links...)
	c.mu.Unlock()
	if len(sealed) > 0 {
		sealed = sealed[:len(sealed)-1]
	}
	for _, l := range sealed {
		err := c.rewrite(l, wanted)
		if errors.Is(err, errPinned) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("compact %s: %w", l.path, err)
		}
	}
	return nil
}

// rewrite puts a segment with the wanted records in the place of l.
func (c *Chain) rewrite(l *link, wanted func(offset int64) bool) error {
	frames, x, dropped, err := c.sift(l, wanted)
	if err != nil || dropped == 0 {
		return err
	}
	temporary := l.path + disk.Temporary
	if len(frames) > 0 {
		file, err := c.o.Disk.Create(temporary)
		if err != nil {
			return err
		}
		_, err = file.WriteAt(frames, 0)
		if err == nil {
			err = file.Sync()
		}
		if err = errors.Join(err, file.Close()); err != nil {
			return errors.Join(err, c.o.Disk.Remove(temporary))
		}
	}
	if err := c.swap(l, x, temporary); err != nil {
		return errors.Join(err, c.o.Disk.Remove(temporary))
	}
	if x.Size == 0 {
		return nil
	}
	return disk.WriteFile(c.o.Disk, indexPath(l.path), x.Marshal())
}

// sift returns the frames of the wanted records of a segment, one record in each.
func (c *Chain) sift(l *link, wanted func(offset int64) bool) (frames []byte, x frame.Index, dropped int, err error) {
	x.Last = l.first - 1
	r := c.Between(l.first, l.Last+1)
	defer r.Close() // was only read
	for {
		offset, record, err := r.Next()
		if err == io.EOF {
			return frames, x, dropped, nil
		}
		if err != nil {
			return nil, x, 0, err
		}
		if !wanted(offset) {
			dropped++
			continue
		}
		pos := int64(len(frames))
		var h frame.Header
		frames, h, err = frame.Append(frames, offset, record.At, []streams.Record{record})
		if err != nil {
			return nil, x, 0, err
		}
		x.Add(h, pos)
	}
}

// swap puts the file at temporary, which x describes, in the place of l; nothing when x is empty.
func (c *Chain) swap(l *link, x frame.Index, temporary string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.pins > 0 {
		return errPinned
	}
	for i := range c.links {
		if c.links[i] != l {
			continue
		}
		if x.Size == 0 {
			return c.drop(i)
		}
		if err := c.o.Disk.Rename(temporary, l.path); err != nil {
			return err
		}
		c.links = append(append(c.links[:i:i], &link{first: l.first, path: l.path, Index: x}), c.links[i+1:]...)
		return nil
	}
	return nil // trimmed in the meantime
}

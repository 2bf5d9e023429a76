package segment

import (
	"context"
	"errors"
	"fmt"

	"keliu/streams"
	"keliu/streams/embedded/disk"
	"keliu/streams/embedded/frame"
)

// Latest hands the latest record of each key to visit, but for those whose record has no body. It reads the chain
// twice and holds its keys in memory, not its bodies.
func (c *Chain) Latest(ctx context.Context, visit func(streams.Record) error) error {
	c.pin(1) // what the first reading finds, the second must find again
	defer c.pin(-1)
	from, to := c.Bounds()
	latest := map[string]int64{}
	err := c.Each(ctx, from, to, func(offset int64, r streams.Record) error {
		latest[r.Key] = offset
		return nil
	})
	if err != nil {
		return err
	}
	return c.Each(ctx, from, to, func(offset int64, r streams.Record) error {
		if at, ok := latest[r.Key]; !ok || at != offset || len(r.Body) == 0 {
			return nil
		}
		return visit(r)
	})
}

// pin keeps Compact from changing the chain while the sum of its arguments is above zero.
func (c *Chain) pin(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pins += n
}

// errPinned ends a compaction that somebody reads against.
var errPinned = errors.New("chain is pinned")

// Compact rewrites the sealed segments, oldest first, with the latest record of each key alone. A record that removes
// its key goes too once it is before the offset passed. What cannot be changed because it is read stays for the
// next time.
func (c *Chain) Compact(ctx context.Context, passed int64) error {
	from, to := c.Bounds()
	latest := map[string]int64{}
	err := c.Each(ctx, from, to, func(offset int64, r streams.Record) error {
		if latest[r.Key] = offset; len(r.Body) == 0 && offset < passed {
			delete(latest, r.Key)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("compact: %w", err)
	}
	wanted := make(map[int64]bool, len(latest))
	for _, offset := range latest {
		wanted[offset] = true
	}
	c.mu.Lock()
	sealed := append([]*link(nil), c.links...)
	c.mu.Unlock()
	for _, l := range sealed[:max(0, len(sealed)-1)] {
		err := c.rewrite(l, func(offset int64) bool { return wanted[offset] || offset >= to })
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
	err = c.Each(context.Background(), l.first, l.Last+1, func(offset int64, record streams.Record) error {
		if !wanted(offset) {
			dropped++
			return nil
		}
		pos := int64(len(frames))
		more, h, err := frame.Append(frames, offset, record.At, []streams.Record{record})
		if err != nil {
			return err
		}
		frames = more
		x.Add(h, pos)
		return nil
	})
	return frames, x, dropped, err
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

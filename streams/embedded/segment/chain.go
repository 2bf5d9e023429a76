// Package segment keeps the records of one topic in a chain of files.
//
// A file is named by the offset of its first record and holds frames, one per call of Append. The last file is
// written; the others are sealed and have an index beside them. Appends that come together share one write and
// one sync. Readers take what is recent from memory and never see what is not durable.
package segment

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"
	"time"

	"keliu/streams"
	"keliu/streams/embedded/disk"
	"keliu/streams/embedded/frame"
)

// Options are what a chain needs of its surroundings.
type Options struct {
	Disk     disk.FS
	Bytes    int64            // a segment is sealed when it is this long
	Now      func() time.Time // stamps records
	Report   func(Damage)     // is told of every gap that opening or reading meets, perhaps repeatedly
	Appended func()           // is called when records have become durable
	Sealed   func()           // is called when a segment was sealed
}

// A Damage is a stretch of a segment that holds no whole frame where there should be one.
type Damage struct {
	Segment   string // path of the file
	At, Bytes int64  // the stretch
	Torn      bool   // it was the unfinished end of the last segment, and was cut off
}

// A Chain is the records of one topic. It is safe for concurrent use.
type Chain struct {
	dir string
	o   Options

	// turn is held by the one who writes: the first of those who wait.
	turn chan struct{}
	room int64 // bytes of the last segment's file, zeros beyond its frames; of the one whose turn it is

	mu     sync.Mutex
	group  *group // collects what the next write takes
	next   int64  // the offset of the next record
	end    int64  // records before this offset are durable
	links  []*link
	recent recent
	fault  error // why nothing can be appended any more
	pins   int   // readers that must find every segment as it was
}

// A link is one segment. Its fields are guarded by the chain's mutex.
type link struct {
	frame.Index
	first int64
	path  string
	file  disk.File // open while users > 0
	users int
}

const (
	logSuffix   = ".log"
	indexSuffix = ".index"
)

// Open opens the chain in a folder, which need not exist. It cuts off a torn end.
func Open(dir string, o Options) (*Chain, error) {
	c := &Chain{dir: dir, o: o, turn: make(chan struct{}, 1), group: newGroup(0)}
	firsts, err := c.tidy()
	if err != nil {
		return nil, err
	}
	for i, first := range firsts {
		l := &link{first: first, path: c.path(first)}
		if i == len(firsts)-1 {
			err = c.recover(l)
		} else {
			err = c.inspect(l)
		}
		if err != nil {
			return nil, errors.Join(fmt.Errorf("open %s: %w", l.path, err), c.Close())
		}
		c.links = append(c.links, l)
		c.next = max(c.next, l.first, l.Last+1)
	}
	c.end = c.next
	return c, nil
}

func (c *Chain) path(first int64) string {
	return filepath.Join(c.dir, fmt.Sprintf("%020d%s", first, logSuffix))
}

func indexPath(log string) string { return strings.TrimSuffix(log, logSuffix) + indexSuffix }

// tidy removes what a crash left unfinished and returns the first offsets of the segments, in order.
func (c *Chain) tidy() ([]int64, error) {
	names, err := c.o.Disk.List(c.dir)
	if err != nil {
		return nil, err
	}
	var firsts []int64
	for _, name := range names {
		orphan := strings.HasSuffix(name, indexSuffix) && !slices.Contains(names, strings.TrimSuffix(name, indexSuffix)+logSuffix)
		if orphan || strings.HasSuffix(name, disk.Temporary) {
			if err := c.o.Disk.Remove(filepath.Join(c.dir, name)); err != nil {
				return nil, err
			}
		}
		digits, ok := strings.CutSuffix(name, logSuffix)
		if !ok {
			continue
		}
		first, err := strconv.ParseInt(digits, 10, 64)
		if err != nil || c.path(first) != filepath.Join(c.dir, name) {
			return nil, fmt.Errorf("%s in %s is not the name of a segment", name, c.dir)
		}
		firsts = append(firsts, first)
	}
	slices.Sort(firsts)
	return firsts, nil
}

// inspect learns about a sealed segment from its index, or from the segment when there is no good one.
func (c *Chain) inspect(l *link) error {
	file, size, err := c.o.Disk.Open(l.path)
	if err != nil {
		return err
	}
	defer file.Close() // was only read
	if b, err := disk.ReadFile(c.o.Disk, indexPath(l.path)); err == nil {
		if l.Index, err = frame.ParseIndex(b, size); err == nil {
			return nil
		}
	}
	l.Index = frame.Index{Last: l.first - 1}
	s := frame.NewScanner(file, 0, size, l.first)
	gaps, err := s.Survey(&l.Index)
	if err != nil {
		return err
	}
	l.Size = size
	c.report(l.path, gaps)
	return disk.WriteFile(c.o.Disk, indexPath(l.path), l.Marshal())
}

// recover reads the segment that was last written and cuts off its torn end.
func (c *Chain) recover(l *link) error {
	file, size, err := c.o.Disk.Open(l.path)
	if err != nil {
		return err
	}
	l.file, l.users = file, 1
	l.Index = frame.Index{Last: l.first - 1}
	s := frame.NewScanner(file, 0, size, l.first)
	gaps, err := s.Survey(&l.Index)
	if err != nil {
		return err
	}
	if n := len(gaps); n > 0 && gaps[n-1].Pos == l.Size {
		tail := gaps[n-1]
		gaps = gaps[:n-1]
		unused, err := s.IsZero(tail.Pos, tail.Gap)
		if err != nil {
			return err
		}
		if !unused {
			c.o.Report(Damage{Segment: l.path, At: tail.Pos, Bytes: tail.Gap, Torn: true})
		}
		if err := file.Truncate(l.Size); err != nil {
			return err
		}
	}
	c.report(l.path, gaps)
	c.room = l.Size
	// What was written and not synced before a crash is served from now on, so it must be durable.
	return file.Sync()
}

func (c *Chain) report(path string, gaps []frame.Step) {
	for _, g := range gaps {
		c.o.Report(Damage{Segment: path, At: g.Pos, Bytes: g.Gap})
	}
}

// SkipTo makes the next offset at least this one. It serves a reader that remembers more than the files hold.
func (c *Chain) SkipTo(offset int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.next = max(c.next, offset)
	c.end = max(c.end, offset)
}

// Bounds returns the oldest offset that is kept and the one after the last durable.
func (c *Chain) Bounds() (first, end int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.links) == 0 {
		return c.end, c.end
	}
	return c.links[0].first, c.end
}

// SealedBytes returns how long the sealed segments are together.
func (c *Chain) SealedBytes() int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	total := int64(0)
	for _, l := range c.links {
		total += l.Size
	}
	if n := len(c.links); n > 0 {
		total -= c.links[n-1].Size
	}
	return total
}

// acquire opens the segment of an offset or, when that is gone, the one after it. It returns nil when there
// is none.
func (c *Chain) acquire(offset int64) (*link, error) {
	i := sort.Search(len(c.links), func(i int) bool { return c.links[i].Last >= offset })
	if i == len(c.links) {
		return nil, nil
	}
	l := c.links[i]
	if l.users == 0 {
		file, _, err := c.o.Disk.Open(l.path)
		if err != nil {
			return nil, err
		}
		l.file = file
	}
	l.users++
	return l, nil
}

// release undoes acquire. The file was only read or is synced, so that nothing is lost with an error.
func (c *Chain) release(l *link) error {
	if l.users--; l.users > 0 {
		return nil
	}
	file := l.file
	l.file = nil
	return file.Close()
}

// Close makes what was accepted durable and releases the files.
func (c *Chain) Close() error {
	c.turn <- struct{}{}
	defer func() { <-c.turn }()
	c.commit()
	c.mu.Lock()
	defer c.mu.Unlock()
	if errors.Is(c.fault, streams.ErrClosed) {
		return nil
	}
	broken := c.fault != nil
	c.fault = streams.ErrClosed
	if len(c.links) == 0 {
		return nil
	}
	l := c.links[len(c.links)-1]
	if l.file == nil {
		return nil
	}
	var err error
	if !broken && c.room > l.Size {
		err = l.file.Truncate(l.Size)
	}
	return errors.Join(err, c.release(l))
}

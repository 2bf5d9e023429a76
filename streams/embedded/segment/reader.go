package segment

import (
	"context"
	"errors"
	"io"
	"time"

	"keliu/streams"
	"keliu/streams/embedded/frame"
)

// A Reader hands out durable records in order. It is not safe for concurrent use.
type Reader struct {
	c     *Chain
	next  int64          // the offset wanted
	to    int64          // where it ends; less than 0 when it follows the chain
	upto  int64          // where the source ends
	link  *link          // the segment that is read; nil when the source is memory
	scan  *frame.Scanner // nil when there is no source
	frame frame.Header
	body  []byte // records of the frame that are not handed out, the first of which has the offset at
	at    int64
	pos   int64 // of the frame in its source
}

// Follow returns a reader that begins at an offset, or after it with the oldest kept, and never ends.
func (c *Chain) Follow(from int64) *Reader { return &Reader{c: c, next: from, to: -1} }

// Between returns a reader of the records in [from, to).
func (c *Chain) Between(from, to int64) *Reader { return &Reader{c: c, next: from, to: to} }

// Each hands the records in [from, to) to visit until that returns an error, or ctx is done.
func (c *Chain) Each(ctx context.Context, from, to int64, visit func(int64, streams.Record) error) error {
	r := c.Between(from, to)
	for {
		offset, record, err := r.Next()
		if err == io.EOF {
			return r.Close()
		}
		if err == nil {
			err = ctx.Err()
		}
		if err == nil {
			err = visit(offset, record)
		}
		if err != nil {
			return errors.Join(err, r.Close())
		}
	}
}

// Next returns the next record and its offset, io.EOF when there is none at the moment.
func (r *Reader) Next() (int64, streams.Record, error) {
	for {
		for len(r.body) > 0 {
			record, rest, err := frame.First(r.body)
			if err != nil {
				r.damaged(r.pos, r.frame.Size())
				r.next = r.frame.End()
				break
			}
			offset := r.at
			r.body, r.at = rest, offset+1
			if offset < r.next {
				continue
			}
			if r.to >= 0 && offset >= r.to {
				return 0, streams.Record{}, io.EOF
			}
			r.next = offset + 1
			record.At = time.Unix(0, r.frame.At).UTC()
			return offset, record, nil
		}
		r.body = nil
		if err := r.advance(); err != nil {
			return 0, streams.Record{}, err
		}
	}
}

// Offset returns the offset that Next looks for.
func (r *Reader) Offset() int64 { return r.next }

// advance finds the next frame.
func (r *Reader) advance() error {
	for {
		if r.scan == nil {
			if err := r.open(); err != nil {
				return err
			}
		}
		f, err := r.scan.Next()
		switch {
		case err == io.EOF:
			r.next = max(r.next, r.upto)
			if err := r.Close(); err != nil {
				return err
			}
		case err != nil:
			return err
		case f.Gap > 0:
			r.damaged(f.Pos, f.Gap)
		default:
			r.frame, r.body, r.at, r.pos = f.Header, f.Body, f.Offset, f.Pos
			return nil
		}
	}
}

// open finds the source of the next record: memory, or the segment it is in. There is none yet: io.EOF.
func (r *Reader) open() error {
	c := r.c
	c.mu.Lock()
	defer c.mu.Unlock()
	if r.next >= c.end || r.to >= 0 && r.next >= r.to {
		return io.EOF
	}
	if b, ok := c.recent.find(r.next); ok {
		r.scan, r.upto = frame.ScanBytes(b.buf, b.first), b.end
		return nil
	}
	l, err := c.acquire(r.next)
	if err != nil {
		return err
	}
	if l == nil {
		r.next = c.end
		return io.EOF
	}
	r.link, r.upto = l, l.Last+1
	pos := int64(0)
	if r.next > l.first {
		pos = l.Find(r.next)
	}
	r.scan = frame.NewScanner(l.file, pos, l.Size, l.first)
	return nil
}

func (r *Reader) damaged(at, bytes int64) {
	if r.link != nil {
		r.c.o.Report(Damage{Segment: r.link.path, At: at, Bytes: bytes})
	}
}

// Close lets go of the files. A reader may be used again after it.
func (r *Reader) Close() error {
	r.scan = nil
	if r.link == nil {
		return nil
	}
	r.c.mu.Lock()
	defer r.c.mu.Unlock()
	l := r.link
	r.link = nil
	return r.c.release(l)
}

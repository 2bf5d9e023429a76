package frame

import (
	"bytes"
	"hash/crc32"
	"io"
)

// A scanner reads little at first, and twice as much each time up to chunk: little for one frame, much for
// all of them.
const (
	chunk      = 256 << 10
	firstChunk = 16 << 10
)

// A Scanner walks frames. What is damaged it passes over and says so; it never returns a frame whose sums fail.
type Scanner struct {
	file  io.ReaderAt
	pos   int64  // the next byte to look at
	size  int64  // where the frames end
	least int64  // frames before this offset are none: offsets rise, what lies embedded in a body does not
	buf   []byte // the bytes of the file from start on
	start int64
	ahead int // how much to read at once
}

// NewScanner returns a scanner of the frames of a file from a position on up to its size. Frames before the offset
// least are none.
func NewScanner(file io.ReaderAt, pos, size, least int64) *Scanner {
	return &Scanner{file: file, pos: pos, size: size, least: least, ahead: firstChunk}
}

// ScanBytes returns a scanner of frames in memory.
func ScanBytes(frames []byte, least int64) *Scanner {
	return &Scanner{size: int64(len(frames)), least: least, buf: frames}
}

// A Step is a whole frame, or a gap when there is none: the bytes from Pos on that hold no whole frame.
type Step struct {
	Header
	Pos  int64
	Gap  int64
	Body []byte // valid until the next step
}

// Next returns the next step, io.EOF after the last.
func (s *Scanner) Next() (Step, error) {
	if s.pos >= s.size {
		return Step{}, io.EOF
	}
	at := s.pos
	h, ok, err := s.header(at)
	if err != nil {
		return Step{}, err
	}
	if !ok {
		to, err := s.resync(at + 1)
		if err != nil {
			return Step{}, err
		}
		s.pos = to
		return Step{Pos: at, Gap: to - at}, nil
	}
	if h.Size() > s.size-at {
		s.pos = s.size
		return Step{Pos: at, Gap: s.size - at}, nil
	}
	whole, err := s.window(at, int(h.Size()))
	if err != nil {
		return Step{}, err
	}
	s.pos, s.least = at+h.Size(), h.End()
	body := whole[headerSize:]
	if crc32.Checksum(body, castagnoli) != h.sum {
		return Step{Pos: at, Gap: h.Size()}, nil
	}
	return Step{Header: h, Pos: at, Body: body}, nil
}

// Each hands every step to visit.
func (s *Scanner) Each(visit func(Step)) error {
	for {
		f, err := s.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		visit(f)
	}
}

// header returns the header at a position, if there is one.
func (s *Scanner) header(at int64) (Header, bool, error) {
	b, err := s.window(at, int(min(headerSize, s.size-at)))
	if err != nil {
		return Header{}, false, err
	}
	h, ok := parseHeader(b)
	return h, ok && h.Offset >= s.least, nil
}

// resync returns the position of the next header from a position on, or the end.
func (s *Scanner) resync(from int64) (int64, error) {
	for from < s.size {
		b, err := s.window(from, int(min(chunk, s.size-from)))
		if err != nil {
			return 0, err
		}
		i := bytes.Index(b, magic)
		if i < 0 {
			from += max(1, int64(len(b)-len(magic)+1))
			continue
		}
		from += int64(i)
		if _, ok, err := s.header(from); ok || err != nil {
			return from, err
		}
		from++
	}
	return s.size, nil
}

// window returns n bytes of the file from a position on.
func (s *Scanner) window(at int64, n int) ([]byte, error) {
	if at >= s.start && at+int64(n) <= s.start+int64(len(s.buf)) {
		i := at - s.start
		return s.buf[i : i+int64(n)], nil
	}
	want := int(min(int64(max(n, s.ahead)), s.size-at))
	s.ahead = min(2*s.ahead, chunk)
	if cap(s.buf) < want {
		s.buf = make([]byte, want)
	}
	s.buf, s.start = s.buf[:want], at
	got, err := s.file.ReadAt(s.buf, at)
	s.buf = s.buf[:got]
	if got < n {
		if err == nil || err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		return nil, err
	}
	return s.buf[:n], nil
}

// IsZero reports whether a gap is nothing but room that was made for frames and not used.
func (s *Scanner) IsZero(at, n int64) (bool, error) {
	for n > 0 {
		b, err := s.window(at, int(min(chunk, n)))
		if err != nil {
			return false, err
		}
		if len(bytes.TrimLeft(b, "\x00")) > 0 {
			return false, nil
		}
		at, n = at+int64(len(b)), n-int64(len(b))
	}
	return true, nil
}

// Survey fills an index from the frames and returns the gaps between them.
func (s *Scanner) Survey(x *Index) ([]Step, error) {
	var gaps []Step
	err := s.Each(func(f Step) {
		n := len(gaps)
		switch {
		case f.Gap == 0:
			x.Add(f.Header, f.Pos)
		case n > 0 && gaps[n-1].Pos+gaps[n-1].Gap == f.Pos:
			gaps[n-1].Gap += f.Gap
		default:
			gaps = append(gaps, f)
		}
	})
	return gaps, err
}

package frame

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
	"sort"
)

// spacing is how many bytes of frames lie between two marks of an index.
const spacing = 32 << 10

// A mark says where a frame is.
type mark struct{ offset, pos int64 }

// An Index is what is worth knowing of a segment without reading it.
type Index struct {
	Size   int64 // of its whole frames, in bytes
	Last   int64 // the offset of its last record; one less than its first when it is empty
	Newest int64 // when its newest record was accepted, Unix nanoseconds
	marks  []mark
}

// Add notes a frame that begins at pos.
func (x *Index) Add(h Header, pos int64) {
	if n := len(x.marks); n == 0 || pos-x.marks[n-1].pos >= spacing {
		x.marks = append(x.marks, mark{h.Offset, pos})
	}
	x.Last, x.Newest, x.Size = h.End()-1, max(x.Newest, h.At), pos+h.Size()
}

// Find returns where to begin to look for an offset.
func (x *Index) Find(offset int64) int64 {
	i := sort.Search(len(x.marks), func(i int) bool { return x.marks[i].offset > offset })
	if i == 0 {
		return 0
	}
	return x.marks[i-1].pos
}

var errIndex = errors.New("index does not match its segment")

// Marshal encodes x: the numbers in varints, the CRC-32C of them at the end.
func (x *Index) Marshal() []byte {
	b := make([]byte, 0, 64+8*len(x.marks))
	b = binary.AppendVarint(b, x.Size)
	b = binary.AppendVarint(b, x.Last)
	b = binary.AppendVarint(b, x.Newest)
	var before mark
	for _, m := range x.marks {
		b = binary.AppendVarint(b, m.offset-before.offset)
		b = binary.AppendVarint(b, m.pos-before.pos)
		before = m
	}
	return binary.LittleEndian.AppendUint32(b, crc32.Checksum(b, castagnoli))
}

// ParseIndex decodes the index of a segment of size bytes.
func ParseIndex(b []byte, size int64) (Index, error) {
	n := len(b) - 4
	if n < 0 || binary.LittleEndian.Uint32(b[n:]) != crc32.Checksum(b[:n], castagnoli) {
		return Index{}, errIndex
	}
	p := varints{rest: b[:n]}
	x := Index{Size: p.next(), Last: p.next(), Newest: p.next()}
	var m mark
	for len(p.rest) > 0 {
		m = mark{m.offset + p.next(), m.pos + p.next()}
		x.marks = append(x.marks, m)
	}
	if p.bad || x.Size != size {
		return Index{}, errIndex
	}
	return x, nil
}

type varints struct {
	rest []byte
	bad  bool
}

func (p *varints) next() int64 {
	v, n := binary.Varint(p.rest)
	if n <= 0 {
		p.bad, p.rest = true, nil
		return 0
	}
	p.rest = p.rest[n:]
	return v
}

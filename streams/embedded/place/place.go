// Package place remembers how far a subscription has come.
package place

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
	"math/bits"
	"sync"
	"time"

	"keliu/streams/embedded/disk"
)

// A Place is which offsets a subscription has settled, and what failed of the others. It is safe for concurrent use.
type Place struct {
	saving sync.Mutex // held by Save

	mu      sync.Mutex
	base    int64    // all before it are settled; a multiple of 64
	settled []uint64 // a bit for each offset from base on
	failing map[int64]Failure
}

// A Failure is what is known of a record that could not be handled.
type Failure struct {
	Attempts int
	Due      time.Time // when it is tried again
	Reason   string    // the last error
}

// New returns the place of a subscription that begins at an offset.
func New(from int64) *Place {
	p := &Place{base: from &^ 63, failing: map[int64]Failure{}}
	p.Settle(p.base, from)
	return p
}

// Settle notes that the offsets in [from, to) need nothing more.
func (p *Place) Settle(from, to int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for at := max(from, p.base); at < to; {
		word, bit := (at-p.base)/64, (at-p.base)%64
		for int64(len(p.settled)) <= word {
			p.settled = append(p.settled, 0)
		}
		n := min(64-bit, to-at)
		p.settled[word] |= ^uint64(0) >> (64 - n) << bit
		at += n
	}
	full := 0
	for full < len(p.settled) && p.settled[full] == ^uint64(0) {
		full++
	}
	p.settled, p.base = p.settled[full:], p.base+int64(full)*64
}

// Done reports whether an offset is settled.
func (p *Place) Done(offset int64) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	i := offset - p.base
	return i < 0 || i/64 < int64(len(p.settled)) && p.settled[i/64]>>(i%64)&1 == 1
}

// Low returns the first offset that is not settled.
func (p *Place) Low() int64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.settled) == 0 {
		return p.base
	}
	return p.base + int64(bits.TrailingZeros64(^p.settled[0]))
}

// Top returns the offset after the last that the place knows of.
func (p *Place) Top() int64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	top := p.base
	for i, word := range p.settled {
		if word != 0 {
			top = p.base + int64(i)*64 + int64(bits.Len64(word))
		}
	}
	for offset := range p.failing {
		top = max(top, offset+1)
	}
	return top
}

// Pending returns how many offsets before end are not settled.
func (p *Place) Pending(end int64) int64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	n := end - p.base
	for _, word := range p.settled {
		n -= int64(bits.OnesCount64(word))
	}
	return max(0, n)
}

// Failure returns what failed at an offset, if anything did.
func (p *Place) Failure(offset int64) (Failure, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	f, ok := p.failing[offset]
	return f, ok
}

// Fail notes what failed at an offset.
func (p *Place) Fail(offset int64, f Failure) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.failing[offset] = f
}

// Forgive forgets what failed at an offset.
func (p *Place) Forgive(offset int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.failing, offset)
}

// Save writes the place to a file durably. An older state never replaces a newer one.
func (p *Place) Save(f disk.FS, path string) error {
	p.saving.Lock()
	defer p.saving.Unlock()
	return disk.WriteFile(f, path, p.marshal())
}

// Load reads the place that Save wrote.
func Load(f disk.FS, path string) (*Place, error) {
	b, err := disk.ReadFile(f, path)
	if err != nil {
		return nil, err
	}
	return parse(b)
}

const magic = "KLP1"

// ErrDamaged is returned by Load for a file that is not as Save wrote it.
var ErrDamaged = errors.New("place is damaged")

// marshal encodes p: base, words, failures, and a CRC-32C of them at the end.
func (p *Place) marshal() []byte {
	p.mu.Lock()
	defer p.mu.Unlock()
	b := make([]byte, 0, 64+8*len(p.settled))
	b = append(b, magic...)
	b = binary.AppendUvarint(b, uint64(p.base))
	b = binary.AppendUvarint(b, uint64(len(p.settled)))
	for _, word := range p.settled {
		b = binary.LittleEndian.AppendUint64(b, word)
	}
	b = binary.AppendUvarint(b, uint64(len(p.failing)))
	for offset, f := range p.failing {
		b = binary.AppendUvarint(b, uint64(offset))
		b = binary.AppendUvarint(b, uint64(f.Attempts))
		b = binary.AppendVarint(b, f.Due.UnixNano())
		b = binary.AppendUvarint(b, uint64(len(f.Reason)))
		b = append(b, f.Reason...)
	}
	return appendSum(b)
}

func appendSum(b []byte) []byte { return binary.LittleEndian.AppendUint32(b, sum(b)) }

func sum(b []byte) uint32 { return crc32.Checksum(b, crc32.MakeTable(crc32.Castagnoli)) }

// parse decodes what marshal made.
func parse(b []byte) (*Place, error) {
	n := len(b) - 4
	if n < len(magic) || string(b[:4]) != magic || binary.LittleEndian.Uint32(b[n:]) != sum(b[:n]) {
		return nil, ErrDamaged
	}
	d := decoder{rest: b[4:n]}
	p := &Place{base: int64(d.uvarint()), failing: map[int64]Failure{}}
	words := d.take(d.uvarint(), 8)
	for ; len(words) > 0; words = words[8:] {
		p.settled = append(p.settled, binary.LittleEndian.Uint64(words))
	}
	for range d.uvarint() {
		offset := int64(d.uvarint())
		f := Failure{Attempts: int(d.uvarint()), Due: time.Unix(0, d.varint()).UTC()}
		f.Reason = string(d.take(d.uvarint(), 1))
		if d.bad {
			return nil, ErrDamaged
		}
		p.failing[offset] = f
	}
	if d.bad || len(d.rest) > 0 || p.base < 0 || p.base%64 != 0 {
		return nil, ErrDamaged
	}
	return p, nil
}

type decoder struct {
	rest []byte
	bad  bool
}

func (d *decoder) uvarint() uint64 {
	v, n := binary.Uvarint(d.rest)
	d.skip(n)
	return v
}

func (d *decoder) varint() int64 {
	v, n := binary.Varint(d.rest)
	d.skip(n)
	return v
}

func (d *decoder) skip(n int) {
	if n <= 0 {
		d.bad, d.rest = true, nil
		return
	}
	d.rest = d.rest[n:]
}

// take returns count items of size bytes.
func (d *decoder) take(count, size uint64) []byte {
	if count > uint64(len(d.rest))/size {
		d.bad, d.rest = true, nil
		return nil
	}
	b := d.rest[:count*size]
	d.rest = d.rest[count*size:]
	return b
}

// Package frame is the format of the embedded log on disk: how records become bytes, how whole frames are told
// from damage, and where in a file an offset is.
package frame

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"time"

	"keliu/streams"
)

// A frame is what one call of Publish wrote: a header and its records, whole or not at all.
//
//	magic    4  the bytes F5 'K' 'L' 1; F5 is in no UTF-8 text, so that no JSON body looks like a frame
//	length   4  of the records, in bytes
//	count    4  of the records
//	body CRC 4  CRC-32C of the records
//	offset   8  of the first record; the others follow it one by one
//	at       8  when the log accepted them, Unix nanoseconds
//	head CRC 4  CRC-32C of the 32 bytes before it
//
// Numbers are little endian. A record is its ID, key, headers and body, each with its length in front.
const headerSize = 36

// maxFrame bounds what one call of Publish may write, and what a reader believes of a length.
const maxFrame = 64 << 20

var (
	magic      = []byte{0xF5, 'K', 'L', 1}
	castagnoli = crc32.MakeTable(crc32.Castagnoli)
)

// A Header begins a frame.
type Header struct {
	Length, Count int   // of the records: bytes, number
	Offset        int64 // of the first record
	At            int64 // when they were accepted, Unix nanoseconds
	sum           uint32
}

// Size is the length of the whole frame in bytes.
func (h Header) Size() int64 { return headerSize + int64(h.Length) }

// End is the offset after the frame's last record.
func (h Header) End() int64 { return h.Offset + int64(h.Count) }

// Append appends the frame of records to b. It leaves b as it was when it returns an error.
func Append(b []byte, offset int64, at time.Time, records []streams.Record) ([]byte, Header, error) {
	start := len(b)
	b = append(b, make([]byte, headerSize)...)
	for i := range records {
		b = appendRecord(b, &records[i])
	}
	body := b[start+headerSize:]
	if len(body) > maxFrame {
		return b[:start], Header{}, fmt.Errorf("%d records of %d bytes in one call: %w", len(records), len(body), streams.ErrTooLarge)
	}
	h := Header{
		Length: len(body), Count: len(records), sum: crc32.Checksum(body, castagnoli),
		Offset: offset, At: at.UnixNano(),
	}
	putHeader(b[start:], h)
	return b, h, nil
}

func putHeader(b []byte, h Header) {
	copy(b, magic)
	le := binary.LittleEndian
	le.PutUint32(b[4:], uint32(h.Length))
	le.PutUint32(b[8:], uint32(h.Count))
	le.PutUint32(b[12:], h.sum)
	le.PutUint64(b[16:], uint64(h.Offset))
	le.PutUint64(b[24:], uint64(h.At))
	le.PutUint32(b[32:], crc32.Checksum(b[:32], castagnoli))
}

// parseHeader reports whether b begins with a whole header.
func parseHeader(b []byte) (Header, bool) {
	le := binary.LittleEndian
	if len(b) < headerSize || string(b[:4]) != string(magic) ||
		le.Uint32(b[32:]) != crc32.Checksum(b[:32], castagnoli) {
		return Header{}, false
	}
	h := Header{
		Length: int(le.Uint32(b[4:])),
		Count:  int(le.Uint32(b[8:])),
		sum:    le.Uint32(b[12:]),
		Offset: int64(le.Uint64(b[16:])),
		At:     int64(le.Uint64(b[24:])),
	}
	return h, h.Length <= maxFrame && h.Count > 0 && h.Offset >= 0
}

func appendRecord(b []byte, r *streams.Record) []byte {
	b = appendBytes(b, r.ID)
	b = appendBytes(b, r.Key)
	b = binary.AppendUvarint(b, uint64(len(r.Headers)))
	for k, v := range r.Headers {
		b = appendBytes(b, k)
		b = appendBytes(b, v)
	}
	return appendBytes(b, r.Body)
}

func appendBytes[T string | []byte](b []byte, s T) []byte {
	b = binary.AppendUvarint(b, uint64(len(s)))
	return append(b, s...)
}

// errRecord tells of records that their frame's sum vouches for and that are no records all the same.
var errRecord = errors.New("malformed record")

// First returns the first record of the body of a frame as a copy, without its time, and the rest of the body.
func First(b []byte) (streams.Record, []byte, error) {
	var r streams.Record
	p := parser{rest: b}
	r.ID = string(p.bytes())
	r.Key = string(p.bytes())
	headers := p.number()
	if headers > uint64(len(p.rest))/2 { // a header takes two bytes at least
		return r, nil, errRecord
	}
	if headers > 0 {
		r.Headers = make(map[string]string, headers)
	}
	for range headers {
		k := string(p.bytes())
		r.Headers[k] = string(p.bytes())
	}
	if body := p.bytes(); len(body) > 0 {
		r.Body = append(make([]byte, 0, len(body)), body...)
	}
	if p.bad {
		return r, nil, errRecord
	}
	return r, p.rest, nil
}

type parser struct {
	rest []byte
	bad  bool
}

func (p *parser) number() uint64 {
	n, size := binary.Uvarint(p.rest)
	if size <= 0 {
		p.bad, p.rest = true, nil
		return 0
	}
	p.rest = p.rest[size:]
	return n
}

func (p *parser) bytes() []byte {
	n := p.number()
	if n > uint64(len(p.rest)) {
		p.bad, p.rest = true, nil
		return nil
	}
	b := p.rest[:n]
	p.rest = p.rest[n:]
	return b
}

package frame

import (
	"bytes"
	"io"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"keliu/streams"
)

var at = time.Date(2026, 5, 1, 8, 0, 0, 123, time.UTC)

func records() []streams.Record {
	return []streams.Record{
		{ID: "1", Key: "k", Body: []byte("客流")},
		{},
		{ID: "3", Headers: map[string]string{"a": "1", "b": ""}, Body: bytes.Repeat([]byte("x"), 1000)},
	}
}

func TestFrame(t *testing.T) {
	b, h, err := Append([]byte("before"), 7, at, records())
	if err != nil {
		t.Fatal(err)
	}
	want := Header{Length: len(b) - len("before") - headerSize, Count: 3, Offset: 7, At: at.UnixNano(), sum: h.sum}
	if h != want || h.End() != 10 || h.Size() != int64(len(b)-len("before")) {
		t.Errorf("header is %+v, want %+v", h, want)
	}
	s := NewScanner(bytes.NewReader(b), 6, int64(len(b)), 7)
	f, err := s.Next()
	if err != nil || f.Header != h || f.Pos != 6 {
		t.Fatalf("scanned %+v, %v", f.Header, err)
	}
	var got []streams.Record
	for rest := f.Body; len(rest) > 0; {
		var r streams.Record
		if r, rest, err = First(rest); err != nil {
			t.Fatal(err)
		}
		got = append(got, r)
	}
	if diff := cmp.Diff(records(), got); diff != "" {
		t.Errorf("records (-want +got):\n%s", diff)
	}
	if _, err := s.Next(); err != io.EOF {
		t.Errorf("after the last frame: %v", err)
	}
}

func TestTooLarge(t *testing.T) {
	big := make([]streams.Record, 17)
	for i := range big {
		big[i].Body = make([]byte, streams.MaxRecord)
	}
	if b, _, err := Append([]byte("before"), 0, at, big); err == nil || string(b) != "before" {
		t.Errorf("a frame of 68 MiB: %d bytes, %v", len(b), err)
	}
}

// TestFrameInBody damages a frame whose body holds older frames, which must not come up.
func TestFrameInBody(t *testing.T) {
	old, _, err := Append(nil, 3, at, records())
	if err != nil {
		t.Fatal(err)
	}
	b, _, err := Append(nil, 10, at, []streams.Record{{ID: "holds", Body: old}})
	if err != nil {
		t.Fatal(err)
	}
	end := int64(len(b))
	b, last, err := Append(b, 11, at, records())
	if err != nil {
		t.Fatal(err)
	}
	b[9] ^= 1
	s := NewScanner(bytes.NewReader(b), 0, int64(len(b)), 10)
	if f, err := s.Next(); err != nil || f.Gap != end {
		t.Errorf("the damaged frame: %+v, %v, want a gap of %d", f.Header, err, end)
	}
	if f, err := s.Next(); err != nil || f.Header != last {
		t.Errorf("behind it: %+v, %v, want %+v", f.Header, err, last)
	}
}

// FuzzScan wants that the steps of a scan cover any bytes without a hole, and that what is taken for a frame is one.
func FuzzScan(f *testing.F) {
	good, _, err := Append(nil, 0, at, records())
	if err != nil {
		f.Fatal(err)
	}
	two, _, err := Append(bytes.Clone(good), 3, at, records()[:1])
	if err != nil {
		f.Fatal(err)
	}
	f.Add([]byte{})
	f.Add(good)
	f.Add(two)
	f.Add(two[1:])
	f.Add(two[:len(two)-1])
	f.Add(append(bytes.Clone(good), good...))
	f.Add(bytes.Repeat(magic, 30))
	f.Fuzz(func(t *testing.T, b []byte) {
		s := NewScanner(bytes.NewReader(b), 0, int64(len(b)), 0)
		pos, least := int64(0), int64(0)
		for {
			step, err := s.Next()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			if step.Pos != pos {
				t.Fatalf("step at %d, want %d", step.Pos, pos)
			}
			if step.Gap > 0 {
				pos += step.Gap
				continue
			}
			again := make([]byte, headerSize)
			putHeader(again, step.Header)
			if !bytes.Equal(append(again, step.Body...), b[pos:pos+step.Size()]) || step.Offset < least {
				t.Fatalf("at %d there is no frame %+v", pos, step.Header)
			}
			pos, least = pos+step.Size(), step.End()
		}
		if pos != int64(len(b)) {
			t.Fatalf("the steps cover %d of %d bytes", pos, len(b))
		}
	})
}

// FuzzFirst wants that what is taken for a record is one: encoded again, it is the same record.
func FuzzFirst(f *testing.F) {
	for _, r := range records() {
		f.Add(appendRecord(nil, &r))
	}
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1})
	f.Add([]byte{0, 0, 0xff, 0xff, 0x7f})
	f.Fuzz(func(t *testing.T, b []byte) {
		r, rest, err := First(b)
		if err != nil {
			return
		}
		if !bytes.HasSuffix(b, rest) {
			t.Fatal("the rest is no end of the input")
		}
		again, more, err := First(appendRecord(nil, &r))
		if err != nil || len(more) > 0 {
			t.Fatalf("encoded again: %v, %d bytes left", err, len(more))
		}
		if diff := cmp.Diff(r, again); diff != "" {
			t.Fatalf("encoded again (-first +second):\n%s", diff)
		}
	})
}

func TestIndex(t *testing.T) {
	x := Index{Last: -1}
	positions := map[int64]int64{}
	pos := int64(0)
	for offset := int64(0); offset < 5000; offset += 5 {
		h := Header{Length: 500, Count: 5, Offset: offset, At: 1000 - offset}
		x.Add(h, pos)
		positions[offset] = pos
		pos += h.Size()
	}
	y, err := ParseIndex(x.Marshal(), pos)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(x, y, cmp.AllowUnexported(Index{}, mark{})); diff != "" {
		t.Errorf("index (-want +got):\n%s", diff)
	}
	if y.Last != 4999 || y.Newest != 1000 || y.Size != pos {
		t.Errorf("index says %d, %d, %d", y.Last, y.Newest, y.Size)
	}
	for offset := range int64(5000) {
		found, at := y.Find(offset), positions[offset/5*5]
		if found > at || at-found > 2*spacing {
			t.Fatalf("offset %d is at %d, Find says %d", offset, at, found)
		}
	}
	if _, err := ParseIndex(x.Marshal(), pos+1); err == nil {
		t.Error("an index is taken for that of a longer segment")
	}
}

// FuzzParseIndex wants that an index that is accepted means what it says.
func FuzzParseIndex(f *testing.F) {
	x := Index{Last: -1}
	x.Add(Header{Length: 1, Count: 1, Offset: 0}, 0)
	x.Add(Header{Length: 1, Count: 1, Offset: 9}, 2*spacing)
	f.Add(x.Marshal(), x.Size)
	f.Add([]byte{}, int64(0))
	f.Fuzz(func(t *testing.T, b []byte, size int64) {
		x, err := ParseIndex(b, size)
		if err != nil {
			return
		}
		y, err := ParseIndex(x.Marshal(), size)
		if diff := cmp.Diff(x, y, cmp.AllowUnexported(Index{}, mark{})); err != nil || diff != "" {
			t.Fatalf("encoded again: %v\n%s", err, diff)
		}
	})
}

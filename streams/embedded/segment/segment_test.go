package segment_test

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"slices"
	"testing"
	"time"

	"keliu/streams"
	"keliu/streams/embedded/disk"
	"keliu/streams/embedded/disktest"
	"keliu/streams/embedded/frame"
	"keliu/streams/embedded/segment"
)

func open(t testing.TB, d disk.FS, bytes int64) *segment.Chain {
	t.Helper()
	c, err := segment.Open("topic", segment.Options{
		Disk: d, Bytes: bytes, Now: time.Now,
		Report: func(segment.Damage) {}, Appended: func() {}, Sealed: func() {},
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// rest returns what a reader has to offer now.
func rest(t testing.TB, r *segment.Reader) []string {
	t.Helper()
	var got []string
	for {
		offset, record, err := r.Next()
		if err == io.EOF {
			return got
		}
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, fmt.Sprint(offset, ":", record.ID))
	}
}

func add(t testing.TB, c *segment.Chain, ids ...string) {
	t.Helper()
	var records []streams.Record
	for _, id := range ids {
		records = append(records, streams.Record{ID: id})
	}
	if err := c.Append(records); err != nil {
		t.Fatal(err)
	}
}

func want(t testing.TB, r *segment.Reader, want ...string) {
	t.Helper()
	if got := rest(t, r); !slices.Equal(got, want) {
		t.Errorf("read %v, want %v", got, want)
	}
}

func TestReader(t *testing.T) {
	d := disktest.New()
	c := open(t, d, 100) // a frame or two in each segment
	follower := c.Follow(0)
	want(t, follower)
	add(t, c, "a")
	want(t, follower, "0:a")
	add(t, c, "b", "c")
	add(t, c, "d")
	want(t, follower, "1:b", "2:c", "3:d")
	want(t, c.Between(2, 4), "2:c", "3:d")
	want(t, c.Between(2, 3), "2:c")
	want(t, c.Between(1, 2), "1:b")
	want(t, c.Follow(100))
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	c = open(t, d, 100) // with nothing in memory
	for from, all := range [][]string{{"0:a", "1:b", "2:c", "3:d"}, {"1:b", "2:c", "3:d"}, {"2:c", "3:d"}, {"3:d"}, nil} {
		r := c.Follow(int64(from))
		want(t, r, all...)
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	}
	c.SkipTo(10)
	follower = c.Follow(4)
	want(t, follower)
	add(t, c, "e")
	want(t, follower, "10:e")
	if first, end := c.Bounds(); first != 0 || end != 11 {
		t.Errorf("Bounds are %d, %d, want 0, 11", first, end)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	if err := c.Append([]streams.Record{{ID: "f"}}); !errors.Is(err, streams.ErrClosed) {
		t.Errorf("Append after Close: %v, want %v", err, streams.ErrClosed)
	}
}

// TestReadWhileTrimmed reads a segment to its end that is deleted meanwhile.
func TestReadWhileTrimmed(t *testing.T) {
	d := disktest.New()
	c := open(t, d, 100)
	for i := range 10 {
		add(t, c, fmt.Sprint(i, "a"), fmt.Sprint(i, "b"))
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	c = open(t, d, 100)
	defer c.Close()
	r := c.Follow(0)
	offset, _, err := r.Next()
	if offset != 0 || err != nil {
		t.Fatalf("first: %d, %v", offset, err)
	}
	if err := c.Trim(1000, time.Time{}, 1); err != nil {
		t.Fatal(err)
	}
	if first, _ := c.Bounds(); first == 0 {
		t.Fatal("nothing was deleted")
	}
	got := rest(t, r)
	if got[0] != "1:0b" || got[len(got)-1] != "19:9b" {
		t.Errorf("read %v, want the rest of the deleted segment and the end", got)
	}
}

// TestMalformedRecord has sums that vouch for what is no record.
func TestMalformedRecord(t *testing.T) {
	d := disktest.New()
	le, table := binary.LittleEndian, crc32.MakeTable(crc32.Castagnoli)
	body := []byte{200, 1, 'x'} // an ID of 200 bytes of which there is one
	bad := []byte{0xF5, 'K', 'L', 1}
	bad = le.AppendUint32(bad, uint32(len(body)))
	bad = le.AppendUint32(bad, 1)
	bad = le.AppendUint32(bad, crc32.Checksum(body, table))
	bad = le.AppendUint64(bad, 0) // offset
	bad = le.AppendUint64(bad, 0) // at
	bad = le.AppendUint32(bad, crc32.Checksum(bad, table))
	bad = append(bad, body...)
	if err := disk.WriteFile(d, fmt.Sprintf("topic/%020d.log", 0), bad); err != nil {
		t.Fatal(err)
	}
	var damage []segment.Damage
	c, err := segment.Open("topic", segment.Options{
		Disk: d, Bytes: 1 << 20, Now: time.Now,
		Report: func(d segment.Damage) { damage = append(damage, d) }, Appended: func() {}, Sealed: func() {},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	add(t, c, "good")
	want(t, c.Follow(0), "1:good")
	if len(damage) != 1 || damage[0].At != 0 || damage[0].Bytes != int64(len(bad)) {
		t.Errorf("reported %+v, want the first %d bytes", damage, len(bad))
	}
}

// TestTidy opens a folder in which a crash left things.
func TestTidy(t *testing.T) {
	d := disktest.New()
	c := open(t, d, 100)
	add(t, c, "a")
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"topic/00000000000000000009.index", "topic/s.place.tmp", "topic/00000000000000000009.log.tmp"} {
		f, err := d.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
	c = open(t, d, 100)
	defer c.Close()
	if names, err := d.List("topic"); err != nil || !slices.Equal(names, []string{"00000000000000000000.log"}) {
		t.Errorf("left are %v, %v, want the segment alone", names, err)
	}
}

// FuzzOpen opens any bytes as a segment. The chain must take records and keep them, behind what it found before.
func FuzzOpen(f *testing.F) {
	good, _, err := frame.Append(nil, 0, time.Now(), []streams.Record{{ID: "a"}, {ID: "b", Body: []byte("body")}})
	if err != nil {
		f.Fatal(err)
	}
	two, _, err := frame.Append(slices.Clone(good), 2, time.Now(), []streams.Record{{ID: "c"}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good, []byte{})
	f.Add(two, []byte{1, 2, 3})
	f.Add(two[:len(two)-3], make([]byte, 100))
	f.Add(append(make([]byte, 100), two...), []byte("KLX"))
	f.Add([]byte{}, []byte{})
	f.Fuzz(func(t *testing.T, log, index []byte) {
		d := disktest.New()
		const last = 1 << 40
		for name, content := range map[string][]byte{
			fmt.Sprintf("topic/%020d.log", 0): log, fmt.Sprintf("topic/%020d.index", 0): index, // sealed
			fmt.Sprintf("topic/%020d.log", last): log, // written last; its frames have offsets that are too small
		} {
			if err := disk.WriteFile(d, name, content); err != nil {
				t.Fatal(err)
			}
		}
		c := open(t, d, 1<<20)
		before := rest(t, c.Follow(0))
		add(t, c, "new")
		_, end := c.Bounds()
		all := append(before, fmt.Sprint(end-1, ":new"))
		want(t, c.Follow(0), all...)
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
		c = open(t, d, 1<<20)
		defer c.Close()
		want(t, c.Follow(0), all...)
	})
}

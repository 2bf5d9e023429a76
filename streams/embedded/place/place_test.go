package place

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"keliu/streams/embedded/disk"
)

// TestSettle compares a place with a plain set.
func TestSettle(t *testing.T) {
	for seed := range uint64(40) {
		chance := rand.New(rand.NewPCG(seed, 5))
		start := chance.Int64N(300)
		p := New(start)
		settled := map[int64]bool{}
		for o := range start {
			settled[o] = true
		}
		for range 40 {
			from := chance.Int64N(700)
			to := from + chance.Int64N(1+chance.Int64N(200))
			p.Settle(from, to)
			for o := from; o < to; o++ {
				settled[o] = true
			}
			low, top, pending := int64(0), int64(0), int64(0)
			for settled[low] {
				low++
			}
			for o := range int64(1000) {
				if settled[o] != p.Done(o) {
					t.Fatalf("seed %d: Done(%d) is %v", seed, o, p.Done(o))
				}
				if settled[o] {
					top = o + 1
				} else {
					pending++
				}
			}
			if p.Low() != low || p.Top() != top || p.Pending(1000) != pending {
				t.Fatalf("seed %d: Low %d, Top %d, Pending %d, want %d, %d, %d", seed, p.Low(), p.Top(), p.Pending(1000), low, top, pending)
			}
		}
		q, err := parse(p.marshal())
		if err != nil || !equal(p, q) {
			t.Fatalf("seed %d: read back: %v", seed, err)
		}
	}
}

func equal(p, q *Place) bool {
	return p.base == q.base && slices.Equal(p.settled, q.settled) && cmp.Equal(p.failing, q.failing)
}

func TestSave(t *testing.T) {
	p := New(100)
	p.Settle(105, 107)
	p.Fail(103, Failure{Attempts: 2, Due: time.Unix(5, 0).UTC(), Reason: "原因"})
	p.Fail(110, Failure{Attempts: 1})
	p.Forgive(110)
	if p.Top() != 107 {
		t.Errorf("Top is %d, want 107", p.Top())
	}
	path := filepath.Join(t.TempDir(), "s.place")
	for range 2 {
		if err := p.Save(disk.OS{}, path); err != nil {
			t.Fatal(err)
		}
	}
	q, err := Load(disk.OS{}, path)
	if err != nil || !equal(p, q) {
		t.Fatalf("loaded %+v, %v, want %+v", q, err, p)
	}
	f, ok := q.Failure(103)
	if want := (Failure{Attempts: 2, Due: time.Unix(5, 0).UTC(), Reason: "原因"}); !ok || f != want {
		t.Errorf("failure is %+v, want %+v", f, want)
	}
	b := p.marshal()
	for i := range b {
		damaged := bytes.Clone(b)
		damaged[i] ^= 0x10
		if _, err := parse(damaged); !errors.Is(err, ErrDamaged) {
			t.Errorf("byte %d damaged: %v, want %v", i, err, ErrDamaged)
		}
	}
}

// FuzzParse wants that a place that is accepted is the same when it is written again.
func FuzzParse(f *testing.F) {
	p := New(70)
	p.Settle(100, 300)
	p.Fail(80, Failure{Attempts: 1, Due: time.Unix(1, 2), Reason: "r"})
	f.Add(p.marshal())
	f.Add(New(0).marshal())
	f.Add([]byte("KLP1"))
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, b := range [][]byte{b, sealed(b)} {
			p, err := parse(b)
			if err != nil {
				continue
			}
			if q, err := parse(p.marshal()); err != nil || !equal(p, q) {
				t.Fatalf("written again: %v", err)
			}
			p.Settle(p.Low(), p.Low()+1)
		}
	})
}

// sealed gives b the sum that makes it pass for whole, so that what is behind the sum is fuzzed too.
func sealed(b []byte) []byte {
	return appendSum(append([]byte(magic), b...))
}

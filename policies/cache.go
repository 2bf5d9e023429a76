package policies

import (
	"hash/maphash"
	"sync/atomic"
	"time"
)

// cacheSlots bounds a cache; a power of two.
const cacheSlots = 4096

// A cache keeps rulings by question. Each question has two slots it may lie in; a newcomer takes the empty one
// or throws out whoever is in the second. It belongs to one revision of the rules and goes with it, so nothing
// in it can be stale. Finding takes no lock and no memory.
type cache[Q comparable] struct {
	seed  maphash.Seed
	slots [cacheSlots]atomic.Pointer[decided[Q]]
	lost  atomic.Uint64 // answers that went uncounted because their question was thrown out
}

// decided is a question with its ruling, which never changes once it is in a slot, and how often it was answered since that
// was last recorded.
type decided[Q comparable] struct {
	question Q
	ruling   Ruling
	times    atomic.Uint64
}

func (c *cache[Q]) find(q Q) (Ruling, bool) {
	h := maphash.Comparable(c.seed, q)
	if d := c.slots[h%cacheSlots].Load(); d != nil && d.question == q {
		d.times.Add(1)
		return d.ruling, true
	}
	if d := c.slots[h>>32%cacheSlots].Load(); d != nil && d.question == q {
		d.times.Add(1)
		return d.ruling, true
	}
	return Ruling{}, false
}

func (c *cache[Q]) keep(q Q, r Ruling) {
	h := maphash.Comparable(c.seed, q)
	d := &decided[Q]{question: q, ruling: r}
	d.times.Store(1)
	if c.slots[h%cacheSlots].CompareAndSwap(nil, d) {
		return
	}
	if old := c.slots[h>>32%cacheSlots].Swap(d); old != nil {
		c.lost.Add(old.times.Load())
	}
}

// drain hands what was answered since the last time to visit.
func (c *cache[Q]) drain(name string, at time.Time, visit func(Decision)) {
	for i := range c.slots {
		d := c.slots[i].Load()
		if d == nil || d.times.Load() == 0 {
			continue
		}
		if n := d.times.Swap(0); n > 0 {
			visit(Decision{Question: name, Input: d.question, Ruling: d.ruling, Times: n, At: at})
		}
	}
}

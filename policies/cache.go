package policies

import (
	"hash/maphash"
	"sync/atomic"
)

// cacheSlots bounds a cache; a power of two.
const cacheSlots = 4096

// A cache keeps rulings by question. Each question has two slots it may lie in; a newcomer takes the empty one
// or throws out whoever is in the second. It belongs to one revision of the rules and goes with it, so nothing
// in it can be stale. Finding takes no lock and no memory.
type cache[Q comparable] struct {
	seed  maphash.Seed
	slots [cacheSlots]atomic.Pointer[decided[Q]]
}

// decided is a question with its ruling; never changed once it is in a slot.
type decided[Q comparable] struct {
	question Q
	ruling   Ruling
}

func (c *cache[Q]) find(q Q) (Ruling, bool) {
	h := maphash.Comparable(c.seed, q)
	if d := c.slots[h%cacheSlots].Load(); d != nil && d.question == q {
		return d.ruling, true
	}
	if d := c.slots[h>>32%cacheSlots].Load(); d != nil && d.question == q {
		return d.ruling, true
	}
	return Ruling{}, false
}

func (c *cache[Q]) keep(q Q, r Ruling) {
	h := maphash.Comparable(c.seed, q)
	d := &decided[Q]{question: q, ruling: r}
	if !c.slots[h%cacheSlots].CompareAndSwap(nil, d) {
		c.slots[h>>32%cacheSlots].Store(d)
	}
}

package match

import "slices"

// root is the state before anything was read. Cell 0 stays free, so that 0 can stand for nothing.
const root = 1

// An automaton is a trie in two arrays that follows a symbol from any state. The successor of state s by symbol c is the
// cell t = base(s)+c, if check(t) is s; otherwise the search goes on from fail(s).
type automaton struct {
	cells []cell
	first []int32  // the successor of the root by each symbol, the root where there is none
	outs  []output // the patterns that end with a state, longest first, as chains; the first is not used
}

type cell struct{ base, check, fail, out int32 }

type output struct{ pattern, next int32 }

// A trie is what an automaton is built from. Its first node is the root.
type trie struct{ nodes []node }

type node struct {
	next     map[uint16]int
	patterns []int
}

// add puts a word, symbols above 0, into the trie.
func (t *trie) add(word []uint16, pattern int) {
	if t.nodes == nil {
		t.nodes = []node{{}}
	}
	at := 0
	for _, symbol := range word {
		next, ok := t.nodes[at].next[symbol]
		if !ok {
			next = len(t.nodes)
			if t.nodes[at].next == nil {
				t.nodes[at].next = map[uint16]int{}
			}
			t.nodes[at].next[symbol] = next
			t.nodes = append(t.nodes, node{})
		}
		at = next
	}
	t.nodes[at].patterns = append(t.nodes[at].patterns, pattern)
}

// compile lays the trie out in two arrays, level by level, and joins each state with the longest shorter one that ends like it.
func (t *trie) compile(symbols int) automaton {
	a := automaton{cells: make([]cell, symbols+2), outs: make([]output, 1)}
	if t.nodes == nil {
		t.nodes = []node{{}}
	}
	states := make([]int32, len(t.nodes)) // of each node
	states[0] = root
	a.cells[root].check = -1
	free := 2
	for queue := []int{0}; len(queue) > 0; queue = queue[1:] {
		n, s := &t.nodes[queue[0]], states[queue[0]]
		if len(n.next) == 0 {
			continue
		}
		branch := make([]uint16, 0, len(n.next))
		for symbol := range n.next {
			branch = append(branch, symbol)
		}
		slices.Sort(branch)
		base := a.place(branch, &free, symbols)
		a.cells[s].base = base
		for _, symbol := range branch {
			child := n.next[symbol]
			states[child] = base + int32(symbol)
			a.cells[states[child]].check = s
			queue = append(queue, child)
		}
		for _, symbol := range branch {
			a.join(states[n.next[symbol]], s, int32(symbol), t.nodes[n.next[symbol]].patterns)
		}
	}
	a.first = make([]int32, symbols+1)
	for symbol := range a.first {
		a.first[symbol] = a.step(root, int32(symbol))
	}
	return a
}

// place finds a base under which the cells of a branch are free, and makes room for every symbol above it.
func (a *automaton) place(branch []uint16, free *int, symbols int) int32 {
	for *free < len(a.cells) && a.cells[*free].check != 0 {
		*free++
	}
	for base := max(1, *free-int(branch[0])); ; base++ {
		if need := base + symbols + 1; need > len(a.cells) {
			a.cells = append(a.cells, make([]cell, max(need-len(a.cells), len(a.cells)/2))...)
		}
		if !slices.ContainsFunc(branch, func(symbol uint16) bool { return a.cells[base+int(symbol)].check != 0 }) {
			return int32(base)
		}
	}
}

// join sets where a state, the successor of parent by symbol, goes when it has none, and what ends with it.
func (a *automaton) join(state, parent, symbol int32, patterns []int) {
	fail := int32(root)
	if parent != root {
		fail = a.step(a.cells[parent].fail, symbol)
	}
	c := &a.cells[state]
	c.fail, c.out = fail, a.cells[fail].out
	for _, p := range slices.Backward(patterns) {
		a.outs = append(a.outs, output{pattern: int32(p), next: c.out})
		c.out = int32(len(a.outs) - 1)
	}
}

// step follows a symbol from a state.
func (a *automaton) step(state, symbol int32) int32 {
	for {
		next := a.cells[state].base + symbol
		if a.cells[next].check == state {
			return next
		}
		if state == root {
			return root
		}
		state = a.cells[state].fail
	}
}

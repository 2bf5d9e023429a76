package dialog

import (
	"sync"

	"keliu/streams/desk"
)

// maxRecent bounds how many conversations are remembered.
const maxRecent = 20_000

// historyLines is how much of what was said an intent or a model gets to read.
const historyLines = 12

// remembered is a conversation as this process left it.
type remembered struct {
	conversation desk.Conversation
	history      []desk.Line
}

// recent remembers the latest conversations, so that a turn needs no read. It is only ever a shortcut: a commit on an old
// state is refused by the store.
type recent struct {
	mu     sync.Mutex
	states map[desk.ConversationID]remembered
}

func (r *recent) find(id desk.ConversationID) (remembered, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	known, ok := r.states[id]
	return known, ok
}

func (r *recent) keep(id desk.ConversationID, state remembered) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.states) >= maxRecent {
		for old := range r.states { // any will do: it costs one read when it comes back
			delete(r.states, old)
			break
		}
	}
	r.states[id] = state
}

func (r *recent) forget(id desk.ConversationID) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.states, id)
}

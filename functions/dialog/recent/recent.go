// Package recent remembers the latest conversations of a process. It is only ever a shortcut: a commit on an old state is
// refused by the store.
package recent

import (
	"sync"

	"keliu/streams/desk"
)

// maxRecent bounds how many conversations are remembered.
const maxRecent = 20_000

// A State is a conversation as this process left it.
type State struct {
	Conversation desk.Conversation
	History      []desk.Line
}

// A Memory holds the latest conversations. It is safe for concurrent use.
type Memory struct {
	mu     sync.Mutex
	states map[desk.ConversationID]State
}

// New returns an empty memory.
func New() *Memory { return &Memory{states: map[desk.ConversationID]State{}} }

// Find returns a conversation that is remembered.
func (m *Memory) Find(id desk.ConversationID) (State, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	known, ok := m.states[id]
	return known, ok
}

// Keep remembers a conversation, and forgets another when there are too many.
func (m *Memory) Keep(id desk.ConversationID, state State) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.states) >= maxRecent {
		for old := range m.states { // any will do: it costs one read when it comes back
			delete(m.states, old)
			break
		}
	}
	m.states[id] = state
}

// Forget drops a conversation.
func (m *Memory) Forget(id desk.ConversationID) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.states, id)
}

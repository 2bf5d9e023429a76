// Package live keeps the screens of the staff up to date: one WebSocket each tells what is said, who waits, who looks at what
// and who is there, and hears whether anybody still sits in front of it.
package live

import (
	"cmp"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"slices"
	"sync"
	"time"

	"keliu/edge/staff/door"
	"keliu/edge/wire"
	"keliu/functions/store/presence"
	"keliu/streams"
	"keliu/streams/desk"
)

// Rows reads the rows of the list.
type Rows interface {
	// Listing reads a conversation and returns how the list shows it to somebody from whom hide hides.
	Listing(ctx context.Context, id desk.ConversationID) (show func(hide door.Hiding) any, err error)
}

// People are the staff who work here now and the customers who wait for them.
type People interface {
	Here(context.Context) ([]desk.Agent, error)
	Waiting(context.Context) ([]desk.Place, error)
}

// Register keeps signs of life.
type Register interface {
	Signs(context.Context) ([]presence.Sign, error)
	See(ctx context.Context, at time.Time, who ...desk.AgentID) error
	Change(ctx context.Context, s presence.Sign, to, took string, at time.Time, out desk.Outgoing) error
	Deserted(ctx context.Context, since time.Time, waiting int64) ([]desk.Conversation, error)
}

// Publisher makes events durable.
type Publisher interface {
	Publish(ctx context.Context, topic string, records ...streams.Record) error
}

// Options are what a hub stands on.
type Options struct {
	Door     *door.Door
	Rows     Rows
	People   People
	Register Register
	Inbound  Publisher
	Whisper  func(desk.Typing) // tells the customer that somebody writes
	Now      func() time.Time
	Log      *slog.Logger
}

// A Hub knows every screen. Its methods may be called at the same time, and hold nobody up.
type Hub struct {
	Options

	mu       sync.Mutex
	screens  map[*screen]struct{}
	closed   bool
	revision string                     // of the rules, as it was told last
	may      map[string]allowed         // by role
	seen     map[desk.AgentID]time.Time // signs of life since the last sweep
	there    []Presence                 // as it was told last

	changed changes
}

// Open returns a hub that tells whatever it is told. Serve sets it to work.
func Open(o Options) *Hub {
	return &Hub{
		Options: o, revision: o.Door.Rules.Revision(), screens: map[*screen]struct{}{}, may: map[string]allowed{}, seen: map[desk.AgentID]time.Time{},
		changed: changes{rows: map[desk.ConversationID]bool{}, bell: make(chan struct{}, 1)},
	}
}

// Routes are the hub's one call.
func (h *Hub) Routes() []wire.Route {
	return []wire.Route{{
		Method: http.MethodGet, Path: "/api/v1/staff/live", Tag: "staff", Auth: wire.Staff, Content: "application/json",
		Summary: "What happens, as a WebSocket of JSON text frames; only what the caller's role may see",
		Serve:   h.Door.Person(h.connect),
	}}
}

// Told tells who looks now that something was said or told in a conversation.
func (h *Hub) Told(ctx context.Context, n desk.Notice) {
	if !h.anybody() {
		return
	}
	if n.Message != nil {
		h.spread(ctx, door.Conversations, everyScreen, func(hide door.Hiding) any {
			m := *n.Message
			m.Text = hide.Text(m.Text)
			return messageFrame{"message", n.Conversation, m}
		})
	} else {
		h.spread(ctx, door.Conversations, everyScreen, func(door.Hiding) any { return noticeFrame{"notice", n.Conversation, n} })
	}
	h.changed.row(n.Conversation, n.Queue != nil || n.Event == desk.EventClosed)
}

// Changed says that a row of the list, or what stands beside it, is to be read anew.
func (h *Hub) Changed(id desk.ConversationID) { h.changed.row(id, false) }

// Typing tells whoever looks at a conversation that the AI or the customer writes there.
func (h *Hub) Typing(t desk.Typing) {
	h.spread(context.Background(), door.Conversations, viewing(t.Conversation), func(hide door.Hiding) any {
		return typingFrame{"typing", t.Conversation, t.By, hide.Text(t.Text)}
	})
}

// Moved says that the figures moved. It is told twice a second at most.
func (h *Hub) Moved() { h.changed.figures() }

// Policy says that other rules are in force. The same revision again is no news.
func (h *Hub) Policy(revision string) {
	h.mu.Lock()
	known := h.revision == revision
	h.revision = revision
	h.mu.Unlock()
	if known {
		return
	}
	h.spread(context.Background(), "", everyScreen, func(door.Hiding) any { return policyFrame{"policy", revision} })
}

// Lead says that something changed about a lead.
func (h *Hub) Lead(id desk.PersonID) {
	h.spread(context.Background(), door.Outreach, everyScreen, func(door.Hiding) any { return leadFrame{"lead", id} })
}

func (h *Hub) anybody() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.screens) > 0
}

func everyScreen(*screen) bool { return true }

func viewing(id desk.ConversationID) func(*screen) bool {
	return func(s *screen) bool { return s.viewing == id }
}

// spread sends a frame to the screens that fit and whose role may read the part; the empty part is everybody's. A frame is made
// once for every role.
func (h *Hub) spread(ctx context.Context, part string, fits func(*screen) bool, frame func(door.Hiding) any) {
	h.mu.Lock()
	byRole := map[string][]*screen{}
	for s := range h.screens {
		if fits(s) {
			byRole[s.who.Role] = append(byRole[s.who.Role], s)
		}
	}
	h.mu.Unlock()
	for role, screens := range byRole {
		who := desk.Agent{Role: role}
		if part != "" && h.parts(ctx, who)[part] == "" {
			continue
		}
		body, err := json.Marshal(frame(h.Door.Hide(ctx, who)))
		if err != nil {
			h.Log.Error("a frame was lost", "error", err)
			continue
		}
		for _, s := range screens {
			s.box.put(body)
		}
	}
}

// allowed is what a role may use by a revision of the rules.
type allowed struct {
	revision string
	parts    map[string]string
}

// parts are what a role may use. The rules are asked once until they change. What they do not answer may not be used.
func (h *Hub) parts(ctx context.Context, who desk.Agent) map[string]string {
	revision := h.Door.Rules.Revision()
	h.mu.Lock()
	known, ok := h.may[who.Role]
	h.mu.Unlock()
	if ok && known.revision == revision {
		return known.parts
	}
	parts, err := h.Door.Parts(ctx, who)
	if err != nil {
		h.Log.Error("the rules do not answer", "role", who.Role, "error", err)
		return nil
	}
	h.mu.Lock()
	h.may[who.Role] = allowed{revision, parts}
	h.mu.Unlock()
	return parts
}

// viewers are whoever looks at a conversation, by name.
func (h *Hub) viewers(id desk.ConversationID) []Viewer {
	h.mu.Lock()
	defer h.mu.Unlock()
	now := h.Now()
	all := []Viewer{}
	for s := range h.screens {
		if s.viewing != id {
			continue
		}
		composing := now.Before(s.composing)
		if i := slices.IndexFunc(all, func(v Viewer) bool { return v.ID == s.who.ID }); i >= 0 {
			all[i].Composing = all[i].Composing || composing
			continue
		}
		all = append(all, Viewer{s.who.ID, s.who.Name, composing})
	}
	slices.SortFunc(all, func(a, b Viewer) int { return cmp.Compare(a.ID, b.ID) })
	return all
}

// tellViewers tells whoever looks at a conversation who else does.
func (h *Hub) tellViewers(id desk.ConversationID) {
	if id == "" {
		return
	}
	all := h.viewers(id)
	h.spread(context.Background(), door.Conversations, viewing(id), func(door.Hiding) any {
		return viewingFrame{"viewing", id, all}
	})
}

// heard does what a screen says. Every word is a sign of life.
func (h *Hub) heard(ctx context.Context, s *screen, f heard) {
	h.sign(s)
	parts := h.parts(ctx, s.person())
	if parts[door.Conversations] == "" {
		return
	}
	now := h.Now()
	h.mu.Lock()
	former, whisper := s.viewing, false
	switch f.Type {
	case saysView:
		s.viewing, s.composing = f.Conversation, time.Time{}
	case saysLeave:
		if f.Conversation == s.viewing { // and not one that another has replaced already
			s.viewing, s.composing = "", time.Time{}
		}
	case saysComposing, saysTyping:
		if parts[door.Conversations] == "write" && f.Conversation == s.viewing && f.Conversation != "" {
			s.composing = now.Add(composingLasts)
			if whisper = now.Sub(s.whispered) >= whisperEvery; whisper {
				s.whispered = now
			}
		}
	case saysIdle:
		s.composing = time.Time{}
	default:
		h.mu.Unlock()
		return
	}
	viewing := s.viewing
	h.mu.Unlock()
	if former != viewing {
		h.tellViewers(former)
	}
	h.tellViewers(viewing)
	if whisper {
		h.Whisper(desk.Typing{Conversation: viewing, By: desk.ByHuman})
	}
}

package inbox

import (
	"context"
	"errors"
	"maps"
	"sync"
	"time"

	"keliu/streams/desk"
)

// onTheWay is the longest that an accepted answer takes to stand in the timeline, and mostAnswers how many are remembered
// before those that are older are forgotten.
const (
	onTheWay    = time.Minute
	mostAnswers = 4096
)

// answers remember what people said a moment ago and what may not stand in the timeline yet, so that of two who answer at the
// same time the second one is told.
type answers struct {
	now func() time.Time

	mu     sync.Mutex
	latest map[desk.ConversationID]desk.Message
}

func newAnswers(now func() time.Time) *answers {
	return &answers{now: now, latest: map[desk.ConversationID]desk.Message{}}
}

// A Timeline is what was said, as it stands.
type Timeline interface {
	After(ctx context.Context, id desk.ConversationID, seq int64, limit int) ([]desk.Notice, error)
	Entry(ctx context.Context, id string) (desk.Notice, error)
}

// follow adds an answer of somebody who has seen what was said up to a place. It refuses with answered_meanwhile when another
// person has answered since. The same answer again is no other one.
func (a *answers) follow(ctx context.Context, timeline Timeline, m desk.Message, seen int64) error {
	told, err := timeline.After(ctx, m.Conversation, seen, mostRows)
	if err != nil {
		return err
	}
	for _, n := range told {
		if n.Message != nil && n.Message.ID == m.ID {
			return nil
		}
	}
	for _, n := range told {
		if n.Message != nil && n.Message.By == desk.ByHuman && n.Message.Agent != m.Agent {
			return desk.Refuse(desk.ErrConflict, "answered_meanwhile")
		}
	}
	other, taken := a.claim(m, "")
	if !taken {
		return nil
	}
	n, err := timeline.Entry(ctx, string(other.ID))
	if err != nil && !errors.Is(err, desk.ErrNotFound) {
		return err
	}
	if err == nil && n.Seq <= seen {
		_, taken = a.claim(m, other.ID)
	}
	if taken {
		return desk.Refuse(desk.ErrConflict, "answered_meanwhile")
	}
	return nil
}

// claim adds an answer, unless somebody else has one on its way that is not the known one. It returns that one.
func (a *answers) claim(m desk.Message, known desk.MessageID) (other desk.Message, taken bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	now := a.now()
	other, there := a.latest[m.Conversation]
	if there && other.Agent != m.Agent && other.ID != known && now.Sub(other.At) < onTheWay {
		return other, true
	}
	if len(a.latest) >= mostAnswers {
		maps.DeleteFunc(a.latest, func(_ desk.ConversationID, old desk.Message) bool { return now.Sub(old.At) >= onTheWay })
	}
	a.latest[m.Conversation] = m
	return desk.Message{}, false
}

// force adds an answer whatever others have said.
func (a *answers) force(m desk.Message) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.latest[m.Conversation] = m
}

// drop takes back an answer that was not accepted.
func (a *answers) drop(m desk.Message) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.latest[m.Conversation].ID == m.ID {
		delete(a.latest, m.Conversation)
	}
}

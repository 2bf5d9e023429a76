// Package dialog is the conductor: it takes a conversation one event further, from what was said to what is told. Around
// the intents it masks, understands, decides, has the answer worded, measures and records.
//
// An event's whole effect is one commit: the conversation's new state, what was said and told, the place in the queue and
// the records that go out. The same event never has a second effect.
package dialog

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"time"

	"keliu/functions"
	"keliu/functions/classify"
	"keliu/functions/dialog/recent"
	"keliu/functions/dialog/slots"
	"keliu/functions/models"
	"keliu/functions/store"
	"keliu/policies"
	"keliu/streams"
	"keliu/streams/desk"
)

// Understander tells what a customer means and how they feel.
type Understander interface {
	Understand(text string, c classify.Context) classify.Understanding
}

// Writer words an answer from passages.
type Writer interface {
	Write(ctx context.Context, r models.Request, emit func(delta string)) (models.Written, error)
}

// Rules say what may be done and shown.
type Rules interface {
	MayRun(context.Context, policies.MayRun) (policies.Ruling, error)
	MayContact(context.Context, policies.MayContact) (policies.Ruling, error)
}

// State is the present state of every conversation.
type State interface {
	Conversation(context.Context, desk.ConversationID) (desk.Conversation, error)
	Before(ctx context.Context, id desk.ConversationID, seq int64, limit int) ([]desk.Notice, error)
	Commit(context.Context, store.Effect) error
}

// Line is the queue as it stands.
type Line interface {
	Ahead(ctx context.Context, rank int64) (int, error)
	Staffed(ctx context.Context, skill string) (staffed bool, back time.Time, err error) // back is when somebody is there again; zero when unknown
	Agent(context.Context, desk.AgentID) (desk.Agent, error)
}

// A Dialog takes conversations further. Its fields are set once, before use.
type Dialog struct {
	Intents    functions.Invoker // by the name "intents/…"
	Understand Understander
	Writer     Writer
	Rules      Rules
	State      State
	Line       Line
	Mask       func(string) string   // hides personal data
	Hidden     func(string) []string // the categories of personal data in a text
	Whisper    func(desk.Typing)     // passing signs to whoever listens now
	Now        func() time.Time
	Log        *slog.Logger

	// Pressed says that many wait at the edge; nil says that nobody does.
	Pressed func() bool
	// IntentsWait says that intents ask other systems, so that a turn in an intent keeps no processor busy.
	IntentsWait bool

	recent *recent.Memory
	slots  *slots.Slots
}

// New returns a dialog that remembers the latest conversations.
func New(d Dialog) *Dialog {
	d.recent = recent.New()
	d.slots = slots.New(runtime.GOMAXPROCS(0), d.Pressed)
	return &d
}

// Handle gives an event its effect. It is the subscription of the dialog on desk.Inbound.
func (d *Dialog) Handle(ctx context.Context, _ streams.Record, e desk.Event) error {
	err := d.handle(ctx, e)
	if errors.Is(err, desk.ErrConflict) {
		// Another process had this conversation since: what was remembered is old.
		d.recent.Forget(e.Conversation)
		err = d.handle(ctx, e)
	}
	if errors.Is(err, store.ErrDone) {
		return nil
	}
	if err != nil {
		d.recent.Forget(e.Conversation)
	}
	return err
}

// aside gives the slot back while do waits.
func (s *scene) aside(do func()) {
	s.release()
	defer func() { s.release = s.d.slots.Take() }()
	do()
}

func (d *Dialog) handle(ctx context.Context, e desk.Event) error {
	release := d.slots.Take()
	s, err := d.open(ctx, e)
	if err != nil {
		release()
		return err
	}
	s.release = release
	defer func() { s.release() }()
	switch e.Kind {
	case desk.Said:
		err = s.said(ctx)
	case desk.Spoke:
		err = s.spoke(ctx)
	case desk.Assigned:
		err = s.take(ctx, "")
	case desk.Returned:
		err = s.returned()
	case desk.Transferred:
		err = s.transferred(ctx)
	case desk.Moved:
		err = s.moved()
	case desk.Left:
		err = s.leave("")
	case desk.Ended:
		err = s.ended()
	default:
		// A newer version wrote it: it is parked, not lost.
		return fmt.Errorf("event %s has the unknown kind %q", e.ID, e.Kind)
	}
	if err != nil {
		return err
	}
	return s.commit(ctx)
}

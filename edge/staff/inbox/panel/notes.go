package panel

import (
	"context"
	"crypto/rand"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/cloudwego/hertz/pkg/app"

	"keliu/edge/staff/door"
	"keliu/edge/wire"
	"keliu/functions/store/notes"
	"keliu/streams/desk"
)

// A NotesAnswer is the notes about a conversation, the latest first.
type NotesAnswer struct {
	Notes []notes.Note `json:"notes"`
}

// A NoteRequest is what one of the staff notes.
type NoteRequest struct {
	Text string `json:"text"`
}

// A NoteAnswer is a note as it was kept.
type NoteAnswer struct {
	Note notes.Note `json:"note"`
}

// mostNote is how long a note or a canned answer may be, in characters.
const mostNote = 2000

// written checks and trims what somebody of the staff wrote into a field: text of at most so many characters, without control signs.
func written(field, s string, most int) (string, error) {
	s = strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n"))
	switch {
	case s == "":
		return "", desk.Refuse(desk.ErrInvalid, "text_empty")
	case utf8.RuneCountInString(s) > most:
		return "", desk.Refuse(desk.ErrInvalid, "field_too_long", field, most)
	case strings.ContainsFunc(s, func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' || r == 0x7f }):
		return "", desk.Refuse(desk.ErrInvalid, "field_control", field)
	}
	return s, nil
}

// Optional checks and trims a note that may be left out.
func Optional(field, s string) (string, error) {
	if strings.TrimSpace(s) == "" {
		return "", nil
	}
	return written(field, s, mostNote)
}

// Note is what one of the staff notes about a conversation.
func Note(id desk.ConversationID, who desk.Agent, text string, at time.Time) notes.Note {
	return notes.Note{ID: "n_" + strings.ToLower(rand.Text()), Conversation: id, By: who.ID, Name: who.Name, Text: text, At: at}
}

func (r *Room) notes(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	conversation, err := r.Store.Conversation(ctx, desk.ConversationID(c.Param("id")))
	if err != nil {
		return err
	}
	all, err := r.Book.Notes(ctx, conversation.ID)
	if err != nil {
		return err
	}
	hide := r.Door.Hide(ctx, who)
	out := NotesAnswer{Notes: []notes.Note{}}
	for _, n := range all {
		n.Text = hide.Text(n.Text)
		out.Notes = append(out.Notes, n)
	}
	return wire.Answer(c, out)
}

func (r *Room) addNote(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	var in NoteRequest
	if err := wire.Bind(c, 16<<10, &in); err != nil {
		return err
	}
	conversation, err := r.Store.Conversation(ctx, desk.ConversationID(c.Param("id")))
	if err != nil {
		return err
	}
	text, err := written("text", in.Text, mostNote)
	if err != nil {
		return err
	}
	n := Note(conversation.ID, who, text, r.Now().UTC())
	if err := r.Book.Add(ctx, n); err != nil {
		return err
	}
	r.Live.Changed(conversation.ID)
	n.Text = r.Door.Hide(ctx, who).Text(n.Text)
	return wire.Answer(c, NoteAnswer{n})
}

// leads reports whether somebody may change what others wrote.
func (r *Room) leads(ctx context.Context, who desk.Agent) (bool, error) {
	parts, err := r.Door.Parts(ctx, who)
	return parts[door.Settings] == "write", err
}

// own refuses who may not change what another one wrote.
func (r *Room) own(ctx context.Context, who desk.Agent, owner desk.AgentID) error {
	if who.ID == owner {
		return nil
	}
	leads, err := r.leads(ctx, who)
	if err == nil && !leads {
		err = desk.Refuse(desk.ErrForbidden, "not_yours")
	}
	return err
}

func (r *Room) strikeNote(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	n, err := r.Book.Note(ctx, c.Param("id"))
	if err != nil {
		return err
	}
	if err := r.own(ctx, who, n.By); err != nil {
		return err
	}
	if err := r.Book.Strike(ctx, n.ID); err != nil {
		return err
	}
	r.Live.Changed(n.Conversation)
	c.SetStatusCode(204)
	return r.Door.Record(ctx, who, "note_struck", "conversation/"+string(n.Conversation), "", nil)
}

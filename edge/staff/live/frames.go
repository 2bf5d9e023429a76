package live

import (
	"encoding/json"
	"time"

	"keliu/streams/desk"
)

// What a screen is told. The names are those of the interface's document.
type (
	conversationFrame struct {
		Type         string `json:"type"`
		Conversation any    `json:"conversation"` // as the list shows it
	}
	messageFrame struct {
		Type         string              `json:"type"`
		Conversation desk.ConversationID `json:"conversation"`
		Message      desk.Message        `json:"message"`
	}
	noticeFrame struct {
		Type         string              `json:"type"`
		Conversation desk.ConversationID `json:"conversation"`
		Notice       desk.Notice         `json:"notice"`
	}
	typingFrame struct {
		Type         string              `json:"type"`
		Conversation desk.ConversationID `json:"conversation"`
		By           desk.Author         `json:"by"`
		Text         string              `json:"text,omitempty"` // what there is of it so far
	}
	viewingFrame struct {
		Type         string              `json:"type"`
		Conversation desk.ConversationID `json:"conversation"`
		Agents       []Viewer            `json:"agents"`
	}
	presenceFrame struct {
		Type   string     `json:"type"`
		Agents []Presence `json:"agents"`
	}
	queueFrame struct {
		Type    string `json:"type"`
		Waiting int    `json:"waiting"`
	}
	metricsFrame struct {
		Type string    `json:"type"`
		At   time.Time `json:"at"`
	}
	policyFrame struct {
		Type     string `json:"type"`
		Revision string `json:"revision"`
	}
	leadFrame struct {
		Type   string        `json:"type"`
		Person desk.PersonID `json:"person"`
	}
)

// A refreshFrame tells a screen that it has missed something and should read everything anew.
type refreshFrame struct {
	Type string `json:"type"`
}

const refresh = `{"type":"refresh"}`

// A Viewer is somebody who looks at a conversation.
type Viewer struct {
	ID        desk.AgentID `json:"id"`
	Name      string       `json:"name"`
	Composing bool         `json:"composing"` // and writes an answer
}

// A Presence is one of the staff as they are now.
type Presence struct {
	ID       desk.AgentID `json:"id"`
	Name     string       `json:"name"`
	Status   string       `json:"status"` // "online", "away" or "offline"
	Load     int          `json:"load"`
	Capacity int          `json:"capacity"`
}

// A heard frame is what a screen says.
type heard struct {
	Type         string              `json:"type"`
	Conversation desk.ConversationID `json:"conversation"`
}

// What a screen may say. What it says beside that is ignored, so that newer screens may speak to older servers.
const (
	saysView      = "view"      // the conversation is open now
	saysLeave     = "leave"     // and not any more
	saysComposing = "composing" // an answer is being written; good for as long as composingLasts
	saysTyping    = "typing"    // the same
	saysIdle      = "idle"      // and not any more
)

// maxConversation is longer than the name of any conversation.
const maxConversation = 64

// hear reads what a screen says, and reports whether it is JSON.
func hear(frame []byte) (f heard, ok bool) {
	err := json.Unmarshal(frame, &f)
	if len(f.Conversation) > maxConversation {
		f.Conversation = ""
	}
	return f, err == nil
}

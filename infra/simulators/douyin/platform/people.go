package platform

import (
	"slices"
	"time"
)

// A user is somebody on the platform, and their thread with the account.
type user struct {
	OpenID  string
	Name    string
	thread  string // conversation_short_id
	said    []Message
	lastIn  Message   // the latest message of theirs
	replies int       // sent since
	entries []entry   // when they opened the thread, latest last
	allowed time.Time // until when they may be written to first
	source  string    // of that permission
	pushes  map[string]int
}

// An entry is one opening of the direct messages.
type entry struct {
	id   string
	at   time.Time
	sent int
}

// A Comment stands under a video.
type Comment struct {
	ID     string    `json:"id"`
	Item   string    `json:"item"`
	User   string    `json:"user"` // open ID
	Name   string    `json:"name"`
	Text   string    `json:"text"`
	Parent string    `json:"parent,omitempty"`
	Own    bool      `json:"own"` // of the account
	At     time.Time `json:"at"`
}

// A Message is one direct message as both sides see it.
type Message struct {
	ID       string    `json:"id"`
	Own      bool      `json:"own"`  // the account wrote it
	Kind     string    `json:"kind"` // "text", "image", "video", "emoji", "card" …
	Text     string    `json:"text"`
	Scene    string    `json:"scene,omitempty"` // by which right the account wrote
	Recalled bool      `json:"recalled,omitempty"`
	At       time.Time `json:"at"`
}

// person returns who has a name, and makes them when nobody has. The caller holds the lock.
func (p *Platform) person(name string) *user {
	id := p.openID(name)
	u := p.users[id]
	if u == nil {
		u = &user{OpenID: id, Name: name, thread: p.id(), pushes: map[string]int{}}
		p.users[id] = u
	}
	return u
}

// Comment puts a comment of a user under a video, the first one when item is empty; parent is the comment it answers.
func (p *Platform) Comment(name, item, text, parent string) Comment {
	p.mu.Lock()
	u := p.person(name)
	if item == "" {
		item = p.videos[0].ID
	}
	c := Comment{ID: p.id(), Item: item, User: u.OpenID, Name: name, Text: text, Parent: parent, At: p.o.Now()}
	p.comments = keep(p.comments, c)
	p.mu.Unlock()
	p.Emit(Hook{Event: "item_comment_reply", From: u.OpenID, To: p.Account(), Content: commentContent(c)})
	return c
}

func commentContent(c Comment) map[string]any {
	content := map[string]any{
		"comment_id": c.ID, "comment_user_id": c.User, "content": c.Text, "nick_name": c.Name, "reply_to_item_id": c.Item,
		"create_time": c.At.Unix(), "digg_count": 0, "reply_comment_total": 0,
	}
	if c.Parent != "" {
		content["reply_to_comment_id"] = c.Parent
	}
	return content
}

// Say writes a direct message of a user to the account.
func (p *Platform) Say(name, text string) Message { return p.write(name, "text", text) }

// Show sends something that is no text, such as "image", "video" or "emoji": the app hears of it without its content.
func (p *Platform) Show(name, kind string) Message { return p.write(name, kind, "") }

func (p *Platform) write(name, kind, text string) Message {
	p.mu.Lock()
	u := p.person(name)
	m := Message{ID: p.id(), Kind: kind, Text: text, At: p.o.Now()}
	u.said = keep(u.said, m)
	u.lastIn, u.replies = m, 0
	content := p.messageContent(u, m)
	p.mu.Unlock()
	p.Emit(Hook{Event: "im_receive_msg", From: u.OpenID, To: p.Account(), Content: content})
	return m
}

func (p *Platform) messageContent(u *user, m Message) map[string]any {
	content := map[string]any{
		"conversation_short_id": u.thread, "server_message_id": m.ID, "conversation_type": 1, "create_time": m.At.UnixMilli(),
		"message_type": m.Kind, "source": "", "user_infos": []any{
			map[string]any{"open_id": u.OpenID, "nick_name": u.Name, "avatar": ""},
			map[string]any{"open_id": p.Account(), "nick_name": p.o.Account, "avatar": ""},
		},
	}
	if m.Kind == "text" {
		content["text"] = m.Text
	}
	return content
}

// An Entry says from where somebody opened the direct messages.
type Entry struct {
	Scene    string `json:"scene"`    // scene_type, such as "video", "homepage" or "ad"
	Item     string `json:"item"`     // the video
	Campaign string `json:"campaign"` // of the advertisement
}

// Enter lets a user open the direct messages and returns the ID that greetings refer to.
func (p *Platform) Enter(name string, from Entry) string {
	p.mu.Lock()
	u := p.person(name)
	e := entry{id: p.id(), at: p.o.Now()}
	u.entries = keep(u.entries, e)
	content := p.messageContent(u, Message{ID: e.id, Kind: "enter", At: e.at})
	p.mu.Unlock()
	content["scene_type"] = from.Scene
	if from.Item != "" {
		content["objectId"] = from.Item
	}
	if from.Campaign != "" {
		content["ad_info"] = map[string]any{"campaign_id": from.Campaign}
	}
	p.Emit(Hook{Event: "im_enter_direct_msg", From: u.OpenID, To: p.Account(), Content: content})
	return e.id
}

// Authorise lets a user agree to be written to first, until a time; the zero time takes it back.
func (p *Platform) Authorise(name, source string, until time.Time) {
	p.mu.Lock()
	u := p.person(name)
	u.allowed, u.source = until, source
	now := p.o.Now()
	p.mu.Unlock()
	content := map[string]any{"open_id": u.OpenID, "auth_status": 1, "expire_time": until.UnixMilli(), "source": source, "create_time": now.UnixMilli()}
	if until.IsZero() {
		content["auth_status"], content["expire_time"] = 2, 0
	}
	p.Emit(Hook{Event: "im_authorize", From: u.OpenID, To: p.Account(), Content: content})
}

// Recall takes back a message of a user. It reports whether there is one of that ID.
func (p *Platform) Recall(name, id string) bool {
	p.mu.Lock()
	u := p.person(name)
	i := slices.IndexFunc(u.said, func(m Message) bool { return m.ID == id && !m.Own })
	if i < 0 {
		p.mu.Unlock()
		return false
	}
	u.said[i].Recalled = true
	content := map[string]any{"conversation_short_id": u.thread, "server_message_id": id, "conversation_type": 1, "create_time": p.o.Now().UnixMilli()}
	p.mu.Unlock()
	p.Emit(Hook{Event: "im_recall_msg", From: u.OpenID, To: p.Account(), Content: content})
	return true
}

// Seen is what a user sees in the direct messages, oldest first.
func (p *Platform) Seen(name string) []Message {
	p.mu.Lock()
	defer p.mu.Unlock()
	if u := p.users[p.openID(name)]; u != nil {
		return slices.Clone(u.said)
	}
	return nil
}

// Comments are all comments, the account's replies too, oldest first.
func (p *Platform) Comments() []Comment {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.comments)
}

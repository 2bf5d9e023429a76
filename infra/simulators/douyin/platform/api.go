package platform

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"time"

	"keliu/infra/simulators/douyin/wire"
)

// Calls that a fault can strike.
const (
	CallSend    = "send"    // POST /im/send/msg/
	CallComment = "comment" // POST /item/comment/reply/
	CallToken   = "token"   // POST /oauth/client_token/
)

// Faults beside numbers. A number of three digits is an HTTP status, a longer one the code of an error.
const (
	Hang   = "hang"   // takes the call, does nothing, says nothing
	Mute   = "mute"   // does it and says nothing
	Reset  = "reset"  // breaks the connection before anything is done
	Silent = "silent" // says that all is well, and delivers nothing
)

// A Fault makes calls go wrong.
type Fault struct {
	On    string `json:"on"`    // a call, or empty for every one
	Kind  string `json:"kind"`  // one of the above, or a number
	Times int    `json:"times"` // how often; 0 is until Heal
}

// A Call is what an app asked.
type Call struct {
	On    string    `json:"on"`
	Code  int       `json:"code"`
	Fault string    `json:"fault,omitempty"`
	Text  string    `json:"text,omitempty"`
	To    string    `json:"to,omitempty"`
	At    time.Time `json:"at"`
}

// Fail lets calls go wrong from now on, after the faults that were set before.
func (p *Platform) Fail(f Fault) error {
	if !slices.Contains([]string{"", CallSend, CallComment, CallToken}, f.On) {
		return fmt.Errorf("a fault is on send, comment or token, or on every call, not on %q", f.On)
	}
	if code, err := strconv.Atoi(f.Kind); err != nil && !slices.Contains([]string{Hang, Mute, Reset, Silent}, f.Kind) || err == nil && code < 400 {
		return fmt.Errorf("a fault is hang, mute, reset, silent, an HTTP status or the code of an error, not %q", f.Kind)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.faults = append(p.faults, &f)
	return nil
}

// Heal ends all faults.
func (p *Platform) Heal() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.faults = nil
}

// Expire makes every access token that was given invalid.
func (p *Platform) Expire() {
	p.mu.Lock()
	defer p.mu.Unlock()
	clear(p.tokens)
}

// Calls are the latest calls of the app, oldest first.
func (p *Platform) Calls() []Call {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.calls)
}

// strike returns the fault of a call, if it has one. The caller holds the lock.
func (p *Platform) strike(on string) string {
	for i, f := range p.faults {
		if f.On != "" && f.On != on {
			continue
		}
		if f.Times == 1 {
			p.faults = slices.Delete(p.faults, i, i+1)
		} else if f.Times > 1 {
			f.Times--
		}
		return f.Kind
	}
	return ""
}

// A deed does what a call asks for, with the lock held, and returns a code, what else stands in data, and what is noted. quiet says
// that nothing may reach anybody. What it returns as after runs without the lock.
type deed func(r *http.Request, body []byte, quiet bool) (code int, data map[string]any, note Call, after func())

// api wraps a call: its body is read, its token checked and its fault played.
func (p *Platform) api(on string, do deed) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<20))
		if err != nil {
			wire.Answer(w, wire.Parameter, nil)
			return
		}
		p.mu.Lock()
		fault := p.strike(on)
		number, _ := strconv.Atoi(fault) // 0 for a fault in words
		var code int
		var data map[string]any
		var note Call
		var after func()
		switch {
		case number >= 1000:
			code = number
		case number > 0 || fault == Hang || fault == Reset:
		case on != CallToken && !p.known(r.Header.Get("access-token")):
			code = wire.Token
		default:
			code, data, note, after = do(r, body, fault == Silent)
		}
		note.On, note.Code, note.Fault, note.At = on, code, fault, p.o.Now()
		p.calls = keep(p.calls, note)
		p.mu.Unlock()
		if after != nil {
			after()
		}
		switch {
		case fault == Hang || fault == Mute:
			select {
			case <-r.Context().Done():
			case <-p.courier.Done():
			}
		case fault == Reset:
			panic(http.ErrAbortHandler) // how net/http is told to drop a connection
		case number > 0 && number < 1000:
			w.WriteHeader(number)
		default:
			wire.Answer(w, code, data)
		}
	}
}

// known reports whether an access token is good. The caller holds the lock.
func (p *Platform) known(token string) bool { return p.o.Now().Before(p.tokens[token]) }

// token answers POST /oauth/client_token/.
func (p *Platform) token(_ *http.Request, body []byte, _ bool) (int, map[string]any, Call, func()) {
	var in struct {
		Key    string `json:"client_key"`
		Secret string `json:"client_secret"`
		Grant  string `json:"grant_type"`
	}
	if err := json.Unmarshal(body, &in); err != nil || in.Key != p.o.Key || in.Secret != p.o.Secret || in.Grant != "client_credential" {
		return wire.Parameter, nil, Call{}, nil
	}
	const life = 2 * time.Hour
	token := "clt." + p.id()
	p.tokens[token] = p.o.Now().Add(life)
	return 0, map[string]any{"access_token": token, "expires_in": int(life.Seconds())}, Call{}, nil
}

// sendMessage answers POST /im/send/msg/?open_id=….
func (p *Platform) sendMessage(r *http.Request, body []byte, quiet bool) (int, map[string]any, Call, func()) {
	var l wire.Letter
	if err := json.Unmarshal(body, &l); err != nil || r.URL.Query().Get("open_id") != p.Account() {
		return wire.Parameter, nil, Call{}, nil
	}
	note := Call{To: l.To}
	if all := l.Parts(); len(all) > 0 {
		note.Text = all[0].Text.Text
	}
	code, u := p.judge(l)
	if code != 0 {
		return code, nil, note, nil
	}
	id := p.id()
	if quiet {
		return 0, map[string]any{"msg_id": id}, note, nil
	}
	var echoes []Hook
	for i, c := range l.Parts() {
		m := Message{ID: id, Own: true, Kind: "text", Text: c.Text.Text, Scene: l.Scene, At: p.o.Now()}
		if c.Type != 1 {
			m.Kind, m.Text = "card", c.Card.Template
		}
		if i > 0 {
			m.ID = p.id()
		}
		u.said = keep(u.said, m)
		echoes = append(echoes, Hook{Event: "im_send_msg", From: p.Account(), To: u.OpenID, Content: p.messageContent(u, m)})
	}
	return 0, map[string]any{"msg_id": id}, note, func() {
		for _, h := range echoes {
			p.Emit(h)
		}
	}
}

// replyToComment answers POST /item/comment/reply/?open_id=….
func (p *Platform) replyToComment(r *http.Request, body []byte, quiet bool) (int, map[string]any, Call, func()) {
	var in struct {
		Item    string `json:"item_id"`
		Comment string `json:"comment_id"`
		Content string `json:"content"`
	}
	if err := json.Unmarshal(body, &in); err != nil || r.URL.Query().Get("open_id") != p.Account() {
		return wire.Parameter, nil, Call{}, nil
	}
	note := Call{Text: in.Content, To: in.Comment}
	under := slices.IndexFunc(p.comments, func(c Comment) bool { return c.ID == in.Comment && c.Item == in.Item })
	switch {
	case under < 0:
		return wire.Parameter, nil, note, nil
	case !wire.Acceptable(in.Content):
		return wire.Content, nil, note, nil
	}
	id := p.id()
	if quiet {
		return 0, map[string]any{"comment_id": id}, note, nil
	}
	own := Comment{ID: id, Item: in.Item, User: p.Account(), Name: p.o.Account, Text: in.Content, Parent: in.Comment, Own: true, At: p.o.Now()}
	p.comments = keep(p.comments, own)
	return 0, map[string]any{"comment_id": id}, note, func() {
		p.Emit(Hook{Event: "item_comment_reply", From: p.Account(), To: p.Account(), Content: commentContent(own)})
	}
}

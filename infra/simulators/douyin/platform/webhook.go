package platform

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"

	"keliu/infra/simulators/douyin/courier"
)

// A Hook is an event for the app.
type Hook struct {
	Event   string
	From    string
	To      string
	Content any    // goes out as a JSON string
	MsgID   string // the header Msg-Id; empty makes one up
	Bare    bool   // content goes out as the JSON that it is
}

// Courier brings events to the app; it can be told to do that badly.
func (p *Platform) Courier() *courier.Courier { return p.courier }

// Emit sends an event to the app.
func (p *Platform) Emit(h Hook) {
	parcel, err := p.parcel(h)
	if err != nil {
		panic(err) // contents are maps of strings and numbers, which always encode
	}
	p.courier.Send(parcel)
}

// parcel is an event as it goes over the wire.
func (p *Platform) parcel(h Hook) (courier.Parcel, error) {
	content := h.Content
	if !h.Bare {
		text, err := json.Marshal(content)
		if err != nil {
			return courier.Parcel{}, err
		}
		content = string(text)
	}
	p.mu.Lock()
	log := "log_" + p.id()
	if h.MsgID == "" {
		h.MsgID = "msg_" + p.id()
	}
	p.mu.Unlock()
	body, err := json.Marshal(map[string]any{
		"event": h.Event, "client_key": p.o.Key, "from_user_id": h.From, "to_user_id": h.To, "content": content, "log_id": log,
	})
	return courier.Parcel{Event: h.Event, Key: h.From, MsgID: h.MsgID, Body: body}, err
}

// Subscribe checks an address in both forms of the handshake and sends events there from now on.
func (p *Platform) Subscribe(address string) error {
	for _, bare := range []bool{true, false} {
		challenge := 10_000_000 + rand.IntN(90_000_000)
		parcel, err := p.parcel(Hook{Event: "verify_webhook", Content: map[string]any{"challenge": challenge}, Bare: bare})
		if err != nil {
			return err
		}
		status, answer, err := p.courier.Post(address, parcel)
		if err != nil {
			return fmt.Errorf("verify %s: %w", address, err)
		}
		var echo struct{ Challenge int }
		if err := json.Unmarshal(answer, &echo); err != nil || status != http.StatusOK || echo.Challenge != challenge {
			return errors.Join(fmt.Errorf("verify %s: status %d, %.200q instead of the challenge %d", address, status, answer, challenge), err)
		}
	}
	p.courier.To(address)
	return nil
}

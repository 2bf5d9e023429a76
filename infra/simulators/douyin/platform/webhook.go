package platform

import (
	"bytes"
	"context"
	"crypto/sha1"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"time"
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

// Settings are what the way to the app does to events.
type Settings struct {
	Copies  int           `json:"copies"`   // how often each event comes besides, at the same time
	Shuffle bool          `json:"shuffle"`  // events overtake each other
	Delay   time.Duration `json:"delay_ns"` // before each event
	Drop    int           `json:"drop"`     // so many events from now on are lost
}

// An Attempt is one try to deliver an event.
type Attempt struct {
	Event  string    `json:"event"`
	MsgID  string    `json:"msg_id"`
	Try    int       `json:"try"`
	Status int       `json:"status"` // 0 without an answer
	Error  string    `json:"error,omitempty"`
	At     time.Time `json:"at"`
	Took   int64     `json:"took_ms"`
}

// mostMisses is how many events in a row nobody may take before the subscription is cancelled.
const mostMisses = 20

// Set says what the way to the app does from now on.
func (p *Platform) Set(s Settings) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.settings = s
	p.version++
}

// Attempts are the latest tries to deliver events, oldest first.
func (p *Platform) Attempts() []Attempt {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.attempts)
}

// Settled waits until no event is under way.
func (p *Platform) Settled() { p.hooks.Wait() }

// Emit sends any event to the app.
func (p *Platform) Emit(h Hook) { p.emit(h) }

// emit brings an event on its way: behind those of the same user, unless events are shuffled.
func (p *Platform) emit(h Hook) {
	p.mu.Lock()
	defer p.mu.Unlock()
	address, s := p.webhook, p.settings
	if address == "" || p.ctx.Err() != nil {
		return
	}
	if s.Drop > 0 {
		p.settings.Drop--
		return
	}
	if h.MsgID == "" {
		h.MsgID = "msg_" + p.id()
	}
	body, err := p.body(h)
	if err != nil {
		p.attempts = keep(p.attempts, Attempt{Event: h.Event, MsgID: h.MsgID, Error: err.Error(), At: p.o.Now()})
		return
	}
	before, done := p.tails[h.From], make(chan struct{})
	if s.Shuffle {
		before = nil
		s.Delay += rand.N(50 * time.Millisecond)
	}
	p.tails[h.From] = done
	p.hooks.Go(func() {
		defer close(done)
		if before != nil {
			<-before
		}
		if !p.pause(s.Delay) {
			return
		}
		for range s.Copies {
			p.hooks.Go(func() { p.deliver(address, h, body) })
		}
		p.deliver(address, h, body)
	})
}

// body is an event as it goes over the wire.
func (p *Platform) body(h Hook) ([]byte, error) {
	content := h.Content
	if !h.Bare {
		text, err := json.Marshal(content)
		if err != nil {
			return nil, err
		}
		content = string(text)
	}
	return json.Marshal(map[string]any{
		"event": h.Event, "client_key": p.o.Key, "from_user_id": h.From, "to_user_id": h.To, "content": content, "log_id": "log_" + p.id(),
	})
}

// Sign is the signature of a body: SHA-1 of the secret and the body, in hexadecimal.
func Sign(secret string, body []byte) string {
	sum := sha1.Sum(append([]byte(secret), body...))
	return hex.EncodeToString(sum[:])
}

// deliver tries three times.
func (p *Platform) deliver(address string, h Hook, body []byte) {
	taken := false
	for try := 0; try <= len(p.o.Spacing) && !taken; try++ {
		if try > 0 && !p.pause(p.o.Spacing[try-1]) {
			return
		}
		begun := p.o.Now()
		status, _, err := p.post(address, h, body)
		taken = status == http.StatusOK
		a := Attempt{Event: h.Event, MsgID: h.MsgID, Try: try + 1, Status: status, At: begun, Took: p.o.Now().Sub(begun).Milliseconds()}
		if err != nil {
			a.Error = err.Error()
		}
		p.mu.Lock()
		p.attempts = keep(p.attempts, a)
		p.version++
		p.mu.Unlock()
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case taken:
		p.misses = 0
	case p.misses+1 < mostMisses:
		p.misses++
	case p.webhook == address:
		p.misses, p.webhook = 0, "" // whoever does not answer for long is told nothing any more
	}
}

// post makes one try.
func (p *Platform) post(address string, h Hook, body []byte) (status int, answer []byte, err error) {
	ctx, cancel := context.WithTimeout(p.ctx, p.o.Timeout)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return 0, nil, err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("User-Agent", "DouyinOpenPlatform/1.0 (simulator)")
	r.Header.Set("X-Douyin-Signature", Sign(p.o.Secret, body))
	r.Header.Set("Msg-Id", h.MsgID)
	response, err := p.client.Do(r)
	if err != nil {
		return 0, nil, err
	}
	defer response.Body.Close()
	answer, err = io.ReadAll(io.LimitReader(response.Body, 64<<10))
	return response.StatusCode, answer, err
}

// pause lets time pass and reports whether the platform is still open.
func (p *Platform) pause(d time.Duration) bool {
	if d <= 0 {
		return p.ctx.Err() == nil
	}
	select {
	case <-time.After(d):
		return true
	case <-p.ctx.Done():
		return false
	}
}

// Subscribe checks an address in both forms of the handshake and sends events there from now on.
func (p *Platform) Subscribe(address string) error {
	for i, bare := range []bool{true, false} {
		challenge := 10_000_000 + rand.IntN(89_999_999) + i
		h := Hook{Event: "verify_webhook", Content: map[string]any{"challenge": challenge}, Bare: bare}
		p.mu.Lock()
		h.MsgID = "msg_" + p.id()
		body, err := p.body(h)
		p.mu.Unlock()
		if err != nil {
			return err
		}
		status, answer, err := p.post(address, h, body)
		if err != nil {
			return fmt.Errorf("verify %s: %w", address, err)
		}
		var echo struct{ Challenge any }
		if err := json.Unmarshal(answer, &echo); err != nil || status != http.StatusOK || fmt.Sprintf("%.0f", echo.Challenge) != fmt.Sprint(challenge) {
			return errors.Join(fmt.Errorf("verify %s: status %d, %.200q instead of the challenge %d", address, status, answer, challenge), err)
		}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.webhook, p.misses = address, 0
	p.version++
	return nil
}

package visitors

import (
	"context"
	"encoding/json"
	"errors"
	"strconv"

	"github.com/cloudwego/hertz/pkg/app"

	"keliu/edge/wire"
	"keliu/functions"
	"keliu/functions/session"
	"keliu/streams/desk"
)

// place reads after which event a client wants to go on.
func place(c *app.RequestContext) (int64, error) {
	text := string(c.Request.Header.Peek("Last-Event-ID"))
	if text == "" {
		return wire.Number(c, "after", 0, 0, 1<<53)
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 || n > 1<<53 {
		return 0, desk.Refuse(desk.ErrInvalid, "parameter", "Last-Event-ID", 0, int64(1)<<53)
	}
	return n, nil
}

func (s *Side) events(ctx context.Context, c *app.RequestContext, claims session.Claims) error {
	after, err := place(c)
	if err != nil {
		return err
	}
	s.visited(ctx, claims.Conversation, c.Query("page"))
	return s.Hub.ServeSSE(ctx, c, string(claims.Conversation), after)
}

// A Frame is what a client sends over the WebSocket: a message, with a key that makes it count once, or that one is being written.
type Frame struct {
	Type string `json:"type"` // "message", or empty; "typing" is not answered
	Key  string `json:"key"`
	MessageRequest
}

// A FrameAnswer answers a frame: event is "accepted" or "error".
type FrameAnswer struct {
	Event string `json:"event"`
	Key   string `json:"key,omitempty"`
	Data  any    `json:"data"`
}

func (s *Side) socket(ctx context.Context, c *app.RequestContext, channel string, claims session.Claims) error {
	after, err := place(c)
	if err != nil {
		return err
	}
	s.visited(ctx, claims.Conversation, c.Query("page"))
	// The request's memory is used again once the connection is a WebSocket.
	token, lang := "Bearer "+bearer(c), wire.Lang(c)
	return s.Hub.ServeWebSocket(ctx, c, string(claims.Conversation), after, func(ctx context.Context, frame []byte) []byte {
		return s.frame(ctx, channel, token, lang, frame)
	})
}

func (s *Side) frame(ctx context.Context, channel, token string, lang desk.Lang, frame []byte) []byte {
	var f Frame
	err := json.Unmarshal(frame, &f)
	if err == nil && f.Type == "typing" {
		if claims, err := s.Tokens.Open(channel, session.Bearer(token), s.Now()); err == nil { // whose token has ended hears of it with the next message
			s.writes(claims)
		}
		return nil
	}
	if err != nil || f.Type != "" && f.Type != "message" {
		err = desk.Refuse(desk.ErrInvalid, "json_broken")
	}
	answer := FrameAnswer{Event: "accepted", Key: f.Key}
	if err == nil {
		var body []byte
		body, err = s.accept(ctx, channel, functions.Webhook{
			Header: map[string]string{"Authorization": token, "Idempotency-Key": f.Key}, Body: frame,
		})
		answer.Data = json.RawMessage(body)
	}
	if err != nil {
		code := "unavailable"
		var problem *desk.Problem
		args := []any(nil)
		if errors.As(err, &problem) {
			code, args = problem.Code, problem.Args
		}
		answer.Event = "error"
		answer.Data = map[string]string{"code": code, "message": wire.Sentence(lang, code, args...)}
	}
	body, err := json.Marshal(answer)
	if err != nil {
		s.Log.Error("frame", "error", err)
		return nil
	}
	return body
}

// Package wire is what every call of the API has in common: a route that knows its own documentation, errors that become a
// status and a sentence, JSON in and out.
package wire

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/cloudwego/hertz/pkg/app"
	"golang.org/x/text/language"

	"keliu/streams/desk"
)

// A Route is one call of the API. The OpenAPI document is made from it.
type Route struct {
	Method  string
	Path    string // Hertz' form: /api/v1/conversations/:id
	Summary string
	Tag     string  // the chapter of the document
	Auth    Auth    // what the call needs
	Query   []Param // in the address
	Header  []Param
	In      any    // zero value of the JSON body; nil without one
	Body    string // content type of a body that is not JSON
	Out     any    // zero value of the JSON answer; nil answers 204 or another content
	Content string // content type of an answer that is not JSON
	Serve   Serve
}

// Serve answers one call. The error it returns is turned into a status and a sentence.
type Serve func(ctx context.Context, c *app.RequestContext) error

// Auth is what a call needs.
type Auth string

// The kinds of authentication.
const (
	Public  Auth = ""
	Session Auth = "session" // a customer's bearer token
	Staff   Auth = "staff"   // a login of the staff, as bearer token or cookie
)

// A Param is a query parameter or a header.
type Param struct{ Name, Meaning string }

// A Problem is the body of every error.
type Problem struct {
	Error struct {
		Code      string `json:"code"`
		Message   string `json:"message"`
		RequestID string `json:"request_id"`
	} `json:"error"`
}

// Handler turns a Serve into a Hertz handler.
func Handler(log *slog.Logger, serve Serve) app.HandlerFunc {
	return func(ctx context.Context, c *app.RequestContext) {
		if err := serve(ctx, c); err != nil {
			Fail(log, c, err)
		}
	}
}

// requestID is the key of the request's ID in its context.
const requestID = "request_id"

// SetRequestID names the request in errors and logs.
func SetRequestID(c *app.RequestContext, id string) { c.Set(requestID, id) }

// RequestID returns the request's name.
func RequestID(c *app.RequestContext) string { return c.GetString(requestID) }

// Fail answers with an error: its status, its code and a sentence in the user's language.
func Fail(log *slog.Logger, c *app.RequestContext, err error) {
	code, args := "internal", []any(nil)
	var problem *desk.Problem
	if errors.As(err, &problem) {
		code, args = problem.Code, problem.Args
	} else if kind := kindCode(err); kind != "" {
		code = kind
	}
	status := statusOf(code, err)
	if status >= 500 && problem == nil { // a problem was foreseen; this was not
		log.Error("request failed", "request_id", RequestID(c), "method", string(c.Method()), "path", string(c.Path()), "error", err)
	}
	var p Problem
	p.Error.Code, p.Error.RequestID = code, RequestID(c)
	p.Error.Message = Sentence(Lang(c), code, args...)
	if wait := RetryAfter(err); wait > 0 {
		c.Response.Header.Set("Retry-After", strconv.Itoa(int((wait+time.Second-1)/time.Second)))
	}
	if status == http.StatusUnauthorized {
		c.Response.Header.Set("WWW-Authenticate", `Bearer realm="keliu"`)
	}
	c.Response.ResetBody()
	write(c, status, p)
}

func kindCode(err error) string {
	switch {
	case errors.Is(err, desk.ErrNotFound):
		return "not_found"
	case errors.Is(err, desk.ErrForbidden):
		return "forbidden"
	case errors.Is(err, desk.ErrInvalid):
		return "invalid"
	case errors.Is(err, desk.ErrConflict):
		return "conflict"
	case errors.Is(err, desk.ErrUnavailable):
		return "unavailable"
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return "unavailable"
	}
	return ""
}

func statusOf(code string, err error) int {
	switch code {
	case "token_missing", "token_invalid", "token_expired", "login_failed", "login_needed", "member_invalid", "member_expired":
		return http.StatusUnauthorized
	case "rate_limited", "login_throttled":
		return http.StatusTooManyRequests
	case "body_too_large", "upload_too_large", "picture_too_large":
		return http.StatusRequestEntityTooLarge
	case "method_not_allowed":
		return http.StatusMethodNotAllowed
	case "unavailable":
		return http.StatusServiceUnavailable
	}
	switch {
	case errors.Is(err, desk.ErrNotFound):
		return http.StatusNotFound
	case errors.Is(err, desk.ErrForbidden):
		return http.StatusForbidden
	case errors.Is(err, desk.ErrInvalid):
		return http.StatusBadRequest
	case errors.Is(err, desk.ErrConflict):
		return http.StatusConflict
	case errors.Is(err, desk.ErrUnavailable):
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// A Wait is an error that tells when to try again.
type Wait struct {
	error
	After time.Duration
}

// Unwrap lets errors.Is and errors.As see the error.
func (w Wait) Unwrap() error { return w.error }

// Later wraps an error with the time after which a new try makes sense.
func Later(err error, after time.Duration) error { return Wait{err, after} }

// RetryAfter returns when a failed call may be tried again, or 0.
func RetryAfter(err error) time.Duration {
	var w Wait
	switch {
	case errors.As(err, &w):
		return max(w.After, time.Second)
	case errors.Is(err, desk.ErrUnavailable):
		return 2 * time.Second
	}
	return 0
}

// Answer writes a JSON answer with status 200.
func Answer(c *app.RequestContext, v any) error {
	write(c, http.StatusOK, v)
	return nil
}

func write(c *app.RequestContext, status int, v any) {
	body, err := json.Marshal(v)
	if err != nil { // a type of ours that cannot be encoded: found by the tests of the route
		status, body = http.StatusInternalServerError, []byte(`{"error":{"code":"internal","message":"internal error"}}`)
	}
	c.Data(status, "application/json; charset=utf-8", body)
}

// Bind reads a JSON body of at most limit bytes into v. Unknown fields are ignored, so that newer clients may call older servers.
func Bind(c *app.RequestContext, limit int, v any) error {
	body := c.Request.Body()
	if len(body) > limit {
		return desk.Refuse(desk.ErrInvalid, "body_too_large", limit>>10)
	}
	if len(body) == 0 {
		body = []byte("{}")
	}
	if err := json.Unmarshal(body, v); err != nil || !utf8.Valid(body) {
		return desk.Refuse(desk.ErrInvalid, "json_broken")
	}
	return nil
}

// Number reads a whole number from the query; without one it is fallback.
func Number(c *app.RequestContext, name string, fallback, least, most int64) (int64, error) {
	text := c.Query(name)
	if text == "" {
		return fallback, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < least || n > most {
		return 0, desk.Refuse(desk.ErrInvalid, "parameter", name, least, most)
	}
	return n, nil
}

// languages are those that sentences are written in, the default first.
var languages = language.NewMatcher([]language.Tag{language.Chinese, language.English})

// Lang returns the language that the caller asked for.
func Lang(c *app.RequestContext) desk.Lang {
	header := string(c.Request.Header.Peek("Accept-Language"))
	if header == "" || len(header) > 200 || strings.HasPrefix(header, "zh") && !strings.Contains(header, ",") {
		return desk.Chinese
	}
	wanted, _, err := language.ParseAcceptLanguage(header)
	if err != nil {
		return desk.Chinese
	}
	if _, index, confidence := languages.Match(wanted...); index == 1 && confidence > language.No {
		return desk.English
	}
	return desk.Chinese
}

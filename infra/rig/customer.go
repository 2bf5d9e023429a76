package rig

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// A Customer speaks with the product over its public API.
type Customer struct {
	URL          string
	Client       *http.Client
	Token        string `json:"token"`
	Visitor      string `json:"visitor"`
	Conversation string `json:"conversation"`
}

// A Line is a message as the customer sees it.
type Line struct {
	ID        string `json:"id"`
	Seq       int64  `json:"seq"`
	Text      string `json:"text"`
	By        string `json:"by"`
	Intent    string `json:"intent"`
	Citations []struct {
		Article, Title, Passage string
	} `json:"citations"`
	Options []string  `json:"options"`
	At      time.Time `json:"at"`
}

// A Refusal is an error that the product answers.
type Refusal struct {
	Status     int
	RetryAfter string
	Code       string
	Message    string
}

// Error implements error.
func (r *Refusal) Error() string {
	return fmt.Sprintf("%d %s: %s", r.Status, r.Code, r.Message)
}

// Enter opens a session.
func Enter(ctx context.Context, url string, request map[string]string) (*Customer, error) {
	c := &Customer{URL: url, Client: http.DefaultClient}
	return c, c.Call(ctx, http.MethodPost, "/api/v1/web/sessions", nil, request, c)
}

// Say sends a message and returns it as accepted.
func (c *Customer) Say(ctx context.Context, text, key string) (Line, error) {
	var out struct{ Message Line }
	header := map[string]string{}
	if key != "" {
		header["Idempotency-Key"] = key
	}
	err := c.Call(ctx, http.MethodPost, "/api/v1/web/messages", header, map[string]string{"text": text}, &out)
	return out.Message, err
}

// History returns all that was said, oldest first.
func (c *Customer) History(ctx context.Context) (all []Line, err error) {
	for before := int64(0); ; {
		var page struct{ Messages []Line }
		if err := c.Call(ctx, http.MethodGet, fmt.Sprintf("/api/v1/web/messages?limit=200&before=%d", before), nil, nil, &page); err != nil {
			return nil, err
		}
		if len(page.Messages) == 0 {
			return all, nil
		}
		all = append(page.Messages, all...)
		before = page.Messages[0].Seq
	}
}

// Call makes a call of the API with the customer's token. An answer of an error is a *Refusal.
func (c *Customer) Call(ctx context.Context, method, path string, header map[string]string, in, out any) error {
	body := io.Reader(http.NoBody)
	if in != nil {
		b, err := json.Marshal(in)
		if err != nil {
			return err
		}
		body = bytes.NewReader(b)
	}
	request, err := http.NewRequestWithContext(ctx, method, c.URL+path, body)
	if err != nil {
		return err
	}
	if c.Token != "" {
		request.Header.Set("Authorization", "Bearer "+c.Token)
	}
	request.Header.Set("Content-Type", "application/json")
	for name, value := range header {
		request.Header.Set(name, value)
	}
	response, err := c.Client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode/100 != 2 {
		return refusal(response)
	}
	if out == nil {
		return nil
	}
	return json.NewDecoder(response.Body).Decode(out)
}

func refusal(response *http.Response) error {
	var problem struct {
		Error struct{ Code, Message string }
	}
	r := &Refusal{Status: response.StatusCode, RetryAfter: response.Header.Get("Retry-After")}
	if err := json.NewDecoder(response.Body).Decode(&problem); err == nil {
		r.Code, r.Message = problem.Error.Code, problem.Error.Message
	}
	return r
}

// An Event is one event of the customer's stream.
type Event struct {
	ID   int64 // 0 for a passing sign
	Name string
	Data json.RawMessage
}

// Listen hands the events after an ID to hear until hear returns false, the context ends or the stream does.
func (c *Customer) Listen(ctx context.Context, after int64, hear func(Event) bool) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, c.URL+"/api/v1/web/events", nil)
	if err != nil {
		return err
	}
	request.Header.Set("Authorization", "Bearer "+c.Token)
	if after > 0 {
		request.Header.Set("Last-Event-ID", strconv.FormatInt(after, 10))
	}
	response, err := c.Client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return refusal(response)
	}
	var e Event
	lines := bufio.NewScanner(response.Body)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		field, value, _ := strings.Cut(lines.Text(), ":")
		value = strings.TrimPrefix(value, " ")
		switch field {
		case "id":
			if e.ID, err = strconv.ParseInt(value, 10, 64); err != nil {
				return err
			}
		case "event":
			e.Name = value
		case "data":
			e.Data = append(e.Data, value...)
		case "":
			if lines.Text() == "" && e.Name != "" {
				if !hear(e) {
					return nil
				}
				e = Event{}
			}
		}
	}
	return lines.Err()
}

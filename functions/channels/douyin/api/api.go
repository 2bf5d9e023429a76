// Package api speaks to the Douyin open platform (抖音开放平台): the calls that send, the token that authorises them, and what its
// errors mean.
package api

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"golang.org/x/sync/singleflight"
)

// patience is how long a call may take when nothing else is said.
const patience = 8 * time.Second

// A Client calls the platform. It is safe for concurrent use.
type Client struct {
	Base   string // such as https://open.douyin.com
	Key    string // client_key
	Secret string // client_secret
	Token  string // an access token that is used as it is; empty fetches one
	HTTP   *http.Client
	Now    func() time.Time

	Patience time.Duration // how long a call may take; 0 is 8 s

	purse  purse
	flight singleflight.Group
}

// A Letter is one direct message.
type Letter struct {
	Account string // open ID of the company's account
	To      string // open ID of the person
	Thread  string // conversation_short_id
	Message string // the server_message_id that is answered
	Scene   string // by which right
	Text    string
	Card    string // template of a card that goes along; empty without one
}

// A Comment is a public reply to a comment.
type Comment struct {
	Account string
	Item    string // the video
	Comment string // that is replied to
	Text    string
}

// Write sends a direct message and returns the platform's ID of it. The platform's no is a *Refusal; ErrUnreached says that it has
// heard nothing. After any other error nobody knows.
func (c *Client) Write(ctx context.Context, l Letter) (id string, err error) {
	type text struct {
		Text string `json:"text"`
	}
	type card struct {
		Template string `json:"card_template_id"`
	}
	type content struct {
		Type int   `json:"msg_type"`
		Text *text `json:"text,omitempty"`
		Card *card `json:"applet_card,omitempty"`
	}
	body := struct {
		Message string    `json:"msg_id,omitempty"`
		Thread  string    `json:"conversation_id,omitempty"`
		To      string    `json:"to_user_id"`
		Scene   string    `json:"scene"`
		Content *content  `json:"content,omitempty"`
		List    []content `json:"content_list,omitempty"`
	}{l.Message, l.Thread, l.To, l.Scene, &content{Type: 1, Text: &text{l.Text}}, nil}
	if l.Card != "" {
		body.List, body.Content = []content{*body.Content, {Type: 10, Card: &card{l.Card}}}, nil
	}
	var out struct {
		MsgID name `json:"msg_id"`
	}
	err = c.call(ctx, "/im/send/msg/", l.Account, body, &out)
	return string(out.MsgID), err
}

// Reply answers a comment in public and returns the platform's ID of the answer. Its errors are those of Write.
func (c *Client) Reply(ctx context.Context, r Comment) (id string, err error) {
	body := map[string]string{"item_id": r.Item, "comment_id": r.Comment, "content": r.Text}
	var out struct {
		Comment name `json:"comment_id"`
	}
	err = c.call(ctx, "/item/comment/reply/", r.Account, body, &out)
	return string(out.Comment), err
}

// A name is an ID of the platform's, a string or a number.
type name string

// UnmarshalJSON implements json.Unmarshaler.
func (n *name) UnmarshalJSON(raw []byte) error {
	*n = name(strings.Trim(string(raw), `"`))
	return nil
}

// call makes a call in the name of an account, once more with a fresh token when the platform says that the token has expired.
func (c *Client) call(ctx context.Context, path, account string, in, out any) error {
	for fresh := false; ; fresh = true {
		token, err := c.token(ctx)
		if err != nil {
			return err
		}
		err = c.post(ctx, path+"?open_id="+url.QueryEscape(account), token, in, out)
		var refusal *Refusal
		if fresh || c.Token != "" || !errors.As(err, &refusal) || !expired(refusal.Code) {
			return err
		}
		c.purse.drop(token)
	}
}

// ErrUnreached says that the platform has not heard of a call.
var ErrUnreached = errors.New("the platform was not reached")

// post makes one request. What the platform puts beside its codes is decoded into out.
func (c *Client) post(ctx context.Context, path, token string, in, out any) error {
	body, err := json.Marshal(in)
	if err != nil {
		return fmt.Errorf("douyin %s: %w", path, err)
	}
	ctx, cancel := context.WithTimeout(ctx, cmp.Or(c.Patience, patience))
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, strings.TrimSuffix(c.Base, "/")+path, bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("%w: %w", ErrUnreached, err)
	}
	r.Header.Set("Content-Type", "application/json")
	if token != "" {
		r.Header.Set("access-token", token)
	}
	response, err := c.HTTP.Do(r)
	if err != nil {
		var dial *net.OpError
		if errors.As(err, &dial) && dial.Op == "dial" {
			return fmt.Errorf("%w: %w", ErrUnreached, withoutURL(err))
		}
		return fmt.Errorf("the platform gave no answer: %w", withoutURL(err))
	}
	defer response.Body.Close()
	said, err := io.ReadAll(io.LimitReader(response.Body, 1<<20))
	if err != nil {
		return fmt.Errorf("the platform's answer broke off: %w", err)
	}
	return read(response.StatusCode, said, out)
}

// withoutURL is an error without the address that was called: it names people.
func withoutURL(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}

// An envelope is around everything that the platform says. Its codes stand in one of four places.
type envelope struct {
	Data  json.RawMessage `json:"data"`
	Extra verdict         `json:"extra"`
	verdict
	ErrNo int    `json:"err_no"`
	Tips  string `json:"err_tips"`
}

type verdict struct {
	Code        int    `json:"error_code"`
	Description string `json:"description"`
}

// read turns an answer into a value or an error.
func read(status int, said []byte, out any) error {
	var e envelope
	var data verdict
	readable := json.Unmarshal(said, &e) == nil
	if readable && len(e.Data) > 0 {
		readable = json.Unmarshal(e.Data, &data) == nil
	}
	if readable {
		for _, v := range []verdict{data, e.Extra, e.verdict, {e.ErrNo, e.Tips}} {
			if v.Code != 0 {
				return &Refusal{Code: v.Code, Status: status, Description: v.Description}
			}
		}
	}
	switch {
	case status == http.StatusBadGateway || status == http.StatusGatewayTimeout:
		return fmt.Errorf("the platform gave no answer: status %d of something between", status)
	case status != http.StatusOK:
		return &Refusal{Status: status}
	case !readable:
		return fmt.Errorf("the platform's answer is not readable: %.100q", said)
	}
	if err := json.Unmarshal(said, out); err != nil { // some calls answer beside data, not in it
		return fmt.Errorf("the platform's answer is not readable: %w", err)
	}
	if len(e.Data) > 0 {
		return json.Unmarshal(e.Data, out)
	}
	return nil
}

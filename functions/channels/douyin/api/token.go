package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"
)

const (
	early     = 5 * time.Minute  // a token is given up so long before it expires
	tokenless = 10 * time.Minute // how long a platform is believed not to give tokens
)

// A purse holds the latest token.
type purse struct {
	mu    sync.Mutex
	token string
	until time.Time
}

func (p *purse) look(now time.Time) (string, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.token, now.Before(p.until)
}

func (p *purse) put(token string, until time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.token, p.until = token, until
}

// drop forgets a token, unless there is a newer one.
func (p *purse) drop(token string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.token == token {
		p.until = time.Time{}
	}
}

// token returns what authorises calls: the configured token, or one that is fetched once for all who wait and kept until it
// expires. It is empty when the platform gives none: its answer to the call is then the truth.
func (c *Client) token(ctx context.Context) (string, error) {
	if c.Token != "" {
		return c.Token, nil
	}
	if token, good := c.purse.look(c.Now()); good {
		return token, nil
	}
	// Whoever came first fetches for all: their leaving must not spoil it for the others.
	fetched := c.flight.DoChan("token", func() (any, error) { return c.fetch(context.WithoutCancel(ctx)) })
	select {
	case f := <-fetched:
		if f.Err != nil {
			return "", f.Err
		}
		return f.Val.(string), nil
	case <-ctx.Done():
		return "", fmt.Errorf("%w: %w", ErrUnreached, ctx.Err())
	}
}

// fetch asks the platform for a token. Whatever goes wrong, the call that needs it was not made.
func (c *Client) fetch(ctx context.Context) (string, error) {
	if token, good := c.purse.look(c.Now()); good {
		return token, nil
	}
	in := map[string]string{"client_key": c.Key, "client_secret": c.Secret, "grant_type": "client_credential"}
	var out struct {
		Token   string `json:"access_token"`
		Expires int    `json:"expires_in"` // seconds
	}
	err := c.post(ctx, "/oauth/client_token/", "", in, &out)
	var refusal *Refusal
	switch {
	case errors.As(err, &refusal) && refusal.Status == http.StatusNotFound:
		c.purse.put("", c.Now().Add(tokenless))
		return "", nil
	case errors.As(err, &refusal):
		return "", fmt.Errorf("access token: %w", err)
	case err != nil:
		return "", fmt.Errorf("access token: %w: %w", ErrUnreached, err)
	}
	life := time.Duration(out.Expires) * time.Second
	c.purse.put(out.Token, c.Now().Add(life-min(early, life/2)))
	return out.Token, nil
}

// Package session is the protocol of the house's own channels, web and app: the token that says who speaks, and the
// message that is spoken. Both are checked without asking any store.
package session

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"hash/maphash"
	"strings"
	"sync"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"keliu/streams/desk"
)

// Claims are what a token vouches for.
type Claims struct {
	Session      string              `json:"s"`
	Conversation desk.ConversationID `json:"c"`
	Customer     desk.CustomerID     `json:"u"`
	Channel      string              `json:"ch"`
	Member       desk.MemberID       `json:"m,omitempty"`
	Name         string              `json:"n,omitempty"`
	Page         string              `json:"p,omitempty"`
	Expires      int64               `json:"e"` // seconds since 1970
}

// Tokens makes and checks the tokens of one secret. It remembers those it has found good: most come again. It is safe for
// concurrent use.
type Tokens struct {
	secret []byte
	seed   maphash.Seed
	shards [16]struct {
		sync.Mutex
		young, old map[string]Claims
	}
}

// generation is how many tokens a shard remembers before it forgets those of the generation before.
const generation = 1024

// NewTokens returns the tokens of a secret. Without a secret no token is good.
func NewTokens(secret []byte) *Tokens { return &Tokens{secret: secret, seed: maphash.MakeSeed()} }

// Seal makes a token.
func (t *Tokens) Seal(c Claims) (string, error) { return seal(t.secret, c) }

// Open checks a token of a channel and returns its claims. It refuses with token_missing, token_invalid or token_expired.
func (t *Tokens) Open(channel, token string, now time.Time) (Claims, error) {
	c, known := t.known(token)
	if !known {
		var err error
		if c, err = open(t.secret, token); err != nil {
			return Claims{}, err
		}
		t.keep(strings.Clone(token), c)
	}
	switch {
	case c.Channel != channel:
		return Claims{}, desk.Refuse(desk.ErrForbidden, "token_invalid")
	case now.Unix() >= c.Expires:
		return Claims{}, desk.Refuse(desk.ErrForbidden, "token_expired")
	}
	return c, nil
}

func (t *Tokens) known(token string) (Claims, bool) {
	shard := &t.shards[maphash.String(t.seed, token)%uint64(len(t.shards))]
	shard.Lock()
	defer shard.Unlock()
	c, ok := shard.young[token]
	if !ok {
		c, ok = shard.old[token]
	}
	return c, ok
}

func (t *Tokens) keep(token string, c Claims) {
	shard := &t.shards[maphash.String(t.seed, token)%uint64(len(t.shards))]
	shard.Lock()
	defer shard.Unlock()
	if shard.young == nil || len(shard.young) >= generation {
		shard.young, shard.old = map[string]Claims{}, shard.young
	}
	shard.young[token] = c
}

// maxToken is more than any token that Seal makes of what the edge lets in.
const maxToken = 4096

func seal(secret []byte, c Claims) (string, error) {
	body, err := json.Marshal(c)
	if err != nil {
		return "", fmt.Errorf("seal session: %w", err)
	}
	payload := base64.RawURLEncoding.EncodeToString(body)
	return payload + "." + base64.RawURLEncoding.EncodeToString(sign(secret, payload)), nil
}

// open reads a token whose signature is right.
func open(secret []byte, token string) (c Claims, err error) {
	if token == "" {
		return Claims{}, desk.Refuse(desk.ErrForbidden, "token_missing")
	}
	invalid := desk.Refuse(desk.ErrForbidden, "token_invalid")
	payload, signature, found := strings.Cut(token, ".")
	if !found || len(token) > maxToken || len(secret) == 0 {
		return Claims{}, invalid
	}
	given, err := base64.RawURLEncoding.Strict().DecodeString(signature)
	if err != nil || !hmac.Equal(given, sign(secret, payload)) {
		return Claims{}, invalid
	}
	body, err := base64.RawURLEncoding.DecodeString(payload)
	if err != nil {
		return Claims{}, invalid
	}
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&c); err != nil {
		return Claims{}, invalid
	}
	return c, nil
}

func sign(secret []byte, payload string) []byte {
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte(payload))
	return mac.Sum(nil)
}

// A Vouched customer is a member whom the shop has logged in.
type Vouched struct {
	Member desk.MemberID
	Name   string
}

// Vouch makes the token by which a shop's server tells who its customer is: a JWT, HS256 over the secret that the shop and the
// house share, with the claims sub (the member), name and exp.
func Vouch(secret []byte, v Vouched, expires time.Time) (string, error) {
	claims := jwt.MapClaims{"sub": string(v.Member), "name": v.Name, "exp": expires.Unix()}
	token, err := jwt.NewWithClaims(jwt.SigningMethodHS256, claims).SignedString(secret)
	if err != nil {
		return "", fmt.Errorf("vouch for %s: %w", v.Member, err)
	}
	return token, nil
}

// Vouches checks such a token. It refuses with member_invalid or member_expired.
func Vouches(secret []byte, token string, now time.Time) (Vouched, error) {
	var claims struct {
		Name string `json:"name"`
		jwt.RegisteredClaims
	}
	if len(token) > maxToken || len(secret) == 0 {
		return Vouched{}, desk.Refuse(desk.ErrForbidden, "member_invalid")
	}
	_, err := jwt.ParseWithClaims(token, &claims, func(*jwt.Token) (any, error) { return secret, nil },
		jwt.WithValidMethods([]string{jwt.SigningMethodHS256.Alg()}), jwt.WithExpirationRequired(), jwt.WithTimeFunc(func() time.Time { return now }))
	switch {
	case errors.Is(err, jwt.ErrTokenExpired):
		return Vouched{}, desk.Refuse(desk.ErrForbidden, "member_expired")
	case err != nil || claims.Subject == "" || len(claims.Subject) > 64 || len(claims.Name) > 200:
		return Vouched{}, desk.Refuse(desk.ErrForbidden, "member_invalid")
	}
	return Vouched{Member: desk.MemberID(claims.Subject), Name: claims.Name}, nil
}

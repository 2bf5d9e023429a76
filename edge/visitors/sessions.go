package visitors

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/cloudwego/hertz/pkg/app"

	"keliu/edge/wire"
	"keliu/functions/session"
	"keliu/functions/store"
	"keliu/streams/desk"
)

// A SessionRequest opens a session. Every field may be left out.
type SessionRequest struct {
	Visitor string `json:"visitor"` // a secret that the client keeps: whoever knows it is this customer
	Device  string `json:"device"`  // the same for an app: its device token
	Name    string `json:"name"`
	Page    string `json:"page"`   // where the customer is
	Member  string `json:"member"` // a token by which the shop's server vouches for its member
}

// A SessionAnswer is a session.
type SessionAnswer struct {
	Session      string              `json:"session"`
	Token        string              `json:"token"`
	Conversation desk.ConversationID `json:"conversation"`
	Visitor      string              `json:"visitor"`
	Expires      time.Time           `json:"expires_at"`
	Brand        BrandAnswer         `json:"brand"`
	Member       *MemberAnswer       `json:"member,omitempty"`
}

// A BrandAnswer says for whom the desk speaks.
type BrandAnswer struct {
	Name string `json:"name"`
}

// A MemberAnswer is the member that the shop vouched for.
type MemberAnswer struct {
	Name string `json:"name"`
}

func (s *Side) open(ctx context.Context, c *app.RequestContext, channel string) error {
	if err := s.limits.address(c.ClientIP()); err != nil {
		return err
	}
	var in SessionRequest
	if err := wire.Bind(c, 16<<10, &in); err != nil {
		return err
	}
	if in.Visitor == "" {
		in.Visitor = in.Device
	}
	for _, f := range []struct {
		name, value string
		most        int
	}{{"visitor", in.Visitor, 200}, {"name", in.Name, 60}, {"page", in.Page, maxPage}} {
		if utf8.RuneCountInString(f.value) > f.most {
			return desk.Refuse(desk.ErrInvalid, "field_too_long", f.name, f.most)
		}
		if strings.ContainsFunc(f.value, unicode.IsControl) {
			return desk.Refuse(desk.ErrInvalid, "field_control", f.name)
		}
	}
	if in.Visitor == "" {
		in.Visitor = "v_" + rand.Text()
	}
	customer, err := s.customer(ctx, channel, in)
	if err != nil {
		return err
	}
	expires := s.Now().UTC().Add(sessionLife).Truncate(time.Second)
	claims := session.Claims{
		Session: "s_" + strings.ToLower(rand.Text()[:16]), Conversation: session.ConversationOf(customer.ID), Customer: customer.ID, Channel: channel,
		Member: customer.Member, Name: customer.Name, Page: in.Page, Expires: expires.Unix(),
	}
	token, err := s.Tokens.Seal(claims)
	if err != nil {
		return err
	}
	s.visited(ctx, claims.Conversation, in.Page)
	out := SessionAnswer{
		Session: claims.Session, Token: token, Conversation: claims.Conversation, Visitor: in.Visitor, Expires: expires, Brand: BrandAnswer{s.Brand(wire.Lang(c))},
	}
	if customer.Member != "" {
		out.Member = &MemberAnswer{customer.Name}
	}
	return wire.Answer(c, out)
}

// maxPage is how long the address of a page may be, in characters.
const maxPage = 500

// visited keeps on which page the customer is. No customer is sent away because of it.
func (s *Side) visited(ctx context.Context, id desk.ConversationID, page string) {
	if s.Trail == nil || page == "" || utf8.RuneCountInString(page) > maxPage || strings.ContainsFunc(page, unicode.IsControl) {
		return
	}
	if err := s.Trail.Visited(ctx, id, strings.Clone(page), s.Now().UTC()); err != nil {
		s.Log.Warn("a page of the trail was lost", "conversation", id, "error", err)
	}
}

// customer finds out who it is. A visitor alone is never taken for a member: a session without the shop's word loses the
// membership that an earlier session of the same visitor had.
func (s *Side) customer(ctx context.Context, channel string, in SessionRequest) (desk.Customer, error) {
	hash := sha256.Sum256([]byte(in.Visitor))
	key := sha256.Sum256([]byte(channel + "\x00" + in.Visitor))
	fresh := desk.Customer{ID: desk.CustomerID("u_" + session.Name(key[:])), Name: in.Name, Seen: s.Now()}
	customer, err := s.People.Identify(ctx, store.Identity{Kind: channel, Value: hex.EncodeToString(hash[:])}, fresh)
	if err != nil {
		return desk.Customer{}, err
	}
	if in.Member == "" {
		if customer.Member != "" {
			customer.Member, customer.Name = "", in.Name
		}
		return customer, nil
	}
	vouched, err := session.Vouches(s.MemberSecret, in.Member, s.Now())
	if err != nil {
		return desk.Customer{}, err
	}
	key = sha256.Sum256([]byte("member\x00" + string(vouched.Member)))
	return s.People.Vouch(ctx, customer, desk.Customer{
		ID: desk.CustomerID("u_" + session.Name(key[:])), Member: vouched.Member, Name: vouched.Name, Seen: s.Now(),
	})
}

package session_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"keliu/functions/session"
	"keliu/streams/desk"
)

var (
	secret = []byte("a secret that the house made up")
	tokens = session.NewTokens(secret)
	noon   = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	claims = session.Claims{Session: "s_1", Conversation: "c_1", Customer: "u_1", Channel: "web", Member: "m_1", Name: "林晓彤", Expires: noon.Add(time.Hour).Unix()}
)

func seal(t testing.TB, c session.Claims) string {
	t.Helper()
	token, err := session.NewTokens(secret).Seal(c)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func code(err error) string {
	var p *desk.Problem
	if errors.As(err, &p) {
		return p.Code
	}
	return ""
}

func TestTokens(t *testing.T) {
	good := seal(t, claims)
	got, err := tokens.Open("web", good, noon)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(claims, got); diff != "" {
		t.Error(diff)
	}
	other, err := session.NewTokens([]byte("another secret")).Seal(claims)
	if err != nil {
		t.Fatal(err)
	}
	payload, signature, _ := strings.Cut(good, ".")
	for name, c := range map[string]struct {
		token, channel string
		at             time.Time
		want           string
	}{
		"none":             {"", "web", noon, "token_missing"},
		"rubbish":          {"rubbish", "web", noon, "token_invalid"},
		"another secret":   {other, "web", noon, "token_invalid"},
		"another channel":  {good, "app", noon, "token_invalid"},
		"too late":         {good, "web", noon.Add(time.Hour), "token_expired"},
		"no signature":     {payload + ".", "web", noon, "token_invalid"},
		"signature alone":  {"." + signature, "web", noon, "token_invalid"},
		"a longer payload": {payload + "A." + signature, "web", noon, "token_invalid"},
		"endless":          {strings.Repeat("A", 1<<20) + "." + signature, "web", noon, "token_invalid"},
	} {
		if _, err := tokens.Open(c.channel, c.token, c.at); code(err) != c.want || !errors.Is(err, desk.ErrForbidden) {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
	if _, err := session.NewTokens(nil).Open("web", good, noon); code(err) != "token_invalid" {
		t.Errorf("without a secret: %v", err)
	}
}

func FuzzOpen(f *testing.F) {
	good := seal(f, claims)
	f.Add(good)
	f.Add(strings.ToUpper(good))
	f.Add("e30.e30")
	f.Fuzz(func(t *testing.T, token string) {
		if c, err := tokens.Open("web", token, noon); err == nil && (token != good || c != claims) {
			t.Errorf("%q opened as %+v", token, c)
		}
	})
}

func TestMembers(t *testing.T) {
	v := session.Vouched{Member: "m_1", Name: "林晓彤"}
	token, err := session.Vouch(secret, v, noon.Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := session.Vouches(secret, token, noon); err != nil || got != v {
		t.Errorf("%+v (%v)", got, err)
	}
	if _, err := session.Vouches(secret, token, noon.Add(2*time.Hour)); code(err) != "member_expired" {
		t.Errorf("late: %v", err)
	}
	if _, err := session.Vouches([]byte("another"), token, noon); code(err) != "member_invalid" {
		t.Errorf("another secret: %v", err)
	}
	// alg none, as written by hand
	if _, err := session.Vouches(secret, "eyJhbGciOiJub25lIn0.eyJzdWIiOiJtXzEiLCJleHAiOjk5OTk5OTk5OTl9.", noon); code(err) != "member_invalid" {
		t.Errorf("unsigned: %v", err)
	}
}

func TestWhatMayBeSaid(t *testing.T) {
	for name, c := range map[string]struct{ body, want string }{
		"plain":             {`{"text":"我的快递到哪了？"}`, ""},
		"lines":             {`{"text":"第一行\n第二行"}`, ""},
		"emoji":             {`{"text":"👍"}`, ""},
		"a picture alone":   {`{"text":"","pictures":[{"id":"p_1"}]}`, ""},
		"2,000 characters":  {`{"text":"` + strings.Repeat("长", 2000) + `"}`, ""},
		"broken":            {`{"text":"我`, "json_broken"},
		"not UTF-8":         {"{\"text\":\"\xff\"}", "json_broken"},
		"not an object":     {`"text"`, "json_broken"},
		"a number":          {`{"text":7}`, "json_broken"},
		"empty":             {`{"text":""}`, "text_empty"},
		"nothing":           {`{}`, "text_empty"},
		"spaces":            {`{"text":" \n\t　"}`, "text_empty"},
		"joiners":           {`{"text":"\u200d\u200b"}`, "text_empty"},
		"2,001 characters":  {`{"text":"` + strings.Repeat("长", 2001) + `"}`, "text_too_long"},
		"100 KB":            {`{"text":"` + strings.Repeat("a", 100<<10) + `"}`, "text_too_long"},
		"a bell":            {`{"text":"a\u0007b"}`, "text_control"},
		"a null":            {`{"text":"a\u0000b"}`, "text_control"},
		"turned round":      {`{"text":"a\u202eb"}`, "text_control"},
		"too many pictures": {`{"text":"x","pictures":[{},{},{},{}]}`, "too_many_pictures"},
	} {
		if _, err := session.Read([]byte(c.body)); code(err) != c.want {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"text":"我的快递到哪了？"}`))
	f.Add([]byte(`{"text":"\u0000","pictures":[{"id":"p_1","width":-1}]}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		s, err := session.Read(body)
		if err != nil {
			return
		}
		switch {
		case !utf8.ValidString(s.Text), utf8.RuneCountInString(s.Text) > session.MaxText, len(s.Pictures) > session.MaxPictures:
			t.Errorf("accepted %q", s.Text)
		case s.Text == "" && len(s.Pictures) == 0:
			t.Error("accepted nothing")
		case strings.ContainsFunc(s.Text, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }):
			t.Errorf("accepted control characters: %q", s.Text)
		}
		if again, err := json.Marshal(s); err != nil {
			t.Error(err)
		} else if twice, err := session.Read(again); err != nil || !cmp.Equal(s, twice) {
			t.Errorf("%+v reads as %+v (%v)", s, twice, err)
		}
	})
}

func TestTheSameKeyMakesTheSameMessage(t *testing.T) {
	say := func(c session.Claims, key string) desk.MessageID {
		e, err := c.Event(session.Speech{Text: "你好"}, key, noon)
		if err != nil {
			t.Fatal(err)
		}
		return e.ID
	}
	other := claims
	other.Conversation = "c_2"
	if a, b := say(claims, "k"), say(claims, "k"); a != b {
		t.Errorf("the same key gave %s and %s", a, b)
	}
	for name, pair := range map[string][2]desk.MessageID{
		"another key":          {say(claims, "k"), say(claims, "l")},
		"another conversation": {say(claims, "k"), say(other, "k")},
		"no key":               {say(claims, ""), say(claims, "")},
	} {
		if pair[0] == pair[1] {
			t.Errorf("%s gave the same ID", name)
		}
	}
	if _, err := claims.Event(session.Speech{Text: "你好"}, strings.Repeat("k", 201), noon); code(err) != "key_too_long" {
		t.Errorf("a long key: %v", err)
	}
}

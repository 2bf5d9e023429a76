package visitors

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/cloudwego/hertz/pkg/app"

	"keliu/functions"
	"keliu/functions/channels/web"
	"keliu/functions/session"
	"keliu/streams"
	"keliu/streams/desk"
)

// paper keeps what is published.
type paper struct{ records []streams.Record }

func (p *paper) Publish(_ context.Context, _ string, records ...streams.Record) error {
	p.records = append(p.records, records...)
	return nil
}

// Whatever comes over a WebSocket is answered in JSON, and accepted exactly when it became a message that people can read.
func FuzzFrame(f *testing.F) {
	tokens, channel := session.NewTokens([]byte("a secret")), "web"
	token, err := tokens.Seal(session.Claims{Session: "s", Conversation: "c", Customer: "u", Channel: channel, Expires: time.Now().Add(time.Hour).Unix()})
	if err != nil {
		f.Fatal(err)
	}
	log, typing := &paper{}, 0
	s := New(&Side{
		Overheard: func(t desk.Typing) {
			if typing++; t != (desk.Typing{Conversation: "c", By: desk.ByCustomer}) {
				f.Errorf("passed on: %+v", t)
			}
		},
		Channels: map[string]functions.Channel{channel: web.Channel{Protocol: session.Protocol{Channel: channel, Tokens: tokens, Now: time.Now}}},
		Inbound:  log, Tokens: tokens, Pictures: &Album{Dir: f.TempDir()}, Rate: 1 << 30, Now: time.Now, Log: slog.New(slog.DiscardHandler),
	})
	for _, seed := range []string{
		`{"text":"你好","key":"1"}`, `{"type":"message","text":"hi"}`, `{"type":"x","text":"hi"}`, `{"text":"a\u0000"}`, `{"text":"看","pictures":["p_a"]}`,
		`{"text":"看","Pictures":[{"id":"x"}]}`, `{"text":""}`, `[]`, `null`, `{`, "{\"text\":\"\xff\"}", `{"TEXT":"big","text":"small"}`, `{"key":7}`,
		`{"type":"typing","text":"13812345678"}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, frame []byte) {
		log.records, typing = nil, 0
		var answer struct {
			Event string
			Data  struct {
				Code, Message json.RawMessage
			}
		}
		body := s.frame(t.Context(), channel, "Bearer "+token, desk.English, frame)
		if body == nil {
			var said Frame
			if err := json.Unmarshal(frame, &said); err != nil || said.Type != "typing" || typing > 1 || len(log.records) != 0 {
				t.Errorf("%q (%v) is not answered, is passed on %d times and made %d records", frame, err, typing, len(log.records))
			}
			return
		}
		if typing > 0 {
			t.Errorf("%q is passed on as typing", frame)
		}
		if err := json.Unmarshal(body, &answer); err != nil {
			t.Fatalf("%q is answered %q: %v", frame, body, err)
		}
		switch answer.Event {
		case "error":
			if len(answer.Data.Code) < 3 || len(answer.Data.Message) < 3 || len(log.records) != 0 {
				t.Errorf("%q is refused with %s and %d records", frame, body, len(log.records))
			}
		case "accepted":
			for _, r := range log.records { // none when its key was used before
				var e desk.Event
				if err := json.Unmarshal(r.Body, &e); err != nil || e.Conversation != "c" || e.Customer != "u" || e.Message == nil {
					t.Fatalf("%q became %s (%v)", frame, r.Body, err)
				}
				if text := e.Message.Text; !utf8.ValidString(text) || text == "" || bytes.ContainsFunc([]byte(text), control) || len(e.Message.Pictures) > 0 {
					t.Errorf("%q was accepted as %q with %d pictures", frame, text, len(e.Message.Pictures))
				}
			}
			if len(log.records) > 1 {
				t.Errorf("%q became %d records", frame, len(log.records))
			}
		default:
			t.Errorf("%q is answered %s", frame, body)
		}
	})
}

func control(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }

// FuzzInspect checks that what is taken for a picture is one of the kinds and sizes that are taken.
func FuzzInspect(f *testing.F) {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 3, 2))); err != nil {
		f.Fatal(err)
	}
	f.Add(bytes.Clone(b.Bytes()))
	b.Reset()
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 3, 2)), nil); err != nil {
		f.Fatal(err)
	}
	f.Add(bytes.Clone(b.Bytes()))
	b.Reset()
	if err := gif.Encode(&b, image.NewGray(image.Rect(0, 0, 3, 2)), nil); err != nil {
		f.Fatal(err)
	}
	f.Add(bytes.Clone(b.Bytes()))
	f.Add([]byte("RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f\x02\x40\x00\x00"))
	f.Add([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff\xff\xff\xff\xff\xff\xff\xff\x08\x06\x00\x00\x00"))
	f.Add([]byte("<svg xmlns='http://www.w3.org/2000/svg'/>"))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, body []byte) {
		p, err := inspect(body)
		var refused *desk.Problem
		if err != nil {
			if !errors.As(err, &refused) || p != (desk.Picture{}) {
				t.Errorf("%v with %+v", err, p)
			}
			return
		}
		switch p.Type {
		case "image/png", "image/jpeg", "image/gif", "image/webp":
		default:
			t.Errorf("taken as %s", p.Type)
		}
		if p.Width < 1 || p.Height < 1 || p.Width > maxSide || p.Height > maxSide || p.Bytes != len(body) || p.Bytes > maxPicture {
			t.Errorf("taken as %+v", p)
		}
	})
}

// FuzzPlace checks that a place is refused or is one where a client can go on.
func FuzzPlace(f *testing.F) {
	for _, seed := range []string{"", "0", "7", "-1", "9223372036854775807", "9223372036854775808", "1e3", "0x10", " 5", "seven", "٣"} {
		f.Add(seed, "")
		f.Add("", seed)
	}
	f.Fuzz(func(t *testing.T, header, query string) {
		c := app.NewContext(0)
		c.Request.Header.Set("Last-Event-ID", header)
		c.QueryArgs().Set("after", query)
		if after, err := place(c); err == nil && (after < 0 || after > 1<<53) || err != nil && !errors.Is(err, desk.ErrInvalid) {
			t.Errorf("Last-Event-ID %q, after=%q: %d (%v)", header, query, after, err)
		}
	})
}

// No name of a picture leads out of the conversation it was sent in.
func TestAlbumKeepsToItself(t *testing.T) {
	dir := t.TempDir()
	a := &Album{Dir: filepath.Join(dir, "pictures")}
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 1, 1))); err != nil {
		t.Fatal(err)
	}
	const id = "p_abcdefghijklmnopqrstuvwxyz"
	if err := a.keep("c_1", id, b.Bytes()); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "secret"), b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	if body, p, err := a.find("c_1", id); err != nil || !bytes.Equal(body, b.Bytes()) || p.ID != id || p.Type != "image/png" {
		t.Errorf("%d bytes, %+v (%v)", len(body), p, err)
	}
	for c, names := range map[desk.ConversationID][]string{
		"c_2": {id}, "c_1": {"", ".", "..", "../c_1/" + id, "../../secret", id + "/", id + ".part", "p_ABCDEFGHIJKLMNOPQRSTUVWXYZ", "p_abcdefghijklmnopqrstuvwxyz\n"},
	} {
		for _, name := range names {
			if body, _, err := a.find(c, name); !errors.Is(err, desk.ErrNotFound) || body != nil {
				t.Errorf("%s of %s: %d bytes (%v)", name, c, len(body), err)
			}
		}
	}
}

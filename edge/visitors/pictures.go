package visitors

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	_ "image/gif"  // a format that is taken
	_ "image/jpeg" // a format that is taken
	_ "image/png"  // a format that is taken
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/cloudwego/hertz/pkg/app"
	_ "golang.org/x/image/webp" // a format that is taken

	"keliu/edge/wire"
	"keliu/functions/session"
	"keliu/streams/desk"
)

// Limits of a picture.
const (
	maxPicture = 5 << 20
	maxSide    = 12_000 // pixels; more is a bomb for whoever opens it
)

// An Album keeps the customers' pictures as files, one folder per conversation.
type Album struct{ Dir string }

// A PictureAnswer is an uploaded picture.
type PictureAnswer struct {
	Picture desk.Picture `json:"picture"`
}

var pictureID = regexp.MustCompile(`^p_[a-z0-9]{26}$`)

func (s *Side) upload(_ context.Context, c *app.RequestContext, claims session.Claims) error {
	if err := s.limits.customer(claims.Customer); err != nil {
		return err
	}
	body := c.Request.Body()
	p, err := inspect(body)
	if err != nil {
		return err
	}
	p.ID = "p_" + strings.ToLower(rand.Text())
	if err := s.Pictures.keep(claims.Conversation, p.ID, body); err != nil {
		return err
	}
	return wire.Answer(c, PictureAnswer{p})
}

func (s *Side) picture(_ context.Context, c *app.RequestContext, claims session.Claims) error {
	return s.Pictures.Answer(c, claims.Conversation, c.Param("id"))
}

// Answer answers with a picture of a conversation, as an image that a browser takes for nothing else. It refuses with
// picture_unknown.
func (a *Album) Answer(c *app.RequestContext, conversation desk.ConversationID, id string) error {
	body, p, err := a.find(conversation, id)
	if err != nil {
		return err
	}
	c.Response.Header.Set("Cache-Control", "private, max-age=31536000, immutable")
	c.Response.Header.Set("X-Content-Type-Options", "nosniff")
	c.Response.Header.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	c.Data(200, p.Type, body)
	return nil
}

// inspect tells what a picture is by its content; it decodes the head only.
func inspect(body []byte) (desk.Picture, error) {
	if len(body) > maxPicture {
		return desk.Picture{}, desk.Refuse(desk.ErrInvalid, "picture_too_large", maxPicture>>20)
	}
	head, format, err := image.DecodeConfig(bytes.NewReader(body))
	switch {
	case errors.Is(err, image.ErrFormat) || len(body) == 0:
		return desk.Picture{}, desk.Refuse(desk.ErrInvalid, "picture_type")
	case err != nil || head.Width <= 0 || head.Height <= 0 || head.Width > maxSide || head.Height > maxSide:
		return desk.Picture{}, desk.Refuse(desk.ErrInvalid, "picture_broken")
	}
	return desk.Picture{Type: "image/" + format, Bytes: len(body), Width: head.Width, Height: head.Height}, nil
}

func (a *Album) path(c desk.ConversationID, id string) (string, error) {
	if !pictureID.MatchString(id) {
		return "", desk.Refuse(desk.ErrNotFound, "picture_unknown")
	}
	return filepath.Join(a.Dir, string(c), id), nil
}

// keep writes the picture under another name first: a torn file never has the name of a picture.
func (a *Album) keep(c desk.ConversationID, id string, body []byte) error {
	path, err := a.path(c, id)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("%w: picture: %w", desk.ErrUnavailable, err)
	}
	if err := os.WriteFile(path+".part", body, 0o600); err != nil {
		return errors.Join(fmt.Errorf("%w: picture: %w", desk.ErrUnavailable, err), os.Remove(path+".part"))
	}
	if err := os.Rename(path+".part", path); err != nil {
		return fmt.Errorf("%w: picture: %w", desk.ErrUnavailable, err)
	}
	return nil
}

func (a *Album) find(c desk.ConversationID, id string) ([]byte, desk.Picture, error) {
	path, err := a.path(c, id)
	if err != nil {
		return nil, desk.Picture{}, err
	}
	body, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, desk.Picture{}, desk.Refuse(desk.ErrNotFound, "picture_unknown")
	}
	if err != nil {
		return nil, desk.Picture{}, fmt.Errorf("%w: picture: %w", desk.ErrUnavailable, err)
	}
	p, err := inspect(body)
	p.ID = id
	return body, p, err
}

// describe replaces the IDs of pictures in the body of a message by what is known of them. A body without an array has no
// pictures and is left alone; to look for the key would not do, since JSON lets it be written in many ways.
func (a *Album) describe(c desk.ConversationID, body []byte) ([]byte, error) {
	if bytes.IndexByte(body, '[') < 0 {
		return body, nil
	}
	var in MessageRequest
	if err := json.Unmarshal(body, &in); err != nil || !utf8.Valid(body) {
		return nil, desk.Refuse(desk.ErrInvalid, "json_broken")
	}
	if len(in.Pictures) > session.MaxPictures {
		return nil, desk.Refuse(desk.ErrInvalid, "too_many_pictures", session.MaxPictures)
	}
	out := session.Speech{Text: in.Text}
	for _, id := range in.Pictures {
		_, p, err := a.find(c, id)
		if err != nil {
			return nil, err
		}
		out.Pictures = append(out.Pictures, p)
	}
	return json.Marshal(out)
}

package staff

import (
	"context"
	"fmt"
	"io"
	"mime/multipart"
	"strconv"

	"github.com/cloudwego/hertz/pkg/app"

	"keliu/edge/wire"
	"keliu/functions/knowledge"
	"keliu/policies"
	"keliu/streams/desk"
)

// An ArticlesAnswer lists the published articles, without their passages.
type ArticlesAnswer struct {
	Articles []desk.Article `json:"articles"`
}

// An ArticleAnswer is an article with its passages, and which versions there are.
type ArticleAnswer struct {
	Article   desk.Article `json:"article"`
	Published int          `json:"published"` // the version that customers are answered from; 0 is none
	Versions  []int        `json:"versions"`
}

// A PublishRequest chooses a version.
type PublishRequest struct {
	Version int `json:"version"`
}

// A FoundAnswer is what a question finds, best first.
type FoundAnswer struct {
	Passages  []desk.Passage `json:"passages"`
	Confident float64        `json:"confident"` // the score from which customers are answered
}

func (s *Side) articles(_ context.Context, c *app.RequestContext, _ desk.Agent) error {
	out := ArticlesAnswer{Articles: []desk.Article{}}
	for _, a := range s.Library.Articles() {
		a.Passages = nil
		out.Articles = append(out.Articles, a)
	}
	return wire.Answer(c, out)
}

func (s *Side) article(_ context.Context, c *app.RequestContext, _ desk.Agent) error {
	return s.answerArticle(c, desk.ArticleID(c.Param("id")), 0)
}

// answerArticle tells of a version of an article; 0 is the published one, or else the latest.
func (s *Side) answerArticle(c *app.RequestContext, id desk.ArticleID, version int) error {
	versions, published, err := s.Library.Versions(id)
	if err != nil {
		return err
	}
	if version == 0 {
		version = published
	}
	out := ArticleAnswer{Article: versions[len(versions)-1], Published: published}
	for _, v := range versions {
		out.Versions = append(out.Versions, v.Version)
		if v.Version == version {
			out.Article = v
		}
	}
	return wire.Answer(c, out)
}

// upload reads a document, makes it a version and, unless publish is "false", publishes it.
func (s *Side) upload(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	form, err := c.MultipartForm()
	if err != nil {
		return desk.Refuse(desk.ErrInvalid, "upload_form")
	}
	defer func() {
		if err := form.RemoveAll(); err != nil {
			s.Log.Warn("an upload's temporary file stays", "error", err)
		}
	}()
	files := form.File["file"]
	if len(files) != 1 {
		return desk.Refuse(desk.ErrInvalid, "upload_form")
	}
	body, err := read(files[0])
	if err != nil {
		return err
	}
	value := func(name string) string {
		if v := form.Value[name]; len(v) > 0 {
			return v[0]
		}
		return ""
	}
	a, err := s.Library.Add(ctx, knowledge.Upload{
		Name: files[0].Filename, Body: body, Title: value("title"), Audience: value("audience"), By: string(who.ID),
	})
	if err != nil {
		return err
	}
	action := "knowledge_added"
	if value("publish") != "false" {
		action = "knowledge_published"
		if err := s.Library.Publish(ctx, a.ID, a.Version); err != nil {
			return err
		}
	}
	if err := s.Door.Record(ctx, who, action, "article/"+string(a.ID), a.Title, map[string]string{"version": strconv.Itoa(a.Version)}); err != nil {
		return err
	}
	return s.answerArticle(c, a.ID, a.Version)
}

func read(file *multipart.FileHeader) (body []byte, err error) {
	f, err := file.Open()
	if err != nil {
		return nil, fmt.Errorf("upload: %w", err)
	}
	defer f.Close()
	if body, err = io.ReadAll(f); err != nil {
		return nil, fmt.Errorf("upload: %w", err)
	}
	return body, nil
}

func (s *Side) publish(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	var in PublishRequest
	if err := wire.Bind(c, 4<<10, &in); err != nil {
		return err
	}
	id := desk.ArticleID(c.Param("id"))
	if err := s.Library.Publish(ctx, id, in.Version); err != nil {
		return err
	}
	if err := s.Door.Record(ctx, who, "knowledge_published", "article/"+string(id), "", map[string]string{"version": strconv.Itoa(in.Version)}); err != nil {
		return err
	}
	return s.answerArticle(c, id, in.Version)
}

func (s *Side) remove(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	id := desk.ArticleID(c.Param("id"))
	if err := s.Library.Remove(ctx, id); err != nil {
		return err
	}
	c.SetStatusCode(204)
	return s.Door.Record(ctx, who, "knowledge_removed", "article/"+string(id), "", nil)
}

// search shows what a question of the staff finds, internal articles included where the role may read them.
func (s *Side) search(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	found, err := s.Library.Find(ctx, c.Query("q"), 10, func(audience string) bool {
		ruling, err := s.Rules.MayRetrieve(ctx, policies.MayRetrieve{Audience: audience, Purpose: "assist", Role: who.Role})
		return err == nil && ruling.Allow
	})
	if err != nil {
		return err
	}
	if found == nil {
		found = []desk.Passage{}
	}
	return wire.Answer(c, FoundAnswer{Passages: found, Confident: knowledge.Confident})
}

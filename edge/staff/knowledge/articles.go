package knowledge

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
	Article   desk.Article     `json:"article"`
	Parts     []knowledge.Part `json:"parts"`     // the article as it is edited
	Published int              `json:"published"` // the version that customers are answered from; 0 is none
	Versions  []int            `json:"versions"`
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

func (r *Room) articles(_ context.Context, c *app.RequestContext, _ desk.Agent) error {
	out := ArticlesAnswer{Articles: []desk.Article{}}
	for _, a := range r.Library.Articles() {
		a.Passages = nil
		out.Articles = append(out.Articles, a)
	}
	return wire.Answer(c, out)
}

func (r *Room) article(_ context.Context, c *app.RequestContext, _ desk.Agent) error {
	version, err := wire.Number(c, "version", 0, 0, 1<<30)
	if err != nil {
		return err
	}
	return r.answerArticle(c, desk.ArticleID(c.Param("id")), int(version))
}

// answerArticle tells of a version of an article; 0 is the published one, or else the latest.
func (r *Room) answerArticle(c *app.RequestContext, id desk.ArticleID, version int) error {
	versions, published, err := r.Library.Versions(id)
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
	out.Parts = knowledge.Parts(out.Article)
	return wire.Answer(c, out)
}

// upload reads a document, makes it a version and, unless publish is "false", publishes it.
func (r *Room) upload(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	form, err := c.MultipartForm()
	if err != nil {
		return desk.Refuse(desk.ErrInvalid, "upload_form")
	}
	defer func() {
		if err := form.RemoveAll(); err != nil {
			r.Log.Warn("an upload's temporary file stays", "error", err)
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
	as, err := asOf(value("as"))
	if err != nil {
		return err
	}
	a, err := r.Library.Add(ctx, knowledge.Upload{
		Name: files[0].Filename, Body: body, Title: value("title"), Audience: value("audience"), By: string(who.ID), As: as,
	})
	if err != nil {
		return err
	}
	return r.added(ctx, c, who, a, value("publish") != "false")
}

// added publishes a version that was added, where that is wanted, and answers with it.
func (r *Room) added(ctx context.Context, c *app.RequestContext, who desk.Agent, a desk.Article, publish bool) error {
	action := "knowledge_added"
	if publish {
		action = "knowledge_published"
		if err := r.Library.Publish(ctx, a.ID, a.Version); err != nil {
			return err
		}
	}
	if err := r.Door.Record(ctx, who, action, "article/"+string(a.ID), a.Title, map[string]string{"version": strconv.Itoa(a.Version)}); err != nil {
		return err
	}
	return r.answerArticle(c, a.ID, a.Version)
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

func (r *Room) publish(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	var in PublishRequest
	if err := wire.Bind(c, 4<<10, &in); err != nil {
		return err
	}
	id := desk.ArticleID(c.Param("id"))
	if err := r.Library.Publish(ctx, id, in.Version); err != nil {
		return err
	}
	if err := r.Door.Record(ctx, who, "knowledge_published", "article/"+string(id), "", map[string]string{"version": strconv.Itoa(in.Version)}); err != nil {
		return err
	}
	return r.answerArticle(c, id, in.Version)
}

func (r *Room) remove(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	id := desk.ArticleID(c.Param("id"))
	if err := r.Library.Remove(ctx, id); err != nil {
		return err
	}
	c.SetStatusCode(204)
	return r.Door.Record(ctx, who, "knowledge_removed", "article/"+string(id), "", nil)
}

// search shows what a question finds: what the staff may read, or what customers are answered from.
func (r *Room) search(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	question := policies.MayRetrieve{Purpose: "assist", Role: who.Role}
	if c.Query("for") == "customer" {
		question = policies.MayRetrieve{Purpose: "answer"}
	}
	found, err := r.Library.Find(ctx, c.Query("q"), 10, func(audience string) bool {
		question.Audience = audience
		ruling, err := r.Door.Rules.MayRetrieve(ctx, question)
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

// Package knowledge is the knowledge base in the staff's API: articles and their versions, what a question finds, and the
// questions that nobody could answer.
package knowledge

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/cloudwego/hertz/pkg/app"

	"keliu/edge/staff/door"
	"keliu/edge/wire"
	"keliu/functions/knowledge"
	"keliu/functions/store/company"
	"keliu/streams/desk"
)

// A Room is the knowledge base's. Its fields are set before use.
type Room struct {
	Door    *door.Door
	Library *knowledge.Library
	Book    *company.Book
	Log     *slog.Logger
}

// A LibraryAnswer lists every article, those that are not published included.
type LibraryAnswer struct {
	Articles []Shelved `json:"articles"`
}

// A Shelved article is one as its latest version says.
type Shelved struct {
	ID        desk.ArticleID `json:"id"`
	Title     string         `json:"title"`
	Audience  string         `json:"audience"`
	Lang      desk.Lang      `json:"lang"`
	Source    string         `json:"source"`
	By        string         `json:"by"`
	At        time.Time      `json:"at"`
	Version   int            `json:"version"`
	Published int            `json:"published"` // 0: none
	Passages  int            `json:"passages"`
}

// A TextRequest is an article that was written in the browser.
type TextRequest struct {
	Article  desk.ArticleID   `json:"article,omitempty"` // of which it is a new version; empty for a new article
	Title    string           `json:"title"`
	Audience string           `json:"audience"` // "public" or "staff"
	Text     string           `json:"text"`     // Markdown, unless there are parts
	Parts    []knowledge.Part `json:"parts,omitempty"`
	Publish  bool             `json:"publish"`
	As       string           `json:"as,omitempty"` // "version" or "new", when an article of that title is there already
}

// Routes are the calls of the knowledge base.
func (r *Room) Routes() []wire.Route {
	read := func(serve door.Call) wire.Serve { return r.Door.May(door.Knowledge, "read", serve) }
	write := func(serve door.Call) wire.Serve { return r.Door.May(door.Knowledge, "write", serve) }
	version := []wire.Param{{Name: "version", Meaning: "which; the published one by default, or else the latest"}}
	return []wire.Route{
		{Method: http.MethodGet, Path: "/api/v1/knowledge/articles", Tag: "knowledge", Summary: "The published articles", Auth: wire.Staff, Out: ArticlesAnswer{}, Serve: read(r.articles)},
		{Method: http.MethodGet, Path: "/api/v1/knowledge/library", Tag: "knowledge", Summary: "Every article, those that are not published included", Auth: wire.Staff, Out: LibraryAnswer{}, Serve: read(r.library)},
		{Method: http.MethodPost, Path: "/api/v1/knowledge/articles", Tag: "knowledge", Summary: "Upload a document: md, txt, html, docx, pptx, xlsx, csv or pdf", Auth: wire.Staff, Body: "multipart/form-data", Out: ArticleAnswer{}, Serve: write(r.upload)},
		{Method: http.MethodPost, Path: "/api/v1/knowledge/texts", Tag: "knowledge", Summary: "Write an article, or a new version of one", Auth: wire.Staff, In: TextRequest{}, Out: ArticleAnswer{}, Serve: write(r.text)},
		{Method: http.MethodGet, Path: "/api/v1/knowledge/articles/:id", Tag: "knowledge", Summary: "An article with its passages and versions", Auth: wire.Staff, Query: version, Out: ArticleAnswer{}, Serve: read(r.article)},
		{Method: http.MethodPost, Path: "/api/v1/knowledge/articles/:id/publish", Tag: "knowledge", Summary: "Publish a version", Auth: wire.Staff, In: PublishRequest{}, Out: ArticleAnswer{}, Serve: write(r.publish)},
		{Method: http.MethodPost, Path: "/api/v1/knowledge/articles/:id/withdraw", Tag: "knowledge", Summary: "Stop answering from an article; its versions stay", Auth: wire.Staff, Out: ArticleAnswer{}, Serve: write(r.withdraw)},
		{Method: http.MethodDelete, Path: "/api/v1/knowledge/articles/:id", Tag: "knowledge", Summary: "Take an article out", Auth: wire.Staff, Serve: write(r.remove)},
		{Method: http.MethodGet, Path: "/api/v1/knowledge/search", Tag: "knowledge", Summary: "What a question finds", Auth: wire.Staff, Query: []wire.Param{{Name: "q", Meaning: "the question"}, {Name: "for", Meaning: "customer finds what customers are answered from"}}, Out: FoundAnswer{}, Serve: read(r.search)},
		{Method: http.MethodGet, Path: "/api/v1/knowledge/gaps", Tag: "knowledge", Summary: "The questions that nobody could answer, the most asked first", Auth: wire.Staff, Query: []wire.Param{{Name: "limit", Meaning: "at most, 1 to 200; 50 by default"}}, Out: GapsAnswer{}, Serve: read(r.gaps)},
		{Method: http.MethodDelete, Path: "/api/v1/knowledge/gaps/:id", Tag: "knowledge", Summary: "Forget a question until it is asked again", Auth: wire.Staff, Serve: write(r.dismiss)},
	}
}

func asOf(text string) (knowledge.As, error) {
	switch as := knowledge.As(text); as {
	case knowledge.Ask, knowledge.AsVersion, knowledge.AsNew:
		return as, nil
	}
	return "", desk.Refuse(desk.ErrInvalid, "article_as")
}

func (r *Room) library(_ context.Context, c *app.RequestContext, _ desk.Agent) error {
	out := LibraryAnswer{Articles: []Shelved{}}
	for _, a := range r.Library.Latest() {
		out.Articles = append(out.Articles, Shelved{
			ID: a.ID, Title: a.Title, Audience: a.Audience, Lang: a.Lang, Source: a.Source, By: a.By, At: a.At, Version: a.Version,
			Published: r.Library.Published(a.ID), Passages: len(a.Passages),
		})
	}
	return wire.Answer(c, out)
}

// mostText is how long an article that is written may be, in bytes.
const mostText = 1 << 20

func (r *Room) text(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	var in TextRequest
	if err := wire.Bind(c, mostText, &in); err != nil {
		return err
	}
	as, err := asOf(in.As)
	if err != nil {
		return err
	}
	title := strings.TrimSpace(in.Title)
	if title == "" {
		return desk.Refuse(desk.ErrInvalid, "field_empty", "title")
	}
	if strings.TrimSpace(in.Text) == "" && in.Parts == nil {
		return desk.Refuse(desk.ErrInvalid, "article_empty")
	}
	upload := knowledge.Upload{Name: fileName(title), Body: []byte(in.Text), Parts: in.Parts, Title: title, Audience: in.Audience, By: string(who.ID), As: as, Article: in.Article}
	if in.Article == "" && as == knowledge.Ask && r.taken(title, in.Audience) {
		return desk.Refuse(desk.ErrConflict, "article_exists", title)
	}
	a, err := r.Library.Add(ctx, upload)
	if err != nil {
		return err
	}
	return r.added(ctx, c, who, a, in.Publish)
}

// fileName is what an article that was written is filed under.
func fileName(title string) string {
	return strings.NewReplacer("/", "_", `\`, "_").Replace(title) + ".md"
}

// taken reports whether there is an article of a title and audience.
func (r *Room) taken(title, audience string) bool {
	if audience == "" {
		audience = knowledge.Public
	}
	for _, a := range r.Library.Latest() {
		if a.Title == title && a.Audience == audience {
			return true
		}
	}
	return false
}

func (r *Room) withdraw(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	id := desk.ArticleID(c.Param("id"))
	if err := r.Library.Withdraw(ctx, id); err != nil {
		return err
	}
	if err := r.Door.Record(ctx, who, "knowledge_withdrawn", "article/"+string(id), "", nil); err != nil {
		return err
	}
	return r.answerArticle(c, id, 0)
}

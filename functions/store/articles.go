package store

import (
	"context"
	"encoding/json"

	"keliu/functions/store/database"
	"keliu/functions/store/group"
	"keliu/streams/desk"
)

// KeepArticle adds a version of an article. It fails with desk.ErrConflict when there is one of that ID and number.
func (s *Store) KeepArticle(ctx context.Context, a desk.Article) error {
	body, err := json.Marshal(a)
	if err != nil {
		return database.Wrap(err, "article %s", a.ID)
	}
	return database.Wrap(s.Change(ctx, func(t *group.Tx) error {
		added, err := t.Exec(`INSERT INTO articles (id, version, body) VALUES ($1, $2, $3) ON CONFLICT (id, version) DO NOTHING`,
			a.ID, a.Version, string(body))
		if err == nil && added == 0 {
			return group.Refuse(desk.ErrConflict)
		}
		return err
	}), "article %s version %d", a.ID, a.Version)
}

// MarkPublished says which version of an article is published; 0 is none.
func (s *Store) MarkPublished(ctx context.Context, id desk.ArticleID, version int) error {
	return database.Wrap(s.Change(ctx, func(t *group.Tx) error {
		if version == 0 {
			_, err := t.Exec(`DELETE FROM published WHERE article = $1`, id)
			return err
		}
		_, err := t.Exec(`INSERT INTO published (article, version) VALUES ($1, $2)
			ON CONFLICT (article) DO UPDATE SET version = excluded.version`, id, version)
		return err
	}), "publish article %s", id)
}

// DropArticle removes every version of an article.
func (s *Store) DropArticle(ctx context.Context, id desk.ArticleID) error {
	return database.Wrap(s.Change(ctx, func(t *group.Tx) error {
		if _, err := t.Exec(`DELETE FROM published WHERE article = $1`, id); err != nil {
			return err
		}
		_, err := t.Exec(`DELETE FROM articles WHERE id = $1`, id)
		return err
	}), "drop article %s", id)
}

// Articles returns every version of every article, and the published version of those that have one.
func (s *Store) Articles(ctx context.Context) (all []desk.Article, published map[desk.ArticleID]int, err error) {
	all, err = database.Bodies[desk.Article](ctx, s.DB, `SELECT body FROM articles ORDER BY id, version`)
	if err != nil {
		return nil, nil, err
	}
	published = map[desk.ArticleID]int{}
	err = s.Rows(ctx, `SELECT article, version FROM published`, nil, func(scan func(...any) error) error {
		var id desk.ArticleID
		var version int
		if err := scan(&id, &version); err != nil {
			return err
		}
		published[id] = version
		return nil
	})
	return all, published, database.Wrap(err, "published articles")
}

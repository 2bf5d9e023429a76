package company

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"keliu/functions/store/database"
	"keliu/functions/store/group"
	"keliu/streams/desk"
)

// A Gap is a question that customers asked and nobody could answer.
type Gap struct {
	ID       string    `json:"id"`
	Question string    `json:"question"` // as it was asked last, masked
	Count    int       `json:"count"`
	Last     time.Time `json:"last"`
	Examples []string  `json:"examples"` // the latest wordings, five at most
}

const examples = 5

// Ask keeps that a question was declined. The same ID counts once; text is masked by the caller.
func (b *Book) Ask(ctx context.Context, id, text string, in desk.ConversationID, at time.Time) error {
	gap := gapOf(text)
	if gap == "" {
		return nil
	}
	return database.Wrap(b.db.Change(ctx, func(t *group.Tx) error {
		_, err := t.Exec(`INSERT INTO gap_asks (id, gap, text, conversation, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id) DO NOTHING`,
			id, gap, text, in, at.UnixMilli())
		return err
	}), "gap")
}

// courtesies say nothing about what is asked.
var courtesies = strings.NewReplacer("请问", "", "你好", "", "您好", "", "你们", "", "我想问", "", "一下", "", "吗", "", "呢", "", "啊", "", "please", "", "hello", "")

// gapOf names what questions that say the same have in common: letters and digits, without courtesies.
func gapOf(text string) string {
	letters := strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKC.String(text))
	if core := courtesies.Replace(letters); core != "" {
		letters = core
	}
	if letters == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(letters))
	return hex.EncodeToString(sum[:8])
}

// Gaps lists the gaps, the most asked first. What is asked in other words is another gap.
func (b *Book) Gaps(ctx context.Context, limit int) (all []Gap, err error) {
	err = b.db.Rows(ctx, `SELECT gap, COUNT(*), MAX(at) FROM gap_asks GROUP BY gap ORDER BY COUNT(*) DESC, MAX(at) DESC LIMIT $1`, []any{limit},
		func(scan func(...any) error) error {
			var g Gap
			var last int64
			err := scan(&g.ID, &g.Count, &last)
			g.Last = instant(last)
			all = append(all, g)
			return err
		})
	if err != nil {
		return nil, database.Wrap(err, "gaps")
	}
	for i := range all {
		if all[i].Examples, err = b.wordings(ctx, all[i].ID); err != nil {
			return nil, err
		}
		all[i].Question = all[i].Examples[0]
	}
	return all, nil
}

// wordings are how a gap was asked, the latest first.
func (b *Book) wordings(ctx context.Context, gap string) (texts []string, err error) {
	err = b.db.Rows(ctx, `SELECT text FROM gap_asks WHERE gap = $1 GROUP BY text ORDER BY MAX(at) DESC LIMIT $2`, []any{gap, examples},
		func(scan func(...any) error) error {
			var text string
			err := scan(&text)
			texts = append(texts, text)
			return err
		})
	return texts, database.Wrap(err, "gap %s", gap)
}

// Dismiss forgets gaps, until they are asked again. It fails with desk.ErrNotFound when none of them was asked.
func (b *Book) Dismiss(ctx context.Context, gaps ...string) error {
	return database.Wrap(b.db.Change(ctx, func(t *group.Tx) error {
		forgotten := int64(0)
		for _, gap := range gaps {
			n, err := t.Exec(`DELETE FROM gap_asks WHERE gap = $1`, gap)
			if err != nil {
				return err
			}
			forgotten += n
		}
		if forgotten == 0 {
			return group.Refuse(desk.ErrNotFound)
		}
		return nil
	}), "gaps %v", gaps)
}

// Package company keeps who works in the company and how: the standing of the staff, teams with their hours, the keys of
// other programs, and the questions that nobody could answer.
package company

import (
	"context"
	"strings"
	"time"

	"keliu/functions/store/database"
	"keliu/functions/store/group"
	"keliu/streams/desk"
)

// A Book holds what the company says about itself. It is safe for concurrent use.
type Book struct{ db *database.DB }

// Open opens the book of a store.
func Open(db *database.DB) *Book { return &Book{db} }

// A Standing is how one of the staff stands in the company.
type Standing struct {
	Team    string // the team's ID; empty for none
	Active  bool   // false for whoever has left: they cannot log in
	Initial bool   // the password was handed out and has to be changed
}

// Standings returns how everybody stands.
func (b *Book) Standings(ctx context.Context) (map[desk.AgentID]Standing, error) {
	all := map[desk.AgentID]Standing{}
	err := b.db.Rows(ctx, `SELECT id, team, active, initial FROM staff`, nil, func(scan func(...any) error) error {
		var id desk.AgentID
		var s Standing
		err := scan(&id, &s.Team, &s.Active, &s.Initial)
		all[id] = s
		return err
	})
	return all, database.Wrap(err, "standings")
}

// Standing returns how one of the staff stands.
func (b *Book) Standing(ctx context.Context, id desk.AgentID) (s Standing, err error) {
	err = b.db.One(ctx, `SELECT team, active, initial FROM staff WHERE id = $1`, []any{id}, &s.Team, &s.Active, &s.Initial)
	return s, database.Wrap(err, "standing of %s", id)
}

// Hire adds somebody to the staff; the team counts from Lead later. It fails with desk.ErrConflict when the ID is taken.
func (b *Book) Hire(ctx context.Context, a desk.Agent, team string) error {
	return database.Wrap(b.db.Change(ctx, func(t *group.Tx) error {
		added, err := t.Exec(`INSERT INTO staff (id, name, role, password, skills, capacity, status, changed, active, initial, team)
			VALUES ($1, $2, $3, $4, $5, $6, 'offline', $7, 1, 1, $8) ON CONFLICT (id) DO NOTHING`,
			a.ID, a.Name, a.Role, a.Password, strings.Join(a.Skills, " "), a.Capacity, a.Changed.UnixMilli(), team)
		if err == nil && added == 0 {
			return group.Refuse(desk.Refuse(desk.ErrConflict, "person_exists", string(a.ID)))
		}
		if err != nil {
			return err
		}
		return join(t, a.ID, team, a.Changed.Add(Lead))
	}), "hire %s", a.ID)
}

// Change changes somebody's name, role, skills, capacity, team and whether they work here. Another team counts from Lead later;
// whoever leaves is offline and logged out at once. It fails with desk.ErrConflict when no active administrator would be left.
func (b *Book) Change(ctx context.Context, a desk.Agent, s Standing, at time.Time) error {
	return database.Wrap(b.db.Change(ctx, func(t *group.Tx) error {
		if err := t.Lock("administrators"); err != nil {
			return err
		}
		var others int
		if _, err := t.One(`SELECT COUNT(*) FROM staff WHERE role = 'admin' AND active = 1 AND id <> $1`, []any{a.ID}, &others); err != nil {
			return err
		}
		if others == 0 && (a.Role != "admin" || !s.Active) {
			return group.Refuse(desk.Refuse(desk.ErrConflict, "last_admin"))
		}
		changed, err := t.Exec(`UPDATE staff SET name = $1, role = $2, skills = $3, capacity = $4, team = $5, active = $6 WHERE id = $7`,
			a.Name, a.Role, strings.Join(a.Skills, " "), a.Capacity, s.Team, s.Active, a.ID)
		if err != nil {
			return err
		}
		if changed == 0 {
			return group.Refuse(desk.ErrNotFound)
		}
		if err := join(t, a.ID, s.Team, at.Add(Lead)); err != nil || s.Active {
			return err
		}
		if _, err := t.Exec(`UPDATE staff SET status = 'offline', changed = $1 WHERE id = $2`, at.UnixMilli(), a.ID); err != nil {
			return err
		}
		_, err = t.Exec(`DELETE FROM logins WHERE staff = $1`, a.ID)
		return err
	}), "change %s", a.ID)
}

// Held lists the conversations that somebody has now.
func (b *Book) Held(ctx context.Context, id desk.AgentID) ([]desk.Conversation, error) {
	return database.Bodies[desk.Conversation](ctx, b.db, `SELECT body FROM conversations WHERE agent = $1 AND stage = 'human' ORDER BY id`, id)
}

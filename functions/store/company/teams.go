package company

import (
	"context"
	"encoding/json"
	"errors"

	"keliu/functions/store/company/hours"
	"keliu/functions/store/database"
	"keliu/functions/store/group"
	"keliu/streams/desk"
)

// A Team works together, at its hours.
type Team struct {
	ID    string       `json:"id"`
	Name  string       `json:"name"`
	Lead  desk.AgentID `json:"lead,omitempty"`
	Hours hours.Hours  `json:"hours"`
}

// Teams lists the teams by name.
func (b *Book) Teams(ctx context.Context) ([]Team, error) {
	return database.Bodies[Team](ctx, b.db, `SELECT body FROM teams ORDER BY name`)
}

// Team returns a team.
func (b *Book) Team(ctx context.Context, id string) (t Team, err error) {
	err = b.db.Body(ctx, &t, `SELECT body FROM teams WHERE id = $1`, id)
	return t, database.Wrap(err, "team %s", id)
}

// SaveTeam keeps a team. It fails with desk.ErrConflict when another one has the name.
func (b *Book) SaveTeam(ctx context.Context, team Team) error {
	body, err := json.Marshal(team)
	if err != nil {
		return database.Wrap(err, "team %s", team.ID)
	}
	return database.Wrap(b.db.Change(ctx, func(t *group.Tx) error {
		if err := t.Lock("teams"); err != nil {
			return err
		}
		var other string
		taken, err := t.One(`SELECT id FROM teams WHERE name = $1 AND id <> $2`, []any{team.Name, team.ID}, &other)
		if err != nil {
			return err
		}
		if taken {
			return group.Refuse(desk.Refuse(desk.ErrConflict, "team_exists", team.Name))
		}
		_, err = t.Exec(`INSERT INTO teams (id, name, body) VALUES ($1, $2, $3)
			ON CONFLICT (id) DO UPDATE SET name = excluded.name, body = excluded.body`, team.ID, team.Name, string(body))
		return err
	}), "team %s", team.ID)
}

// DropTeam removes a team; its members stay, without one.
func (b *Book) DropTeam(ctx context.Context, id string) error {
	return database.Wrap(b.db.Change(ctx, func(t *group.Tx) error {
		removed, err := t.Exec(`DELETE FROM teams WHERE id = $1`, id)
		if err != nil {
			return err
		}
		if removed == 0 {
			return group.Refuse(desk.ErrNotFound)
		}
		_, err = t.Exec(`UPDATE staff SET team = '' WHERE team = $1`, id)
		return err
	}), "team %s", id)
}

// KnownTeam checks that there is a team of an ID; none at all is fine.
func (b *Book) KnownTeam(ctx context.Context, id string) error {
	if id == "" {
		return nil
	}
	_, err := b.Team(ctx, id)
	if errors.Is(err, desk.ErrNotFound) {
		return desk.Refuse(desk.ErrInvalid, "team_unknown", id)
	}
	return err
}

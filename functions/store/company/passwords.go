package company

import (
	"context"

	"keliu/functions/store/database"
	"keliu/functions/store/group"
	"keliu/streams/desk"
)

// SetPassword keeps the hash of somebody's new password and ends their logins. initial says that it was handed out.
func (b *Book) SetPassword(ctx context.Context, id desk.AgentID, hash string, initial bool) error {
	return b.setPassword(ctx, id, hash, initial, "")
}

// OwnPassword keeps the hash of the password that somebody chose and ends their logins, but for the one whose token has the hash stay.
func (b *Book) OwnPassword(ctx context.Context, id desk.AgentID, hash, stay string) error {
	return b.setPassword(ctx, id, hash, false, stay)
}

func (b *Book) setPassword(ctx context.Context, id desk.AgentID, hash string, initial bool, stay string) error {
	return database.Wrap(b.db.Change(ctx, func(t *group.Tx) error {
		changed, err := t.Exec(`UPDATE staff SET password = $1, initial = $2 WHERE id = $3`, hash, initial, id)
		if err != nil {
			return err
		}
		if changed == 0 {
			return group.Refuse(desk.ErrNotFound)
		}
		_, err = t.Exec(`DELETE FROM logins WHERE staff = $1 AND token <> $2`, id, stay)
		return err
	}), "password of %s", id)
}

// EndLogins logs somebody out everywhere and returns how many logins that were.
func (b *Book) EndLogins(ctx context.Context, id desk.AgentID) (ended int64, err error) {
	err = b.db.Change(ctx, func(t *group.Tx) error {
		n, err := t.Exec(`DELETE FROM logins WHERE staff = $1`, id)
		ended = int64(n)
		return err
	})
	return ended, database.Wrap(err, "logins of %s", id)
}

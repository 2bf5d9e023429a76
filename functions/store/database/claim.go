package database

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"sync"
	"time"

	"keliu/functions/store/group"
)

// A claim is a name that one process holds at a time, for as long as its connection lasts.
type claim struct {
	connection *sql.Conn
	number     int64
}

// claim takes a name, unless somebody holds it: then there is none.
func (d *dialect) claim(ctx context.Context, name string) (*claim, error) {
	var ok bool
	c, err := d.ask(ctx, name, func(c *claim) error {
		return c.connection.QueryRowContext(ctx, "SELECT pg_try_advisory_lock($1)", c.number).Scan(&ok)
	})
	if err == nil && !ok {
		c.connection.Close()
		return nil, nil
	}
	return c, err
}

// wait takes a name as soon as nobody else holds it.
func (d *dialect) wait(ctx context.Context, name string) (*claim, error) {
	return d.ask(ctx, name, func(c *claim) error {
		_, err := c.connection.ExecContext(ctx, "SELECT pg_advisory_lock($1)", c.number)
		return err
	})
}

func (d *dialect) ask(ctx context.Context, name string, lock func(*claim) error) (*claim, error) {
	connection, err := d.write.Conn(ctx)
	if err != nil {
		return nil, err
	}
	c := &claim{connection, group.Number(d.engine.Space, name)}
	if err := lock(c); err != nil {
		return nil, errors.Join(err, connection.Close())
	}
	return c, nil
}

// release gives the name back; with a connection that broke it is free already.
func (c *claim) release(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if _, err := c.connection.ExecContext(ctx, "SELECT pg_advisory_unlock($1)", c.number); err != nil {
		c.discard()
		return
	}
	c.connection.Close() // back to the pool: it has no error to tell
}

// discard ends the connection, and so the claim.
func (c *claim) discard() {
	c.connection.Raw(func(any) error { return driver.ErrBadConn }) // which is what it returns
}

// hold returns when ctx is done or the name is lost with its connection.
func (c *claim) hold(ctx context.Context) {
	for pause(ctx, look) == nil && c.connection.PingContext(ctx) == nil {
	}
}

// look is how often a process looks who is there.
const look = time.Second

// Alone runs do while no other process that shares the database runs what has the same name, as soon as none does. The context of do
// ends when its process is not sure any more to be alone; then it begins again. Alone returns what do returns.
func (db *DB) Alone(ctx context.Context, name string, do func(context.Context) error) error {
	if !db.d.shared {
		return do(ctx)
	}
	for {
		if done, err := db.d.alone(ctx, "alone:"+name, do); done {
			return err
		}
		if err := pause(ctx, look); err != nil {
			return err
		}
	}
}

// alone runs do if the name is free. done is false when it was not, or was lost meanwhile.
func (d *dialect) alone(ctx context.Context, name string, do func(context.Context) error) (done bool, err error) {
	c, err := d.claim(ctx, name)
	if err != nil || c == nil {
		return false, nil // somebody has it, or the database is away: it is asked again
	}
	defer c.release(ctx)
	within, cancel := context.WithCancel(ctx)
	var holding sync.WaitGroup
	holding.Go(func() {
		defer cancel()
		c.hold(within)
	})
	err = do(within)
	lost := within.Err() != nil && ctx.Err() == nil
	cancel()
	holding.Wait()
	return !lost, err
}

package engine

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// Postgres is PostgreSQL 15 of the Debian package, with a data folder of its own.
type Postgres struct {
	Data string // its data folder; it belongs to the user postgres when this program is run by root
	Port int
}

const (
	postgresBin = "/usr/lib/postgresql/15/bin"

	// postgresName is the user, the password and the database of the product: the server listens on the loopback interface only.
	postgresName = "keliu"
)

// Name implements Engine.
func (p Postgres) Name() string { return "postgres" }

// Setting implements Engine.
func (p Postgres) Setting() string {
	return fmt.Sprintf("KELIU_STORE=postgres://%[1]s:%[1]s@%[2]s/%[1]s", postgresName, loopback(p.Port))
}

// Install implements Engine.
func (p Postgres) Install(ctx context.Context, say func(string)) error {
	return need(ctx, say, filepath.Join(postgresBin, "postgres"), "postgresql-15")
}

// as has a command run by the user postgres when it would be run by root, which the server refuses.
func as(cmd *exec.Cmd) (*exec.Cmd, error) {
	cmd.Dir = "/"
	if os.Getuid() != 0 {
		return cmd, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return nil, err
	}
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.ParseUint(u.Gid, 10, 32)
	if err != nil {
		return nil, err
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
	return cmd, nil
}

// tool runs a program of the server to its end.
func (p Postgres) tool(ctx context.Context, name string, args ...string) error {
	cmd, err := as(command(ctx, "", []string{"PGPASSWORD=" + postgresName}, filepath.Join(postgresBin, name), args...))
	if err != nil {
		return err
	}
	return run(cmd)
}

// Command implements Engine.
func (p Postgres) Command(ctx context.Context) (*exec.Cmd, error) {
	if err := free(ctx, p.Port); err != nil {
		return nil, err
	}
	if _, err := os.Stat(filepath.Join(p.Data, "PG_VERSION")); err != nil {
		if err := p.initialize(ctx); err != nil {
			return nil, err
		}
	}
	return as(exec.Command(filepath.Join(postgresBin, "postgres"), "-D", p.Data, // lives on when ctx is done
		"-c", "listen_addresses=127.0.0.1", "-c", fmt.Sprintf("port=%d", p.Port), "-c", "unix_socket_directories="))
}

// initialize makes the data folder.
func (p Postgres) initialize(ctx context.Context) error {
	if err := os.MkdirAll(p.Data, 0o700); err != nil {
		return err
	}
	secret, err := os.CreateTemp("", "keliu-engines-")
	if err != nil {
		return err
	}
	defer os.Remove(secret.Name())
	if _, err := secret.WriteString(postgresName + "\n"); err != nil {
		return err
	}
	if err := secret.Close(); err != nil {
		return err
	}
	if os.Getuid() == 0 {
		if err := run(command(ctx, "", nil, "chown", "postgres:", p.Data, secret.Name())); err != nil {
			return err
		}
	}
	return p.tool(ctx, "initdb", "-D", p.Data, "-U", postgresName, "-E", "UTF8", "--locale=C.UTF-8",
		"--auth=scram-sha-256", "--pwfile="+secret.Name())
}

// Ready implements Engine.
func (p Postgres) Ready(ctx context.Context) error {
	where := []string{"-h", "127.0.0.1", "-p", strconv.Itoa(p.Port), "-U", postgresName}
	if p.tool(ctx, "psql", append(where, "-c", "SELECT 1", postgresName)...) == nil {
		return nil
	}
	if err := p.tool(ctx, "pg_isready", append(where, "-t", "2")...); err != nil {
		return err
	}
	return p.tool(ctx, "createdb", append(where, postgresName)...)
}

// Package engine installs and runs real servers on a bare machine: Apache Pulsar, PostgreSQL and InfluxDB, on the loopback
// interface, for tests and for trying out.
package engine

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// An Engine is a server that the product can run on.
type Engine interface {
	// Name is what it is called on the command line.
	Name() string

	// Install fetches or builds what is missing. It is quick when nothing is. Say is told of what takes long.
	Install(ctx context.Context, say func(string)) error

	// Command prepares the server's folder and is how it is started. Its ports are free when it returns.
	Command(ctx context.Context) (*exec.Cmd, error)

	// Ready is nil when the server answers and is set up for the product; it sets up what is missing.
	Ready(ctx context.Context) error

	// Setting is the line of the product's environment that uses the server.
	Setting() string
}

// A Machine is where engines run. What runs is noted in its folder, so that another process can stop it.
type Machine struct {
	Dir      string        // of the notes and the logs
	Messages io.Writer     // told of progress; one line each
	Patience time.Duration // how long a server may take to be ready; 2 minutes when 0
}

func (m Machine) say(e Engine, what string) { fmt.Fprintf(m.Messages, "%s: %s\n", e.Name(), what) }

// Up installs an engine, starts it unless it runs, and waits until it is ready.
func (m Machine) Up(ctx context.Context, e Engine) error {
	if err := e.Install(ctx, func(what string) { m.say(e, what) }); err != nil {
		return fmt.Errorf("install %s: %w", e.Name(), err)
	}
	p, err := m.find(e)
	if err != nil {
		return err
	}
	if p == nil {
		if p, err = m.start(ctx, e); err != nil {
			return fmt.Errorf("start %s: %w", e.Name(), err)
		}
	}
	if err := m.await(ctx, e, p); err != nil {
		return fmt.Errorf("%s does not get ready: %w; its log is %s", e.Name(), err, m.log(e))
	}
	return nil
}

// start starts an engine and notes which process it is.
func (m Machine) start(ctx context.Context, e Engine) (*Process, error) {
	cmd, err := e.Command(ctx)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(m.Dir, 0o755); err != nil {
		return nil, err
	}
	p, err := Start(cmd, m.log(e))
	if err != nil {
		return nil, err
	}
	if err := p.save(m.note(e)); err != nil {
		return nil, errors.Join(err, p.Kill())
	}
	m.say(e, fmt.Sprintf("started as process %d", p.PID))
	return p, nil
}

// await waits until an engine is ready, while its process lives.
func (m Machine) await(ctx context.Context, e Engine, p *Process) error {
	patience := m.Patience
	if patience == 0 {
		patience = 2 * time.Minute
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	look := time.NewTicker(100 * time.Millisecond)
	defer look.Stop()
	for {
		err := e.Ready(ctx)
		if err == nil {
			return nil
		}
		if !p.Runs() {
			return errors.New("it has ended")
		}
		select {
		case <-look.C:
		case <-ctx.Done():
			return err
		}
	}
}

// Down stops an engine that Up has started, also in another process, and reports whether it ran.
func (m Machine) Down(ctx context.Context, e Engine) (bool, error) {
	p, err := m.find(e)
	if err != nil || p == nil {
		return false, err
	}
	if err := p.Stop(ctx); err != nil {
		return true, fmt.Errorf("stop %s: %w", e.Name(), err)
	}
	return true, os.Remove(m.note(e))
}

// Status says how an engine does, in a few words.
func (m Machine) Status(ctx context.Context, e Engine) (string, error) {
	p, err := m.find(e)
	switch {
	case err != nil:
		return "", err
	case p == nil:
		return "stopped", nil
	}
	if err := e.Ready(ctx); err != nil {
		return fmt.Sprintf("process %d runs and is not ready: %v", p.PID, err), nil
	}
	return fmt.Sprintf("ready, process %d", p.PID), nil
}

func (m Machine) note(e Engine) string { return filepath.Join(m.Dir, e.Name()+".json") }
func (m Machine) log(e Engine) string  { return filepath.Join(m.Dir, e.Name()+".log") }

// find returns the process of an engine, or nil when it does not run.
func (m Machine) find(e Engine) (*Process, error) {
	p, err := load(m.note(e))
	if err != nil || p == nil || p.Runs() {
		return p, err
	}
	return nil, os.Remove(m.note(e)) // it has ended by itself
}

// free reports whether ports of the loopback interface can be listened on.
func free(ctx context.Context, ports ...int) error {
	for _, port := range ports {
		l, err := new(net.ListenConfig).Listen(ctx, "tcp", loopback(port))
		if err != nil {
			return fmt.Errorf("port %d is taken by another program: %w", port, err)
		}
		if err := l.Close(); err != nil {
			return err
		}
	}
	return nil
}

func loopback(port int) string { return fmt.Sprintf("127.0.0.1:%d", port) }

// stage makes a folder by a name of its own, has it filled, and gives it its right name when that is done: a folder of the right
// name is whole. It does nothing when there is one.
func stage(dir string, fill func(dir string) error) error {
	if _, err := os.Stat(dir); err == nil {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return err
	}
	unfinished, err := os.MkdirTemp(filepath.Dir(dir), ".unfinished-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(unfinished)
	if err := fill(unfinished); err != nil {
		return err
	}
	if err := os.Chmod(unfinished, 0o755); err != nil {
		return err
	}
	return os.Rename(unfinished, dir)
}

// command is a command in a folder with a few settings more in its environment.
func command(ctx context.Context, dir string, settings []string, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = dir
	cmd.Env = append(cmd.Environ(), settings...)
	return cmd
}

// run runs a command to its end. What it says is in the error when it fails.
func run(cmd *exec.Cmd) error {
	out, err := cmd.CombinedOutput()
	if err != nil {
		const most = 2000
		return fmt.Errorf("%s: %w\n%s", strings.Join(cmd.Args, " "), err, out[max(0, len(out)-most):])
	}
	return nil
}

// need installs Debian packages unless a file or a program of them is there.
func need(ctx context.Context, say func(string), program string, packages ...string) error {
	if _, err := exec.LookPath(program); err == nil {
		return nil
	}
	list := strings.Join(packages, " ")
	if os.Getuid() != 0 {
		return fmt.Errorf("%s is missing: apt-get install %s", program, list)
	}
	say("installing " + list)
	if err := run(command(ctx, "", nil, "apt-get", "update", "-qq")); err != nil {
		return err
	}
	args := append([]string{"install", "-y", "-qq", "--no-install-recommends"}, packages...)
	return run(command(ctx, "", []string{"DEBIAN_FRONTEND=noninteractive"}, "apt-get", args...))
}

// Engines runs real Pulsar, PostgreSQL and InfluxDB on this machine: go run ./infra/engines up.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"keliu/infra/engines/engine"
)

const usage = `Real servers for the product on this machine, on the loopback interface.

  go run ./infra/engines up [pulsar] [postgres] [influx]      install what is missing, start, wait until healthy,
                                                              and print the settings that use them
  go run ./infra/engines status [pulsar] [postgres] [influx]  how they do
  go run ./infra/engines down [pulsar] [postgres] [influx]    stop what up has started; what they hold is kept

Without a name: all of them. What is installed is kept in ${XDG_CACHE_HOME:-$HOME/.cache}/keliu/engines.

Exit status: 0 done, 1 failed, 2 wrong use.
`

var errUse = errors.New("wrong use")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	switch {
	case err == nil:
	case errors.Is(err, errUse):
		fmt.Fprintf(os.Stderr, "engines: %v\n\n%s", err, usage)
		os.Exit(2)
	default:
		fmt.Fprintln(os.Stderr, "engines:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, out, messages io.Writer) error {
	if len(args) == 0 {
		return fmt.Errorf("%w: up, status or down is missing", errUse)
	}
	command, names := args[0], args[1:]
	if command == "help" || command == "--help" || command == "-h" || len(names) > 0 && (names[0] == "--help" || names[0] == "-h") {
		_, err := io.WriteString(out, usage)
		return err
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return err
	}
	cache = filepath.Join(cache, "keliu", "engines")
	chosen, err := choose(all(cache), names)
	if err != nil {
		return err
	}
	machine := engine.Machine{Dir: filepath.Join(cache, "run"), Messages: messages}
	switch command {
	case "up":
		return up(ctx, machine, chosen, len(names) == 0, out)
	case "status":
		return status(ctx, machine, chosen, out)
	case "down":
		return down(ctx, machine, chosen, out)
	}
	return fmt.Errorf("%w: there is no command %q, but up, status and down", errUse, command)
}

// all are the engines, on ports below those that the system hands out.
func all(cache string) []engine.Engine {
	tables := filepath.Join(cache, "data", "postgres-15")
	if os.Getuid() == 0 {
		tables = "/var/lib/postgresql/keliu-engines" // the user postgres does not see into root's home
	}
	return []engine.Engine{
		engine.Pulsar{Cache: cache, Data: filepath.Join(cache, "data", "pulsar"), Port: 16650, Web: 16680, Partitions: 4},
		engine.Postgres{Data: tables, Port: 15432},
		engine.Influx{Cache: cache, Data: filepath.Join(cache, "data", "influx"), Port: 18086},
	}
}

// choose returns the engines of the given names, in the order of all; all when there are no names.
func choose(all []engine.Engine, names []string) ([]engine.Engine, error) {
	if len(names) == 0 {
		return all, nil
	}
	wanted := map[string]bool{}
	for _, name := range names {
		wanted[name] = true
	}
	var chosen []engine.Engine
	for _, e := range all {
		if wanted[e.Name()] {
			chosen = append(chosen, e)
			delete(wanted, e.Name())
		}
	}
	for name := range wanted {
		return nil, fmt.Errorf("%w: there is no engine %q, but pulsar, postgres and influx", errUse, name)
	}
	return chosen, nil
}

// up starts engines and prints the settings that use them.
func up(ctx context.Context, m engine.Machine, engines []engine.Engine, whole bool, out io.Writer) error {
	for _, e := range engines {
		if err := m.Up(ctx, e); err != nil {
			return err
		}
	}
	for _, e := range engines {
		if _, err := fmt.Fprintln(out, e.Setting()); err != nil {
			return err
		}
	}
	if whole { // there is no Lambda on a bare machine
		_, err := fmt.Fprintln(out, "KELIU_FUNCTIONS=inprocess:")
		return err
	}
	return nil
}

func status(ctx context.Context, m engine.Machine, engines []engine.Engine, out io.Writer) error {
	for _, e := range engines {
		is, err := m.Status(ctx, e)
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(out, "%-9s %s\n", e.Name(), is); err != nil {
			return err
		}
	}
	return nil
}

func down(ctx context.Context, m engine.Machine, engines []engine.Engine, out io.Writer) error {
	var failures []error
	for _, e := range engines {
		ran, err := m.Down(ctx, e)
		is := "stopped"
		if !ran {
			is = "did not run"
		}
		if err == nil {
			_, err = fmt.Fprintf(out, "%-9s %s\n", e.Name(), is)
		}
		failures = append(failures, err)
	}
	return errors.Join(failures...)
}

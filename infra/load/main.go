// Load measures the product from outside and beside each figure measures a reference, by turns in the same run, since figures
// of shared machines mean little by themselves. It talks to the loopback only and ends what it started.
//
//	go run ./infra/load [--quick] [--json] [--only accept,reply] [--binary FILE]
//
// The reference of what goes over HTTP is a bare Hertz server that sends bodies back; that of the log is a plain file with
// group commit.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

	"keliu/infra/load/machine"
	"keliu/infra/load/reference"
	"keliu/infra/rig"
)

// echoCommand is the hidden first argument by which this program starts itself as the reference.
const echoCommand = "echo-server"

// errUse is a wrong call of the program.
var errUse = errors.New("wrong use")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var err error
	if len(os.Args) == 3 && os.Args[1] == echoCommand {
		err = reference.Echo(ctx, os.Args[2])
	} else {
		err = run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	}
	switch {
	case errors.Is(err, errUse):
		fmt.Fprintln(os.Stderr, "load:", err)
		os.Exit(2)
	case err != nil:
		fmt.Fprintln(os.Stderr, "load:", err)
		os.Exit(1)
	}
}

// measures are what is measured, in this order.
var measures = []struct {
	name    string
	product bool // runs the product and the reference
	take    func(*bench, context.Context) ([]Result, error)
}{
	{"start", true, (*bench).start},
	{"idle", true, (*bench).idle},
	{"accept", true, (*bench).accept},
	{"reply", true, (*bench).reply},
	{"websocket", true, (*bench).websocket},
	{"comment", true, (*bench).comment},
	{"log", false, (*bench).log},
	{"score", false, (*bench).score},
	{"understand", false, (*bench).understand},
	{"cockpit", false, (*bench).cockpit},
}

// A bench is what the measures share.
type bench struct {
	quick    bool
	rounds   int               // how often ours and the reference take turns
	slice    time.Duration     // how long a turn is
	dir      string            // for everything, removed at the end
	binary   string            // the product
	peer     *reference.Server // the reference of what goes over HTTP
	progress io.Writer
}

func run(ctx context.Context, args []string, out, progress io.Writer) (err error) {
	set := flag.NewFlagSet("load", flag.ContinueOnError)
	set.SetOutput(progress)
	quick := set.Bool("quick", false, "shorter turns, under 40 s in all")
	asJSON := set.Bool("json", false, "print JSON")
	binary := set.String("binary", "", "a built product to measure; empty builds it")
	only := set.String("only", "", "of start, idle, accept, reply, websocket, comment, log, score, understand, cockpit; empty is all")
	switch err := set.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return nil
	case err != nil:
		return fmt.Errorf("%w: %w", errUse, err)
	case set.NArg() > 0:
		return fmt.Errorf("%w: there are flags only, not %q", errUse, set.Arg(0))
	}
	wanted, err := choose(*only)
	if err != nil {
		return err
	}
	b := &bench{quick: *quick, rounds: 3, slice: 3 * time.Second, binary: *binary, progress: progress}
	limit := 10 * time.Minute
	if *quick {
		b.slice, limit = 500*time.Millisecond, 2*time.Minute
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	if b.dir, err = os.MkdirTemp("", "keliu-load-"); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(b.dir)) }()
	report, err := b.measure(ctx, wanted)
	if err != nil {
		return err
	}
	if *asJSON {
		return report.json(out)
	}
	return report.table(out)
}

// choose reads --only.
func choose(only string) ([]string, error) {
	var names []string
	for _, m := range measures {
		names = append(names, m.name)
	}
	if only == "" {
		return names, nil
	}
	wanted := strings.Split(only, ",")
	for _, w := range wanted {
		if !slices.Contains(names, w) {
			return nil, fmt.Errorf("%w: --only takes %s, not %q", errUse, strings.Join(names, ","), w)
		}
	}
	return wanted, nil
}

// measure takes what is wanted.
func (b *bench) measure(ctx context.Context, wanted []string) (report Report, err error) {
	if report.Machine, err = machine.Describe(b.dir); err != nil {
		return report, err
	}
	defer func() {
		if b.peer != nil {
			err = errors.Join(err, b.peer.End())
		}
	}()
	for _, m := range measures {
		if !slices.Contains(wanted, m.name) {
			continue
		}
		if m.product && b.peer == nil {
			if err := b.prepare(ctx); err != nil {
				return report, err
			}
		}
		fmt.Fprint(b.progress, "measuring ", m.name, " … ")
		began := time.Now()
		results, err := m.take(b, ctx)
		fmt.Fprintf(b.progress, "%.1f s\n", time.Since(began).Seconds())
		if err != nil {
			return report, fmt.Errorf("%s: %w", m.name, err)
		}
		report.Results = append(report.Results, results...)
	}
	return report, nil
}

// prepare builds the product and starts the reference.
func (b *bench) prepare(ctx context.Context) (err error) {
	if b.binary == "" {
		fmt.Fprintln(b.progress, "building the product …")
		if b.binary, err = rig.Build(ctx, b.dir); err != nil {
			return err
		}
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	b.peer, err = reference.Start(ctx, self, echoCommand)
	return err
}

// takeTurns measures ours and the reference by turns and returns the middle of each.
func (b *bench) takeTurns(ours, reference func() (float64, error)) (float64, float64, error) {
	var mine, theirs []float64
	for range b.rounds {
		m, err := ours()
		if err != nil {
			return 0, 0, err
		}
		t, err := reference()
		if err != nil {
			return 0, 0, fmt.Errorf("reference: %w", err)
		}
		mine, theirs = append(mine, m), append(theirs, t)
	}
	return middle(mine), middle(theirs), nil
}

// middle is the median.
func middle[T float64 | time.Duration](all []T) T {
	if len(all) == 0 {
		return 0
	}
	slices.Sort(all)
	return all[len(all)/2]
}

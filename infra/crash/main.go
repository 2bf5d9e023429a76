// Crash kills the product again and again under load, with kill -9 of the whole process, and checks from outside that every
// acknowledged message is there once and has exactly one answer, and that listening customers miss nothing and hear nothing
// twice.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/signal"
	"sync"
	"time"

	"keliu/infra/rig"
)

// A Report is what the rounds have shown.
type Report struct {
	Rounds       int   `json:"rounds"`
	Acknowledged int   `json:"acknowledged"` // messages answered with 200
	Lost         int   `json:"lost"`         // of these, not in the history
	Unanswered   int   `json:"unanswered"`   // of these, without a reply
	Doubled      int   `json:"doubled"`      // messages or replies that are there twice, and events heard twice
	Missed       int   `json:"missed"`       // events that a listening customer was never told
	RestartP50MS int64 `json:"restart_p50_ms"`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	report, asJSON, err := run(ctx, os.Args[1:], os.Stderr)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return
	case errors.Is(err, errUse):
		fmt.Fprintln(os.Stderr, "crash:", err)
		os.Exit(2)
	case err != nil:
		fmt.Fprintln(os.Stderr, "crash:", err)
		os.Exit(1)
	}
	if asJSON {
		err = json.NewEncoder(os.Stdout).Encode(report)
	} else {
		_, err = fmt.Printf("%d rounds: %d acknowledged, %d lost, %d unanswered, %d doubled, %d events missed; restart p50 %d ms\n",
			report.Rounds, report.Acknowledged, report.Lost, report.Unanswered, report.Doubled, report.Missed, report.RestartP50MS)
	}
	if err != nil || report.Lost+report.Unanswered+report.Doubled+report.Missed > 0 {
		os.Exit(1)
	}
}

var errUse = errors.New("wrong use")

func run(ctx context.Context, args []string, progress io.Writer) (Report, bool, error) {
	set := flag.NewFlagSet("crash", flag.ContinueOnError)
	rounds := set.Int("rounds", 10, "how often the product is killed")
	customers := set.Int("customers", 32, "customers who write at the same time")
	seed := set.Uint64("seed", uint64(time.Now().UnixNano()), "of the moments of the kills")
	asJSON := set.Bool("json", false, "print the report as JSON")
	if err := set.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return Report{}, false, err
		}
		return Report{}, false, fmt.Errorf("%w: %w", errUse, err)
	}
	if *rounds < 1 || *customers < 1 || set.NArg() > 0 {
		return Report{}, false, fmt.Errorf("%w: --rounds and --customers are at least 1, and there is nothing else", errUse)
	}
	dir, err := os.MkdirTemp("", "keliu-crash-")
	if err != nil {
		return Report{}, false, err
	}
	defer os.RemoveAll(dir)
	fmt.Fprintf(progress, "seed %d\n", *seed)
	report, err := crash(ctx, dir, *rounds, *customers, rand.New(rand.NewPCG(*seed, 0)), progress)
	return report, *asJSON, err
}

// crash runs the rounds on a data folder below dir and checks what is left at the end.
func crash(ctx context.Context, dir string, rounds, customers int, moments *rand.Rand, progress io.Writer) (Report, error) {
	binary, err := rig.Build(ctx, dir)
	if err != nil {
		return Report{}, err
	}
	port, err := rig.Port()
	if err != nil {
		return Report{}, err
	}
	data := dir + "/data"
	people := make([]*person, customers)
	restarts := []time.Duration{}
	for round := range rounds {
		product, err := rig.Start(ctx, binary, data, port)
		if err != nil {
			return Report{}, fmt.Errorf("round %d: %w", round+1, err)
		}
		if round == 0 {
			for i := range people {
				if people[i], err = enter(ctx, product.URL, i); err != nil {
					return Report{}, errors.Join(err, product.Kill())
				}
			}
		} else {
			restarts = append(restarts, product.Took)
		}
		load, end := context.WithCancel(ctx)
		var wg sync.WaitGroup
		for _, p := range people {
			wg.Go(func() { p.listen(load) })
			wg.Go(func() { p.write(load) })
		}
		wait(ctx, 150*time.Millisecond+time.Duration(moments.Int64N(int64(1200*time.Millisecond))))
		err = product.Kill()
		end()
		wg.Wait()
		if err != nil || ctx.Err() != nil {
			return Report{}, errors.Join(err, ctx.Err())
		}
		fmt.Fprintf(progress, "round %d of %d\n", round+1, rounds)
	}
	product, err := rig.Start(ctx, binary, data, port)
	if err != nil {
		return Report{}, fmt.Errorf("after the last round: %w", err)
	}
	restarts = append(restarts, product.Took)
	report, err := check(ctx, people)
	report.Rounds, report.RestartP50MS = rounds, median(restarts).Milliseconds()
	if err != nil {
		err = fmt.Errorf("%w\n%s", err, product.Log())
	}
	return report, errors.Join(err, product.Stop())
}

func wait(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

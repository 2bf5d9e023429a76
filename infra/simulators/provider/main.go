// Command provider stands in for a model provider: OpenAI's wire format, scripted answers, faults on request.
//
//	go run ./infra/simulators/provider --listen 127.0.0.1:18080 --script FILE
//	KELIU_MODELS='openai://any@127.0.0.1:18080?model=simulated' make run
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"keliu/infra/simulators/provider/simulator"
)

// errUsage is a wrong use that was explained already.
var errUsage = errors.New("wrong use")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	switch err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); {
	case errors.Is(err, errUsage):
		os.Exit(2)
	case err != nil:
		fmt.Fprintln(os.Stderr, "provider:", err)
		os.Exit(1)
	}
}

// run serves until ctx is done.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("provider", flag.ContinueOnError)
	flags.SetOutput(stderr)
	listen := flags.String("listen", "127.0.0.1:18080", "where to listen")
	file := flags.String("script", "", "the script: lines of  words of the question {fault=hang delay=3s times=2} => answer")
	key := flags.String("key", "", "the key that clients must show; empty takes any")
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		return nil
	} else if err != nil {
		return errUsage
	}
	if flags.NArg() > 0 {
		fmt.Fprintf(stderr, "provider takes flags only, not %q\n", flags.Arg(0))
		return errUsage
	}
	var script []simulator.Rule
	if *file != "" {
		text, err := os.ReadFile(*file)
		if err != nil {
			return err
		}
		if script, err = simulator.Parse(string(text)); err != nil {
			return fmt.Errorf("%s: %w", *file, err)
		}
	}
	p, err := simulator.Start(*listen, *key, script...)
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "a model provider listens on http://%s/v1\n", p.Host())
	defer context.AfterFunc(ctx, func() { _ = p.Close() })() // Wait tells its error too
	return p.Wait()
}

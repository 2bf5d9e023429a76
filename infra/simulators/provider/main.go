// Command provider stands in for a model provider: OpenAI's wire format, scripted answers, faults on request.
//
//	go run ./infra/simulators/provider --listen 127.0.0.1:18080 --script FILE
//	KELIU_MODELS='openai://any@127.0.0.1:18080?model=simulated' make run
package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"keliu/infra/simulators/program"
	"keliu/infra/simulators/provider/simulator"
)

func main() { program.Main("provider", run) }

// run serves until ctx is done.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := program.Flags("provider", stderr)
	listen := flags.String("listen", "127.0.0.1:18080", "where to listen")
	file := flags.String("script", "", "the script: lines of  words of the question {fault=hang delay=3s times=2} => answer")
	key := flags.String("key", "", "the key that clients must show; empty takes any")
	if helped, err := program.Parse(flags, args); helped || err != nil {
		return err
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

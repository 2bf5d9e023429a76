// Command douyin stands in for the Douyin open platform: comments and direct messages on its real wire format, with its quotas and
// error codes, faults on request, and a page on which to play its users.
//
//	go run ./infra/simulators/douyin --listen 127.0.0.1:18090 --webhook http://127.0.0.1:8080/hooks/douyin --trickle
//	KELIU_DOUYIN_API=http://127.0.0.1:18090 make run
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

	"keliu/infra/simulators/douyin/platform"
	"keliu/infra/simulators/douyin/trickle"
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
		fmt.Fprintln(os.Stderr, "douyin:", err)
		os.Exit(1)
	}
}

// run serves until ctx is done.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("douyin", flag.ContinueOnError)
	flags.SetOutput(stderr)
	listen := flags.String("listen", "127.0.0.1:18090", "where to listen")
	key := flags.String("key", platform.DemoKey, "client_key of the app")
	secret := flags.String("secret", platform.DemoSecret, "client_secret of the app, which signs webhooks")
	webhook := flags.String("webhook", "", "where events go; it is verified first; empty until somebody subscribes")
	lively := flags.Bool("trickle", false, "let people comment and write by themselves")
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		return nil
	} else if err != nil {
		return errUsage
	}
	if flags.NArg() > 0 {
		fmt.Fprintf(stderr, "douyin takes flags only, not %q\n", flags.Arg(0))
		return errUsage
	}
	p, err := platform.Open(platform.Options{Listen: *listen, Key: *key, Secret: *secret, Videos: trickle.Videos()})
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "douyin is simulated on %s\n", p.URL())
	defer context.AfterFunc(ctx, func() { _ = p.Close() })() // Wait tells its error too
	if *webhook != "" {
		if err := p.Subscribe(*webhook); err != nil {
			return errors.Join(err, p.Close())
		}
	}
	if *lively {
		go func() {
			if err := trickle.Run(ctx, p, trickle.Lively()); err != nil {
				fmt.Fprintln(stderr, "douyin:", err)
			}
		}()
	}
	return p.Wait()
}

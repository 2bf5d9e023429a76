// Command douyin stands in for the Douyin open platform: comments and direct messages on its real wire format, with its quotas and
// error codes, faults on request, and a page on which to play its users.
//
//	go run ./infra/simulators/douyin --listen 127.0.0.1:18090 --webhook http://127.0.0.1:8080/hooks/douyin --trickle
//	KELIU_DOUYIN_API=http://127.0.0.1:18090 make run
package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"keliu/infra/simulators/douyin/platform"
	"keliu/infra/simulators/douyin/trickle"
	"keliu/infra/simulators/program"
)

func main() { program.Main("douyin", run) }

// run serves until ctx is done.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := program.Flags("douyin", stderr)
	listen := flags.String("listen", "127.0.0.1:18090", "where to listen")
	key := flags.String("key", platform.DemoKey, "client_key of the app")
	secret := flags.String("secret", platform.DemoSecret, "client_secret of the app, which signs webhooks")
	webhook := flags.String("webhook", "", "where events go; it is verified first; empty until somebody subscribes")
	lively := flags.Bool("trickle", false, "let people comment and write by themselves")
	if helped, err := program.Parse(flags, args); helped || err != nil {
		return err
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

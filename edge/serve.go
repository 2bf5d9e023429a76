package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"

	"keliu/edge/gateway"
	"keliu/functions/catalog"
	"keliu/functions/catalog/accounts"
	"keliu/policies/mask"
	"keliu/streams/desk"
)

// serve runs the product until the context ends.
func serve(ctx context.Context, args []string, out, messages io.Writer) (err error) {
	if done, err := flags(flag.NewFlagSet("serve", flag.ContinueOnError), args, out); done || err != nil {
		return err
	}
	config, err := catalog.FromEnv(os.LookupEnv)
	if err != nil {
		return misuse{err.Error()}
	}
	config.History = config.Demo
	log := slog.New(mask.Handler(slog.NewTextHandler(messages, nil)))
	stage, err := openStage(&config)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stage.close()) }()
	edge, err := gateway.Open(ctx, config, version, log)
	if errors.Is(err, desk.ErrInvalid) {
		return misuse{err.Error()}
	}
	if err != nil {
		return err
	}
	return edge.Serve(ctx, func() {
		if password := edge.House.FreshPassword; password != "" && config.Demo {
			fmt.Fprintf(out, "demo staff: %s; password: %s\n", strings.Join(accounts.DemoNames(), ", "), password)
		} else if password != "" {
			fmt.Fprintln(out, "the first administrator: admin; password, shown this once:", password)
		}
		if stage.douyin != nil {
			fmt.Fprintln(out, "a simulated Douyin, where people comment and write:", stage.douyin.URL())
		}
		fmt.Fprintln(out, "keliu is ready:", edge.Address())
		stage.play(ctx, edge.Address(), log)
	})
}

// flags parses a command's flags. done reports that help was asked for and given.
func flags(set *flag.FlagSet, args []string, out io.Writer) (done bool, err error) {
	set.SetOutput(io.Discard)
	err = set.Parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		if _, err := io.WriteString(out, usage); err != nil {
			return true, err
		}
		set.SetOutput(out)
		set.PrintDefaults()
		return true, nil
	case err != nil:
		return false, misuse{err.Error()}
	case set.NArg() > 0:
		return false, misuse{fmt.Sprintf("%s does not take %q; keliu --help", set.Name(), set.Arg(0))}
	}
	return false, nil
}

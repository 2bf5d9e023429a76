package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"keliu/functions/catalog"
	"keliu/streams/desk"
)

// export writes everything the company owns to a folder.
func export(ctx context.Context, args []string, out, messages io.Writer) error {
	config, err := catalog.FromEnv(os.LookupEnv)
	if err != nil {
		return misuse{err.Error()}
	}
	set := flag.NewFlagSet("export", flag.ContinueOnError)
	to := set.String("out", "", "the folder to write; it must not exist or be empty")
	set.StringVar(&config.Dir, "data", config.Dir, "the data folder; nothing may run on it meanwhile")
	if done, err := flags(set, args, out); done || err != nil {
		return err
	}
	if *to == "" {
		return misuse{"say where to: keliu export --out DIR [--data DIR]"}
	}
	tell, clear := progress(messages)
	files, err := catalog.Export(ctx, config, *to, tell)
	clear()
	if errors.Is(err, desk.ErrInvalid) {
		return misuse{err.Error()}
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "exported %d files to %s; README.md there explains them\n", files, *to)
	return err
}

// progress tells how far each file is, on one line, to a person at a terminal and to nobody else. clear takes the line away. A
// terminal that takes no more text is no reason to stop.
func progress(messages io.Writer) (tell func(file string, rows int64), clear func()) {
	silent := func() {}
	terminal, ok := messages.(*os.File)
	if !ok {
		return nil, silent
	}
	if about, err := terminal.Stat(); err != nil || about.Mode()&os.ModeCharDevice == 0 {
		return nil, silent
	}
	tell = func(file string, rows int64) { fmt.Fprintf(terminal, "\r\x1b[K%s %d", file, rows) }
	return tell, func() { fmt.Fprint(terminal, "\r\x1b[K") }
}

// Package program is what the commands that stand in for others' servers have in common: they take flags only, serve until they
// are interrupted, and end with 2 after a wrong use, which they have explained.
package program

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

// ErrUsage is a wrong use that was explained already.
var ErrUsage = errors.New("wrong use")

// Main runs a command until it ends or the process is interrupted, and ends the process when it failed.
func Main(name string, run func(ctx context.Context, args []string, stdout, stderr io.Writer) error) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	switch err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); {
	case errors.Is(err, ErrUsage):
		os.Exit(2)
	case err != nil:
		fmt.Fprintln(os.Stderr, name+":", err)
		os.Exit(1)
	}
}

// Flags are those of a command, which explain themselves on stderr.
func Flags(name string, stderr io.Writer) *flag.FlagSet {
	flags := flag.NewFlagSet(name, flag.ContinueOnError)
	flags.SetOutput(stderr)
	return flags
}

// Parse reads the flags. helped says that the command was asked to explain itself, which it has done.
func Parse(flags *flag.FlagSet, args []string) (helped bool, err error) {
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return true, nil
	case err != nil:
		return false, ErrUsage
	case flags.NArg() > 0:
		fmt.Fprintf(flags.Output(), "%s takes flags only, not %q\n", flags.Name(), flags.Arg(0))
		return false, ErrUsage
	}
	return false, nil
}

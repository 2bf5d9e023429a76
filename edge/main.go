// Edge is the whole product in one process, and its tools: go run ./edge --help.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

// version is set by the build: -ldflags "-X main.version=…".
var version = "0.1.0"

// A misuse is a wrong call of the program: its sentence says what is right.
type misuse struct{ sentence string }

func (m misuse) Error() string { return m.sentence }

const usage = `Keliu (客流): customer service in one process.

  keliu [serve]                              the whole product; settings come from the environment, see .env.example
  keliu eval TASK [flags] < in.jsonl > out.jsonl
                                             run a task over lines: emotion, entities, intent, lead, personal-data, retrieval
  keliu audit verify [--data DIR]            check the audit chain
  keliu export --out DIR [--data DIR]        everything the company owns, in open formats; stop keliu first
  keliu provision [--dry-run] [flags]        set up the servers that the environment names: tenant, namespaces, how long they keep
  keliu help                                 this text

Exit status: 0 done, 1 failed, 2 wrong use.
`

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	var wrong misuse
	switch {
	case err == nil:
	case errors.As(err, &wrong):
		fmt.Fprintln(os.Stderr, "keliu:", wrong.sentence)
		os.Exit(2)
	default:
		fmt.Fprintln(os.Stderr, "keliu:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, in io.Reader, out, messages io.Writer) error {
	command := "serve"
	if len(args) > 0 {
		command, args = args[0], args[1:]
	}
	switch command {
	case "serve":
		return serve(ctx, args, out, messages)
	case "eval":
		return evaluate(ctx, args, in, out)
	case "audit":
		return verify(args, out)
	case "export":
		return export(ctx, args, out, messages)
	case "provision":
		return prepare(ctx, args, out)
	case "help", "--help", "-h":
		_, err := io.WriteString(out, usage)
		return err
	}
	return misuse{fmt.Sprintf("there is no command %q; keliu --help lists them", command)}
}

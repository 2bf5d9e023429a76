package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"keliu/functions/catalog"
	"keliu/policies/audit"
)

// verify checks the audit chain of a data folder.
func verify(args []string, out io.Writer) error {
	config, err := catalog.FromEnv(os.LookupEnv)
	if err != nil {
		return misuse{err.Error()}
	}
	set := flag.NewFlagSet("audit verify", flag.ContinueOnError)
	dir := set.String("data", config.Dir, "the data folder")
	named := len(args) > 0 && args[0] == "verify"
	if named {
		args = args[1:]
	}
	if done, err := flags(set, args, out); done {
		return err
	} else if !named {
		return misuse{"write: keliu audit verify [--data DIR]"}
	} else if err != nil {
		return err
	}
	report, err := audit.Verify(filepath.Join(*dir, "audit"))
	if err != nil {
		return err
	}
	if report.Broken != nil {
		return fmt.Errorf("the audit trail of %s was touched: %s; %d entries before it are sound", *dir, report.Broken, report.Entries)
	}
	_, err = fmt.Fprintf(out, "the audit trail is whole: %d entries, the last with the hash %s\n", report.Entries, report.Head.Hash)
	return err
}

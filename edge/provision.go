package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"keliu/functions/catalog"
	"keliu/functions/catalog/setup"
	"keliu/streams/desk"
)

// prepare sets up the servers that the environment names.
func prepare(ctx context.Context, args []string, out io.Writer) error {
	config, err := catalog.FromEnv(os.LookupEnv)
	if err != nil {
		return misuse{err.Error()}
	}
	var plan setup.Plan
	set := flag.NewFlagSet("provision", flag.ContinueOnError)
	dry := set.Bool("dry-run", false, "say what would be changed, and change nothing")
	set.StringVar(&plan.Admin, "pulsar-admin", "", "the admin interface of the cluster; http://HOST:8080 of the broker's host when empty")
	set.IntVar(&plan.Partitions, "partitions", 8, "partitions of each topic that is new")
	set.DurationVar(&plan.Retention, "retention", 30*24*time.Hour, "how long the log keeps what was handled; 0 is for ever")
	set.Func("clusters", "names of the clusters, with commas, between which the log is replicated", func(text string) error {
		plan.Clusters = strings.Split(text, ",")
		return nil
	})
	if done, err := flags(set, args, out); done || err != nil {
		return err
	}
	if plan.Partitions < 1 || plan.Retention < 0 || plan.Retention%time.Minute != 0 {
		return misuse{"--partitions is 1 or more, and --retention 0 or whole minutes, such as 720h"}
	}
	var unsaid error
	s := setup.Setup{Dry: *dry, Say: func(line string) {
		if _, err := fmt.Fprintln(out, line); err != nil {
			unsaid = err
		}
	}}
	err = s.Apply(ctx, config, plan)
	if errors.Is(err, desk.ErrInvalid) {
		return misuse{err.Error()}
	}
	return errors.Join(err, unsaid)
}

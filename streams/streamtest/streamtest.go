// Package streamtest holds every streams.Log to the same promise, sentence by sentence.
package streamtest

import (
	"testing"

	"keliu/streams"
	"keliu/streams/streamtest/failing"
	"keliu/streams/streamtest/trial"
)

// An Opener opens the log of one test. Called again after that log was closed, it opens the same log again.
type Opener func(t *testing.T) streams.Log

// Run runs the whole contract as subtests. Each calls start for a log that holds nothing yet.
func Run(t *testing.T, start func(t *testing.T) Opener) {
	for _, part := range [][]trial.Clause{delivery(), failing.Clauses(), keeping(), reading()} {
		for _, c := range part {
			t.Run(c.Name, func(t *testing.T) {
				t.Parallel()
				c.Test(trial.New(t, start(t)))
			})
		}
	}
}

// Package streamtest holds every streams.Log to the same promise, sentence by sentence.
package streamtest

import (
	"testing"

	"keliu/streams"
	"keliu/streams/streamtest/trial"
)

// An Opener opens the log of one test. Called again after that log was closed, it opens the same log again.
type Opener func(t *testing.T) streams.Log

// Run runs the whole contract as subtests. Each calls start for a log that holds nothing yet.
func Run(t *testing.T, start func(t *testing.T) Opener) {
	for _, part := range [][]clause{delivery, failing, keeping, reading} {
		for _, c := range part {
			t.Run(c.name, func(t *testing.T) {
				t.Parallel()
				c.test(trial.New(t, start(t)))
			})
		}
	}
}

// A clause is one sentence of the contract.
type clause struct {
	name string
	test func(*trial.T)
}

package models

import (
	"context"
	"fmt"
	"time"

	"keliu/functions/models/openai"
	"keliu/streams/desk"
)

// Probe asks one provider, by its place in Health, to word an answer, whatever its state, and returns what it wrote. Where it
// fails, it says of what class the failure is and what the provider said, without its key; nobody else is asked. An error is
// desk.ErrNotFound: there is no such provider.
func (s *Scheduler) Probe(ctx context.Context, place int, r Request) (Written, *openai.Failure, error) {
	if place < 0 || place >= len(s.providers) {
		return Written{}, nil, fmt.Errorf("model provider %d: %w", place+1, desk.ErrNotFound)
	}
	r.Lang = language(r)
	prompt, err := compose(r)
	if err != nil {
		return Written{}, nil, err
	}
	ctx, cancel := context.WithTimeoutCause(ctx, s.patience, openai.Fail(openai.Late, "no time is left for the provider"))
	defer cancel()
	began := time.Now()
	written, failed := s.try(ctx, s.providers[place], r, prompt, nil)
	written.Latency = time.Since(began)
	return written, failed, nil
}

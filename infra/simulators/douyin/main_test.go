package main

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"keliu/infra/simulators/program"
)

func TestUse(t *testing.T) {
	for _, c := range []struct {
		args string
		want error
		says string
	}{
		{"--help", nil, "-webhook"}, {"--nonsense", program.ErrUsage, "nonsense"}, {"here", program.ErrUsage, `"here"`},
	} {
		var said strings.Builder
		if err := run(t.Context(), strings.Fields(c.args), io.Discard, &said); !errors.Is(err, c.want) || !strings.Contains(said.String(), c.says) {
			t.Errorf("%s: %v, %q", c.args, err, said.String())
		}
	}
	if err := run(t.Context(), []string{"--listen", "127.0.0.1:0", "--webhook", "http://127.0.0.1:1/hooks"}, io.Discard, io.Discard); err == nil {
		t.Error("a webhook that is not there was taken for verified")
	}
}

func TestRun(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	out, in := io.Pipe()
	ended := make(chan error, 1)
	go func() { ended <- run(ctx, []string{"--listen", "127.0.0.1:0", "--trickle"}, in, io.Discard) }()
	line := make([]byte, 100)
	n, err := out.Read(line)
	if err != nil || !strings.Contains(string(line[:n]), "http://127.0.0.1:") {
		t.Errorf("%q (%v)", line[:n], err)
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

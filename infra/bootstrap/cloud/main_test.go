package main

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"keliu/infra/simulators/program"
)

func TestRun(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	out, said := io.Pipe()
	ended := make(chan error, 1)
	go func() { ended <- run(ctx, []string{"--listen", "127.0.0.1:0"}, said, io.Discard) }()
	lines := bufio.NewScanner(out)
	setting := regexp.MustCompile(`^KELIU_FUNCTIONS=lambda://cn-north-1/keliu-dev\?endpoint=(http://127\.0\.0\.1:[0-9]+) `)
	var endpoint string
	for endpoint == "" && lines.Scan() {
		if found := setting.FindStringSubmatch(lines.Text()); found != nil {
			endpoint = found[1]
		}
	}
	response, err := http.Post(endpoint+"/2015-03-31/functions/keliu-dev-intents-refund/invocations", "application/json", strings.NewReader("{}"))
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode != http.StatusForbidden {
		t.Errorf("an unsigned call: %s", response.Status)
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestWrongUse(t *testing.T) {
	for words, args := range map[string][]string{"flags only": {"there"}, "not defined": {"--port", "1"}} {
		var said strings.Builder
		if err := run(t.Context(), args, io.Discard, &said); err != program.ErrUsage || !strings.Contains(said.String(), words) {
			t.Errorf("%q: %v, %q", args, err, said.String())
		}
	}
}

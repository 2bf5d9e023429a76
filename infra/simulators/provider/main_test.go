package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"keliu/infra/simulators/program"
)

func TestRun(t *testing.T) {
	script := filepath.Join(t.TempDir(), "script.txt")
	if err := os.WriteFile(script, []byte("运费 => 满 99 元包邮。\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	out, in := io.Pipe()
	ended := make(chan error, 1)
	go func() { ended <- run(ctx, []string{"--listen", "127.0.0.1:0", "--script", script}, in, io.Discard) }()
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	base := strings.TrimSpace(line[strings.Index(line, "http://"):])
	resp, err := http.Post(base+"/chat/completions", "application/json", strings.NewReader(`{"model":"m","messages":[{"role":"user","content":"运费多少"}]}`))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil || !strings.Contains(string(body), "满 99 元包邮。") {
		t.Errorf("answered %s, %v", body, err)
	}
	cancel()
	if err := <-ended; err != nil {
		t.Errorf("ended with %v", err)
	}
}

func TestRunRefuses(t *testing.T) {
	broken := filepath.Join(t.TempDir(), "script.txt")
	if err := os.WriteFile(broken, []byte("# fine\n运费 {fault=flood} => x\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct {
		args  []string
		wrong bool   // use, explained on stderr
		says  string // in the error or on stderr
	}{
		"unknown flag":   {[]string{"--port", "1"}, true, "-port"},
		"an argument":    {[]string{"start"}, true, `"start"`},
		"no such script": {[]string{"--script", "nowhere.txt"}, false, "nowhere.txt"},
		"broken script":  {[]string{"--script", broken}, false, "line 2: unknown fault \"flood\""},
		"no address":     {[]string{"--listen", "127.0.0.1:notaport"}, false, "notaport"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			var stderr strings.Builder
			err := run(t.Context(), tt.args, io.Discard, &stderr)
			if err == nil || errors.Is(err, program.ErrUsage) != tt.wrong {
				t.Fatalf("run %q: %v", tt.args, err)
			}
			if said := stderr.String() + err.Error(); !strings.Contains(said, tt.says) {
				t.Errorf("%q does not name %q", said, tt.says)
			}
		})
	}
}

// Package rig runs the built product as a process of its own, for load reports, crash tests and end-to-end tests, and plays
// its customers.
package rig

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Build compiles the product into a folder and returns the binary.
func Build(ctx context.Context, dir string) (string, error) {
	binary := filepath.Join(dir, "keliu")
	build := exec.CommandContext(ctx, "go", "build", "-o", binary, "keliu/edge")
	build.Env = append(build.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}
	return binary, nil
}

// Port returns a free port of the loopback below those that outgoing connections take.
func Port() (int, error) {
	for port := 21_000 + os.Getpid()%5000; port < 32_000; port++ {
		l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
		if err == nil {
			return port, l.Close()
		}
	}
	return 0, errors.New("no free port between 21000 and 32000")
}

// A Product is a running process of the product.
type Product struct {
	URL     string
	Process *os.Process
	Took    time.Duration // from the start until it was ready

	command *exec.Cmd
	log     *lockedBuffer
	ended   chan struct{}
}

// Password is that of the demo staff of every product started here.
const Password = "rig-password"

// The app on Douyin of every product started here. Its platform is nobody, so that nothing comes by itself.
const (
	DouyinKey    = "rig-app"
	DouyinSecret = "rig-app-secret"
)

// Start runs a binary on a data folder and returns once it is ready. The process ends with the context.
func Start(ctx context.Context, binary, data string, port int, settings ...string) (*Product, error) {
	p := &Product{URL: fmt.Sprintf("http://127.0.0.1:%d", port), log: &lockedBuffer{}, ended: make(chan struct{})}
	p.command = exec.CommandContext(ctx, binary, "serve")
	p.command.Env = append(plain(p.command.Environ()),
		fmt.Sprintf("KELIU_LISTEN=127.0.0.1:%d", port), "KELIU_DATA="+data, "KELIU_DEMO=true", "KELIU_DEMO_PASSWORD="+Password,
		"KELIU_DOUYIN_API=http://127.0.0.1:9", "KELIU_DOUYIN_CLIENT_KEY="+DouyinKey, "KELIU_DOUYIN_CLIENT_SECRET="+DouyinSecret)
	p.command.Env = append(p.command.Env, settings...)
	p.command.Stdout, p.command.Stderr = p.log, p.log
	began := time.Now()
	if err := p.command.Start(); err != nil {
		return nil, err
	}
	p.Process = p.command.Process
	go func() {
		p.command.Wait() // how it ended shows in its log; what matters is that it did
		close(p.ended)
	}()
	for {
		if answers(ctx, p.URL+"/readyz") {
			p.Took = time.Since(began)
			return p, nil
		}
		select {
		case <-p.ended:
			return nil, fmt.Errorf("the product ended at once:\n%s", p.log)
		case <-ctx.Done():
			return nil, errors.Join(ctx.Err(), p.Kill())
		case <-time.After(2 * time.Millisecond):
		}
		if time.Since(began) > time.Minute {
			return nil, errors.Join(fmt.Errorf("the product is not ready after a minute:\n%s", p.log), p.Kill())
		}
	}
}

// plain is the environment without settings of the product.
func plain(environment []string) (rest []string) {
	for _, e := range environment {
		if !strings.HasPrefix(e, "KELIU_") {
			rest = append(rest, e)
		}
	}
	return rest
}

func answers(ctx context.Context, url string) bool {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return false
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return false
	}
	response.Body.Close()
	return response.StatusCode == http.StatusOK
}

// Kill ends the process as a power cut would: at once, in the middle of whatever it does.
func (p *Product) Kill() error { return p.end(syscall.SIGKILL) }

// Stop ends the process as an operator does.
func (p *Product) Stop() error { return p.end(syscall.SIGTERM) }

func (p *Product) end(signal syscall.Signal) error {
	if err := p.Process.Signal(signal); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	select {
	case <-p.ended:
		return nil
	case <-time.After(30 * time.Second):
		return errors.Join(fmt.Errorf("the product does not end:\n%s", p.log), p.Process.Kill())
	}
}

// Log is what the product has written.
func (p *Product) Log() string { return p.log.String() }

// Resident is the resident memory of the process in bytes.
func (p *Product) Resident() (int64, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.Process.Pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(status)) {
		var kb int64
		if n, _ := fmt.Sscanf(line, "VmRSS: %d kB", &kb); n == 1 {
			return kb << 10, nil
		}
	}
	return 0, errors.New("the system does not tell the resident memory")
}

// A lockedBuffer may be written and read at the same time.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

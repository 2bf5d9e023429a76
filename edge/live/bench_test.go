package live_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/cloudwego/hertz/pkg/app"
	"github.com/cloudwego/hertz/pkg/app/server"
	"github.com/cloudwego/hertz/pkg/common/hlog"
	"github.com/cloudwego/hertz/pkg/network/standard"
	"github.com/gobwas/ws"

	"keliu/edge/live"
)

// serverOnly makes this test binary a server in a process of its own, so that its memory can be measured.
const serverOnly = "KELIU_TEST_LIVE_SERVER"

func TestMain(m *testing.M) {
	if os.Getenv(serverOnly) != "" {
		if err := serve(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// serve prints its address and serves until its input ends.
func serve() error {
	hlog.SetLevel(hlog.LevelFatal)
	hub, err := live.Open(live.Options{})
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	h := server.New(append(live.ServerOptions(), server.WithListener(listener), server.WithTransport(standard.NewTransporter))...)
	h.GET("/live/:topic", func(ctx context.Context, c *app.RequestContext) {
		refuse(c, hub.ServeWebSocket(ctx, c, c.Param("topic"), 0, func(_ context.Context, frame []byte) []byte { return frame }))
	})
	go func() {
		if err := h.Run(); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
	}()
	fmt.Println(listener.Addr())
	_, err = io.Copy(io.Discard, os.Stdin)
	return err
}

// BenchmarkIdleWebSocket reports the resident memory of the server for each of ten thousand connections that
// have spoken once.
func BenchmarkIdleWebSocket(b *testing.B) {
	const n = 10_000
	for b.Loop() {
		address, pid, stop := startServer(b)
		connections := make([]rough, 0, n)
		grow := func(to int) int64 {
			for len(connections) < to {
				r := handshake(b, &house{address: address}, strconv.Itoa(len(connections)), text("hi"))
				if _, err := ws.ReadFrame(r.r); err != nil {
					b.Fatal(err)
				}
				r.r = nil // the client's memory is not what is measured, but it is needed
				connections = append(connections, r)
			}
			return resident(b, pid)
		}
		few := grow(n / 100)
		all := grow(n)
		b.ReportMetric(float64(all-few)/float64(n-n/100), "B/conn")
		b.ReportMetric(float64(all)/n, "B/conn-with-process")
		if perConnection := (all - few) / (n - n/100); perConnection > 12<<10 {
			b.Errorf("%d bytes a connection", perConnection)
		}
		for _, r := range connections {
			_ = r.Close()
		}
		stop()
	}
}

func startServer(b *testing.B) (address string, pid int, stop func()) {
	b.Helper()
	cmd := exec.CommandContext(b.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), serverOnly+"=1")
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		b.Fatal(err)
	}
	return strings.TrimSpace(line), cmd.Process.Pid, func() {
		_ = in.Close()
		if err := cmd.Wait(); err != nil {
			b.Error(err)
		}
	}
}

// resident is the resident memory of a process in bytes.
func resident(b *testing.B, pid int) int64 {
	b.Helper()
	status, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "status"))
	if err != nil {
		b.Skip("needs /proc")
	}
	for line := range bytes.Lines(status) {
		var kilobytes int64
		if _, err := fmt.Sscanf(string(line), "VmRSS: %d kB", &kilobytes); err == nil {
			return kilobytes << 10
		}
	}
	b.Fatal("no VmRSS")
	return 0
}

// BenchmarkTell measures the spreading of one event to a thousand WebSockets that read, in deliveries.
func BenchmarkTell(b *testing.B) {
	const listeners = 1000
	h := open(b, live.Options{Queue: 1 << 20}, live.ServerOptions()...)
	var clients sync.WaitGroup
	for range listeners {
		r := handshake(b, h, "c1", "")
		clients.Go(func() {
			if _, err := io.Copy(io.Discard, r.r); err != nil {
				b.Error(err)
			}
			_ = r.Close()
		})
	}
	listens(b, h, listeners)
	payload := []byte(`{"text":"您的包裹已经到达杭州转运中心，预计明天送达。"}`)
	var id int64
	b.ReportAllocs()
	start := time.Now()
	for b.Loop() {
		id++
		h.hub.Tell("c1", id, "reply", payload)
	}
	if err := h.hub.Close(); err != nil { // returns when everything is written
		b.Fatal(err)
	}
	clients.Wait()
	b.ReportMetric(float64(h.hub.Counters().Told)/time.Since(start).Seconds(), "deliveries/s")
}

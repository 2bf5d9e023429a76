package influx_test

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	influxdb2 "github.com/influxdata/influxdb-client-go/v2"

	"keliu/streams/desk"
	"keliu/streams/meter"
	"keliu/streams/meter/influx"
)

var (
	outage  = flag.Duration("outage", 3*time.Second, "how long the server is away")
	program = flag.String("influxd", "", "the server's program; that of make engines when empty")
)

// A daemon is a real server of a test's own, which can be killed.
type daemon struct {
	program, dir, listen string
	cmd                  *exec.Cmd
}

const token = "a-token-of-the-tests"

// launch starts a server and sets it up, or skips the test.
func launch(t *testing.T) *daemon {
	t.Helper()
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	d := &daemon{program: cmp.Or(*program, filepath.Join(cache, "keliu", "engines", "influxdb-2.7.12", "influxd")), dir: t.TempDir()}
	if _, err := os.Stat(d.program); err != nil {
		t.Skipf("no InfluxDB to start and stop: %v; make engines builds one, -influxd names another", err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	d.listen = l.Addr().String()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	d.start(t)
	t.Cleanup(func() { d.kill(t) })
	client := influxdb2.NewClient("http://"+d.listen, "")
	defer client.Close()
	if _, err := client.SetupWithToken(t.Context(), "keliu", "a-password", "keliu", "keliu", 0, token); err != nil {
		t.Fatal(err)
	}
	return d
}

func (d *daemon) address() string {
	return "influx://" + d.listen + "?org=keliu&bucket=keliu&token=" + token
}

// start starts the server on what it had before, and waits until it answers.
func (d *daemon) start(t *testing.T) {
	t.Helper()
	var said bytes.Buffer
	d.cmd = exec.Command(d.program, "--http-bind-address", d.listen, "--reporting-disabled", "--log-level", "error",
		"--bolt-path", filepath.Join(d.dir, "bolt"), "--engine-path", filepath.Join(d.dir, "engine"), "--sqlite-path", filepath.Join(d.dir, "sqlite"))
	d.cmd.Stdout, d.cmd.Stderr = &said, &said
	if err := d.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	client := influxdb2.NewClientWithOptions("http://"+d.listen, "", influxdb2.DefaultOptions().SetLogLevel(0))
	defer client.Close()
	for deadline := time.Now().Add(time.Minute); ; <-time.After(50 * time.Millisecond) {
		if ready, err := client.Ping(t.Context()); ready && err == nil {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("the server does not answer:\n%s", said.String())
		}
	}
}

// kill ends the server as a crash does.
func (d *daemon) kill(t *testing.T) {
	t.Helper()
	if err := d.cmd.Process.Kill(); err != nil {
		t.Error(err)
	}
	var killed *exec.ExitError
	if err := d.cmd.Wait(); !errors.As(err, &killed) {
		t.Errorf("the killed server ended with %v", err)
	}
}

// While the server is away everything is taken, also over a restart of the process; when it is back it has it all, once.
func TestOutageLosesNothingAndHoldsUpNobody(t *testing.T) {
	d := launch(t)
	want := embedded(t, meter.Options{})
	dir := t.TempDir()
	m, err := influx.Open(t.Context(), dir, d.address(), influx.Options{})
	if err != nil {
		t.Fatal(err)
	}
	begin := time.Now().UTC().Truncate(time.Minute).Add(-time.Hour)
	question := meter.Question{Name: "n", Statistic: meter.Sum, From: begin, To: begin.Add(time.Hour), Step: time.Minute}
	n := 0
	var slowest time.Duration
	more := func() {
		// Never the same millisecond, so that it is clear which is the last.
		at := begin.Add(time.Duration(n%3600)*time.Second + time.Duration(n/3600)*time.Millisecond)
		r := record{fmt.Sprint("r", n), []meter.Point{{Name: "n", Value: float64(n%97 + 1), At: at}}}
		n++
		add(t, want, r)
		start := time.Now()
		add(t, m, r)
		slowest = max(slowest, time.Since(start))
	}
	for range 200 {
		more()
	}
	agree(t, m, want, []meter.Question{question})
	slowest = 0

	d.kill(t)
	before, half, end := n, time.After(*outage/2), time.After(*outage)
	pace := time.NewTicker(5 * time.Millisecond)
	defer pace.Stop()
	for away := true; away; {
		select {
		case <-half:
			if _, err := m.Ask(t.Context(), question); !errors.Is(err, desk.ErrUnavailable) {
				t.Errorf("a question in the outage: %v", err)
			}
			shut(t, m)
			if m, err = influx.Open(t.Context(), dir, d.address(), influx.Options{}); err != nil {
				t.Fatal("opened in the outage:", err)
			}
		case <-end:
			away = false
		case <-pace.C:
			more()
		}
	}
	defer func() { shut(t, m) }()
	if m.Waiting() != int64(n-before) {
		t.Errorf("%d records wait, want the %d that were added in the outage", m.Waiting(), n-before)
	}
	t.Logf("%d records were added in an outage of %s, the slowest took %s", n-before, *outage, slowest)

	d.start(t)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	back := time.Now()
	for {
		_, err := m.Ask(ctx, question)
		if err == nil {
			break
		}
		if !errors.Is(err, desk.ErrUnavailable) || ctx.Err() != nil {
			t.Fatal("after the outage:", err)
		}
		<-time.After(20 * time.Millisecond)
	}
	t.Logf("all were at the server %s after it was back", time.Since(back))
	for _, s := range []meter.Statistic{meter.Sum, meter.Count, meter.Last, meter.Max, meter.P90} {
		question.Statistic = s
		agree(t, m, want, []meter.Question{question})
	}
	if m.Waiting() != 0 {
		t.Errorf("%d records wait still", m.Waiting())
	}
}

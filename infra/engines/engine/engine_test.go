package engine_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"keliu/infra/engines/engine"
)

// A sleeper is an engine that does nothing.
type sleeper struct {
	args     []string
	unready  error
	unfitted error // what Install fails with
}

func (s *sleeper) Name() string                                { return "sleeper" }
func (s *sleeper) Setting() string                             { return "" }
func (s *sleeper) Install(context.Context, func(string)) error { return s.unfitted }
func (s *sleeper) Ready(context.Context) error                 { return s.unready }
func (s *sleeper) Command(context.Context) (*exec.Cmd, error) {
	return exec.Command(s.args[0], s.args[1:]...), nil
}

func machine(t *testing.T) engine.Machine {
	m := engine.Machine{Dir: t.TempDir(), Messages: new(bytes.Buffer), Patience: time.Second}
	t.Cleanup(func() {
		if _, err := m.Down(context.Background(), &sleeper{}); err != nil {
			t.Error(err)
		}
	})
	return m
}

// noted is the process that a machine has noted.
func noted(t *testing.T, m engine.Machine) *engine.Process {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(m.Dir, "sleeper.json"))
	if err != nil {
		t.Fatal(err)
	}
	var p engine.Process
	if err := json.Unmarshal(text, &p); err != nil {
		t.Fatal(err)
	}
	return &p
}

func TestUpIsSafeToRunTwiceAndDownStopsWhatItStarted(t *testing.T) {
	m, e := machine(t), &sleeper{args: []string{"sleep", "600"}}
	for range 2 {
		if err := m.Up(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
	p := noted(t, m)
	if said := m.Messages.(*bytes.Buffer).String(); strings.Count(said, "started") != 1 {
		t.Errorf("messages are %q, want one start", said)
	}
	if is, err := m.Status(t.Context(), e); err != nil || !strings.HasPrefix(is, "ready") {
		t.Errorf("status is %q (%v), want ready", is, err)
	}
	later := engine.Machine{Dir: m.Dir, Messages: m.Messages} // as another program would
	if ran, err := later.Down(t.Context(), e); err != nil || !ran {
		t.Errorf("Down: %v, %v, want that it ran", ran, err)
	}
	if p.Runs() {
		t.Error("it runs after Down")
	}
	if ran, err := later.Down(t.Context(), e); err != nil || ran {
		t.Errorf("the second Down: %v, %v, want that it did not run", ran, err)
	}
	if is, err := m.Status(t.Context(), e); err != nil || is != "stopped" {
		t.Errorf("status is %q (%v), want stopped", is, err)
	}
}

// The number of a process is given to another one day.
func TestDownLeavesAnotherProcessAlone(t *testing.T) {
	m, e := machine(t), &sleeper{args: []string{"sleep", "600"}}
	other, err := engine.Start(exec.Command("sleep", "600"), filepath.Join(t.TempDir(), "log"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := other.Kill(); err != nil {
			t.Error(err)
		}
	}()
	note, err := json.Marshal(engine.Process{PID: other.PID, Started: "1"})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(m.Dir, "sleeper.json"), note, 0o600); err != nil {
		t.Fatal(err)
	}
	if ran, err := m.Down(t.Context(), e); err != nil || ran {
		t.Errorf("Down: %v, %v, want that it did not run", ran, err)
	}
	if !other.Runs() {
		t.Error("Down stopped a process that it has not started")
	}
}

func TestUpSaysWhatIsWrong(t *testing.T) {
	broken := errors.New("broken")
	for name, c := range map[string]struct {
		engine *sleeper
		want   string
	}{
		"not installed": {&sleeper{unfitted: broken}, "install sleeper: broken"},
		"ends":          {&sleeper{args: []string{"false"}, unready: broken}, "ended"},
		"never ready":   {&sleeper{args: []string{"sleep", "600"}, unready: broken}, "does not get ready: broken"},
		"no program":    {&sleeper{args: []string{"/nowhere/server"}}, "start sleeper"},
	} {
		t.Run(name, func(t *testing.T) {
			err := machine(t).Up(t.Context(), c.engine)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("Up: %v, want something about %q", err, c.want)
			}
		})
	}
}

func TestStopKillsWhatDoesNotListen(t *testing.T) {
	ready := filepath.Join(t.TempDir(), "ready")
	p, err := engine.Start(exec.Command("sh", "-c", "trap '' TERM; touch "+ready+"; while :; do sleep 1; done"), ready+".log")
	if err != nil {
		t.Fatal(err)
	}
	for _, err := os.Stat(ready); err != nil; _, err = os.Stat(ready) {
		<-time.After(time.Millisecond)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel() // does not wait half a minute
	if err := p.Stop(ctx); err != nil {
		t.Fatal(err)
	}
	if p.Runs() {
		t.Error("it runs after Stop")
	}
}

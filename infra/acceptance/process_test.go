package acceptance_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"strings"
	"testing"

	"keliu/infra/rig"
)

// A built is the product as a binary.
type built struct {
	*testing.T
	binary string
}

// The product as an operator has it: a program with an environment, a folder and a disk.
func TestProcess(t *testing.T) {
	binary, err := rig.Build(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for name, part := range map[string]func(built){
		"wrong use": wrongUse, "wrong settings": wrongSettings, "help": help, "eval": evalTasks, "eval retrieval": evalRetrieval,
		"taken": taken, "audit": auditTouched, "full disk": fullDisk, "full store": fullStore, "no disk": noDisk,
	} {
		t.Run(name, func(t *testing.T) { part(built{t, binary}) })
	}
}

// An ending is how a run of the program ended.
type ending struct {
	code     int
	out, err string
}

// run runs the program to its end with settings of its own, NAME=value.
func (b built) run(in string, settings []string, args ...string) ending {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.Context(), patience)
	defer cancel()
	var out, messages bytes.Buffer
	c := exec.CommandContext(ctx, b.binary, args...)
	c.Dir = b.TempDir()
	c.Env = append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + c.Dir}, settings...)
	c.Stdin, c.Stdout, c.Stderr = strings.NewReader(in), &out, &messages
	err := c.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		b.Fatal(err)
	}
	return ending{c.ProcessState.ExitCode(), out.String(), messages.String()}
}

// start starts the program on a folder and a port of its own.
func (b built) start(dir string, settings ...string) *house {
	b.Helper()
	port, err := rig.Port()
	if err != nil {
		b.Fatal(err)
	}
	p, err := rig.Start(b.Context(), b.binary, dir, port, settings...)
	if err != nil {
		b.Fatal(err)
	}
	h := &house{T: b.T, url: p.URL, dir: dir, log: &strings.Builder{}}
	h.stop = func() {
		if err := p.Stop(); err != nil {
			b.Error(err)
		}
		h.log.WriteString(p.Log())
		h.stop = func() {}
	}
	b.Cleanup(func() { h.stop() })
	return h
}

package engine

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// A Process is a server that runs on after the program that started it has ended. Its number alone does not tell it from a
// later process, the time of its start does.
type Process struct {
	PID     int    `json:"pid"`
	Started string `json:"started"` // as the kernel counts
}

// Start starts a command in a session of its own. What it says goes to a file.
func Start(cmd *exec.Cmd, log string) (*Process, error) {
	out, err := os.OpenFile(log, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o644)
	if err != nil {
		return nil, err
	}
	defer out.Close()
	cmd.Stdout, cmd.Stderr = out, out
	if cmd.SysProcAttr == nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{}
	}
	cmd.SysProcAttr.Setsid = true
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p := &Process{PID: cmd.Process.Pid}
	_, p.Started, err = stat(p.PID)
	// While this program lives, an ended child must be waited for, or it stays in the table of processes.
	go func() { _ = cmd.Wait() }()
	if err != nil {
		return nil, fmt.Errorf("it ended at once: %w", err)
	}
	return p, nil
}

// load reads which process a note is about; nil when there is no note.
func load(note string) (*Process, error) {
	text, err := os.ReadFile(note)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var p Process
	if err := json.Unmarshal(text, &p); err != nil {
		return nil, fmt.Errorf("%s: %w", note, err)
	}
	return &p, nil
}

func (p *Process) save(note string) error {
	text, err := json.Marshal(p)
	if err != nil {
		return err
	}
	return os.WriteFile(note, text, 0o644)
}

// stat returns whether anything of a process is left, and when it was started.
func stat(pid int) (left bool, started string, err error) {
	text, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return false, "", err
	}
	// The name of the program stands in parentheses and may hold anything.
	fields := strings.Fields(string(text[strings.LastIndexByte(string(text), ')')+1:]))
	const state, threads, start = 0, 17, 19
	if len(fields) <= start {
		return false, "", fmt.Errorf("process %d has a stat of %d fields", pid, len(fields))
	}
	// One that has ended and was not waited for is still listed; it has its ports until its last thread is gone.
	ended := fields[state] == "Z" && fields[threads] <= "1"
	return !ended, fields[start], nil
}

// Runs reports whether the process lives.
func (p *Process) Runs() bool {
	left, started, err := stat(p.PID)
	return err == nil && left && started == p.Started
}

// grace is how long a server may take to end by itself.
const grace = 30 * time.Second

// Stop asks the process to end, and kills it when it does not within half a minute. It returns when it has ended.
func (p *Process) Stop(ctx context.Context) error {
	if err := p.signal(syscall.SIGTERM); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, grace)
	defer cancel()
	if p.gone(ctx) {
		return nil
	}
	return p.Kill()
}

// Kill ends the process as a loss of power would, and returns when it has ended.
func (p *Process) Kill() error {
	if err := p.signal(syscall.SIGKILL); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), grace)
	defer cancel()
	if !p.gone(ctx) {
		return fmt.Errorf("process %d does not end", p.PID)
	}
	return nil
}

// signal signals the process unless it has ended.
func (p *Process) signal(s syscall.Signal) error {
	if !p.Runs() {
		return nil
	}
	if err := syscall.Kill(p.PID, s); err != nil && !errors.Is(err, syscall.ESRCH) {
		return fmt.Errorf("process %d: %w", p.PID, err)
	}
	return nil
}

// gone waits until the process has ended, or ctx is done.
func (p *Process) gone(ctx context.Context) bool {
	look := time.NewTicker(20 * time.Millisecond)
	defer look.Stop()
	for p.Runs() {
		select {
		case <-look.C:
		case <-ctx.Done():
			return false
		}
	}
	return true
}

// Package machine tells on what machine something is measured.
package machine

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// A Machine is where it was measured.
type Machine struct {
	CPU     string  `json:"cpu"`
	CPUs    int     `json:"cpus"`
	OS      string  `json:"os"`
	Go      string  `json:"go"`
	Fsync   float64 `json:"fsync_per_s"` // of 300 bytes appended
	Busy    float64 `json:"busy"`        // share of the processors that others used before the measuring began, 0–1
	Started string  `json:"started"`
}

// Describe looks at the machine. dir is on the disk that counts.
func Describe(dir string) (Machine, error) {
	m := Machine{CPUs: runtime.NumCPU(), OS: runtime.GOOS + "/" + runtime.GOARCH, Go: runtime.Version(), Started: time.Now().UTC().Format(time.RFC3339)}
	info, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return m, err
	}
	for line := range strings.Lines(string(info)) {
		if name, value, _ := strings.Cut(line, ":"); strings.TrimSpace(name) == "model name" {
			m.CPU = strings.TrimSpace(value)
			break
		}
	}
	if m.Busy, err = busy(300 * time.Millisecond); err != nil {
		return m, err
	}
	m.Fsync, err = fsyncs(filepath.Join(dir, "fsync"), 200*time.Millisecond)
	return m, err
}

// busy is the share of the processors in use for a while.
func busy(during time.Duration) (float64, error) {
	idle, all, err := ticks()
	if err != nil {
		return 0, err
	}
	time.Sleep(during)
	idleNow, allNow, err := ticks()
	if err != nil || allNow == all {
		return 0, err
	}
	return 1 - (idleNow-idle)/(allNow-all), nil
}

// ticks are the idle and all ticks of the processors since the machine's start.
func ticks() (idle, all float64, err error) {
	stat, err := os.ReadFile("/proc/stat")
	if err != nil {
		return 0, 0, err
	}
	line, _, _ := strings.Cut(string(stat), "\n")
	for i, field := range strings.Fields(line)[1:] {
		n, err := strconv.ParseFloat(field, 64)
		if err != nil {
			return 0, 0, fmt.Errorf("/proc/stat: %w", err)
		}
		all += n
		if i == 3 || i == 4 { // idle and waiting for the disk
			idle += n
		}
	}
	return idle, all, nil
}

// fsyncs is how many appends a second reach the disk one after the other.
func fsyncs(path string, during time.Duration) (float64, error) {
	f, err := os.Create(path)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	n, began := 0, time.Now()
	for ; time.Since(began) < during; n++ {
		if _, err := f.Write(make([]byte, 300)); err != nil {
			return 0, err
		}
		if err := f.Sync(); err != nil {
			return 0, err
		}
	}
	return float64(n) / time.Since(began).Seconds(), nil
}

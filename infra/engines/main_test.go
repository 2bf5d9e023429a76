package main

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

func TestWrongUse(t *testing.T) {
	for _, args := range [][]string{nil, {"start"}, {"up", "kafka"}, {"status", "pulsar", "kafka"}} {
		if err := run(t.Context(), args, new(bytes.Buffer), new(bytes.Buffer)); !errors.Is(err, errUse) {
			t.Errorf("engines %v: %v, want wrong use", args, err)
		}
	}
}

func TestHelp(t *testing.T) {
	for _, args := range [][]string{{"--help"}, {"help"}, {"up", "--help"}} {
		var out bytes.Buffer
		if err := run(t.Context(), args, &out, new(bytes.Buffer)); err != nil || !strings.Contains(out.String(), "status") {
			t.Errorf("engines %v: %v, %q", args, err, out.String())
		}
	}
}

// Ports above 32767 are handed out by the system to whoever calls out.
func TestEnginesOfAName(t *testing.T) {
	chosen, err := choose(all(t.TempDir()), []string{"influx", "pulsar"})
	if err != nil || len(chosen) != 2 || chosen[0].Name() != "pulsar" || chosen[1].Name() != "influx" {
		t.Errorf("chosen: %v, %v", chosen, err)
	}
	want := []string{
		"KELIU_STREAMS=pulsar://127.0.0.1:16650/keliu/desk",
		"KELIU_STORE=postgres://keliu:keliu@127.0.0.1:15432/keliu",
		"KELIU_METRICS=influx://127.0.0.1:18086?org=keliu&bucket=keliu&token=keliu-engines-token",
	}
	for i, e := range all(t.TempDir()) {
		if e.Setting() != want[i] {
			t.Errorf("setting %q, want %q", e.Setting(), want[i])
		}
	}
}

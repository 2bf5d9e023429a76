package backends_test

import (
	"errors"
	"strings"
	"testing"

	"keliu/functions/catalog/backends"
	"keliu/streams/desk"
)

func TestEmbedded(t *testing.T) {
	o := backends.Opener{Dir: t.TempDir()}
	log, err := o.Streams(t.Context(), "embedded:")
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	m, err := o.Meter(t.Context(), "embedded:")
	if err != nil {
		t.Fatal(err)
	}
	defer m.Close()
	if _, err := o.Streams(t.Context(), "embedded:"); err == nil {
		t.Error("the folder was opened twice")
	}
}

// What is wrong is named with what is right, and with no secret.
func TestRefused(t *testing.T) {
	o := backends.Opener{Dir: t.TempDir()}
	const cluster = "pulsar://host:6650/tenant/namespace"
	for address, want := range map[string]string{
		"":                                     "embedded:",
		"embedded:?fsync=off":                  "embedded:, without parameters",
		"kafka://host/?token=secret":           cluster,
		"pulsar:":                              cluster,
		"pulsar://host:6650/a":                 cluster,
		"pulsar://host:6650/a/b?tokn=secret":   `no parameter "tokn"`,
		"pulsar+ssl://host/a/b?token=secret":   "no host and port",
		"pulsar+tls://h:1/a/b?password=secret": cluster,
	} {
		log, err := o.Streams(t.Context(), address)
		if log != nil || !errors.Is(err, desk.ErrInvalid) || !strings.Contains(err.Error(), "KELIU_STREAMS") || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want KELIU_STREAMS and %q", address, err, want)
		}
		if err != nil && strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: the error shows the secret: %v", address, err)
		}
	}
	const metrics = "influx://host:8086?org=…&bucket=…&token=…"
	for address, want := range map[string]string{
		"":                                      "embedded:",
		"embedded:x":                            "embedded:, without parameters",
		"statsd://host:8125?token=secret":       metrics,
		"influx:":                               metrics,
		"influx://host:8086?org=o&token=secret": `does not say "bucket"`,
		"influx://host:8086?org=o&tokne=secret": `no parameter "tokne"`,
		"influx+ssl://host?bucket=b&token=secret": "no host and port",
	} {
		m, err := o.Meter(t.Context(), address)
		if m != nil || !errors.Is(err, desk.ErrInvalid) || !strings.Contains(err.Error(), "KELIU_METRICS") || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want KELIU_METRICS and %q", address, err, want)
		}
		if err != nil && strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: the error shows the secret: %v", address, err)
		}
	}
}

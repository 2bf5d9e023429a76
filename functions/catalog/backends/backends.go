// Package backends opens the engines that the settings name by URL: a folder of this process, or servers that several share.
package backends

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"time"

	"keliu/streams"
	"keliu/streams/desk"
	"keliu/streams/embedded"
	"keliu/streams/meter"
	"keliu/streams/meter/influx"
	"keliu/streams/pulsar"
)

// workers is how many records of a subscription are handled at the same time. A turn may wait for a model.
const workers = 256

// An Opener opens engines. Dir is the folder of what is embedded.
type Opener struct {
	Dir string
	Log *slog.Logger
	Now func() time.Time
}

// Streams opens the log that KELIU_STREAMS names. It waits for a cluster that does not answer until ctx is done.
func (o Opener) Streams(ctx context.Context, address string) (log streams.Log, err error) {
	switch scheme, rest, _ := strings.Cut(address, ":"); {
	case scheme == "embedded" && rest == "":
		log, err = embedded.Open(filepath.Join(o.Dir, "streams"), embedded.Options{Log: o.Log, Workers: workers, Now: o.Now, Retention: keep})
	case scheme == "pulsar" || scheme == "pulsar+ssl":
		log, err = pulsar.Open(ctx, address, pulsar.Options{Log: o.Log, Workers: workers, Now: o.Now})
	default:
		return nil, refuse("KELIU_STREAMS", address, "embedded:, without parameters, and pulsar://host:6650/tenant/namespace")
	}
	if err != nil {
		return nil, fmt.Errorf("KELIU_STREAMS: %w", err)
	}
	return log, nil
}

// Meter opens the meter that KELIU_METRICS names. A server that does not answer holds up nobody: what is counted waits on disk.
func (o Opener) Meter(ctx context.Context, address string) (m meter.Meter, err error) {
	switch scheme, rest, _ := strings.Cut(address, ":"); {
	case scheme == "embedded" && rest == "":
		m, err = meter.Open(filepath.Join(o.Dir, "metrics"), meter.Options{Log: o.Log, Now: o.Now})
	case scheme == "influx" || scheme == "influx+ssl":
		m, err = influx.Open(ctx, filepath.Join(o.Dir, "metrics"), address, influx.Options{Log: o.Log, Now: o.Now})
	default:
		return nil, refuse("KELIU_METRICS", address, "embedded:, without parameters, and influx://host:8086?org=…&bucket=…&token=…")
	}
	if err != nil {
		return nil, fmt.Errorf("KELIU_METRICS: %w", err)
	}
	return m, nil
}

// refuse says what is right. What follows a question mark may be secret.
func refuse(name, value, right string) error {
	shown, _, more := strings.Cut(value, "?")
	if more {
		shown += "?…"
	}
	return fmt.Errorf("%s=%q: this version knows %s: %w", name, shown, right, desk.ErrInvalid)
}

// keep is how long the embedded log remembers what every subscription has handled. What was said stays in the store. A cluster is
// told when it is set up.
func keep(topic string) embedded.Keep {
	switch topic {
	case string(desk.Inbound), string(desk.Requests):
		return embedded.Keep{Age: 30 * 24 * time.Hour}
	}
	return embedded.Keep{Age: 7 * 24 * time.Hour}
}

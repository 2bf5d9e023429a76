// Package setup prepares the servers that the settings name, before a house is opened on them: keliu provision.
package setup

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"

	"keliu/functions/catalog/settings"
	"keliu/streams/meter/influx"
	bucket "keliu/streams/meter/influx/address"
	"keliu/streams/pulsar/address"
	"keliu/streams/pulsar/provision"
)

// A Plan says how the log on Pulsar is to be.
type Plan struct {
	Admin      string        // the cluster's admin interface; when empty, where it is by default on the broker's host
	Partitions int           // of each topic; not partitioned when 0 or 1
	Retention  time.Duration // how long records that every subscription has handled are kept; for ever when 0
	Clusters   []string      // between which the log is replicated; as it is when empty
}

// A Setup prepares servers.
type Setup struct {
	Say  func(string)      // told of each step, a line without its end
	Dry  bool              // tells what would change, and changes nothing
	Wire http.RoundTripper // http.DefaultTransport when nil
}

// Apply prepares what the settings name. It can be applied again, with the same plan or another. What is embedded, and the store,
// need no setting up.
func (s Setup) Apply(ctx context.Context, c settings.Config, p Plan) error {
	return errors.Join(s.streams(ctx, c.Streams, p), s.metrics(ctx, c.Metrics))
}

func (s Setup) streams(ctx context.Context, at string, p Plan) error {
	if at == "embedded:" {
		s.Say("KELIU_STREAMS: the log is embedded and needs no setting up")
		return nil
	}
	log, err := address.Parse(at)
	if err != nil {
		return fmt.Errorf("KELIU_STREAMS: %w", err)
	}
	admin := provision.Admin{URL: p.Admin, Token: log.Token, Client: s.client()}
	if admin.URL == "" {
		admin.URL = usual(log.Broker)
	}
	s.Say("KELIU_STREAMS: " + log.String() + ", set up through " + admin.URL)
	err = admin.Apply(ctx, provision.Plan{
		Tenant: log.Tenant, Namespace: log.Name, Partitions: p.Partitions, Retention: p.Retention, Clusters: p.Clusters,
	})
	if err != nil {
		return fmt.Errorf("KELIU_STREAMS: the admin interface %s, unless --pulsar-admin names another: %w", admin.URL, err)
	}
	return nil
}

func (s Setup) metrics(ctx context.Context, at string) error {
	if at == "embedded:" {
		s.Say("KELIU_METRICS: the meter is embedded and needs no setting up")
		return nil
	}
	to, err := bucket.Parse(at)
	if err != nil {
		return fmt.Errorf("KELIU_METRICS: %w", err)
	}
	what := fmt.Sprintf("the buckets %s and %s at %s, how long each keeps, and the task that sums up hours", to.Name, to.Hours(), to.Server)
	if s.Dry {
		s.Say("KELIU_METRICS: would set up " + what)
		return nil
	}
	if err := influx.Provision(ctx, at, influx.Options{}); err != nil {
		return fmt.Errorf("KELIU_METRICS: %w", err)
	}
	s.Say("KELIU_METRICS: set up are " + what)
	return nil
}

// usual is the admin interface of a broker that has its ports where Pulsar puts them.
func usual(broker string) string {
	scheme, at, _ := strings.Cut(broker, "://")
	host, _, err := net.SplitHostPort(at)
	if err != nil {
		host = at
	}
	if scheme == "pulsar+ssl" {
		return "https://" + net.JoinHostPort(host, "8443")
	}
	return "http://" + net.JoinHostPort(host, "8080")
}

func (s Setup) client() *http.Client {
	wire := s.Wire
	if wire == nil {
		wire = http.DefaultTransport
	}
	return &http.Client{Transport: recorder{wire, s.Say, s.Dry}, Timeout: time.Minute}
}

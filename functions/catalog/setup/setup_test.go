package setup_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"keliu/functions/catalog/settings"
	"keliu/functions/catalog/setup"
	"keliu/streams/desk"
)

// cluster is the admin interface of a cluster that has no tenant yet; it counts the changes that reach it.
func cluster(t *testing.T, changes *atomic.Int64) (admin string) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		switch {
		case q.Header.Get("Authorization") != "Bearer secret":
			http.Error(w, "who are you", http.StatusUnauthorized)
		case q.Method != http.MethodGet:
			changes.Add(1)
			w.WriteHeader(http.StatusNoContent)
		case strings.HasSuffix(q.URL.Path, "/clusters"):
			_, _ = io.WriteString(w, `["east","west"]`)
		default:
			_, _ = io.WriteString(w, `[]`)
		}
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func TestApply(t *testing.T) {
	for _, dry := range []bool{true, false} {
		var changes atomic.Int64
		var said []string
		s := setup.Setup{Dry: dry, Say: func(line string) { said = append(said, line) }}
		plan := setup.Plan{Admin: cluster(t, &changes), Partitions: 4, Retention: 24 * time.Hour, Clusters: []string{"east", "west"}}
		c := settings.Config{Streams: "pulsar://broker:6650/keliu/desk?token=secret", Metrics: "embedded:"}
		if err := s.Apply(t.Context(), c, plan); err != nil {
			t.Fatal(err)
		}
		all := strings.Join(said, "\n")
		did := "did "
		if dry {
			did = "would "
		}
		for _, want := range []string{
			`PUT /admin/v2/tenants/keliu {"allowedClusters":["east","west"],"adminRoles":[]}`,
			`PUT /admin/v2/namespaces/keliu/desk {}`,
			`POST /admin/v2/namespaces/keliu/desk/retention {"retentionSizeInMB":-1,"retentionTimeInMinutes":1440}`,
			`POST /admin/v2/namespaces/keliu/desk-state/replication ["east","west"]`,
		} {
			if !strings.Contains(all, did+want) {
				t.Errorf("dry %t: %q is not said:\n%s", dry, did+want, all)
			}
		}
		if told := int64(strings.Count(all, did)); dry && changes.Load() != 0 || !dry && changes.Load() != told {
			t.Errorf("dry %t: %d changes were made, %d said", dry, changes.Load(), told)
		}
		if strings.Contains(all, "secret") {
			t.Errorf("the token is said:\n%s", all)
		}
	}
}

func TestWhatIsEmbeddedNeedsNothing(t *testing.T) {
	said := 0
	s := setup.Setup{Say: func(string) { said++ }, Wire: refusing{}}
	if err := s.Apply(t.Context(), settings.Config{Streams: "embedded:", Metrics: "embedded:"}, setup.Plan{}); err != nil || said != 2 {
		t.Errorf("%v, %d lines said, want one for each", err, said)
	}
}

// A dry run says what would be set up on InfluxDB without asking it.
func TestBucketsInADryRun(t *testing.T) {
	var said strings.Builder
	s := setup.Setup{Dry: true, Say: func(line string) { said.WriteString(line) }}
	c := settings.Config{Streams: "embedded:", Metrics: "influx://nowhere.invalid:8086?org=keliu&bucket=desk&token=secret"}
	if err := s.Apply(t.Context(), c, setup.Plan{}); err != nil {
		t.Fatal(err)
	}
	if all := said.String(); !strings.Contains(all, "would set up the buckets desk and ") || strings.Contains(all, "secret") {
		t.Errorf("%q", all)
	}
}

// Without a server that answers, nothing is set up.
func TestBucketsOfNoServer(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	at := "influx" + strings.TrimPrefix(server.URL, "http") + "?org=keliu&bucket=desk&token=secret"
	server.Close()
	err := setup.Setup{Say: func(string) {}}.Apply(t.Context(), settings.Config{Streams: "embedded:", Metrics: at}, setup.Plan{})
	if !errors.Is(err, desk.ErrUnavailable) || strings.Contains(err.Error(), "secret") {
		t.Errorf("%v, want %v without the token", err, desk.ErrUnavailable)
	}
}

// refusing is a network on which nobody answers. It says whom it was asked for.
type refusing struct{}

func (refusing) RoundTrip(q *http.Request) (*http.Response, error) {
	return nil, errors.New("nobody at " + q.URL.Scheme + "://" + q.URL.Host)
}

// Where the admin interface is not named, it is looked for where Pulsar has it.
func TestTheUsualAdminInterface(t *testing.T) {
	for broker, want := range map[string]string{
		"pulsar://broker:6650":   "nobody at http://broker:8080",
		"pulsar://[::1]:6650":    "nobody at http://[::1]:8080",
		"pulsar+ssl://east:6651": "nobody at https://east:8443",
	} {
		s := setup.Setup{Say: func(string) {}, Wire: refusing{}}
		err := s.Apply(t.Context(), settings.Config{Streams: broker + "/keliu/desk", Metrics: "embedded:"}, setup.Plan{})
		if err == nil || !strings.Contains(err.Error(), want) || errors.Is(err, desk.ErrInvalid) {
			t.Errorf("%s: %v, want %q", broker, err, want)
		}
	}
}

func TestRefused(t *testing.T) {
	for _, c := range []settings.Config{
		{Streams: "kafka://host:9092/a/b?token=secret", Metrics: "embedded:"},
		{Streams: "pulsar://host:6650/a?token=secret", Metrics: "embedded:"},
		{Streams: "embedded:?token=secret", Metrics: "embedded:"},
		{Streams: "embedded:", Metrics: "statsd://host?token=secret"},
		{Streams: "embedded:", Metrics: "influx://host:8086?org=keliu&token=secret"},
	} {
		err := setup.Setup{Say: func(string) {}, Wire: refusing{}}.Apply(t.Context(), c, setup.Plan{})
		if !errors.Is(err, desk.ErrInvalid) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%+v: %v, want %v without the secret", c, err, desk.ErrInvalid)
		}
	}
}

package provision_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"keliu/streams/pulsar/provision"
)

// A registry answers like the admin interface and keeps what it was told.
type registry struct {
	mu    sync.Mutex
	told  map[string]any // by method and path
	fails string         // the path that is refused
}

func (r *registry) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	r.mu.Lock()
	defer r.mu.Unlock()
	path := strings.TrimPrefix(q.URL.Path, "/admin/v2/")
	if q.Header.Get("Authorization") != "Bearer secret" {
		http.Error(w, "who are you", http.StatusUnauthorized)
		return
	}
	if path == r.fails {
		http.Error(w, `{"reason":"no"}`, http.StatusForbidden)
		return
	}
	switch q.Method + " " + path {
	case "GET tenants":
		_, _ = io.WriteString(w, `["public"]`)
		return
	case "GET clusters":
		_, _ = io.WriteString(w, `["east","west","north"]`)
		return
	case "GET tenants/public":
		_, _ = io.WriteString(w, `{"adminRoles":["root"],"allowedClusters":["east"]}`)
		return
	}
	var value any
	if err := json.NewDecoder(q.Body).Decode(&value); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	what := q.Method + " " + path
	if _, there := r.told[what]; there && q.Method == http.MethodPut && strings.Count(path, "/") == 2 {
		http.Error(w, "exists", http.StatusConflict)
		return
	}
	r.told[what] = value
	w.WriteHeader(http.StatusNoContent)
}

func start(t *testing.T, r *registry) provision.Admin {
	r.told = map[string]any{}
	server := httptest.NewServer(r)
	t.Cleanup(server.Close)
	return provision.Admin{URL: server.URL + "/", Token: "secret", Client: server.Client()}
}

func TestApply(t *testing.T) {
	var r registry
	admin := start(t, &r)
	for range 2 { // the second time changes nothing
		if err := admin.Apply(t.Context(), provision.Plan{Tenant: "keliu", Namespace: "desk", Partitions: 3, Retention: 24 * time.Hour}); err != nil {
			t.Fatal(err)
		}
	}
	for what, want := range map[string]any{
		"PUT tenants/keliu":                                           map[string]any{"allowedClusters": []any{"east", "west", "north"}, "adminRoles": []any{}},
		"PUT namespaces/keliu/desk":                                   map[string]any{},
		"PUT namespaces/keliu/desk-state":                             map[string]any{},
		"POST namespaces/keliu/desk/retention":                        map[string]any{"retentionTimeInMinutes": 1440., "retentionSizeInMB": -1.},
		"POST namespaces/keliu/desk-state/retention":                  nil,
		"PUT namespaces/keliu/desk-state/compactionThreshold":         float64(16 << 20),
		"PUT namespaces/keliu/desk/compactionThreshold":               nil,
		"POST namespaces/keliu/desk/deduplication":                    true,
		"POST namespaces/keliu/desk-state/deduplication":              true,
		"POST namespaces/keliu/desk/maxUnackedMessagesPerConsumer":    0.,
		"POST namespaces/keliu/desk/autoTopicCreation":                map[string]any{"allowAutoTopicCreation": true, "topicType": "partitioned", "defaultNumPartitions": 3.},
		"POST namespaces/keliu/desk-state/autoTopicCreation":          map[string]any{"allowAutoTopicCreation": true, "topicType": "partitioned", "defaultNumPartitions": 3.},
		"POST namespaces/keliu/desk-state/maxUnackedMessagesPerTopic": nil,
	} {
		if diff := cmp.Diff(want, r.told[what]); diff != "" {
			t.Errorf("%s (-want +told):\n%s", what, diff)
		}
	}
}

func TestApplyForEver(t *testing.T) {
	var r registry
	if err := start(t, &r).Apply(t.Context(), provision.Plan{Tenant: "public", Namespace: "desk"}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]any{"retentionTimeInMinutes": -1., "retentionSizeInMB": -1.}, r.told["POST namespaces/public/desk/retention"]); diff != "" {
		t.Errorf("retention (-want +told):\n%s", diff)
	}
	if diff := cmp.Diff(map[string]any{"allowAutoTopicCreation": true, "topicType": "non-partitioned"}, r.told["POST namespaces/public/desk/autoTopicCreation"]); diff != "" {
		t.Errorf("topics (-want +told):\n%s", diff)
	}
	if _, told := r.told["PUT tenants/public"]; told {
		t.Error("a tenant that there is was made again")
	}
}

func TestApplyReplicates(t *testing.T) {
	plan := provision.Plan{Tenant: "keliu", Namespace: "desk", Clusters: []string{"east", "west"}}
	var fresh, used registry
	if err := start(t, &fresh).Apply(t.Context(), plan); err != nil {
		t.Fatal(err)
	}
	plan.Tenant = "public"
	if err := start(t, &used).Apply(t.Context(), plan); err != nil {
		t.Fatal(err)
	}
	both := []any{"east", "west"}
	for what, want := range map[string]any{
		"PUT tenants/keliu":                            map[string]any{"allowedClusters": both, "adminRoles": []any{}},
		"POST namespaces/keliu/desk/replication":       both,
		"POST namespaces/keliu/desk-state/replication": both,
	} {
		if diff := cmp.Diff(want, fresh.told[what]); diff != "" {
			t.Errorf("%s (-want +told):\n%s", what, diff)
		}
	}
	want := map[string]any{"allowedClusters": both, "adminRoles": []any{"root"}}
	if diff := cmp.Diff(want, used.told["POST tenants/public"]); diff != "" {
		t.Errorf("a tenant that there is (-want +told):\n%s", diff)
	}
	plan.Clusters = []string{"east", "south"}
	if err := start(t, &registry{}).Apply(t.Context(), plan); err == nil || !strings.Contains(err.Error(), `no cluster "south", but east, west, north`) {
		t.Errorf("a cluster that there is not: %v", err)
	}
}

func TestApplySaysWhatWasRefused(t *testing.T) {
	for _, path := range []string{"tenants", "clusters", "tenants/keliu", "namespaces/keliu/desk", "namespaces/keliu/desk-state/deduplication"} {
		r := registry{fails: path}
		err := start(t, &r).Apply(t.Context(), provision.Plan{Tenant: "keliu", Namespace: "desk"})
		if err == nil || !strings.Contains(err.Error(), "403") || !strings.Contains(err.Error(), `{"reason":"no"}`) {
			t.Errorf("%s refused: %v, want what the cluster said", path, err)
		}
	}
	admin := start(t, &registry{})
	admin.Token = ""
	if err := admin.Apply(t.Context(), provision.Plan{Tenant: "keliu", Namespace: "desk"}); err == nil || !strings.Contains(err.Error(), "who are you") {
		t.Errorf("without a token: %v", err)
	}
}

package pulsar_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"keliu/streams"
	"keliu/streams/pulsar"
	"keliu/streams/pulsar/address"
	"keliu/streams/pulsar/provision"
	"keliu/streams/streamtest"
)

// A cluster is a real one that the environment names: KELIU_TEST_PULSAR=pulsar://host:6650/tenant/namespace and
// KELIU_TEST_PULSAR_WEB=http://host:8080. Each test has a namespace of its own beside the one named.
type cluster struct {
	at    address.Namespace
	admin provision.Admin
}

func reach(t testing.TB) cluster {
	t.Helper()
	named, web := os.Getenv("KELIU_TEST_PULSAR"), os.Getenv("KELIU_TEST_PULSAR_WEB")
	if named == "" || web == "" {
		t.Skip("needs Pulsar: make test-engines")
	}
	at, err := address.Parse(named)
	if err != nil {
		t.Fatal(err)
	}
	return cluster{at, provision.Admin{URL: web, Token: at.Token}}
}

// fresh returns the address of a log that holds nothing yet.
func (c cluster) fresh(t testing.TB, partitions int) string {
	t.Helper()
	plan := provision.Plan{Tenant: c.at.Tenant, Namespace: "test-" + strings.ToLower(rand.Text()[:12]), Partitions: partitions}
	if err := c.admin.Apply(t.Context(), plan); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.remove(t, plan) })
	return fmt.Sprintf("%s/%s/%s", c.at.Broker, plan.Tenant, plan.Namespace)
}

// remove deletes both namespaces with all that is in them, if the cluster allows it.
func (c cluster) remove(t testing.TB, p provision.Plan) {
	for _, namespace := range []string{p.Namespace, p.Namespace + address.StateSuffix} {
		r, err := http.NewRequestWithContext(context.Background(), http.MethodDelete,
			c.admin.URL+"/admin/v2/namespaces/"+p.Tenant+"/"+namespace+"?force=true", http.NoBody)
		if err != nil {
			t.Error(err)
			return
		}
		response, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Error(err)
			return
		}
		response.Body.Close()
	}
}

func open(t testing.TB, url string) *pulsar.Log {
	t.Helper()
	log, err := pulsar.Open(t.Context(), url, pulsar.Options{Backoff: func(int) time.Duration { return 10 * time.Millisecond }})
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	return log
}

func TestContract(t *testing.T) {
	c := reach(t)
	for _, partitions := range []int{1, 3} {
		t.Run(fmt.Sprintf("%d partitions", partitions), func(t *testing.T) {
			streamtest.Run(t, func(t *testing.T) streamtest.Opener {
				url := c.fresh(t, partitions)
				return func(t *testing.T) streams.Log { return open(t, url) }
			})
		})
	}
}

package influx_test

import (
	"context"
	"crypto/sha256"
	"fmt"
	"net/url"
	"os"
	"testing"

	influxdb2 "github.com/influxdata/influxdb-client-go/v2"
	"github.com/influxdata/influxdb-client-go/v2/api"

	"keliu/streams/meter"
	"keliu/streams/meter/influx"
	"keliu/streams/meter/metertest"
)

// server is the address of a real server, or the test is skipped.
func server(t testing.TB) *url.URL {
	t.Helper()
	at := os.Getenv("KELIU_TEST_INFLUX")
	if at == "" {
		t.Skip("KELIU_TEST_INFLUX names no InfluxDB: make engines, then KELIU_TEST_INFLUX='influx://127.0.0.1:18086?org=keliu&bucket=keliu&token=…'")
	}
	u, err := url.Parse(at)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// bucket is the address of a bucket of its own for a folder. What is set up under it goes with the test.
func bucket(t testing.TB, dir string) string {
	u := server(t)
	query := u.Query()
	query.Set("bucket", fmt.Sprintf("test-%x", sha256.Sum256([]byte(dir)))[:21])
	u.RawQuery = query.Encode()
	c, _ := client(t, u.String())
	t.Cleanup(func() { remove(t, c, query.Get("bucket")) })
	return u.String()
}

func client(t testing.TB, at string) (influxdb2.Client, url.Values) {
	t.Helper()
	u, err := url.Parse(at)
	if err != nil {
		t.Fatal(err)
	}
	c := influxdb2.NewClient("http://"+u.Host, u.Query().Get("token"))
	t.Cleanup(c.Close)
	return c, u.Query()
}

func remove(t testing.TB, c influxdb2.Client, bucket string) {
	ctx := context.WithoutCancel(t.Context())
	for _, name := range []string{bucket, bucket + "_hours"} {
		b, err := c.BucketsAPI().FindBucketByName(ctx, name)
		if err != nil {
			continue // it was not made, or is gone
		}
		if err := c.BucketsAPI().DeleteBucket(ctx, b); err != nil {
			t.Error(err)
		}
	}
	tasks, err := c.TasksAPI().FindTasks(ctx, &api.TaskFilter{Name: "keliu hours of " + bucket})
	if err != nil {
		t.Error(err)
	}
	for _, task := range tasks {
		if err := c.TasksAPI().DeleteTask(ctx, &task); err != nil {
			t.Error(err)
		}
	}
}

func open(t testing.TB, dir string, o influx.Options) *influx.Meter {
	t.Helper()
	m, err := influx.Open(t.Context(), dir, bucket(t, dir), o)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestContract(t *testing.T) {
	server(t)
	metertest.Run(t, func(t *testing.T, place string) meter.Meter { return open(t, place, influx.Options{}) })
}

package influx_test

import (
	"crypto/sha256"
	"fmt"
	"net/url"
	"os"
	"testing"

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

// bucket is the address of a bucket of its own for a folder.
func bucket(t testing.TB, dir string) string {
	u := server(t)
	query := u.Query()
	query.Set("bucket", fmt.Sprintf("test-%x", sha256.Sum256([]byte(dir)))[:21])
	u.RawQuery = query.Encode()
	return u.String()
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

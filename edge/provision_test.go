package main

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestProvisionSaysWhatIsRight(t *testing.T) {
	for _, c := range []struct {
		streams string
		args    []string
		says    string // in the error
	}{
		{"embedded:", []string{"now"}, `"now"`},
		{"embedded:", []string{"--partitions", "0"}, "--partitions is 1 or more"},
		{"embedded:", []string{"--retention", "-1h"}, "--retention 0 or whole minutes"},
		{"embedded:", []string{"--retention", "30s"}, "--retention 0 or whole minutes"},
		{"pulsar://host:6650/keliu", nil, "pulsar://host:6650/tenant/namespace"},
	} {
		t.Setenv("KELIU_STREAMS", c.streams)
		err := run(t.Context(), append([]string{"provision"}, c.args...), strings.NewReader(""), io.Discard, io.Discard)
		var wrong misuse
		if !errors.As(err, &wrong) || !strings.Contains(wrong.sentence, c.says) {
			t.Errorf("%q on %s: %v, want wrong use and %q in it", c.args, c.streams, err, c.says)
		}
	}
}

func TestProvisionDry(t *testing.T) {
	cluster := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		if q.Method != http.MethodGet {
			t.Errorf("%s %s in a dry run", q.Method, q.URL)
		}
		_, _ = io.WriteString(w, `["east"]`)
	}))
	defer cluster.Close()
	t.Setenv("KELIU_STREAMS", "pulsar://broker:6650/keliu/desk")
	var out strings.Builder
	args := []string{"provision", "--dry-run", "--pulsar-admin", cluster.URL, "--retention", "48h", "--clusters", "east"}
	if err := run(t.Context(), args, strings.NewReader(""), &out, io.Discard); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"would PUT /admin/v2/tenants/keliu ", `"retentionTimeInMinutes":2880`, `"defaultNumPartitions":8`, `/desk-state/replication ["east"]`, "the meter is embedded",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is not in\n%s", want, &out)
		}
	}
}

package acceptance_test

import (
	"encoding/csv"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"keliu/infra/rig"
)

// A shown metric is one as the cockpit shows it.
type shown struct {
	Key, Name, Group, Good string
	Row                    int
	Value, Target          *float64
	Alarm                  bool
	Previous               *struct{ Value, Change *float64 }
	Series                 [][2]float64
}

// shows asks the cockpit.
func (h *house) shows(who *rig.Customer, query string) (all map[string]shown, demo bool) {
	h.Helper()
	var out struct {
		Metrics []shown
		Demo    *struct{ From, To time.Time }
	}
	h.do(who, http.MethodGet, "/api/v1/cockpit?"+query, nil, &out)
	all = map[string]shown{}
	for _, m := range out.Metrics {
		all[m.Key] = m
	}
	return all, out.Demo != nil
}

func TestTargetsAndAlarms(t *testing.T) {
	h := open(t, history)
	executive := h.staff("executive")
	h.enter(nil).ask("买了不合适可以退货吗")
	h.eventually("a session is counted", func() bool { return h.cockpit(executive, "")["sessions"] == 1 })

	h.do(executive, http.MethodPut, "/api/v1/cockpit/targets", map[string]any{"targets": []map[string]any{
		{"key": "sessions", "target": 10, "alarm": 0.5}, {"key": "ai_involvement", "alarm": 1}, {"key": "knowledge_hit", "target": 0.9, "alarm": 0.5},
	}}, nil)
	all, _ := h.shows(executive, "")
	for key, want := range map[string]bool{"sessions": true, "ai_involvement": false, "knowledge_hit": false} {
		if all[key].Alarm != want {
			t.Errorf("%s: %+v", key, all[key])
		}
	}
	if target := all["sessions"].Target; target == nil || *target != 10 || all["containment"].Target != nil {
		t.Errorf("targets: %+v", all["sessions"])
	}

	var lasting struct {
		Alarms   []struct{ Key string }
		Channels []string
		Gaps     []struct{ Row int }
	}
	h.do(executive, http.MethodGet, "/api/v1/cockpit?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z", nil, &lasting)
	if len(lasting.Alarms) != 1 || lasting.Alarms[0].Key != "sessions" || !slices.Equal(lasting.Channels, []string{"app", "douyin", "web"}) || len(lasting.Gaps) == 0 {
		t.Errorf("whatever is asked for: %+v", lasting)
	}

	put := func(user, body string) string {
		return h.refusedIn(request{http.MethodPut, "/api/v1/cockpit/targets", as(h.staff(user).Token), body})
	}
	for name, c := range map[string]struct{ user, body, want string }{
		"marketing":        {"marketing", `{"targets":[]}`, "403 role"},
		"agent":            {"agent", `{"targets":[]}`, "403 role"},
		"no such metric":   {"executive", `{"targets":[{"key":"luck","target":1}]}`, "400 metric_unknown"},
		"twice":            {"executive", `{"targets":[{"key":"sessions"},{"key":"sessions"}]}`, "400 metric_unknown"},
		"less than naught": {"executive", `{"targets":[{"key":"sessions","target":-1}]}`, "400 target_number"},
	} {
		if got := put(c.user, c.body); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	if all, _ := h.shows(executive, ""); !all["sessions"].Alarm {
		t.Error("what was refused has changed the targets")
	}
}

func TestTheCockpitComparesSplitsAndExports(t *testing.T) {
	h := open(t, history)
	executive := h.staff("executive")
	h.enter(nil).ask("买了不合适可以退货吗")
	h.inTheApp("可以开发票吗")
	h.eventually("two sessions are counted", func() bool { return h.cockpit(executive, "")["sessions"] == 2 })

	// The day before is made up, the last one is not.
	var all map[string]shown
	h.within(5*patience, "the history is counted", func() bool {
		before := time.Now().Add(-25 * time.Hour).Truncate(time.Hour)
		week, demo := h.shows(executive, "from="+strconv.FormatInt(before.AddDate(0, 0, -7).UnixMilli(), 10)+"&to="+strconv.FormatInt(before.UnixMilli(), 10)+"&step=86400")
		return demo && *week["sessions"].Value > 100 && *week["containment"].Value < 1
	})
	all, demo := h.shows(executive, "compare=previous")
	sessions := all["sessions"]
	var began struct{ Since time.Time }
	h.do(executive, http.MethodGet, "/api/v1/cockpit", nil, &began)
	if ago := time.Since(began.Since); ago < 0 || ago > 7*patience {
		t.Errorf("counting began at %s", began.Since)
	}
	for _, point := range sessions.Series {
		if at := time.UnixMilli(int64(point[0])).Add(time.Hour); !at.After(began.Since) {
			t.Errorf("a step that ends at %s, before anything was counted", at)
		}
	}
	if month, _ := h.shows(executive, "step=86400&compare=previous&from="+strconv.FormatInt(time.Now().AddDate(0, 0, -28).UnixMilli(), 10)); month["sessions"].Previous.Value != nil {
		t.Error("compared with a time of which nothing is known")
	}
	if demo || sessions.Previous == nil || sessions.Previous.Value == nil || sessions.Row != 1 {
		t.Fatalf("%+v", sessions)
	}
	if before := *sessions.Previous.Value; before > 0 && math.Abs(*sessions.Previous.Change-(2-before)/before) > 1e-9 {
		t.Errorf("%v before, changed by %v", before, *sessions.Previous.Change)
	}

	var detail struct {
		Metric shown
		Parts  []struct {
			Key   string
			Value float64
		}
	}
	h.do(executive, http.MethodGet, "/api/v1/cockpit/sessions?split=channel", nil, &detail)
	if len(detail.Parts) != 2 || detail.Parts[0].Value+detail.Parts[1].Value != *detail.Metric.Value || detail.Metric.Key != "sessions" {
		t.Errorf("%+v", detail)
	}
	for path, want := range map[string]string{
		"/api/v1/cockpit/luck": "404 metric_unknown", "/api/v1/cockpit/sessions?split=mood": "400 choice", "/api/v1/cockpit?compare=luck": "400 choice", "/api/v1/cockpit.csv?step=61": "400 step_minutes",
	} {
		if got := h.refusedIn(request{http.MethodGet, path, as(executive.Token), ""}); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}

	a := h.call(request{http.MethodGet, "/api/v1/cockpit.csv?compare=previous", as(executive.Token), ""})
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(a.body), "\ufeff"))).ReadAll()
	if err != nil || len(rows) != len(all)+1 || a.header.Get("Content-Type") != "text/csv; charset=utf-8" {
		t.Fatalf("%d rows of %d, %v, %v", len(rows), len(all), a.header, err)
	}
	for _, row := range rows[1:] {
		total := 0.0
		for _, cell := range row[11:] {
			if n, err := strconv.ParseFloat(cell, 64); err == nil {
				total += n
			}
		}
		if row[0] == "sessions" && (row[4] != "2" || total != 2) {
			t.Errorf("sessions are %s, and their steps %v", row[4], total)
		}
	}
}

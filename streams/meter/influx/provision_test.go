package influx_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/influxdata/influxdb-client-go/v2/api"
	"github.com/influxdata/influxdb-client-go/v2/domain"

	"keliu/streams/desk"
	"keliu/streams/meter"
	"keliu/streams/meter/influx"
)

const day = 24 * time.Hour

func TestProvisionMayRunAgain(t *testing.T) {
	at := bucket(t, t.TempDir())
	c, query := client(t, at)
	retention := func(name string) time.Duration {
		b, err := c.BucketsAPI().FindBucketByName(t.Context(), name)
		if err != nil {
			t.Fatal(err)
		}
		return time.Duration(b.RetentionRules[0].EverySeconds) * time.Second
	}
	tasks := func() []domain.Task {
		found, err := c.TasksAPI().FindTasks(t.Context(), &api.TaskFilter{Name: "keliu hours of " + query.Get("bucket")})
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	var first domain.Task
	for round, o := range []influx.Options{{}, {}, {Minutes: 10 * day, Hours: 100 * day}} {
		if err := influx.Provision(t.Context(), at, o); err != nil {
			t.Fatal(err)
		}
		wantMinutes, wantHours := 37*day, 3*365*day
		if round == 2 {
			wantMinutes, wantHours = 12*day, 100*day
		}
		if m, h := retention(query.Get("bucket")), retention(query.Get("bucket")+"_hours"); m != wantMinutes || h != wantHours {
			t.Errorf("round %d: points are kept for %s and hours for %s, want %s and %s", round, m, h, wantMinutes, wantHours)
		}
		all := tasks()
		if len(all) != 1 {
			t.Fatalf("round %d: %d tasks", round, len(all))
		}
		switch round {
		case 0:
			first = all[0]
		case 1:
			if diff := cmp.Diff([]any{first.Id, first.UpdatedAt, first.Flux}, []any{all[0].Id, all[0].UpdatedAt, all[0].Flux}); diff != "" {
				t.Errorf("a task that was right was written again:\n%s", diff)
			}
		case 2:
			if all[0].Id != first.Id || !strings.Contains(all[0].Flux, "d: 264h") {
				t.Errorf("the task was not told of the new times:\n%s", all[0].Flux)
			}
		}
	}
}

// Points that the server has summed up and forgotten say by the hour what they said before.
func TestHoursSayWhatThePointsSaid(t *testing.T) {
	at, now := bucket(t, t.TempDir()), time.Now().UTC()
	m, err := influx.Open(t.Context(), t.TempDir(), at, influx.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer shut(t, m)
	// A day later all of it is older than the minutes that are kept.
	later := func() time.Time { return now.Add(26 * time.Hour) }
	want := embedded(t, meter.Options{Now: later})
	random := rand.New(rand.NewPCG(3, 3))
	start := now.Add(-35 * day).Truncate(time.Hour)
	for i := range 400 {
		when := start.Add(-time.Duration(i%20)*time.Hour + time.Duration(i)*time.Second + day - time.Hour)
		r := record{fmt.Sprint(i), []meter.Point{{
			Name: "n", Value: random.ExpFloat64() * 1000, At: when, Tags: meter.Tags{Channel: []string{"web", "app", ""}[i%3]},
		}}}
		add(t, want, r)
		add(t, m, r)
	}
	run(t, at)
	if err := m.Close(); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for range 2 { // also opened again
		if m, err = influx.Open(t.Context(), dir, at, influx.Options{Now: later}); err != nil {
			t.Fatal(err)
		}
		for i := range 30 { // goes to the hours at once
			r := record{fmt.Sprint("late", i), []meter.Point{{Name: "n", Value: float64(i), At: start.Add(time.Duration(i) * 17 * time.Minute)}}}
			add(t, want, r)
			add(t, m, r)
		}
		for _, s := range []meter.Statistic{meter.Sum, meter.Count, meter.Mean, meter.Last, meter.Max, meter.P50, meter.P95} {
			agree(t, m, want, []meter.Question{
				{Name: "n", Statistic: s, From: start.Add(-2 * day), To: start.Add(day), Step: time.Hour},
				{Name: "n", Statistic: s, From: start.Add(-2 * day), To: start.Add(day), Step: 5 * time.Hour, Where: meter.Tags{Channel: "app"}},
				{Name: "n", Statistic: s, From: start.Add(-2 * day), To: start.Add(day)},
			})
		}
		young := record{"young", []meter.Point{{Name: "other", Value: 7, At: now, Tags: meter.Tags{Reason: "a b%20c"}}}}
		add(t, want, young)
		add(t, m, young)
		if diff := cmp.Diff(totals(t, want), totals(t, m), alike); diff != "" {
			t.Errorf("each (-embedded +influx):\n%s", diff)
		}
		shut(t, m)
	}
}

// totals are what a meter has kept, by the hour and by the minute, in an order of their own.
func totals(t *testing.T, m interface {
	Each(context.Context, func(meter.Total) error) error
}) []meter.Total {
	t.Helper()
	var all []meter.Total
	if err := m.Each(t.Context(), func(total meter.Total) error { all = append(all, total); return nil }); err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(all, func(a, b meter.Total) int {
		return strings.Compare(fmt.Sprint(a.From, a.Name, a.Tags), fmt.Sprint(b.From, b.Name, b.Tags))
	})
	return all
}

// run runs the task of a bucket now, and then forgets the bucket's points.
func run(t *testing.T, at string) {
	t.Helper()
	c, query := client(t, at)
	found, err := c.TasksAPI().FindTasks(t.Context(), &api.TaskFilter{Name: "keliu hours of " + query.Get("bucket")})
	if err != nil || len(found) != 1 {
		t.Fatal(len(found), err)
	}
	for range 2 { // an hour that is summed up again replaces itself
		ran, err := c.TasksAPI().RunManually(t.Context(), &found[0])
		if err != nil {
			t.Fatal(err)
		}
		for deadline := time.Now().Add(time.Minute); ; <-time.After(50 * time.Millisecond) {
			now, err := c.TasksAPI().GetRun(t.Context(), ran)
			if err != nil || now.Status == nil || time.Now().After(deadline) {
				t.Fatal("the task does not end", err)
			}
			if *now.Status == domain.RunStatusSuccess {
				break
			}
			if *now.Status == domain.RunStatusFailed {
				log, err := c.TasksAPI().FindRunLogs(t.Context(), ran)
				if err != nil {
					t.Fatal(err)
				}
				for _, line := range log {
					t.Log(*line.Message)
				}
				t.Fatal("the task failed")
			}
		}
	}
	if err := c.DeleteAPI().DeleteWithName(t.Context(), query.Get("org"), query.Get("bucket"), time.Unix(0, 0), time.Now(), ""); err != nil {
		t.Fatal(err)
	}
}

func TestOpenSaysWhatIsRight(t *testing.T) {
	u := server(t)
	for name, c := range map[string]struct{ parameter, value, want string }{
		"a token that nobody knows": {"token", "wrong", "right is a token"},
		"an unknown organization":   {"org", "nobody", `no organization "nobody"`},
	} {
		t.Run(name, func(t *testing.T) {
			query := u.Query()
			query.Set(c.parameter, c.value)
			wrong := *u
			wrong.RawQuery = query.Encode()
			_, err := influx.Open(t.Context(), t.TempDir(), wrong.String(), influx.Options{})
			if !errors.Is(err, desk.ErrInvalid) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("open: %v, want %q", err, c.want)
			}
			if err := influx.Provision(t.Context(), wrong.String(), influx.Options{}); !errors.Is(err, desk.ErrInvalid) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("provision: %v, want %q", err, c.want)
			}
		})
	}
}

// A token that may read and write both buckets, and nothing else, is enough once they are set up.
func TestNarrowTokenIsEnough(t *testing.T) {
	at := bucket(t, t.TempDir())
	if err := influx.Provision(t.Context(), at, influx.Options{}); err != nil {
		t.Fatal(err)
	}
	c, query := client(t, at)
	org, err := c.OrganizationsAPI().FindOrganizationByName(t.Context(), query.Get("org"))
	if err != nil {
		t.Fatal(err)
	}
	var may []domain.Permission
	for _, name := range []string{query.Get("bucket"), query.Get("bucket") + "_hours"} {
		b, err := c.BucketsAPI().FindBucketByName(t.Context(), name)
		if err != nil {
			t.Fatal(err)
		}
		for _, action := range []domain.PermissionAction{domain.PermissionActionRead, domain.PermissionActionWrite} {
			may = append(may, domain.Permission{Action: action, Resource: domain.Resource{Type: domain.ResourceTypeBuckets, Id: b.Id, OrgID: org.Id}})
		}
	}
	narrow, err := c.AuthorizationsAPI().CreateAuthorizationWithOrgID(t.Context(), *org.Id, may)
	if err != nil {
		t.Fatal(err)
	}
	query.Set("token", *narrow.Token)
	u := *server(t)
	u.RawQuery = query.Encode()
	m, err := influx.Open(t.Context(), t.TempDir(), u.String(), influx.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer shut(t, m)
	begin := time.Now().Add(-time.Hour)
	add(t, m, record{"r", []meter.Point{{Name: "n", Value: 3, At: begin}}})
	s, err := m.Ask(t.Context(), meter.Question{Name: "n", Statistic: meter.Sum, From: begin.Add(-time.Hour), To: begin.Add(time.Hour)})
	if err != nil || s.Total != 3 {
		t.Errorf("counted %v (%v), want 3", s.Total, err)
	}
	query.Set("bucket", "not-there")
	u.RawQuery = query.Encode()
	if _, err := influx.Open(t.Context(), t.TempDir(), u.String(), influx.Options{}); !errors.Is(err, desk.ErrInvalid) {
		t.Errorf("open a bucket that the token may not make: %v", err)
	}
}

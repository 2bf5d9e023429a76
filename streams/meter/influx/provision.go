package influx

import (
	"cmp"
	"context"
	_ "embed" // for the task
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	influxdb2 "github.com/influxdata/influxdb-client-go/v2"
	"github.com/influxdata/influxdb-client-go/v2/api"
	influxhttp "github.com/influxdata/influxdb-client-go/v2/api/http"
	"github.com/influxdata/influxdb-client-go/v2/domain"

	"keliu/streams/desk"
	"keliu/streams/meter/influx/address"
)

// Single points are kept for spare longer than Options.Minutes, so that there is time to make hours of them: the server may be away
// for a day. The task sums up again and again what is older than Minutes less early and younger than Minutes plus early.
const (
	spare = 48 * time.Hour
	early = 24 * time.Hour
)

//go:embed hours.flux
var hoursTask string

// Provision sets up what a meter needs on the server at an address: the bucket and the one for hours, how long each keeps what it
// has, and the task that sums up hours. It may be run again, also with other Options. The token must be one that may make buckets
// and tasks. A server that refuses is desk.ErrInvalid, one that does not answer desk.ErrUnavailable.
func Provision(ctx context.Context, at string, o Options) error {
	bucket, err := address.Parse(at)
	if err != nil {
		return err
	}
	o = o.withDefaults()
	client := connect(bucket, o.Timeout)
	defer client.Close()
	return provision(ctx, client, bucket, o)
}

// prepare makes sure that both buckets are there. Where they are, the token need not be one that may make any.
func prepare(ctx context.Context, client influxdb2.Client, at address.Bucket, o Options) error {
	var missing bool
	for _, name := range []string{at.Name, at.Hours()} {
		_, err := client.QueryAPI(at.Org).QueryRaw(ctx, fmt.Sprintf(`from(bucket: %q) |> range(start: -1m) |> limit(n: 1)`, name), nil)
		var refusal *influxhttp.Error
		switch {
		case err == nil:
		case errors.As(err, &refusal) && refusal.StatusCode == http.StatusNotFound:
			missing = true
		default:
			return explain(at, err)
		}
	}
	if !missing {
		return nil
	}
	return provision(ctx, client, at, o)
}

func provision(ctx context.Context, client influxdb2.Client, at address.Bucket, o Options) error {
	org, err := client.OrganizationsAPI().FindOrganizationByName(ctx, at.Org)
	if err != nil {
		return explain(at, err)
	}
	if err := keepBucket(ctx, client.BucketsAPI(), *org.Id, at.Name, o.Minutes+spare); err != nil {
		return explain(at, err)
	}
	if err := keepBucket(ctx, client.BucketsAPI(), *org.Id, at.Hours(), o.Hours); err != nil {
		return explain(at, err)
	}
	if err := keepTask(ctx, client.TasksAPI(), *org.Id, at, o); err != nil {
		return explain(at, err)
	}
	return nil
}

// keepBucket makes a bucket, or tells the one that there is how long to keep what it has.
func keepBucket(ctx context.Context, buckets api.BucketsAPI, org, name string, keep time.Duration) error {
	rule := domain.RetentionRule{EverySeconds: int64(keep / time.Second)}
	there, err := buckets.FindBucketByName(ctx, name)
	if err != nil {
		if !strings.Contains(err.Error(), "not found") {
			return err
		}
		_, err := buckets.CreateBucketWithNameWithID(ctx, org, name, rule)
		return err
	}
	if len(there.RetentionRules) == 1 && there.RetentionRules[0].EverySeconds == rule.EverySeconds {
		return nil
	}
	there.RetentionRules = domain.RetentionRules{rule}
	_, err = buckets.UpdateBucket(ctx, there)
	return err
}

// keepTask makes the task that sums up hours, or gives the one that there is the text of today.
func keepTask(ctx context.Context, tasks api.TasksAPI, org string, at address.Bucket, o Options) error {
	name := "keliu hours of " + at.Name
	hours := func(d time.Duration) string { return strconv.Itoa(int(d / time.Hour)) }
	text := strings.NewReplacer("NAME", name, "BUCKET", at.Name, "HOURS", at.Hours(),
		"OLDEST", hours(o.Minutes+early), "YOUNGEST", hours(o.Minutes-early)).Replace(hoursTask)
	found, err := tasks.FindTasks(ctx, &api.TaskFilter{Name: name, OrgID: org})
	if err != nil {
		return err
	}
	if len(found) == 0 {
		_, err := tasks.CreateTaskByFlux(ctx, text, org)
		return err
	}
	if found[0].Flux == text {
		return nil
	}
	found[0].Flux, found[0].Every, found[0].Cron = text, nil, nil
	_, err = tasks.UpdateTask(ctx, &found[0])
	return err
}

// explain says what is wrong with a server, and what would be right.
func explain(at address.Bucket, err error) error {
	var refusal *influxhttp.Error
	var status int
	text := err.Error()
	if errors.As(err, &refusal) {
		status, text = refusal.StatusCode, cmp.Or(refusal.Message, text)
	}
	wrong := func(what string) error {
		return fmt.Errorf("%s: %s (it says: %s): %w", at, what, text, desk.ErrInvalid)
	}
	switch {
	case status == http.StatusUnauthorized || strings.HasPrefix(text, "unauthorized"):
		return wrong("the server does not know the token, or it may not do this; right is a token of the organization that may read and " +
			"write both buckets, and may make buckets and tasks where they are not set up yet")
	case status == http.StatusForbidden || strings.HasPrefix(text, "forbidden"):
		return wrong("the token may not do this; right is one that may read and write both buckets, and may make buckets and tasks where " +
			"they are not set up yet")
	case strings.Contains(text, "organization") && strings.Contains(text, "not found"):
		return wrong("the server has no organization " + strconv.Quote(at.Org) + " that the token may see; right is the name of the one that the token was made for")
	}
	return fmt.Errorf("%s: %w: %w", at, desk.ErrUnavailable, err)
}

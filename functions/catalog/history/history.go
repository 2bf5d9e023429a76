// Package history makes up four weeks of figures for a demonstration: the rhythm of days and weeks, a campaign and one bad day.
//
// The figures come from sessions that are made up one by one, so that they agree with one another: what is contained is never more
// than what the AI took part in, and that never more than what was opened. They end a day before the first start, so that
// whatever happened in the last day really happened.
package history

import (
	"context"
	"errors"
	"math/rand/v2"
	"strconv"
	"time"

	"keliu/functions/store/census"
	"keliu/functions/store/goals"
	"keliu/streams/meter"
)

// Days is how many days are made up.
const Days = 28

// recognised is how long after the first start a day that was not counted is still counted; the meter knows a day again for longer.
const recognised = 36 * time.Hour

// Shelf keeps which stretch is made up, and the targets.
type Shelf interface {
	MadeUp(context.Context) (goals.Stretch, error)
	SetMadeUp(context.Context, goals.Stretch) error
	Targets(context.Context) (map[string]goals.Target, error)
	SaveTargets(context.Context, []goals.Target) error
}

// A Meter counts points, and keeps who opened sessions.
type Meter interface {
	Add(ctx context.Context, id string, points []meter.Point) error
	Keep(context.Context, []census.Opening) error
}

// Write counts the figures once, however often it is called. What a stop has cut off is made good at the next start.
func Write(ctx context.Context, m Meter, shelf Shelf, now time.Time) error {
	made, err := shelf.MadeUp(ctx)
	if err != nil {
		return err
	}
	if made.To.IsZero() {
		to := now.UTC().Add(-goals.Quiet).Truncate(time.Minute)
		made = goals.Stretch{From: to.AddDate(0, 0, -Days), To: to}
		if err := begin(ctx, shelf, made); err != nil {
			return err
		}
	}
	if now.Sub(made.To) > goals.Quiet+recognised {
		return nil
	}
	var customers clientele
	for day := range Days {
		points := Day(made.From, day)
		if err := errors.Join(m.Keep(ctx, customers.openings(day, points)), m.Add(ctx, "history_"+strconv.Itoa(day), points)); err != nil {
			return err
		}
	}
	return nil
}

// A clientele is the customers of the days so far.
type clientele struct{ known []string }

// openings make up who opened the sessions of the next day: somebody new, or one of those who came before.
func (c *clientele) openings(day int, points []meter.Point) (all []census.Opening) {
	r := rand.New(rand.NewPCG(seed, uint64(day)))
	for i, p := range points {
		if p.Name != meter.SessionOpened {
			continue
		}
		who := len(c.known)
		if points[i+1].Name == meter.CustomerFirst || who == 0 {
			c.known = append(c.known, "demo_"+strconv.Itoa(who))
		} else {
			who = r.IntN(who)
		}
		all = append(all, census.Opening{Conversation: c.known[who], At: p.At, Channel: p.Tags.Channel, Lang: p.Tags.Lang})
	}
	return all
}

// begin keeps which stretch is made up, and sets targets where there are none.
func begin(ctx context.Context, shelf Shelf, made goals.Stretch) error {
	known, err := shelf.Targets(ctx)
	if err != nil {
		return err
	}
	if len(known) == 0 {
		if err := shelf.SaveTargets(ctx, targets()); err != nil {
			return err
		}
	}
	return shelf.SetMadeUp(ctx, made)
}

// targets are what the demonstration's company wants.
func targets() []goals.Target {
	target := func(key string, target, alarm float64) goals.Target {
		return goals.Target{Key: key, Target: &target, Alarm: &alarm}
	}
	capture := 0.5 // no alarm: an hour of a demonstration has too few who speak
	return []goals.Target{
		target("assumed_resolution", 0.6, 0.45), target("containment", 0.65, 0.5), target("transfer_rate", 0.3, 0.45), target("knowledge_hit", 0.85, 0.7),
		target("first_reply_human_p90", 120, 300), target("first_reply_p90", 10, 60), target("service_level", 0.8, 0.6), target("abandonment", 0.05, 0.15),
		target("handle_time_mean", 480, 900), target("sla_attainment", 0.95, 0.85), target("negative_share", 0.08, 0.15), {Key: "lead_capture_spoke", Target: &capture},
		target("model_error_rate", 0.01, 0.05),
	}
}

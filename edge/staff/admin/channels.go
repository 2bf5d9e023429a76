package admin

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/cloudwego/hertz/pkg/app"

	"keliu/edge/wire"
	"keliu/functions"
	"keliu/functions/models"
	"keliu/policies/mask"
	"keliu/streams"
	"keliu/streams/desk"
)

// A Channel is a way in, and how it fares.
type Channel struct {
	Name     string    `json:"name"`
	On       bool      `json:"on"`   // has what it needs
	Hook     string    `json:"hook"` // the path of the webhook to give to the network; empty when it has none
	Settings []Setting `json:"settings"`
	Open     int       `json:"open"` // conversations that are not closed
	Last     time.Time `json:"last,omitzero"`
	Wrote    time.Time `json:"wrote,omitzero"` // when somebody on the network last wrote
	Sent     int       `json:"sent"`           // in the last 24 hours
	Failed   int       `json:"failed"`
	Health   *Health   `json:"health,omitempty"` // of a channel that a network stands behind
}

// Health is how a channel fares with its network since the process began.
type Health struct {
	Missing []string  `json:"missing"`       // settings without which it does not work
	Hook    time.Time `json:"hook,omitzero"` // the latest webhook that was taken
	Hooks   int64     `json:"hooks"`         // webhooks taken
	Forged  int64     `json:"forged"`        // webhooks that were not signed, or wrongly
	Held    int64     `json:"held"`          // messages for which no window was open or its quota used up
	Error   string    `json:"error"`         // the latest failure, in the caller's language; empty when there was none
	Erred   time.Time `json:"erred,omitzero"`
}

// A ChannelsAnswer is every channel of the product.
type ChannelsAnswer struct {
	Channels []Channel `json:"channels"`
}

// A StreamsAnswer is how the streams stand.
type StreamsAnswer struct {
	Backlogs []Backlog `json:"backlogs"`
	Dead     []Letter  `json:"dead"` // the latest hundred of each stream
}

// A Backlog is how far behind a subscription is.
type Backlog struct {
	Topic        string `json:"topic"`
	Subscription string `json:"subscription"`
	Pending      int64  `json:"pending"`
	Parked       int64  `json:"parked"` // of these, those that wait for a failing key
}

// A Letter is a record that could not be handled.
type Letter struct {
	ID           string `json:"id"`
	Topic        string `json:"topic"`
	Subscription string `json:"subscription"`
	Reason       string `json:"reason"`
	Attempts     int    `json:"attempts"`
	Died         string `json:"died"` // RFC 3339
}

// A ReplayRequest chooses the stream whose dead letters are handled again.
type ReplayRequest struct {
	Topic string `json:"topic"`
}

// A ReplayAnswer says how many letters were sent again.
type ReplayAnswer struct {
	Replayed int `json:"replayed"`
}

// own are the channels that need nothing from outside.
var own = map[string]bool{"web": true, "app": true}

func (r *Room) channels(ctx context.Context, c *app.RequestContext, _ desk.Agent) error {
	traffic, err := r.Book.Traffic(ctx, r.Now().Add(-24*time.Hour))
	if err != nil {
		return err
	}
	all, ways, out := r.Channels(), r.Ways(), ChannelsAnswer{}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		t := traffic[name]
		ch := Channel{Name: name, On: own[name], Settings: append([]Setting{}, all[name]...), Open: t.Open, Last: t.Last, Wrote: t.Wrote, Sent: t.Sent, Failed: t.Failed}
		if !own[name] {
			ch.Hook = "/hooks/" + name
		}
		if way, ok := ways[name].(functions.Healthy); ok {
			h := way.Health()
			ch.On = h.Ready
			ch.Health = &Health{h.Missing, h.Hook, h.Hooks, h.Forged, h.Held, mask.Text(wire.Half(wire.Lang(c), h.Error)), h.Erred}
		}
		out.Channels = append(out.Channels, ch)
	}
	return wire.Answer(c, out)
}

// topics are the streams whose letters an administrator sees.
var topics = []string{string(desk.Inbound), string(desk.Outbound), string(desk.Requests), string(desk.Routing), string(desk.Touches), string(desk.Sends)}

const mostLetters = 100

func (r *Room) streams(ctx context.Context, c *app.RequestContext, _ desk.Agent) error {
	out := StreamsAnswer{Backlogs: []Backlog{}, Dead: []Letter{}}
	if o, ok := r.Streams.(streams.Observer); ok {
		for _, b := range o.Backlogs() {
			out.Backlogs = append(out.Backlogs, Backlog{b.Topic, b.Subscription, b.Pending, b.Parked})
		}
	}
	for _, topic := range topics {
		letters, err := r.letters(ctx, topic)
		if err != nil {
			return err
		}
		out.Dead = append(out.Dead, letters...)
	}
	return wire.Answer(c, out)
}

// letters are the latest dead letters of a topic. Their reasons may quote somebody, so they are masked.
func (r *Room) letters(ctx context.Context, topic string) (all []Letter, err error) {
	err = r.Streams.Read(ctx, topic+streams.DeadSuffix, func(rec streams.Record) error {
		attempts, err := strconv.Atoi(rec.Headers[streams.HeaderAttempts])
		if err != nil {
			attempts = 0 // another version wrote it
		}
		all = append(all, Letter{
			ID: rec.ID, Topic: topic, Subscription: rec.Headers[streams.HeaderSubscription], Reason: mask.Text(rec.Headers[streams.HeaderReason]),
			Attempts: attempts, Died: rec.Headers[streams.HeaderDied],
		})
		all = all[max(0, len(all)-mostLetters):]
		return nil
	})
	if errors.Is(err, desk.ErrNotFound) {
		err = nil
	}
	return all, err
}

func (r *Room) replay(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	var in ReplayRequest
	if err := wire.Bind(c, 4<<10, &in); err != nil {
		return err
	}
	if !slices.Contains(topics, in.Topic) {
		return desk.Refuse(desk.ErrInvalid, "topic_unknown", in.Topic)
	}
	n, err := streams.Replay(ctx, r.Streams, in.Topic, nil)
	if err != nil {
		return err
	}
	if err := r.Door.Record(ctx, who, "replayed", "stream/"+in.Topic, "", map[string]string{"letters": strconv.Itoa(n)}); err != nil {
		return err
	}
	return wire.Answer(c, ReplayAnswer{n})
}

// A Provider is a provider of models and how it fares.
type Provider struct {
	Name      string  `json:"name"`
	Model     string  `json:"model"`
	State     string  `json:"state"`    // "closed" is well; "open", "half-open", "rate_limited" or "budget" are not asked
	P95       int64   `json:"p95"`      // ms, of the last minute
	Failures  float64 `json:"failures"` // share of the calls of the last minute
	Calls     int64   `json:"calls"`
	LastError string  `json:"last_error"`
	MicroYuan int64   `json:"micro_yuan"` // spent today, 1e-6 CNY
	Share     float64 `json:"share"`      // of all calls
}

// A ProvidersAnswer is the providers that are set up. The builtin composer stands behind them and is always there.
type ProvidersAnswer struct {
	Providers []Provider `json:"providers"`
}

// A TestAnswer is what became of a test.
type TestAnswer struct {
	Provider string `json:"provider"` // "builtin" when no provider answered
	Model    string `json:"model"`
	Text     string `json:"text"`
	Took     int64  `json:"took"`    // ms
	Because  string `json:"because"` // why the builtin composer answered; empty when it did not
}

func (r *Room) providers(_ context.Context, c *app.RequestContext, _ desk.Agent) error {
	out, calls := ProvidersAnswer{Providers: []Provider{}}, int64(0)
	for _, h := range r.Providers.Health() {
		calls += h.Calls
		out.Providers = append(out.Providers, Provider{
			Name: h.Provider, Model: h.Model, State: h.State, P95: h.P95.Milliseconds(), Failures: h.Failures, Calls: h.Calls, LastError: h.LastError, MicroYuan: h.MicroYuan,
		})
	}
	for i := range out.Providers {
		if calls > 0 {
			out.Providers[i].Share = float64(out.Providers[i].Calls) / float64(calls)
		}
	}
	return wire.Answer(c, out)
}

// test has a sentence worded that needs no customer.
func (r *Room) test(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	start := r.Now()
	w, err := r.Providers.Write(ctx, models.Request{
		Purpose: "test", Intent: "answer", Lang: wire.Lang(c), Question: "退货需要几天？",
		Passages: []desk.Passage{{Article: "test", Title: "退货", Text: "签收后 7 天内可以申请退货。", Score: 1}},
	}, func(string) {})
	if err != nil {
		return err
	}
	if err := r.Door.Record(ctx, who, "provider_tested", "provider/"+w.Provider, w.FallbackReason, nil); err != nil {
		return err
	}
	return wire.Answer(c, TestAnswer{w.Provider, w.Model, w.Text, r.Now().Sub(start).Milliseconds(), w.FallbackReason})
}

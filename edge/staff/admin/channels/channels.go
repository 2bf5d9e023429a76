// Package channels is the administrator's view of the channels: what sets them up, what goes through them and what fails, and the
// streams behind them.
package channels

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"time"

	"github.com/cloudwego/hertz/pkg/app"

	"keliu/edge/staff/door"
	"keliu/edge/wire"
	"keliu/functions"
	"keliu/functions/store/company"
	"keliu/policies/mask"
	"keliu/streams"
	"keliu/streams/desk"
)

// A Setting is a name of the environment and whether it has a value; never the value.
type Setting struct {
	Name    string `json:"name"`
	Meaning string `json:"meaning"`
	Set     bool   `json:"set"`
}

// Networks stand behind channels.
type Networks interface {
	Checkable(channel string) bool
	Check(ctx context.Context, channel string) (because string, err error)
}

// A Room shows the channels. Its fields are set before use.
type Room struct {
	Door     *door.Door
	Book     *company.Book
	Streams  streams.Log
	Channels func() map[string][]Setting // of each channel, by name
	Ways     func() map[string]functions.Channel
	Networks Networks
	Now      func() time.Time
}

// Routes are the calls about channels and streams.
func (r *Room) Routes() []wire.Route {
	may := func(action string, serve door.Call) wire.Serve { return r.Door.May(door.Channels, action, serve) }
	return []wire.Route{
		{Method: http.MethodGet, Path: "/api/v1/channels", Tag: "channels", Summary: "The channels: settings, traffic and failures", Auth: wire.Staff, Out: ChannelsAnswer{}, Serve: may("read", r.channels)},
		{Method: http.MethodPost, Path: "/api/v1/channels/:name/check", Tag: "channels", Summary: "Ask a channel's network whether it lets us in", Auth: wire.Staff, Out: CheckAnswer{}, Serve: may("write", r.check)},
		{Method: http.MethodGet, Path: "/api/v1/streams", Tag: "channels", Summary: "How far behind the streams are, and their dead letters", Auth: wire.Staff, Out: StreamsAnswer{}, Serve: may("read", r.streams)},
		{Method: http.MethodPost, Path: "/api/v1/streams/replay", Tag: "channels", Summary: "Handle the dead letters of a stream again", Auth: wire.Staff, In: ReplayRequest{}, Out: ReplayAnswer{}, Serve: may("write", r.replay)},
	}
}

// A Channel is a way in, and how it fares.
type Channel struct {
	Name      string    `json:"name"`
	On        bool      `json:"on"`   // has what it needs
	Hook      string    `json:"hook"` // the path of the webhook to give to the network; empty when it has none
	Settings  []Setting `json:"settings"`
	Open      int       `json:"open"` // conversations that are not closed
	Last      time.Time `json:"last,omitzero"`
	Wrote     time.Time `json:"wrote,omitzero"`     // when somebody on the network last wrote
	Delivered time.Time `json:"delivered,omitzero"` // when its network last took a message
	Sent      int       `json:"sent"`               // in the last 24 hours
	Failed    int       `json:"failed"`
	Failures  []Failure `json:"failures"`         // of the last hour, the latest first, twenty at most
	Checks    bool      `json:"checks"`           // its network can be asked whether it lets us in
	Health    *Health   `json:"health,omitempty"` // of a channel that a network stands behind
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

// A Failure is a message that the network refused, and why in the caller's language.
type Failure struct {
	At      time.Time `json:"at"`
	Code    int       `json:"code"` // the network's; 0 when it gave none
	Because string    `json:"because"`
}

// A CheckAnswer is what the network said.
type CheckAnswer struct {
	OK      bool   `json:"ok"`
	Because string `json:"because"` // what keeps us out; empty when nothing does
	Took    int64  `json:"took"`    // ms
}

// A ChannelsAnswer is every channel of the product.
type ChannelsAnswer struct {
	Channels []Channel `json:"channels"`
}

// own are the channels that need nothing from outside.
var own = map[string]bool{"web": true, "app": true}

const mostFailures = 20

func (r *Room) channels(ctx context.Context, c *app.RequestContext, _ desk.Agent) error {
	traffic, err := r.Book.Traffic(ctx, r.Now().Add(-24*time.Hour))
	if err != nil {
		return err
	}
	all, ways, out := r.Channels(), r.Ways(), ChannelsAnswer{}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		ch, err := r.channel(ctx, wire.Lang(c), name, traffic[name])
		if err != nil {
			return err
		}
		ch.Settings = append(ch.Settings, all[name]...)
		if way, ok := ways[name].(functions.Healthy); ok {
			h := way.Health()
			ch.On = h.Ready
			ch.Health = &Health{h.Missing, h.Hook, h.Hooks, h.Forged, h.Held, mask.Text(wire.Half(wire.Lang(c), h.Error)), h.Erred}
		}
		out.Channels = append(out.Channels, ch)
	}
	return wire.Answer(c, out)
}

// channel is what the store knows of one.
func (r *Room) channel(ctx context.Context, lang desk.Lang, name string, t company.Traffic) (Channel, error) {
	ch := Channel{
		Name: name, On: own[name], Settings: []Setting{}, Open: t.Open, Last: t.Last, Wrote: t.Wrote, Delivered: t.Delivered, Sent: t.Sent, Failed: t.Failed,
		Failures: []Failure{}, Checks: r.Networks.Checkable(name),
	}
	if own[name] {
		return ch, nil
	}
	ch.Hook = "/hooks/" + name
	failed, err := r.Book.Failures(ctx, name, r.Now().Add(-time.Hour), mostFailures)
	for _, f := range failed {
		ch.Failures = append(ch.Failures, Failure{f.At, f.Code, mask.Text(wire.Half(lang, f.Because))})
	}
	return ch, err
}

func (r *Room) check(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	name, began := c.Param("name"), r.Now()
	because, err := r.Networks.Check(ctx, name)
	if err != nil {
		return err
	}
	if err := r.Door.Record(ctx, who, "channel_checked", "channel/"+name, because, nil); err != nil {
		return err
	}
	return wire.Answer(c, CheckAnswer{because == "", wire.Half(wire.Lang(c), because), r.Now().Sub(began).Milliseconds()})
}

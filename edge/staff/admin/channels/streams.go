package channels

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"github.com/cloudwego/hertz/pkg/app"

	"keliu/edge/wire"
	"keliu/policies/mask"
	"keliu/streams"
	"keliu/streams/desk"
)

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

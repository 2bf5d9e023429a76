// Package catalog is the assembly: every backend, every channel, every intent and the streams between them. Only mains, the
// edge and end-to-end tests import it.
package catalog

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"keliu/functions"
	"keliu/functions/channels/douyin"
	"keliu/functions/classify"
	"keliu/functions/dialog"
	"keliu/functions/knowledge"
	"keliu/functions/lambda"
	"keliu/functions/models"
	"keliu/functions/outreach"
	"keliu/functions/session"
	"keliu/functions/store"
	"keliu/functions/store/addresses"
	"keliu/functions/store/leads"
	"keliu/policies"
	"keliu/policies/audit"
	"keliu/policies/mask"
	"keliu/streams"
	"keliu/streams/desk"
	"keliu/streams/meter"
	"keliu/streams/score"
)

// Outside is what the edge lends the house: the ways to people who listen now.
type Outside struct {
	Live    session.Live
	Company Company // nil when nobody looks
	Whisper func(desk.Typing)
	Pressed func() bool                  // many wait for their message to be accepted
	Hash    func(password string) string // of the staff's passwords
	Log     *slog.Logger
	Now     func() time.Time
}

// A Company is the staff who look now. What it is told it may miss: whoever comes later reads the store.
type Company interface {
	Told(context.Context, desk.Notice) // something was said or told in a conversation
	Lead(desk.PersonID)                // something changed about a lead
	Policy(revision string)            // other rules are in force
	Moved()                            // the figures moved
}

// nobody is the staff of a house that nobody looks at.
type nobody struct{}

func (nobody) Told(context.Context, desk.Notice) {}
func (nobody) Lead(desk.PersonID)                {}
func (nobody) Policy(string)                     {}
func (nobody) Moved()                            {}

// A House is everything of one process, assembled.
type House struct {
	Config       Config
	Streams      streams.Log
	Store        *store.Store
	Meter        meter.Meter
	Rules        *policies.Engine
	Trail        *audit.Trail
	Library      *knowledge.Library
	Models       *models.Scheduler
	Leads        *leads.Shelf // what outreach knows
	Outreach     *outreach.Desk
	Scores       *score.Scorer
	Tokens       *session.Tokens // of customers' sessions
	MemberSecret []byte          // signs the shop's member tokens
	Addresses    *addresses.Book // where networks reach people, and what became of what was sent there
	// FreshPassword is to be told at this start: of the demo's staff where none is given, or of a first administrator just made.
	FreshPassword string

	douyin     douyin.Channel
	outside    Outside
	shop       shop
	classifier *classify.Classifier
	functions  map[string]functions.Handler
	cloud      *lambda.Cloud // nil when the functions run in this process
	reached    map[string]functions.Channel
	dialog     *dialog.Dialog
	closers    []func() error
}

// Open assembles the house. Serve sets it to work.
func Open(ctx context.Context, c Config, o Outside) (_ *House, err error) {
	if o.Company == nil {
		o.Company = nobody{}
	}
	h := &House{Config: c, outside: o}
	defer func() {
		if err != nil {
			err = errors.Join(err, h.Close())
		}
	}()
	if h.Models, err = models.Open(c.Models, models.Options{OnCall: h.called}); err != nil {
		return nil, fmt.Errorf("KELIU_MODELS: %w: %w", err, desk.ErrInvalid)
	}
	h.onClose(h.Models.Close)
	if err := os.MkdirAll(c.Dir, 0o700); err != nil {
		return nil, fmt.Errorf("the data folder: %w", err)
	}
	if err := h.openBackends(ctx); err != nil {
		return nil, err
	}
	if err := h.openRooms(ctx); err != nil {
		return nil, err
	}
	h.reached, h.functions = h.channels(), map[string]functions.Handler{}
	if h.cloud != nil {
		h.reached = h.cloud.Channels(h.reached)
	}
	for _, kind := range []string{"channels", "intents"} {
		for _, name := range Names(kind) {
			if h.functions[kind+"/"+name], err = h.Function(kind + "/" + name); err != nil {
				return nil, err
			}
		}
	}
	if h.classifier, err = Understander(); err != nil {
		return nil, fmt.Errorf("classifier: %w", err)
	}
	h.dialog = dialog.New(dialog.Dialog{
		Intents: h, Understand: reader{h.classifier, h}, Writer: h.Models, Rules: h.Rules, State: h.Store, Line: h.line(),
		Mask: h.forModels().Text, Hidden: categories, Whisper: o.Whisper, Now: o.Now, Log: o.Log,
		Pressed: o.Pressed, IntentsWait: c.Shop != "" || h.cloud != nil,
	})
	if err := h.openStaff(ctx); err != nil {
		return nil, fmt.Errorf("staff: %w", err)
	}
	return h, nil
}

// openRooms opens what stands on the backends.
func (h *House) openRooms(ctx context.Context) (err error) {
	if h.Trail, err = audit.Open(filepath.Join(h.Config.Dir, "audit"), audit.Options{}); err != nil {
		return fmt.Errorf("audit trail: %w", err)
	}
	h.onClose(h.Trail.Close)
	h.Rules, err = policies.Open(ctx, policies.Options{Streams: h.Streams, Log: h.outside.Log, Now: h.outside.Now, OnDeny: h.denied})
	if err != nil {
		return err
	}
	if h.Library, err = knowledge.Open(ctx, knowledge.Options{Shelf: h.Store, Now: h.outside.Now, Log: h.outside.Log}); err != nil {
		return err
	}
	h.onClose(h.Library.Close)
	h.openNetworks()
	if err := h.openOutreach(ctx); err != nil {
		return err
	}
	return h.openSecrets(ctx)
}

// openSecrets reads the house's secrets, and makes them up at the first start.
func (h *House) openSecrets(ctx context.Context) error {
	fresh := func() string { return rand.Text() + rand.Text() }
	sessions, err := h.Store.Setting(ctx, "session_secret", fresh)
	if err != nil {
		return err
	}
	members := h.Config.Secret
	if members == "" {
		if members, err = h.Store.Setting(ctx, "member_secret", fresh); err != nil {
			return err
		}
	}
	h.Tokens, h.MemberSecret = session.NewTokens([]byte(sessions)), []byte(members)
	return nil
}

// Channels are the channels that customers reach over this edge.
func (h *House) Channels() map[string]functions.Channel { return h.reached }

// Close releases everything, the youngest first.
func (h *House) Close() error {
	var errs []error
	for _, release := range slices.Backward(h.closers) {
		errs = append(errs, release())
	}
	h.closers = nil
	return errors.Join(errs...)
}

func (h *House) onClose(release func() error) { h.closers = append(h.closers, release) }

func (h *House) now() time.Time { return h.outside.Now() }

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// forModels hides what the rules keep from models: what intents, models and the history read.
func (h *House) forModels() *mask.Masker {
	return mask.For(func(field string) policies.Action {
		ruling, err := h.Rules.MayReveal(context.Background(), policies.MayReveal{Field: field, Purpose: "model"})
		if err != nil || ruling.Action == "" {
			return policies.Drop
		}
		return ruling.Action
	})
}

// categories are the kinds of personal data in a text.
func categories(text string) []string {
	var kinds []string
	for _, span := range mask.Find(text) {
		kinds = append(kinds, string(span.Type))
	}
	return kinds
}

// Package settings is how the product is set up: the keys of other programs, and the providers of models.
package settings

import (
	"context"
	"net/http"
	"time"

	"keliu/edge/staff/door"
	"keliu/edge/wire"
	"keliu/functions/models"
	"keliu/functions/models/openai"
	"keliu/functions/store/company"
	"keliu/streams/meter"
)

// Providers word answers.
type Providers interface {
	Health() []models.Health
	Write(ctx context.Context, r models.Request, emit func(delta string)) (models.Written, error)
	Probe(ctx context.Context, place int, r models.Request) (models.Written, *openai.Failure, error)
}

// Figures count what the providers did.
type Figures interface {
	Ask(context.Context, meter.Question) (meter.Series, error)
}

// A Room keeps the settings. Its fields are set before use.
type Room struct {
	Door      *door.Door
	Book      *company.Book
	Providers Providers
	Figures   Figures
	Now       func() time.Time
}

// Routes are the calls about settings.
func (r *Room) Routes() []wire.Route {
	may := func(action string, serve door.Call) wire.Serve { return r.Door.May(door.Settings, action, serve) }
	return []wire.Route{
		{Method: http.MethodGet, Path: "/api/v1/keys", Tag: "settings", Summary: "The keys of other programs", Auth: wire.Staff, Out: KeysAnswer{}, Serve: may("read", r.keys)},
		{Method: http.MethodPost, Path: "/api/v1/keys", Tag: "settings", Summary: "Make a key; it is shown once", Auth: wire.Staff, In: KeyRequest{}, Out: KeyAnswer{}, Serve: may("write", r.addKey)},
		{Method: http.MethodDelete, Path: "/api/v1/keys/:id", Tag: "settings", Summary: "Revoke a key", Auth: wire.Staff, Serve: may("write", r.revoke)},
		{Method: http.MethodGet, Path: "/api/v1/providers", Tag: "settings", Summary: "How the providers of models fare", Auth: wire.Staff, Out: ProvidersAnswer{}, Serve: may("read", r.providers)},
		{Method: http.MethodPost, Path: "/api/v1/providers/test", Tag: "settings", Summary: "Have an answer worded, as a test", Auth: wire.Staff, Query: []wire.Param{{Name: "provider", Meaning: "which, by its place from 1; the one that customers would get by default"}}, Out: TestAnswer{}, Serve: may("write", r.test)},
	}
}

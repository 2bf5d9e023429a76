// Package admin is the administrator's side of the API: people and teams, roles, keys of other programs, channels and the
// providers of models.
package admin

import (
	"context"
	"net/http"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"keliu/edge/staff/door"
	"keliu/edge/wire"
	"keliu/functions"
	"keliu/functions/models"
	"keliu/functions/store/company"
	"keliu/streams"
	"keliu/streams/desk"
)

// A Staff keeps the people who log in.
type Staff interface {
	Agents(ctx context.Context) ([]desk.Agent, error)
	Agent(ctx context.Context, id desk.AgentID) (desk.Agent, error)
}

// Providers word answers.
type Providers interface {
	Health() []models.Health
	Write(ctx context.Context, r models.Request, emit func(delta string)) (models.Written, error)
}

// A Setting is a name of the environment and whether it has a value; never the value.
type Setting struct {
	Name    string `json:"name"`
	Meaning string `json:"meaning"`
	Set     bool   `json:"set"`
}

// A Room is the administrator's. Its fields are set before use.
type Room struct {
	Door      *door.Door
	Staff     Staff
	Book      *company.Book
	Streams   streams.Log
	Providers Providers
	Channels  func() map[string][]Setting // of each channel, by name
	Ways      func() map[string]functions.Channel
	Hash      func(password string) string
	Matches   func(hash, password string) bool
	Now       func() time.Time
}

// Routes are the calls of the administrator.
func (r *Room) Routes() []wire.Route {
	people := func(action string, serve door.Call) wire.Serve { return r.Door.May(door.People, action, serve) }
	settings := func(action string, serve door.Call) wire.Serve { return r.Door.May(door.Settings, action, serve) }
	channels := func(action string, serve door.Call) wire.Serve { return r.Door.May(door.Channels, action, serve) }
	return []wire.Route{
		{Method: http.MethodPut, Path: "/api/v1/staff/password", Tag: "staff", Summary: "Change your own password; every login ends", Auth: wire.Staff, In: PasswordRequest{}, Serve: r.Door.Any(r.ownPassword)},
		{Method: http.MethodGet, Path: "/api/v1/people", Tag: "people", Summary: "Everybody who works or has worked here", Auth: wire.Staff, Out: PeopleAnswer{}, Serve: people("read", r.people)},
		{Method: http.MethodPost, Path: "/api/v1/people", Tag: "people", Summary: "Add somebody; their first password is shown once", Auth: wire.Staff, In: NewPerson{}, Out: HiredAnswer{}, Serve: people("write", r.hire)},
		{Method: http.MethodPut, Path: "/api/v1/people/:id", Tag: "people", Summary: "Change somebody, or whether they work here", Auth: wire.Staff, In: PersonRequest{}, Out: Person{}, Serve: people("write", r.change)},
		{Method: http.MethodPost, Path: "/api/v1/people/:id/password", Tag: "people", Summary: "Give somebody a new first password", Auth: wire.Staff, Out: HiredAnswer{}, Serve: people("write", r.reset)},
		{Method: http.MethodPost, Path: "/api/v1/people/:id/logout", Tag: "people", Summary: "Log somebody out everywhere", Auth: wire.Staff, Out: LogoutAnswer{}, Serve: people("write", r.logout)},
		{Method: http.MethodGet, Path: "/api/v1/teams", Tag: "people", Summary: "The teams, and whether they work now", Auth: wire.Staff, Out: TeamsAnswer{}, Serve: people("read", r.teams)},
		{Method: http.MethodPost, Path: "/api/v1/teams", Tag: "people", Summary: "Make a team", Auth: wire.Staff, In: TeamRequest{}, Out: Team{}, Serve: people("write", r.addTeam)},
		{Method: http.MethodPut, Path: "/api/v1/teams/:id", Tag: "people", Summary: "Change a team", Auth: wire.Staff, In: TeamRequest{}, Out: Team{}, Serve: people("write", r.changeTeam)},
		{Method: http.MethodDelete, Path: "/api/v1/teams/:id", Tag: "people", Summary: "Remove a team; its members stay", Auth: wire.Staff, Serve: people("write", r.dropTeam)},
		{Method: http.MethodGet, Path: "/api/v1/roles", Tag: "people", Summary: "Who may use what, as the rules in force say", Auth: wire.Staff, Out: RolesAnswer{}, Serve: people("read", r.roles)},
		{Method: http.MethodGet, Path: "/api/v1/keys", Tag: "settings", Summary: "The keys of other programs", Auth: wire.Staff, Out: KeysAnswer{}, Serve: settings("read", r.keys)},
		{Method: http.MethodPost, Path: "/api/v1/keys", Tag: "settings", Summary: "Make a key; it is shown once", Auth: wire.Staff, In: KeyRequest{}, Out: KeyAnswer{}, Serve: settings("write", r.addKey)},
		{Method: http.MethodDelete, Path: "/api/v1/keys/:id", Tag: "settings", Summary: "Revoke a key", Auth: wire.Staff, Serve: settings("write", r.revoke)},
		{Method: http.MethodGet, Path: "/api/v1/providers", Tag: "settings", Summary: "How the providers of models fare", Auth: wire.Staff, Out: ProvidersAnswer{}, Serve: settings("read", r.providers)},
		{Method: http.MethodPost, Path: "/api/v1/providers/test", Tag: "settings", Summary: "Have an answer worded, as a test", Auth: wire.Staff, Out: TestAnswer{}, Serve: settings("write", r.test)},
		{Method: http.MethodGet, Path: "/api/v1/channels", Tag: "channels", Summary: "The channels: settings, traffic and failures", Auth: wire.Staff, Out: ChannelsAnswer{}, Serve: channels("read", r.channels)},
		{Method: http.MethodGet, Path: "/api/v1/streams", Tag: "channels", Summary: "How far behind the streams are, and their dead letters", Auth: wire.Staff, Out: StreamsAnswer{}, Serve: channels("read", r.streams)},
		{Method: http.MethodPost, Path: "/api/v1/streams/replay", Tag: "channels", Summary: "Handle the dead letters of a stream again", Auth: wire.Staff, In: ReplayRequest{}, Out: ReplayAnswer{}, Serve: channels("write", r.replay)},
	}
}

// roleNames are the roles that somebody can have.
var roleNames = [...]string{"admin", "agent", "marketing", "compliance", "executive"}

func knownRole(role string) error {
	for _, r := range roleNames {
		if r == role {
			return nil
		}
	}
	return desk.Refuse(desk.ErrInvalid, "role_unknown", role)
}

// longestName is how many characters a name has at most.
const longestName = 40

// name trims a name and refuses what is none.
func name(field, text string) (string, error) {
	text = strings.TrimSpace(text)
	switch {
	case text == "":
		return "", desk.Refuse(desk.ErrInvalid, "field_empty", field)
	case strings.ContainsFunc(text, unicode.IsControl):
		return "", desk.Refuse(desk.ErrInvalid, "field_control", field)
	case utf8.RuneCountInString(text) > longestName:
		return "", desk.Refuse(desk.ErrInvalid, "field_too_long", field, longestName)
	}
	return text, nil
}

// Package admin is the administrator's side of the API: people and their roles, teams and hours. Channels and settings stand in the
// rooms below.
package admin

import (
	"context"
	"net/http"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"keliu/edge/staff/door"
	"keliu/edge/staff/tries"
	"keliu/edge/wire"
	"keliu/functions/store/company"
	"keliu/functions/store/company/hours"
	"keliu/streams"
	"keliu/streams/desk"
)

// A Staff keeps the people who log in.
type Staff interface {
	Agents(ctx context.Context) ([]desk.Agent, error)
	Agent(ctx context.Context, id desk.AgentID) (desk.Agent, error)
}

// A Room keeps people and teams. Its fields are set before use.
type Room struct {
	Door    *door.Door
	Staff   Staff
	Book    *company.Book
	Streams streams.Log
	Hash    func(password string) string
	Matches func(hash, password string) bool
	Tries   *tries.Limits
	Now     func() time.Time
}

// Routes are the calls about people and teams.
func (r *Room) Routes() []wire.Route {
	people := func(action string, serve door.Call) wire.Serve { return r.Door.May(door.People, action, serve) }
	return []wire.Route{
		{Method: http.MethodPut, Path: "/api/v1/staff/password", Tag: "staff", Summary: "Change your own password; every other login ends", Auth: wire.Staff, In: PasswordRequest{}, Serve: r.Door.Person(r.ownPassword)},
		{Method: http.MethodGet, Path: "/api/v1/people", Tag: "people", Summary: "Everybody who works or has worked here", Auth: wire.Staff, Out: PeopleAnswer{}, Serve: people("read", r.people)},
		{Method: http.MethodPost, Path: "/api/v1/people", Tag: "people", Summary: "Add somebody; their first password is shown once", Auth: wire.Staff, In: NewPerson{}, Out: HiredAnswer{}, Serve: people("write", r.hire)},
		{Method: http.MethodPut, Path: "/api/v1/people/:id", Tag: "people", Summary: "Change somebody, or whether they work here", Auth: wire.Staff, In: PersonRequest{}, Out: Person{}, Serve: people("write", r.change)},
		{Method: http.MethodPost, Path: "/api/v1/people/:id/password", Tag: "people", Summary: "Give somebody a new first password", Auth: wire.Staff, Out: HiredAnswer{}, Serve: people("write", r.reset)},
		{Method: http.MethodPost, Path: "/api/v1/people/:id/logout", Tag: "people", Summary: "Log somebody out everywhere", Auth: wire.Staff, Out: LogoutAnswer{}, Serve: people("write", r.logout)},
		{Method: http.MethodGet, Path: "/api/v1/teams", Tag: "people", Summary: "The teams, and whether they work now", Auth: wire.Staff, Out: TeamsAnswer{}, Serve: people("read", r.teams)},
		{Method: http.MethodPost, Path: "/api/v1/teams", Tag: "people", Summary: "Make a team", Auth: wire.Staff, In: TeamRequest{}, Out: Team{}, Serve: people("write", r.addTeam)},
		{Method: http.MethodPut, Path: "/api/v1/teams/:id", Tag: "people", Summary: "Change a team", Auth: wire.Staff, In: TeamRequest{}, Out: Team{}, Serve: people("write", r.changeTeam)},
		{Method: http.MethodDelete, Path: "/api/v1/teams/:id", Tag: "people", Summary: "Remove a team; its members stay", Auth: wire.Staff, Serve: people("write", r.dropTeam)},
		{Method: http.MethodPut, Path: "/api/v1/company/hours", Tag: "people", Summary: "Set the company's hours and holidays", Auth: wire.Staff, In: hours.Hours{}, Out: CompanyHours{}, Serve: people("write", r.setHours)},
		{Method: http.MethodGet, Path: "/api/v1/roles", Tag: "people", Summary: "Who may use what, as the rules in force say", Auth: wire.Staff, Out: RolesAnswer{}, Serve: people("read", r.roles)},
	}
}

// roleNames are the roles that somebody can have.
var roleNames = [...]string{"admin", "agent", "marketing", "compliance", "executive"}

// KnownRole refuses a role that nobody can have.
func KnownRole(role string) error {
	for _, r := range roleNames {
		if r == role {
			return nil
		}
	}
	return desk.Refuse(desk.ErrInvalid, "role_unknown", role)
}

// longestName is how many characters a name has at most.
const longestName = 40

// Name trims the text of a field that is a name, and refuses what is none.
func Name(field, text string) (string, error) {
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

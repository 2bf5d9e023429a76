package admin

import (
	"context"
	"crypto/rand"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/cloudwego/hertz/pkg/app"

	"keliu/edge/staff/door"
	"keliu/edge/wire"
	"keliu/functions/routing"
	"keliu/functions/store/company"
	"keliu/streams/desk"
)

// A Person is one of the staff, as the administrator sees them.
type Person struct {
	ID       desk.AgentID `json:"id"`
	Name     string       `json:"name"`
	Role     string       `json:"role"`
	Skills   []string     `json:"skills"`
	Capacity int          `json:"capacity"`
	Team     string       `json:"team"` // the team's ID; empty for none
	Active   bool         `json:"active"`
	Initial  bool         `json:"initial"` // has not changed the password that was handed out
	Status   string       `json:"status"`
	Load     int          `json:"load"`
}

// A PeopleAnswer is everybody, and the skills that anybody has.
type PeopleAnswer struct {
	People []Person `json:"people"`
	Skills []string `json:"skills"`
}

// A PersonRequest is what can be changed about somebody.
type PersonRequest struct {
	Name     string   `json:"name"`
	Role     string   `json:"role"`
	Skills   []string `json:"skills"`
	Capacity int      `json:"capacity"` // conversations at the same time, 0 to 50
	Team     string   `json:"team"`
	Active   bool     `json:"active"`
}

// A NewPerson is somebody who is added.
type NewPerson struct {
	ID       desk.AgentID `json:"id"` // the user name: small letters, digits, . _ -
	Name     string       `json:"name"`
	Role     string       `json:"role"`
	Skills   []string     `json:"skills"`
	Capacity int          `json:"capacity"`
	Team     string       `json:"team"`
}

// A HiredAnswer is somebody and the password that was made for them. It is shown this once.
type HiredAnswer struct {
	Person   Person `json:"person"`
	Password string `json:"password"`
}

// A LogoutAnswer says how many logins ended.
type LogoutAnswer struct {
	Ended int64 `json:"ended"`
}

// A PasswordRequest changes one's own password.
type PasswordRequest struct {
	Old string `json:"old"`
	New string `json:"new"` // 10 to 256 bytes
}

// A RolesAnswer is what every role may do.
type RolesAnswer struct {
	Roles    []Role `json:"roles"`
	Revision string `json:"revision"` // of the rules
}

// A Role is what somebody in it may use.
type Role struct {
	Name  string            `json:"name"`
	Parts map[string]string `json:"parts"` // "read" or "write" by part; what is left out may not be used
}

const (
	mostCapacity = 50
	mostSkills   = 20
)

var (
	userName  = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{1,31}$`)
	skillName = regexp.MustCompile(`^[\p{L}\p{N}_-]{1,30}$`)
)

func person(a desk.Agent, s company.Standing) Person {
	skills := a.Skills
	if skills == nil {
		skills = []string{}
	}
	return Person{
		ID: a.ID, Name: a.Name, Role: a.Role, Skills: skills, Capacity: a.Capacity, Team: s.Team, Active: s.Active, Initial: s.Initial, Status: a.Status, Load: a.Load,
	}
}

func (r *Room) people(ctx context.Context, c *app.RequestContext, _ desk.Agent) error {
	all, err := r.Staff.Agents(ctx)
	if err != nil {
		return err
	}
	standings, err := r.Book.Standings(ctx)
	if err != nil {
		return err
	}
	out, skills := PeopleAnswer{People: []Person{}, Skills: []string{}}, map[string]bool{}
	for _, a := range all {
		out.People = append(out.People, person(a, standings[a.ID]))
		for _, s := range a.Skills {
			skills[s] = true
		}
	}
	out.Skills = append(out.Skills, slices.Sorted(maps.Keys(skills))...)
	return wire.Answer(c, out)
}

// check turns a request into what is kept.
func (r *Room) check(ctx context.Context, in PersonRequest) (PersonRequest, error) {
	var err error
	if in.Name, err = Name("name", in.Name); err != nil {
		return in, err
	}
	if err := KnownRole(in.Role); err != nil {
		return in, err
	}
	if in.Capacity < 0 || in.Capacity > mostCapacity {
		return in, desk.Refuse(desk.ErrInvalid, "capacity", mostCapacity)
	}
	if len(in.Skills) > mostSkills {
		return in, desk.Refuse(desk.ErrInvalid, "skill_name", "")
	}
	slices.Sort(in.Skills)
	in.Skills = slices.Compact(in.Skills)
	for _, s := range in.Skills {
		if !skillName.MatchString(s) {
			return in, desk.Refuse(desk.ErrInvalid, "skill_name", s)
		}
	}
	return in, r.Book.KnownTeam(ctx, in.Team)
}

func (r *Room) hire(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	var in NewPerson
	if err := wire.Bind(c, 8<<10, &in); err != nil {
		return err
	}
	if !userName.MatchString(string(in.ID)) {
		return desk.Refuse(desk.ErrInvalid, "user_name")
	}
	p, err := r.check(ctx, PersonRequest{Name: in.Name, Role: in.Role, Skills: in.Skills, Capacity: in.Capacity, Team: in.Team, Active: true})
	if err != nil {
		return err
	}
	password := freshPassword()
	a := desk.Agent{
		ID: in.ID, Name: p.Name, Role: p.Role, Skills: p.Skills, Capacity: p.Capacity, Password: r.Hash(password), Status: "offline", Changed: r.Now().UTC(),
	}
	if err := r.Book.Hire(ctx, a, p.Team); err != nil {
		return err
	}
	added := person(a, company.Standing{Team: p.Team, Active: true, Initial: true})
	if err := r.Door.Record(ctx, who, "person_added", "staff/"+string(a.ID), "", changes(Person{}, added)); err != nil {
		return err
	}
	return wire.Answer(c, HiredAnswer{added, password})
}

// freshPassword is one that a person can type: 80 bits.
func freshPassword() string { return strings.ToLower(rand.Text()[:16]) }

// find returns the person that an address names.
func (r *Room) find(ctx context.Context, c *app.RequestContext) (desk.Agent, company.Standing, error) {
	id := desk.AgentID(c.Param("id"))
	a, err := r.Staff.Agent(ctx, id)
	if err != nil {
		return a, company.Standing{}, err
	}
	s, err := r.Book.Standing(ctx, id)
	return a, s, err
}

func (r *Room) change(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	var in PersonRequest
	if err := wire.Bind(c, 8<<10, &in); err != nil {
		return err
	}
	a, standing, err := r.find(ctx, c)
	if err != nil {
		return err
	}
	before := person(a, standing)
	if in, err = r.check(ctx, in); err != nil {
		return err
	}
	a.Name, a.Role, a.Skills, a.Capacity = in.Name, in.Role, in.Skills, in.Capacity
	standing.Team, standing.Active = in.Team, in.Active
	if !in.Active {
		a.Status = "offline"
	}
	if err := r.Book.Change(ctx, a, standing, r.Now()); err != nil {
		return err
	}
	after := person(a, standing)
	if err := r.Door.Record(ctx, who, "person_changed", "staff/"+string(a.ID), "", changes(before, after)); err != nil {
		return err
	}
	works, err := r.mayAnswer(ctx, a.Role)
	if err != nil {
		return err
	}
	if !in.Active || !works {
		if err := r.release(ctx, a.ID); err != nil {
			return err
		}
	}
	if err := r.look(ctx, desk.Shift{Kind: "agent", Agent: a.ID}); err != nil {
		return err
	}
	return wire.Answer(c, after)
}

// mayAnswer reports whether the rules let a role answer customers.
func (r *Room) mayAnswer(ctx context.Context, role string) (bool, error) {
	parts, err := r.Door.Parts(ctx, desk.Agent{Role: role})
	return parts[door.Conversations] == "write", err
}

// release puts the conversations of somebody who cannot have them any more back into the queue.
func (r *Room) release(ctx context.Context, id desk.AgentID) error {
	held, err := r.Book.Held(ctx, id)
	if err != nil {
		return err
	}
	for _, conversation := range held {
		e := routing.Gone(conversation, r.Now())
		if err := desk.Inbound.Publish(ctx, r.Streams, string(e.ID), string(conversation.ID), e); err != nil {
			return err
		}
	}
	return nil
}

// changes are what is different after a change, for the trail: "before → after" by field.
func changes(before, after Person) map[string]string {
	out := map[string]string{}
	note := func(field, b, a string) {
		if b != a {
			out[field] = b + " → " + a
		}
	}
	note("name", before.Name, after.Name)
	note("role", before.Role, after.Role)
	note("skills", strings.Join(before.Skills, " "), strings.Join(after.Skills, " "))
	note("capacity", strconv.Itoa(before.Capacity), strconv.Itoa(after.Capacity))
	note("team", before.Team, after.Team)
	note("active", strconv.FormatBool(before.Active), strconv.FormatBool(after.Active))
	return out
}

func (r *Room) reset(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	a, standing, err := r.find(ctx, c)
	if err != nil {
		return err
	}
	password := freshPassword()
	if err := r.Book.SetPassword(ctx, a.ID, r.Hash(password), true); err != nil {
		return err
	}
	if err := r.Door.Record(ctx, who, "password_reset", "staff/"+string(a.ID), "", nil); err != nil {
		return err
	}
	standing.Initial = true
	return wire.Answer(c, HiredAnswer{person(a, standing), password})
}

func (r *Room) logout(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	a, _, err := r.find(ctx, c)
	if err != nil {
		return err
	}
	ended, err := r.Book.EndLogins(ctx, a.ID)
	if err != nil {
		return err
	}
	if err := r.Door.Record(ctx, who, "logged_out", "staff/"+string(a.ID), "", map[string]string{"logins": strconv.FormatInt(ended, 10)}); err != nil {
		return err
	}
	return wire.Answer(c, LogoutAnswer{ended})
}

// ownPassword changes the password of whoever calls, who is logged out everywhere else.
func (r *Room) ownPassword(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	var in PasswordRequest
	if err := wire.Bind(c, 4<<10, &in); err != nil {
		return err
	}
	right, err := r.Tries.Take(string(who.ID), c.ClientIP())
	if err != nil {
		return err
	}
	if !r.Matches(who.Password, in.Old) {
		if err := r.Door.Record(ctx, who, "password_refused", "staff/"+string(who.ID), "", nil); err != nil {
			return err
		}
		return desk.Refuse(desk.ErrForbidden, "password_wrong")
	}
	right()
	if err := NewPassword(in.Old, in.New); err != nil {
		return err
	}
	if err := r.Book.OwnPassword(ctx, who.ID, r.Hash(in.New), door.Hash(door.Token(c))); err != nil {
		return err
	}
	c.SetStatusCode(204)
	return r.Door.Record(ctx, who, "password_changed", "staff/"+string(who.ID), "", nil)
}

// The length of a password, in bytes.
const (
	shortestPassword = 10
	longestPassword  = 256
)

// NewPassword refuses a new password that is too short, too long or the old one.
func NewPassword(old, fresh string) error {
	if len(fresh) < shortestPassword || len(fresh) > longestPassword || fresh == old {
		return desk.Refuse(desk.ErrInvalid, "password_weak", shortestPassword)
	}
	return nil
}

func (r *Room) roles(ctx context.Context, c *app.RequestContext, _ desk.Agent) error {
	out := RolesAnswer{Revision: r.Door.Rules.Revision()}
	for _, role := range roleNames {
		parts, err := r.Door.Parts(ctx, desk.Agent{Role: role})
		if err != nil {
			return err
		}
		out.Roles = append(out.Roles, Role{role, parts})
	}
	return wire.Answer(c, out)
}

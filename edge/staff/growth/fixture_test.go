package growth_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/cloudwego/hertz/pkg/app"
	"github.com/cloudwego/hertz/pkg/route/param"

	"keliu/edge/staff/door"
	"keliu/edge/staff/growth"
	"keliu/functions/outreach"
	"keliu/functions/store/database"
	"keliu/functions/store/leads"
	"keliu/policies"
	"keliu/policies/audit"
	"keliu/streams"
	"keliu/streams/desk"
)

// noon is in Beijing.
var noon = time.Date(2026, 11, 24, 4, 0, 0, 0, time.UTC)

// staff work here, and one has left.
var staff = []desk.Agent{
	{ID: "mei", Name: "梅", Role: "marketing"}, {ID: "lan", Name: "兰", Role: "marketing"}, {ID: "an", Name: "安", Role: "agent"},
	{ID: "ada", Name: "Ada", Role: "admin"}, {ID: "eve", Name: "伊芙", Role: "executive"}, {ID: "kai", Name: "凯", Role: "compliance"},
}

var left = desk.Agent{ID: "old", Name: "老李", Role: "marketing"}

type people struct{}

func (people) Here(context.Context) ([]desk.Agent, error) { return staff, nil }
func (people) Agents(context.Context) ([]desk.Agent, error) {
	return append([]desk.Agent{left}, staff...), nil
}

// LoggedIn knows the staff by their IDs as tokens.
func (people) LoggedIn(_ context.Context, hash string, _ time.Time) (desk.Agent, error) {
	for _, a := range staff {
		if door.Hash(string(a.ID)) == hash {
			return a, nil
		}
	}
	return desk.Agent{}, desk.ErrNotFound
}

// A platform answers every send the same.
type platform struct {
	delivery desk.Delivery
	said     []desk.Send
}

func (p *platform) Send(_ context.Context, s desk.Send) (desk.Delivery, error) {
	p.said = append(p.said, s)
	d := p.delivery
	d.Send = s.ID
	return d, nil
}

// An office is marketing's room with all that stands behind it.
type office struct {
	testing.TB
	routes   map[string]func(context.Context, *app.RequestContext) error
	desk     *outreach.Desk
	shelf    *leads.Shelf
	trail    *audit.Trail
	platform *platform
	now      time.Time
	n        int
}

func open(t testing.TB) *office {
	t.Helper()
	db, err := database.Open(t.Context(), "sqlite:", t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	o := &office{TB: t, shelf: leads.Open(db), platform: &platform{delivery: desk.Delivery{State: desk.Sent}}, now: noon, routes: map[string]func(context.Context, *app.RequestContext) error{}}
	if o.trail, err = audit.Open(t.TempDir(), audit.Options{}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(o.trail.Close(), db.Close()); err != nil {
			t.Error(err)
		}
	})
	engine, err := policies.Open(t.Context(), policies.Options{})
	if err != nil {
		t.Fatal(err)
	}
	now := func() time.Time { return o.now }
	if o.desk, err = outreach.Open(t.Context(), outreach.Options{
		Shelf: o.shelf, Rules: engine, Senders: map[string]outreach.Sender{"douyin": o.platform}, Trail: o.trail, Now: now, Log: slog.New(slog.DiscardHandler),
	}); err != nil {
		t.Fatal(err)
	}
	room := &growth.Room{
		Door: &door.Door{Logins: people{}, Rules: engine, Trail: o.trail, Now: now}, Outreach: o.desk, Leads: o.shelf, Staff: people{}, Now: now,
	}
	for _, route := range room.Routes() {
		o.routes[route.Method+" "+route.Path] = route.Serve
	}
	return o
}

// A call is a request of one of the staff. Its path has the form of the route, with what stands for the names in it.
type call struct {
	who, route string
	names      map[string]string
	query      string
	body       string
	lang       string
	key        string
}

// do makes a call; into may be nil. It returns the code of a refusal, "" without one.
func (o *office) do(in call, into any) string {
	o.Helper()
	serve := o.routes[in.route]
	if serve == nil {
		o.Fatalf("there is no %s", in.route)
	}
	c := app.NewContext(0)
	c.Request.SetRequestURI("/?" + in.query)
	c.Request.SetBodyString(in.body)
	c.Request.Header.Set("Authorization", "Bearer "+in.who)
	c.Request.Header.Set("Accept-Language", in.lang)
	if in.key != "" {
		c.Request.Header.Set("Idempotency-Key", in.key)
	}
	for name, value := range in.names {
		c.Params = append(c.Params, param.Param{Key: name, Value: value})
	}
	if err := serve(o.Context(), c); err != nil {
		var problem *desk.Problem
		if errors.As(err, &problem) {
			return strings.TrimSpace(problem.Code + " " + strings.TrimSuffix(fmt.Sprintln(problem.Args...), "\n"))
		}
		return err.Error()
	}
	if into != nil {
		if err := json.Unmarshal(c.Response.Body(), into); err != nil {
			o.Fatalf("%s: %v in %s", in.route, err, c.Response.Body())
		}
	}
	if status := c.Response.StatusCode(); status != http.StatusOK && status != http.StatusNoContent {
		o.Errorf("%s: status %d", in.route, status)
	}
	return ""
}

// must is do for what is not refused.
func (o *office) must(in call, into any) {
	o.Helper()
	if refused := o.do(in, into); refused != "" {
		o.Fatalf("%s of %s: %s", in.route, in.who, refused)
	}
}

// touch lets somebody do something now.
func (o *office) touch(kind desk.TouchKind, who, text string) {
	o.Helper()
	o.n++
	t := desk.Touch{ID: fmt.Sprint("t", o.n), Kind: kind, Channel: "douyin", Person: desk.PersonID("douyin:" + who), Name: "小鱼", Text: text, At: o.now}
	if kind == desk.Commented {
		t.Comment, t.Item = fmt.Sprint("c", o.n), "video_1"
	}
	if err := o.desk.Handle(o.Context(), streams.Record{}, t); err != nil {
		o.Fatal(err)
	}
}

// carry hands over what waits.
func (o *office) carry() {
	o.Helper()
	waiting, err := o.shelf.Sendings(o.Context(), leads.SendQuery{State: desk.Pending})
	if err != nil {
		o.Fatal(err)
	}
	for _, w := range waiting {
		if err := o.desk.Carry(o.Context(), streams.Record{Attempt: 1}, w.Send); err != nil {
			o.Fatal(err)
		}
	}
}

// rule keeps one that answers.
func (o *office) rule(name, phrase string) (kept leads.Rule) {
	o.Helper()
	o.must(call{who: "mei", route: "POST /api/v1/outreach/rules", body: fmt.Sprintf(`{"name":%q,"any":[%q],"score":40,"reply":"私信我们","confirm":true}`, name, phrase)}, &kept)
	return kept
}

package platform

import (
	"embed"
	"encoding/json"
	"io/fs"
	"net/http"
	"slices"
	"strings"
	"time"

	"keliu/infra/simulators/douyin/courier"
	"keliu/infra/simulators/douyin/wire"
)

//go:embed page
var page embed.FS

// routes are the platform's API, and beside it the page and the calls that steer the simulator.
func (p *Platform) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /oauth/client_token/", p.api(CallToken, p.token))
	mux.HandleFunc("POST /im/send/msg/", p.api(CallSend, p.sendMessage))
	mux.HandleFunc("POST /item/comment/reply/", p.api(CallComment, p.replyToComment))

	steer(mux, "/sim/comment", func(in struct{ Name, Item, Text, Parent string }) (any, string) {
		if !said(in.Name, in.Text) {
			return nil, "name and text are needed"
		}
		return p.Comment(in.Name, in.Item, in.Text, in.Parent), ""
	})
	steer(mux, "/sim/message", func(in struct{ Name, Text, Kind string }) (any, string) {
		if in.Kind != "" && in.Kind != "text" && strings.TrimSpace(in.Name) != "" {
			return p.Show(in.Name, in.Kind), ""
		}
		if !said(in.Name, in.Text) {
			return nil, "name and text are needed"
		}
		return p.Say(in.Name, in.Text), ""
	})
	steer(mux, "/sim/enter", func(in struct {
		Name string
		Entry
	}) (any, string) {
		if !said(in.Name, "-") {
			return nil, "name is needed"
		}
		return map[string]string{"id": p.Enter(in.Name, in.Entry)}, ""
	})
	steer(mux, "/sim/authorise", func(in struct {
		Name, Source string
		Hours        int
	}) (any, string) {
		if !said(in.Name, in.Source) {
			return nil, "name and source are needed"
		}
		until := time.Time{}
		if in.Hours > 0 {
			until = p.o.Now().Add(time.Duration(in.Hours) * time.Hour)
		}
		p.Authorise(in.Name, in.Source, until)
		return struct{}{}, ""
	})
	steer(mux, "/sim/recall", func(in struct{ Name, ID string }) (any, string) {
		if !p.Recall(in.Name, in.ID) {
			return nil, "there is no such message"
		}
		return struct{}{}, ""
	})
	p.steerings(mux)
	files, err := fs.Sub(page, "page")
	if err != nil {
		panic(err) // the folder is part of this program
	}
	mux.Handle("GET /", http.FileServerFS(files))
	return mux
}

// steerings are the calls that change how the platform behaves, and the one that shows it.
func (p *Platform) steerings(mux *http.ServeMux) {
	steer(mux, "/sim/settings", func(in struct {
		courier.Settings
		DelayMS int64 `json:"delay_ms"`
	}) (any, string) {
		if in.Copies < 0 || in.Copies > 100 || in.Drop < 0 || in.DelayMS < 0 {
			return nil, "copies are 0 to 100, drop and delay_ms not below 0"
		}
		in.Delay = time.Duration(in.DelayMS) * time.Millisecond
		p.courier.Set(in.Settings)
		return in.Settings, ""
	})
	steer(mux, "/sim/fault", func(in Fault) (any, string) {
		if err := p.Fail(in); err != nil {
			return nil, err.Error()
		}
		return in, ""
	})
	steer(mux, "/sim/heal", func(struct{}) (any, string) { p.Heal(); return struct{}{}, "" })
	steer(mux, "/sim/expire", func(struct{}) (any, string) { p.Expire(); return struct{}{}, "" })
	steer(mux, "/sim/subscribe", func(in struct{ Webhook string }) (any, string) {
		if err := p.Subscribe(in.Webhook); err != nil {
			return nil, err.Error()
		}
		return struct{}{}, ""
	})
	mux.HandleFunc("GET /sim/state", func(w http.ResponseWriter, _ *http.Request) { wire.JSON(w, http.StatusOK, p.state()) })
}

// said reports whether somebody said something.
func said(name, text string) bool {
	return strings.TrimSpace(name) != "" && strings.TrimSpace(text) != ""
}

// steer mounts a call of the simulator itself. do returns what is wrong with it, in words.
func steer[In any](mux *http.ServeMux, path string, do func(In) (any, string)) {
	mux.HandleFunc("POST "+path, func(w http.ResponseWriter, r *http.Request) {
		var in In
		if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 64<<10)).Decode(&in); err != nil {
			wire.JSON(w, http.StatusBadRequest, map[string]string{"error": "the body is not JSON: " + err.Error()})
			return
		}
		out, wrong := do(in)
		if wrong != "" {
			wire.JSON(w, http.StatusBadRequest, map[string]string{"error": wrong})
			return
		}
		wire.JSON(w, http.StatusOK, out)
	})
}

// A view is all that the page shows.
type view struct {
	Version  int64             `json:"version"`
	Account  string            `json:"account"`
	Webhook  string            `json:"webhook"`
	Settings courier.Settings  `json:"settings"`
	Faults   []Fault           `json:"faults"`
	Videos   []Video           `json:"videos"`
	Comments []Comment         `json:"comments"`
	People   []person          `json:"people"` // who was heard last comes first
	Attempts []courier.Attempt `json:"attempts"`
	Calls    []Call            `json:"calls"`
}

// A person is a user as the page shows them.
type person struct {
	Name     string    `json:"name"`
	OpenID   string    `json:"open_id"`
	Messages []Message `json:"messages"`
	Left     int       `json:"left"` // of the reply window
	Until    time.Time `json:"until,omitzero"`
	Allowed  time.Time `json:"allowed,omitzero"`
	last     time.Time
}

// shown is how much of each kind the page shows.
const shown = 200

func (p *Platform) state() view {
	p.mu.Lock()
	defer p.mu.Unlock()
	v := view{
		Account: p.o.Account, Webhook: p.courier.Address(), Settings: p.courier.Settings(), Faults: []Fault{}, Videos: p.videos, People: []person{},
		Comments: last(p.comments), Attempts: last(p.courier.Attempts()), Calls: last(p.calls),
	}
	for _, f := range p.faults {
		v.Faults = append(v.Faults, *f)
	}
	for _, u := range p.users {
		one := person{Name: u.Name, OpenID: u.OpenID, Messages: last(u.said), Allowed: u.allowed, last: u.lastIn.At}
		if until := u.lastIn.At.Add(replyWindow); p.o.Now().Before(until) {
			one.Left, one.Until = replyLimit-u.replies, until
		}
		if n := len(u.said); n > 0 {
			one.last = u.said[n-1].At
		}
		v.People = append(v.People, one)
	}
	for _, c := range v.Comments {
		if i := slices.IndexFunc(v.People, func(q person) bool { return q.OpenID == c.User }); i >= 0 && v.People[i].last.Before(c.At) {
			v.People[i].last = c.At
		}
	}
	slices.SortFunc(v.People, func(a, b person) int {
		if c := b.last.Compare(a.last); c != 0 {
			return c
		}
		return strings.Compare(a.Name, b.Name)
	})
	return v
}

// last returns a copy of the latest of what is remembered; never nil.
func last[T any](all []T) []T { return append([]T{}, all[max(0, len(all)-shown):]...) }

// Package acceptance_test talks to the whole product, assembled as it runs, over its public interface.
package acceptance_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"keliu/edge/gateway"
	"keliu/functions/catalog"
	"keliu/infra/rig"
	"keliu/policies/mask"
)

const patience = 60 * time.Second

// A house is the product in this process.
type house struct {
	*testing.T
	edge *gateway.Edge
	url  string
	dir  string
	log  *strings.Builder
	stop func()
}

// history is the setting of a house that has made-up figures of the weeks before.
const history = "history"

// open starts the product with demo data. settings are NAME=value.
func open(t *testing.T, settings ...string) *house {
	t.Helper()
	return openIn(t, t.TempDir(), settings...)
}

func openIn(t *testing.T, dir string, settings ...string) *house {
	t.Helper()
	environment := map[string]string{"KELIU_LISTEN": "127.0.0.1:0", "KELIU_DATA": dir, "KELIU_DEMO": "true", "KELIU_DEMO_PASSWORD": rig.Password}
	for _, s := range settings {
		name, value, _ := strings.Cut(s, "=")
		environment[name] = value
	}
	config, err := catalog.FromEnv(func(name string) (string, bool) { v, ok := environment[name]; return v, ok })
	if err != nil {
		t.Fatal(err)
	}
	_, config.History = environment[history]
	h := &house{T: t, dir: dir, log: &strings.Builder{}}
	edge, err := gateway.Open(t.Context(), config, "test", slog.New(mask.Handler(slog.NewTextHandler(&locked{b: h.log}, nil))))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ready, ended := make(chan struct{}), make(chan error, 1)
	go func() { ended <- edge.Serve(ctx, func() { close(ready) }) }()
	select {
	case <-ready:
	case err := <-ended:
		t.Fatal(err)
	}
	h.edge, h.url = edge, edge.Address()
	stopped := false
	h.stop = func() {
		if stopped {
			return
		}
		stopped = true
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
	t.Cleanup(h.stop)
	return h
}

// on is the house for a part of its test.
func (h *house) on(t *testing.T) *house {
	part := *h
	part.T = t
	return &part
}

// enter opens a customer's session.
func (h *house) enter(request map[string]string) *guest {
	h.Helper()
	if request == nil {
		request = map[string]string{}
	}
	c, err := rig.Enter(h.Context(), h.url, request)
	if err != nil {
		h.Fatal(err)
	}
	return &guest{Customer: c, house: h}
}

// A guest is a customer who listens.
type guest struct {
	*rig.Customer
	house *house
	last  int64 // the last event heard
}

// ask says something and returns what follows, up to the reply.
func (g *guest) ask(text string) (reply rig.Line, others []rig.Event) {
	g.house.Helper()
	sent, err := g.Say(g.house.Context(), text, "")
	if err != nil {
		g.house.Fatalf("%s: %v", text, err)
	}
	g.hear(func(e rig.Event) bool {
		var l rig.Line
		decode(g.house.T, e.Data, &l)
		if e.Name == "reply" && l.ID == sent.ID+"_r" {
			reply = l
			return false
		}
		others = append(others, e)
		return true
	})
	return reply, others
}

// await hears until an event of a name comes.
func (g *guest) await(name string) (found rig.Event) {
	g.house.Helper()
	g.hear(func(e rig.Event) bool {
		found = e
		return e.Name != name
	})
	return found
}

// hear listens on from the last event until hear returns false.
func (g *guest) hear(hear func(rig.Event) bool) {
	g.house.Helper()
	ctx, cancel := context.WithTimeout(g.house.Context(), patience)
	defer cancel()
	done := false
	err := g.Listen(ctx, g.last, func(e rig.Event) bool {
		if e.ID > 0 {
			if e.ID <= g.last {
				g.house.Errorf("event %d came again", e.ID)
			}
			g.last = e.ID
		}
		done = !hear(e)
		return !done
	})
	if !done {
		g.house.Fatalf("not heard in time (%v)\n%s", err, g.house.log)
	}
}

// eventually waits until a condition holds.
func (h *house) eventually(what string, holds func() bool) {
	h.Helper()
	h.within(patience, what, holds)
}

// within is eventually for what takes its time.
func (h *house) within(most time.Duration, what string, holds func() bool) {
	h.Helper()
	for deadline := time.Now().Add(most); !holds(); {
		if time.Now().After(deadline) {
			h.Fatalf("%s: not in time\n%s", what, h.log)
		}
		time.Sleep(time.Millisecond) // between looks; how long does not matter
	}
}

// staff logs somebody in.
func (h *house) staff(user string) *rig.Customer {
	h.Helper()
	c := &rig.Customer{URL: h.url, Client: http.DefaultClient}
	if err := c.Call(h.Context(), http.MethodPost, "/api/v1/staff/login", nil, map[string]string{"user": user, "password": rig.Password}, c); err != nil {
		h.Fatal(err)
	}
	return c
}

// refused is an error's status and code.
func refused(err error) string {
	var r *rig.Refusal
	if errors.As(err, &r) {
		return fmt.Sprintf("%d %s", r.Status, r.Code)
	}
	return fmt.Sprint(err)
}

// Every conversation in testdata is had with the product.
func TestConversations(t *testing.T) { open(t).converse() }

// converse has every conversation.
func (h *house) converse() {
	h.Helper()
	t := h.T
	scripts, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(scripts) == 0 {
		t.Fatalf("no conversations (%v)", err)
	}
	for _, script := range scripts {
		t.Run(strings.TrimSuffix(filepath.Base(script), ".txt"), func(t *testing.T) {
			text, err := os.ReadFile(script)
			if err != nil {
				t.Fatal(err)
			}
			(&conversation{house: h.on(t)}).run(string(text))
		})
	}
}

// Package accounts makes the accounts that a company begins with: the demo's staff and their teams, or the first administrator.
package accounts

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"time"

	"keliu/functions/store"
	"keliu/functions/store/company"
	"keliu/streams/desk"
)

// A Desk makes accounts. Its fields are set before use.
type Desk struct {
	Store *store.Store
	Book  *company.Book
	Hash  func(password string) string
	Now   func() time.Time
}

// A hand is one of the demo's staff and the team they begin in.
type hand struct {
	desk.Agent
	team string
}

// The teams of the demo.
const (
	presales   = "team_presales"
	aftersales = "team_aftersales"
)

// hands are the demo's staff. An administrator comes first: there is always one.
func hands() []hand {
	return []hand{
		{Agent: desk.Agent{ID: "admin", Name: "管理员", Role: "admin"}},
		{Agent: desk.Agent{ID: "agent", Name: "小禾", Role: "agent", Skills: []string{"aftersales", "complaint", "presales"}, Capacity: 8}, team: aftersales},
		{Agent: desk.Agent{ID: "agent2", Name: "阿泽", Role: "agent", Skills: []string{"presales"}, Capacity: 6}, team: presales},
		{Agent: desk.Agent{ID: "agent3", Name: "小满", Role: "agent", Skills: []string{"aftersales", "complaint"}, Capacity: 6}, team: aftersales},
		{Agent: desk.Agent{ID: "compliance", Name: "合规专员", Role: "compliance"}},
		{Agent: desk.Agent{ID: "executive", Name: "负责人", Role: "executive"}},
		{Agent: desk.Agent{ID: "marketing", Name: "营销专员", Role: "marketing"}},
	}
}

// DemoNames are the user names of the demo's staff.
func DemoNames() []string {
	var names []string
	for _, h := range hands() {
		names = append(names, string(h.ID))
	}
	return names
}

// Demo makes those of the demo's staff who are not there yet, and returns the password that they begin with. A password that is
// given is set for all of them; without one it is made up at the first start and stays, so that whoever chose their own keeps it.
func (d Desk) Demo(ctx context.Context, given string) (password string, err error) {
	if password, err = d.Book.DemoPassword(ctx, given, fresh); err != nil {
		return "", err
	}
	hash, teams := d.Hash(password), []company.Team{{ID: presales, Name: "售前"}, {ID: aftersales, Name: "售后", Lead: "agent"}}
	for _, h := range hands() {
		known, err := d.Store.Agent(ctx, h.ID)
		switch {
		case err == nil && given == "":
		case err == nil:
			known.Password = hash
			err = d.Store.SaveAgent(ctx, known)
		case errors.Is(err, desk.ErrNotFound):
			h.Password, h.Status, h.Changed = hash, "offline", d.Now()
			err = d.begin(ctx, h, teams)
		}
		if err != nil {
			return "", fmt.Errorf("demo account %s: %w", h.ID, err)
		}
	}
	return password, nil
}

// begin makes an account of the demo, and its team where that is not there.
func (d Desk) begin(ctx context.Context, h hand, teams []company.Team) error {
	if err := d.Store.SaveAgent(ctx, h.Agent); err != nil {
		return err
	}
	for _, t := range teams {
		if t.ID != h.team {
			continue
		}
		if err := d.Book.SaveTeam(ctx, t); err != nil {
			return err
		}
		return d.Book.Change(ctx, h.Agent, company.Standing{Team: t.ID, Active: true}, d.Now())
	}
	return nil
}

// First makes the first administrator where nobody could log in, and returns their password; it is empty when somebody can.
func (d Desk) First(ctx context.Context) (password string, err error) {
	all, err := d.Store.Agents(ctx)
	if err != nil || len(all) > 0 {
		return "", err
	}
	password = fresh()
	return password, d.Store.SaveAgent(ctx, desk.Agent{
		ID: "admin", Name: "管理员", Role: "admin", Status: "offline", Password: d.Hash(password), Changed: d.Now(),
	})
}

// fresh is a password that a person can type: 80 bits.
func fresh() string { return strings.ToLower(rand.Text()[:16]) }

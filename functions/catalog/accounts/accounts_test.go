package accounts_test

import (
	"testing"
	"time"

	"keliu/functions/catalog/accounts"
	"keliu/functions/store"
	"keliu/functions/store/company"
	"keliu/streams/desk"
)

// open returns a desk over a fresh store, whose hashes can be read.
func open(t *testing.T) accounts.Desk {
	t.Helper()
	s, err := store.Open(t.Context(), "sqlite:", t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return accounts.Desk{Store: s, Book: company.Open(s.DB), Hash: func(p string) string { return "hash of " + p }, Now: time.Now}
}

func password(t *testing.T, d accounts.Desk, id desk.AgentID) string {
	t.Helper()
	a, err := d.Store.Agent(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return a.Password
}

func start(t *testing.T, d accounts.Desk, given string) string {
	t.Helper()
	p, err := d.Demo(t.Context(), given)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Whoever chose a password of their own keeps it over the next start, unless one is given for all of them.
func TestDemoKeepsPasswords(t *testing.T) {
	d := open(t)
	first := start(t, d, "")
	if first == "" || password(t, d, "agent") != "hash of "+first {
		t.Fatalf("%q opens nothing", first)
	}
	if err := d.Book.SetPassword(t.Context(), "agent", "my own", false); err != nil {
		t.Fatal(err)
	}
	if again := start(t, d, ""); again != first {
		t.Errorf("told %q, then %q", first, again)
	}
	if got := password(t, d, "agent"); got != "my own" {
		t.Errorf("their own password became %q", got)
	}
	if got := password(t, d, "marketing"); got != "hash of "+first {
		t.Errorf("what is told does not open: %q", got)
	}
	start(t, d, "given")
	if got := password(t, d, "agent"); got != "hash of given" {
		t.Errorf("a password that is given: %q", got)
	}
	if told := start(t, d, ""); told != "given" {
		t.Errorf("told %q where %q opens", told, "given")
	}
}

// There is somebody to pass a conversation on to, in either team; what an administrator changed stays.
func TestDemoHasTeams(t *testing.T) {
	d := open(t)
	start(t, d, "")
	agents := map[string]int{}
	standings, err := d.Book.Standings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range standings {
		agents[s.Team]++
	}
	teams, err := d.Book.Teams(t.Context())
	if err != nil || len(teams) != 2 || agents[teams[0].ID] == 0 || agents[teams[1].ID] == 0 {
		t.Fatalf("%+v of %v (%v)", teams, agents, err)
	}
	if err := d.Book.DropTeam(t.Context(), teams[0].ID); err != nil {
		t.Fatal(err)
	}
	if err := d.Book.Change(t.Context(), desk.Agent{ID: "agent2", Name: "另一位", Role: "agent"}, company.Standing{}, time.Now()); err != nil {
		t.Fatal(err)
	}
	start(t, d, "given")
	if teams, err := d.Book.Teams(t.Context()); err != nil || len(teams) != 1 {
		t.Errorf("a team that was removed came back: %+v (%v)", teams, err)
	}
	if s, err := d.Book.Standing(t.Context(), "agent2"); err != nil || s.Active {
		t.Errorf("whoever left came back: %+v (%v)", s, err)
	}
	if a, err := d.Store.Agent(t.Context(), "agent2"); err != nil || a.Name != "另一位" {
		t.Errorf("%+v (%v)", a, err)
	}
}

// The first administrator is made once, and only where nobody could log in.
func TestFirstAdministrator(t *testing.T) {
	d := open(t)
	made, err := d.First(t.Context())
	if err != nil || password(t, d, "admin") != "hash of "+made {
		t.Fatalf("%q (%v)", made, err)
	}
	if again, err := d.First(t.Context()); err != nil || again != "" {
		t.Errorf("made again: %q (%v)", again, err)
	}
}

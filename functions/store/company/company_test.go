package company

import (
	"context"
	"errors"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"keliu/functions/store"
	"keliu/functions/store/group"
	"keliu/functions/store/storetest"
	"keliu/streams/desk"
)

// each runs a test on every database that there is.
func each[T storetest.T[T]](t T, do func(t T, address string)) {
	t.Helper()
	storetest.Each(t, os.Getenv("KELIU_TEST_POSTGRES"), do)
}

func book(t *testing.T, address string) *Book {
	t.Helper()
	s, err := store.Open(t.Context(), address, "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return Open(s.DB)
}

// The same question in other words of courtesy is one gap; the same ask counts once.
func TestGapsGroup(t *testing.T) {
	each(t, func(t *testing.T, address string) {
		b, now := book(t, address), time.UnixMilli(1790000000000).UTC()
		for i, ask := range []struct{ id, text string }{
			{"1", "请问你们支持货到付款吗？"}, {"2", "支持货到付款吗"}, {"2", "支持货到付款吗"}, {"3", "支持 货到付款！"}, {"4", "有实体店么"}, {"5", "？！"},
		} {
			if err := b.Ask(t.Context(), ask.id, ask.text, "c", now.Add(time.Duration(i)*time.Minute)); err != nil {
				t.Fatal(err)
			}
		}
		gaps, err := b.Gaps(t.Context(), 10)
		if err != nil || len(gaps) != 2 {
			t.Fatalf("%+v (%v)", gaps, err)
		}
		if g := gaps[0]; g.Count != 3 || g.Question != "支持 货到付款！" || len(g.Examples) != 3 || !g.Last.Equal(now.Add(3*time.Minute)) {
			t.Errorf("%+v", g)
		}
		if err := b.Dismiss(t.Context(), gaps[0].ID); err != nil {
			t.Error(err)
		}
		if err := b.Dismiss(t.Context(), gaps[0].ID); !errors.Is(err, desk.ErrNotFound) {
			t.Errorf("dismissed twice: %v", err)
		}
	})
}

// Nobody, in whatever order, can take away the last administrator.
func TestAnAdministratorRemains(t *testing.T) {
	each(t, func(t *testing.T, address string) {
		b, now := book(t, address), time.UnixMilli(1790000000000).UTC()
		for _, id := range []desk.AgentID{"one", "two"} {
			if err := b.Hire(t.Context(), desk.Agent{ID: id, Name: string(id), Role: "admin", Changed: now}, ""); err != nil {
				t.Fatal(err)
			}
		}
		if err := b.Change(t.Context(), desk.Agent{ID: "one", Name: "one", Role: "admin"}, Standing{Active: false}, now); err != nil {
			t.Error(err)
		}
		for name, a := range map[string]struct {
			role   string
			active bool
		}{"leaves": {"admin", false}, "steps down": {"agent", true}} {
			if err := b.Change(t.Context(), desk.Agent{ID: "two", Name: "two", Role: a.role}, Standing{Active: a.active}, now); !errors.Is(err, desk.ErrConflict) {
				t.Errorf("the last one %s: %v", name, err)
			}
		}
		if s, err := b.Standing(t.Context(), "two"); err != nil || !s.Active {
			t.Errorf("%+v (%v)", s, err)
		}
	})
}

// A key of the time before there were scopes is for all of its role; one with an empty list is for nothing.
func TestScopesOfKeys(t *testing.T) {
	each(t, func(t *testing.T, address string) {
		b, now := book(t, address), time.UnixMilli(1790000000000).UTC()
		logins := Logins{Staff: nobody{}, Book: b}
		for hash, scopes := range map[string][]string{"none": {}, "two": {"knowledge.read", "outreach.write"}, "old": nil} {
			if err := b.AddKey(t.Context(), hash, Key{ID: hash, Name: hash, Role: "marketing", Scopes: scopes, Made: now}); err != nil {
				t.Fatal(err)
			}
		}
		if err := b.db.Change(t.Context(), func(t *group.Tx) error {
			_, err := t.Exec(`UPDATE api_keys SET scopes = '*' WHERE id = 'old'`)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		for hash, want := range map[string][]string{"none": {}, "two": {"knowledge.read", "outreach.write"}, "old": nil} {
			who, err := logins.LoggedIn(t.Context(), hash, now)
			if diff := cmp.Diff(want, who.Scopes); err != nil || !who.Program || diff != "" {
				t.Errorf("%s: %+v (%v)%s", hash, who, err, diff)
			}
		}
	})
}

// A key is in force until it expires.
func TestKeysExpire(t *testing.T) {
	each(t, func(t *testing.T, address string) {
		b, now := book(t, address), time.UnixMilli(1790000000000).UTC()
		if err := b.AddKey(t.Context(), "hash", Key{ID: "k", Name: "sync", Role: "agent", By: "admin", Made: now, Expires: now.Add(time.Hour)}); err != nil {
			t.Fatal(err)
		}
		logins := Logins{Staff: nobody{}, Book: b}
		if who, err := logins.LoggedIn(t.Context(), "hash", now); err != nil || who.ID != "key:k" || who.Role != "agent" {
			t.Errorf("%+v (%v)", who, err)
		}
		if _, err := logins.LoggedIn(t.Context(), "hash", now.Add(time.Hour)); !errors.Is(err, desk.ErrNotFound) {
			t.Errorf("an expired key: %v", err)
		}
	})
}

// nobody is logged in.
type nobody struct{}

func (nobody) LoggedIn(context.Context, string, time.Time) (desk.Agent, error) {
	return desk.Agent{}, desk.ErrNotFound
}

package server

import (
	"errors"
	"net/url"
	"strings"
	"testing"

	"keliu/streams/desk"
)

// FuzzParse checks that an address is refused as such, without telling the password, or names how many connections there are.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{"localhost:5432/keliu", "[::1]/d?writers=4&readers=64", "h/d?sslmode=require&search_path=a", "h/d?writers=65", "h/d?x", "/d", "%zz"} {
		f.Add(seed)
	}
	const password = "correct-horse"
	f.Fuzz(func(t *testing.T, rest string) {
		if strings.Contains(rest, "@") {
			return // is another password
		}
		s, err := Parse("postgres://keliu:" + password + "@" + rest)
		if err == nil {
			if s.Writers < 1 || s.Writers > 64 || s.Readers < 1 || s.Readers > 64 {
				t.Errorf("%d writers and %d readers", s.Writers, s.Readers)
			}
			return
		}
		if !errors.Is(err, desk.ErrInvalid) || strings.Contains(err.Error(), password) {
			t.Error(err)
		}
	})
}

func TestWhatAnAddressSays(t *testing.T) {
	s, err := Parse("postgresql://keliu:" + url.PathEscape("p@/ss") + "@db.example:6000/shop?application_name=night&writers=3&search_path=tenant")
	if err != nil {
		t.Fatal(err)
	}
	c := s.config
	if c.Host != "db.example" || c.Port != 6000 || c.Database != "shop" || c.Password != "p@/ss" || s.Writers != 3 || s.Readers != 16 {
		t.Errorf("%s:%d/%s with %d writers and %d readers", c.Host, c.Port, c.Database, s.Writers, s.Readers)
	}
	for name, want := range map[string]string{"application_name": "night", "search_path": "tenant", "synchronous_commit": "on", "writers": ""} {
		if got := c.RuntimeParams[name]; got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}

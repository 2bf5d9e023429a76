package address_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keliu/streams/desk"
	"keliu/streams/pulsar/address"
)

func TestParse(t *testing.T) {
	for text, want := range map[string]address.Namespace{
		"pulsar://127.0.0.1:6650/keliu/desk":          {Broker: "pulsar://127.0.0.1:6650", Tenant: "keliu", Name: "desk"},
		"pulsar+ssl://proxy.example:6651/a/b?token=t": {Broker: "pulsar+ssl://proxy.example:6651", Tenant: "a", Name: "b", Token: "t"},
		"pulsar://[::1]:6650/a/b":                     {Broker: "pulsar://[::1]:6650", Tenant: "a", Name: "b"},
	} {
		got, err := address.Parse(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", text, diff)
		}
	}
}

func TestParseSaysWhatIsWrongAndWhatIsRight(t *testing.T) {
	for text, want := range map[string]string{
		"":                                        `it begins with ""`,
		"kafka://host:9092/a/b":                   `it begins with "kafka"`,
		"pulsar://host/a/b":                       "no host and port",
		"pulsar://:6650/a/b":                      "no host and port",
		"pulsar://host:6650":                      "a tenant and a namespace",
		"pulsar://host:6650/a":                    "a tenant and a namespace",
		"pulsar://host:6650/a/":                   "a tenant and a namespace",
		"pulsar://host:6650/a/b/c":                "a tenant and a namespace",
		"pulsar://host:6650/a/b-state":            "for state topics",
		"pulsar://host:6650/a/b?tokne=secret":     `no parameter "tokne"`,
		"pulsar://host:6650/a/b?partitions=3":     `no parameter "partitions"`,
		"pulsar://user:secret@host:6650/a/b":      "more in it",
		"pulsar://host:6650/a/b?token=secret;x=y": "no list of parameters",
		"pulsar://ho st:6650/a/b?token=secret":    "no URL",
	} {
		_, err := address.Parse(text)
		if !errors.Is(err, desk.ErrInvalid) {
			t.Errorf("%s: %v, want %v", text, err, desk.ErrInvalid)
			continue
		}
		for _, part := range []string{want, "pulsar://host:6650/tenant/namespace"} {
			if !strings.Contains(err.Error(), part) {
				t.Errorf("%s: %q does not say %q", text, err, part)
			}
		}
		if strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: the secret is in %q", text, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"pulsar://h:1/a/b", "pulsar://h:1/a/b?token=t", "pulsar+ssl://[::1]:1/a/b", "pulsar://h:1/a/b/c", "://", "pulsar://h:1/a/b#c"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		a, err := address.Parse(text)
		if err != nil {
			if !errors.Is(err, desk.ErrInvalid) {
				t.Errorf("%v is not %v", err, desk.ErrInvalid)
			}
			return
		}
		// What is taken names the same log when it is written out, and shows no token.
		again, err := address.Parse(a.String())
		if a.Token = ""; err != nil || again != a {
			t.Errorf("%q is %+v, written out %+v (%v)", text, a, again, err)
		}
	})
}

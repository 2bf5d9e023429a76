package address_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keliu/streams/desk"
	"keliu/streams/meter/influx/address"
)

func TestParse(t *testing.T) {
	for text, want := range map[string]address.Bucket{
		"influx://127.0.0.1:8086?org=o&bucket=b&token=t": {Server: "http://127.0.0.1:8086", Org: "o", Name: "b", Token: "t"},
		"influx+ssl://influx.example:443/?token=t%3D%3D&org=%E5%AE%A2%E6%B5%81&bucket=b": {
			Server: "https://influx.example:443", Org: "客流", Name: "b", Token: "t==",
		},
		"influx://[::1]:8086?org=o&bucket=b&token=t": {Server: "http://[::1]:8086", Org: "o", Name: "b", Token: "t"},
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
		"": `it begins with ""`,
		"http://host:8086?org=o&bucket=b&token=secret":             `it begins with "http"`,
		"influx://host?org=o&bucket=b&token=secret":                "no host and port",
		"influx://:8086?org=o&bucket=b&token=secret":               "no host and port",
		"influx://host:8086":                                       `does not say "org"`,
		"influx://host:8086?org=o&token=secret":                    `does not say "bucket"`,
		"influx://host:8086?org=o&bucket=b&token=":                 `does not say "token"`,
		"influx://host:8086?org=o&bucket=b&token=secret&token=x":   `says "token" twice`,
		"influx://host:8086?org=o&bucket=b&tokne=secret":           `no parameter "tokne"`,
		"influx://host:8086?org=o&bucket=_monitoring&token=secret": "no bucket can have that name",
		"influx://host:8086/db?org=o&bucket=b&token=secret":        "more in it",
		"influx://user:secret@host:8086?org=o&bucket=b&token=t":    "more in it",
		"influx://host:8086?org=o&bucket=b&token=secret;x=y":       "no list of parameters",
		"influx://ho st:8086?org=o&bucket=b&token=secret":          "no URL",
	} {
		_, err := address.Parse(text)
		if !errors.Is(err, desk.ErrInvalid) {
			t.Errorf("%s: %v, want %v", text, err, desk.ErrInvalid)
			continue
		}
		for _, part := range []string{want, "influx://host:8086?org=…&bucket=…&token=…"} {
			if !strings.Contains(err.Error(), part) {
				t.Errorf("%s: %q does not say %q", text, err, part)
			}
		}
		if strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: the secret is in %q", text, err)
		}
	}
}

// FuzzParse checks that an address is refused or leads to a server, and that its name never shows the token.
func FuzzParse(f *testing.F) {
	f.Add("influx://127.0.0.1:8086?org=o&bucket=b&token=t")
	f.Add("influx+ssl://[::1]:443/?org=o&bucket=b&token=t%3D")
	f.Add("influx://host:8086?org=o&bucket=b&tokne=t")
	f.Fuzz(func(t *testing.T, text string) {
		b, err := address.Parse(text)
		switch {
		case err != nil && !errors.Is(err, desk.ErrInvalid):
			t.Errorf("%q: %v", text, err)
		case err == nil && (b.Org == "" || b.Name == "" || b.Token == "" || !strings.HasPrefix(b.Server, "http")):
			t.Errorf("%q leads to %+v", text, b)
		}
	})
}

// Package address reads where a meter on InfluxDB is: influx://host:8086?org=…&bucket=…&token=….
package address

import (
	"fmt"
	"net/url"
	"strings"

	"keliu/streams/desk"
)

// right is what an address looks like.
const right = "influx://host:8086?org=…&bucket=…&token=…, influx+ssl:// for TLS"

// A Bucket is where the points of a meter are.
type Bucket struct {
	Server string // http://host:8086 or https://host:8086
	Org    string
	Name   string
	Token  string
}

// Parse reads an address: influx://host:8086?org=…&bucket=…&token=…. The error for anything else says what is right, and shows no
// token.
func Parse(address string) (Bucket, error) {
	wrong := func(why string) (Bucket, error) {
		shown, _, more := strings.Cut(address, "?")
		if more {
			shown += "?…"
		}
		if _, server, user := strings.Cut(shown, "@"); user {
			shown = "…@" + server
		}
		return Bucket{}, fmt.Errorf("%q: %s; right is %s: %w", shown, why, right, desk.ErrInvalid)
	}
	u, err := url.Parse(address)
	if err != nil {
		return wrong("it is no URL")
	}
	query, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return wrong("what follows the question mark is no list of parameters")
	}
	schemes := map[string]string{"influx": "http", "influx+ssl": "https"}
	switch {
	case schemes[u.Scheme] == "":
		return wrong(fmt.Sprintf("it begins with %q", u.Scheme))
	case u.Hostname() == "" || u.Port() == "":
		return wrong("it names no host and port")
	case u.User != nil || u.Fragment != "" || u.Path != "" && u.Path != "/":
		return wrong("it has more in it than host, port and parameters")
	}
	b := Bucket{Server: schemes[u.Scheme] + "://" + u.Host}
	known := map[string]*string{"org": &b.Org, "bucket": &b.Name, "token": &b.Token}
	for name, values := range query {
		to := known[name]
		if to == nil {
			return wrong(fmt.Sprintf("there is no parameter %q", name))
		}
		if len(values) > 1 {
			return wrong(fmt.Sprintf("it says %q twice", name))
		}
		*to = values[0]
	}
	for _, name := range []string{"org", "bucket", "token"} {
		if *known[name] == "" {
			return wrong(fmt.Sprintf("it does not say %q", name))
		}
	}
	if strings.HasPrefix(b.Name, "_") || strings.ContainsAny(b.Name, `"\`) {
		return wrong("no bucket can have that name")
	}
	return b, nil
}

// Hours is the name of the bucket beside it that keeps hours.
func (b Bucket) Hours() string { return b.Name + "_hours" }

// String is the address without its token.
func (b Bucket) String() string { return b.Server + ", bucket " + b.Name }

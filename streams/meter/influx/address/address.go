// Package address reads where a meter on InfluxDB is: influx://host:8086?org=…&bucket=…&token=….
package address

import (
	"maps"
	"slices"
	"strings"

	"keliu/streams/address"
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
func Parse(text string) (Bucket, error) {
	schemes := map[string]string{"influx": "http", "influx+ssl": "https"}
	parameters := []string{"org", "bucket", "token"}
	r, err := address.Read(text, right, slices.Collect(maps.Keys(schemes)), parameters)
	switch {
	case err != nil:
		return Bucket{}, err
	case r.URL.Path != "" && r.URL.Path != "/":
		return Bucket{}, r.Wrong("it has more in it than host, port and parameters")
	}
	for _, name := range parameters {
		switch values := r.Query[name]; {
		case len(values) > 1:
			return Bucket{}, r.Wrong("it says %q twice", name)
		case r.Query.Get(name) == "":
			return Bucket{}, r.Wrong("it does not say %q", name)
		}
	}
	b := Bucket{Server: schemes[r.URL.Scheme] + "://" + r.URL.Host, Org: r.Query.Get("org"), Name: r.Query.Get("bucket"), Token: r.Query.Get("token")}
	if strings.HasPrefix(b.Name, "_") || strings.ContainsAny(b.Name, `"\`) {
		return Bucket{}, r.Wrong("no bucket can have that name")
	}
	return b, nil
}

// Hours is the name of the bucket beside it that keeps hours.
func (b Bucket) Hours() string { return b.Name + "_hours" }

// String is the address without its token.
func (b Bucket) String() string { return b.Server + ", bucket " + b.Name }

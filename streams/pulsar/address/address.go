// Package address reads where a log on Pulsar is: pulsar://host:6650/tenant/namespace.
package address

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"keliu/streams/desk"
)

// StateSuffix ends the name of the namespace beside a log's own that holds its state topics.
const StateSuffix = "-state"

// right is what an address looks like.
const right = "pulsar://host:6650/tenant/namespace, pulsar+ssl:// for TLS, and ?token=… where the cluster asks for one"

// A Namespace is where a log is.
type Namespace struct {
	Broker       string // one of them, or the proxy before them: pulsar://host:6650
	Tenant, Name string
	Token        string // empty for a cluster that asks for none
}

// Parse reads an address: pulsar://host:6650/tenant/namespace. The error for anything else says what is right, and shows no token.
func Parse(address string) (Namespace, error) {
	wrong := func(why string) (Namespace, error) {
		shown, _, _ := strings.Cut(address, "?")
		return Namespace{}, fmt.Errorf("%q: %s; right is %s: %w", shown, why, right, desk.ErrInvalid)
	}
	u, err := url.Parse(address)
	if err != nil {
		return wrong("it is no URL")
	}
	query, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return wrong("what follows the question mark is no list of parameters")
	}
	for name := range query {
		if name != "token" {
			return wrong(fmt.Sprintf("there is no parameter %q", name))
		}
	}
	tenant, namespace, two := strings.Cut(strings.TrimPrefix(u.Path, "/"), "/")
	switch {
	case !slices.Contains([]string{"pulsar", "pulsar+ssl"}, u.Scheme):
		return wrong(fmt.Sprintf("it begins with %q", u.Scheme))
	case u.Hostname() == "" || u.Port() == "":
		return wrong("it names no host and port")
	case u.User != nil || u.Fragment != "":
		return wrong("it has more in it than host, tenant and namespace")
	case !two || tenant == "" || namespace == "" || strings.Contains(namespace, "/"):
		return wrong("it does not name a tenant and a namespace")
	case strings.HasSuffix(namespace, StateSuffix):
		return wrong("the namespace is one for state topics, which is found without naming it")
	}
	return Namespace{u.Scheme + "://" + u.Host, tenant, namespace, query.Get("token")}, nil
}

// String is the address without its token.
func (n Namespace) String() string { return n.Broker + "/" + n.Tenant + "/" + n.Name }

// Package address reads where a log on Pulsar is: pulsar://host:6650/tenant/namespace.
package address

import (
	"strings"

	"keliu/streams/address"
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
func Parse(text string) (Namespace, error) {
	r, err := address.Read(text, right, []string{"pulsar", "pulsar+ssl"}, []string{"token"})
	if err != nil {
		return Namespace{}, err
	}
	tenant, namespace, two := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	switch {
	case !two || tenant == "" || namespace == "" || strings.Contains(namespace, "/"):
		return Namespace{}, r.Wrong("it does not name a tenant and a namespace")
	case strings.HasSuffix(namespace, StateSuffix):
		return Namespace{}, r.Wrong("the namespace is one for state topics, which is found without naming it")
	}
	return Namespace{r.URL.Scheme + "://" + r.URL.Host, tenant, namespace, r.Query.Get("token")}, nil
}

// String is the address without its token.
func (n Namespace) String() string { return n.Broker + "/" + n.Tenant + "/" + n.Name }

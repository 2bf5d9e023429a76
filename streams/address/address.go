// Package address reads what the addresses of servers have in common, and says what is wrong with one without telling its secrets.
package address

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"keliu/streams/desk"
)

// A Reading is an address while it is read.
type Reading struct {
	URL         *url.URL
	Query       url.Values
	text, right string
}

// Read reads an address of one of the schemes, with host and port, and with no parameters but those named. right is what it looks like.
func Read(text, right string, schemes, parameters []string) (Reading, error) {
	r := Reading{text: text, right: right}
	var err error
	if r.URL, err = url.Parse(text); err != nil {
		return r, r.Wrong("it is no URL")
	}
	if r.Query, err = url.ParseQuery(r.URL.RawQuery); err != nil {
		return r, r.Wrong("what follows the question mark is no list of parameters")
	}
	switch {
	case !slices.Contains(schemes, r.URL.Scheme):
		return r, r.Wrong("it begins with %q", r.URL.Scheme)
	case r.URL.Hostname() == "" || r.URL.Port() == "":
		return r, r.Wrong("it names no host and port")
	case r.URL.User != nil || r.URL.Fragment != "":
		return r, r.Wrong("it has more in it than that")
	}
	for name := range r.Query {
		if !slices.Contains(parameters, name) {
			return r, r.Wrong("there is no parameter %q", name)
		}
	}
	return r, nil
}

// Wrong is the error that says what is wrong, and what is right. Of the address it shows neither parameters nor who logs in.
func (r Reading) Wrong(format string, args ...any) error {
	shown, _, more := strings.Cut(r.text, "?")
	if more {
		shown += "?…"
	}
	if _, server, user := strings.Cut(shown, "@"); user {
		shown = "…@" + server
	}
	return fmt.Errorf("%q: %s; right is %s: %w", shown, fmt.Sprintf(format, args...), r.right, desk.ErrInvalid)
}

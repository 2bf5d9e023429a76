package lambda

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/aws-sdk-go-v2/service/lambda/types"

	"keliu/streams/desk"
)

// How often a call is made that the cloud did not carry out, and for how long it waits in between: up to pause before the second
// time, and twice as long before each that follows.
const (
	attempts = 4
	pause    = 100 * time.Millisecond
)

// connections is how many calls keep their connection for the next: as many as the house handles records at the same time.
const connections = 256

// Options are what the house lends the cloud.
type Options struct {
	Now  func() time.Time
	Rand func() float64 // in [0, 1), spreads repeated calls; nil is chance
}

// Open reads where functions run: inprocess: is nil, lambda://REGION/PREFIX a cloud, with ?endpoint=http://HOST:PORT another place
// that speaks its API. It asks nobody: whether the functions are there Ready says. Credentials are found where every tool of AWS
// finds them: the environment, the shared files, the role of the container or the machine.
func Open(ctx context.Context, address string, o Options) (*Cloud, error) {
	if address == "inprocess:" {
		return nil, nil
	}
	place, err := read(address)
	if err != nil {
		return nil, err
	}
	chance := o.Rand
	if chance == nil {
		chance = rand.Float64
	}
	settings, err := config.LoadDefaultConfig(ctx,
		config.WithRegion(place.region),
		config.WithHTTPClient(awshttp.NewBuildableClient().WithTransportOptions(func(t *http.Transport) { t.MaxIdleConnsPerHost = connections })),
		config.WithRetryer(func() aws.Retryer {
			return retry.NewStandard(func(s *retry.StandardOptions) { s.MaxAttempts, s.Backoff = attempts, backoff(chance) })
		}),
	)
	if err != nil {
		return nil, fmt.Errorf("the settings of AWS: %w: %w", desk.ErrInvalid, err)
	}
	client := lambda.NewFromConfig(settings, func(l *lambda.Options) {
		if place.endpoint != "" {
			l.BaseEndpoint = aws.String(place.endpoint)
		}
	})
	return &Cloud{region: place.region, prefix: place.prefix, client: client, now: o.Now}, nil
}

// backoff waits a random part of a doubling pause, after what the cloud asked to wait.
func backoff(chance func() float64) retry.BackoffDelayer {
	return retry.BackoffDelayerFunc(func(attempt int, err error) (time.Duration, error) {
		wait := time.Duration(chance() * float64(pause<<min(attempt-1, attempts)))
		var busy *types.TooManyRequestsException
		if errors.As(err, &busy) && busy.RetryAfterSeconds != nil {
			if seconds, err := strconv.Atoi(*busy.RetryAfterSeconds); err == nil && seconds >= 0 {
				wait += time.Duration(seconds) * time.Second
			}
		}
		return wait, nil
	})
}

// A place is what an address names.
type place struct{ region, prefix, endpoint string }

var (
	regions  = regexp.MustCompile(`^[a-z]{2}(-[a-z]+)+-[0-9]$`)
	prefixes = regexp.MustCompile(`^[A-Za-z0-9_-]{1,40}$`)
)

// read reads an address.
func read(address string) (place, error) {
	wrong := func(why string) (place, error) {
		return place{}, fmt.Errorf("%s; write inprocess: or lambda://REGION/PREFIX, such as lambda://cn-north-1/keliu-prod: %w", why, desk.ErrInvalid)
	}
	u, err := url.Parse(address)
	if err != nil {
		return wrong("this is no address")
	}
	query, err := url.ParseQuery(u.RawQuery)
	p := place{region: u.Host, prefix: strings.TrimPrefix(u.Path, "/"), endpoint: query.Get("endpoint")}
	switch {
	case err != nil:
		return wrong("its parameters cannot be read")
	case u.Scheme != "lambda" || u.User != nil || u.Fragment != "":
		return wrong("this is no address of functions")
	case !regions.MatchString(p.region):
		return wrong(fmt.Sprintf("%q is no region of AWS", p.region))
	case !prefixes.MatchString(p.prefix):
		return wrong(fmt.Sprintf("%q is no prefix of functions' names: up to 40 letters, digits, - and _", p.prefix))
	}
	for name, values := range query {
		if name != "endpoint" || len(values) != 1 {
			return wrong(fmt.Sprintf("the parameter %s is unknown or given twice, there is only endpoint", name))
		}
	}
	if p.endpoint == "" {
		return p, nil
	}
	if e, err := url.Parse(p.endpoint); err != nil || !slices.Contains([]string{"http", "https"}, e.Scheme) || e.Host == "" {
		return wrong(fmt.Sprintf("the endpoint %q is no http://HOST:PORT", p.endpoint))
	}
	return p, nil
}

package lambda

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/lambda/types"

	"keliu/streams/desk"
)

func TestRead(t *testing.T) {
	for address, want := range map[string]place{
		"lambda://cn-north-1/keliu-prod":                               {"cn-north-1", "keliu-prod", ""},
		"lambda://us-gov-west-1/k":                                     {"us-gov-west-1", "k", ""},
		"lambda://cn-north-1/k?endpoint=http://127.0.0.1:1":            {"cn-north-1", "k", "http://127.0.0.1:1"},
		"lambda://cn-north-1/k?endpoint=https%3A%2F%2Fvpce.example%2F": {"cn-north-1", "k", "https://vpce.example/"},
	} {
		if got, err := read(address); err != nil || got != want {
			t.Errorf("%s: %+v (%v)", address, got, err)
		}
	}
	for address, words := range map[string]string{
		"":                               "no address",
		"inprocess":                      "no address",
		"lambda:cn-north-1/k":            "region",
		"lambda://nowhere/x":             "region",
		"lambda://cn-north-1":            "prefix",
		"lambda://cn-north-1/":           "prefix",
		"lambda://cn-north-1/a/b":        "prefix",
		"lambda://cn-north-1/客流":         "prefix",
		"lambda://key@cn-north-1/k":      "no address",
		"lambda://cn-north-1/k#x":        "no address",
		"lambda://cn-north-1/k?%zz":      "cannot be read",
		"lambda://cn-north-1/k?memory=1": "the parameter memory",
		"lambda://cn-north-1/k?endpoint=http://a&endpoint=http://b": "given twice",
		"lambda://cn-north-1/k?endpoint=127.0.0.1:1":                "the endpoint",
		"lambda://cn-north-1/k?endpoint=ftp://a":                    "the endpoint",
		"://":                                                       "no address",
	} {
		_, err := read(address)
		if !errors.Is(err, desk.ErrInvalid) || !strings.Contains(err.Error(), words) || !strings.Contains(err.Error(), "write inprocess: or lambda://REGION/PREFIX") {
			t.Errorf("%s: %v, want %q", address, err, words)
		}
	}
}

// Whatever is read names a region and functions that can be called.
func FuzzRead(f *testing.F) {
	f.Add("lambda://cn-north-1/keliu-prod?endpoint=http://127.0.0.1:1")
	f.Add("lambda://eu-west-1/a?endpoint=")
	f.Fuzz(func(t *testing.T, address string) {
		p, err := read(address)
		if err != nil {
			if !errors.Is(err, desk.ErrInvalid) {
				t.Error(err)
			}
			return
		}
		c := Cloud{prefix: p.prefix}
		if name := c.deployed("intents/refund"); len(name) > 64 || strings.ContainsAny(name, "/:? ") || strings.ContainsAny(p.region, "/:@") {
			t.Errorf("%q in %q", name, p.region)
		}
	})
}

func TestHereIsNoCloud(t *testing.T) {
	if c, err := Open(t.Context(), "inprocess:", Options{}); c != nil || err != nil {
		t.Error(c, err)
	}
}

// A repeated call waits a random part of a pause that doubles, after what it was told to wait.
func TestBackoff(t *testing.T) {
	for n, test := range []struct {
		attempt int
		chance  float64
		err     error
		want    time.Duration
	}{
		{1, 0, errors.New("reset"), 0},
		{1, 0.5, errors.New("reset"), 50 * time.Millisecond},
		{2, 0.5, errors.New("reset"), 100 * time.Millisecond},
		{3, 0.999, errors.New("reset"), 399600 * time.Microsecond},
		{1, 0.5, fmt.Errorf("invoke: %w", &types.TooManyRequestsException{}), 50 * time.Millisecond},
		{1, 0.5, &types.TooManyRequestsException{RetryAfterSeconds: aws.String("2")}, 2050 * time.Millisecond},
		{1, 0.5, &types.TooManyRequestsException{RetryAfterSeconds: aws.String("soon")}, 50 * time.Millisecond},
		{1, 0.5, &types.TooManyRequestsException{RetryAfterSeconds: aws.String("-3")}, 50 * time.Millisecond},
	} {
		got, err := backoff(func() float64 { return test.chance }).BackoffDelay(test.attempt, test.err)
		if err != nil || got != test.want {
			t.Errorf("%d: %v (%v), want %v", n, got, err, test.want)
		}
	}
}

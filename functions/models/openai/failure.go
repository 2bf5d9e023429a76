package openai

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// The classes of failures, beside "status_" with an HTTP status.
const (
	Cancelled    = "cancelled"     // the caller went away
	Late         = "late"          // the caller's own time is over
	FirstToken   = "first_token"   // the answer did not begin in time
	Timeout      = "timeout"       // the answer did not end in time
	Stalled      = "stalled"       // the answer stopped growing
	Unreachable  = "unreachable"   // no connection
	Unauthorised = "unauthorised"  // the key is not accepted
	RateLimited  = "rate_limited"  // too many calls
	ContentType  = "content_type"  // no event stream
	Malformed    = "malformed"     // not JSON, not UTF-8
	ProviderSaid = "provider_said" // an error in the stream
	Cut          = "cut"           // the answer or the connection ends in the middle
	Filtered     = "filtered"      // withheld by the provider's own rules
	Empty        = "empty"
	TooLong      = "too_long"
	Garbled      = "garbled" // characters that are no text
)

// A Failure is why an answer is not taken. It never holds the key or what anybody wrote.
type Failure struct {
	Class      string
	Detail     string
	RetryAfter time.Duration // asked for by the provider; 0 when it did not
}

// Error implements error.
func (f *Failure) Error() string { return f.Class + ": " + f.Detail }

// Fail returns a Failure.
func Fail(class, format string, args ...any) *Failure {
	return &Failure{Class: class, Detail: fmt.Sprintf(format, args...)}
}

// The causes a call ends early for.
var (
	errFirstToken = Fail(FirstToken, "the answer did not begin in time")
	errStalled    = Fail(Stalled, "the answer stopped growing")
	errTimeout    = Fail(Timeout, "the answer did not end in time")
)

// interrupted returns why a call failed: for what it did, because ctx ended, or because the connection broke, which is
// of the class given.
func interrupted(ctx context.Context, err error, broken string) error {
	if own, ok := errors.AsType[*Failure](err); ok {
		return own
	}
	cause := context.Cause(ctx)
	if own, ok := errors.AsType[*Failure](cause); ok {
		return own
	}
	switch {
	case errors.Is(cause, context.Canceled):
		return Fail(Cancelled, "the caller went away")
	case cause != nil:
		return Fail(Late, "the caller's time is over")
	}
	return Fail(broken, "%v", err)
}

// The bounds of a rest that a provider asks for.
const (
	restUnsaid = 5 * time.Second
	restMost   = 10 * time.Minute
)

// refusal is the failure of an answer whose status is not 200.
func refusal(resp *http.Response) *Failure {
	f := Fail(fmt.Sprintf("status_%d", resp.StatusCode), "HTTP %d", resp.StatusCode)
	switch resp.StatusCode {
	case http.StatusUnauthorized, http.StatusForbidden:
		f.Class = Unauthorised
	case http.StatusTooManyRequests:
		f.Class = RateLimited
		f.RetryAfter = restUnsaid
	}
	if after := resp.Header.Get("Retry-After"); after != "" {
		if seconds, err := strconv.Atoi(after); err == nil && seconds >= 0 {
			f.RetryAfter = min(time.Duration(min(seconds, 3600))*time.Second, restMost)
		} else if at, err := http.ParseTime(after); err == nil {
			f.RetryAfter = min(max(time.Until(at), 0), restMost)
		}
	}
	return f
}

// Package lambda runs the house's functions on AWS Lambda. It is the only door to AWS: a Cloud calls them from the house and has the
// house answer what they ask, package away runs one there, and package call is what travels between the two.
package lambda

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/aws-sdk-go-v2/service/lambda/types"

	"keliu/functions/lambda/call"
	"keliu/streams/desk"
)

// patience is how long one call of a function may take: its own ten seconds, a cold start, and the way.
const patience = 15 * time.Second

// A Cloud is where functions are deployed: an account's region, under a prefix. It is safe for concurrent use.
type Cloud struct {
	region string
	prefix string
	client *lambda.Client
	now    func() time.Time
	seen   atomic.Int64 // when all functions were there, ns since 1970
}

// deployed is how a function is called in the cloud: the folder's name under the prefix, as serverless.yml has it.
func (c *Cloud) deployed(name string) string {
	return c.prefix + "-" + strings.ReplaceAll(name, "/", "-")
}

// A Function is one function in the cloud. It implements functions.Handler.
type Function struct {
	cloud *Cloud
	name  string // as a folder, such as "intents/refund"
	house any
}

// Function returns the function of a folder, such as "intents/refund". here is the same function as it would run in this process:
// its fields answer what the one in the cloud asks, and nothing else of the house does.
func (c *Cloud) Function(name string, here any) Function {
	return Function{cloud: c, name: name, house: here}
}

// Invoke calls the function until it has no more questions. What the function refuses is an error as it would be here; where the
// cloud failed it is desk.ErrUnavailable, and desk.ErrInvalid for more than call.MaxPayload.
func (f Function) Invoke(ctx context.Context, payload []byte) ([]byte, error) {
	request := call.Request{Payload: payload, At: f.cloud.now().UTC(), Settings: settings(f.house)}
	for range call.MaxQuestions {
		response, err := f.once(ctx, request)
		if err != nil {
			return nil, fmt.Errorf("%s in the cloud: %w", f.name, err)
		}
		if response.Question == nil {
			return response.Answer, errors.Join(response.Problem.Receive(f.house), f.keep(response.Kept))
		}
		told, err := answer(ctx, f.house, *response.Question)
		if err != nil {
			return nil, fmt.Errorf("%s in the cloud asks %s: %w", f.name, response.Question.Method, err)
		}
		request.Told = append(request.Told, told)
	}
	return nil, fmt.Errorf("%s in the cloud asks on after %d answers: %w", f.name, call.MaxQuestions, desk.ErrUnavailable)
}

// keep has the function here remember what the one in the cloud did.
func (f Function) keep(kept json.RawMessage) error {
	if keeper, ok := f.house.(call.Keeper); ok && kept != nil {
		return keeper.Keep(kept)
	}
	return nil
}

// once makes one call.
func (f Function) once(ctx context.Context, request call.Request) (response call.Response, err error) {
	payload, err := json.Marshal(request)
	if err != nil {
		return response, fmt.Errorf("%w: %w", desk.ErrInvalid, err)
	}
	if len(payload) > call.MaxPayload {
		return response, fmt.Errorf("%d bytes, at most %d: %w", len(payload), call.MaxPayload, desk.ErrInvalid)
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	out, err := f.cloud.client.Invoke(ctx, &lambda.InvokeInput{FunctionName: aws.String(f.cloud.deployed(f.name)), Payload: payload})
	if err != nil {
		return response, failure(err)
	}
	if out.FunctionError != nil {
		return response, broken(out.Payload)
	}
	err = json.Unmarshal(out.Payload, &response)
	if err == nil && response.Answer == nil && response.Question == nil && response.Problem == nil {
		err = errors.New("it says nothing")
	}
	if err != nil {
		return response, fmt.Errorf("%w: no answer of a function of ours: %w", desk.ErrUnavailable, err)
	}
	return response, nil
}

// failure is what the house makes of a call that the cloud did not carry out.
func failure(err error) error {
	var large *types.RequestTooLargeException
	if errors.As(err, &large) {
		return fmt.Errorf("%w: %w", desk.ErrInvalid, err)
	}
	return fmt.Errorf("%w: %w", desk.ErrUnavailable, err)
}

// broken is a function that failed: a panic, its time was up, or it never came up. What its stack says stays in the cloud's log.
func broken(payload []byte) error {
	var said struct {
		Type    string `json:"errorType"`
		Message string `json:"errorMessage"`
	}
	if err := json.Unmarshal(payload, &said); err != nil {
		return fmt.Errorf("%w: it failed and does not say why: %w", desk.ErrUnavailable, err)
	}
	return fmt.Errorf("%w: it failed: %s %s", desk.ErrUnavailable, said.Type, said.Message)
}

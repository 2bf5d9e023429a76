package lambda

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/aws-sdk-go-v2/service/lambda/types"
	"golang.org/x/sync/errgroup"

	"keliu/streams/desk"
)

// fresh is for how long the functions count as being there after they were.
const fresh = time.Minute

// Ready returns what keeps any of these functions from being called: credentials, the way, or that it was not deployed. It asks
// without running them, and not again within a minute in which all were there.
func (c *Cloud) Ready(ctx context.Context, names ...string) error {
	if seen := c.seen.Load(); seen != 0 && c.now().Sub(time.Unix(0, seen)) < fresh {
		return nil
	}
	g, ctx := errgroup.WithContext(ctx)
	for _, name := range names {
		g.Go(func() error { return c.there(ctx, name) })
	}
	if err := g.Wait(); err != nil {
		return err
	}
	c.seen.Store(c.now().UnixNano())
	return nil
}

// there asks for one function.
func (c *Cloud) there(ctx context.Context, name string) error {
	_, err := c.client.Invoke(ctx, &lambda.InvokeInput{FunctionName: aws.String(c.deployed(name)), InvocationType: types.InvocationTypeDryRun})
	var missing *types.ResourceNotFoundException
	if errors.As(err, &missing) {
		return fmt.Errorf("%w: %s has no function %s; make package, and deploy it", desk.ErrUnavailable, c.region, c.deployed(name))
	}
	if err != nil {
		return fmt.Errorf("%w: the function %s: %w", desk.ErrUnavailable, c.deployed(name), err)
	}
	return nil
}

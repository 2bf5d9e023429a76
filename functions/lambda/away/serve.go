package away

import (
	"fmt"

	"github.com/aws/aws-lambda-go/lambda"

	"keliu/streams/desk"
)

// Serve runs a function in Lambda's runtime, for as long as the process lives. named is how it is deployed, which the runtime says
// in _HANDLER: a bootstrap is built for one function, and refuses with desk.ErrInvalid to be deployed as another.
func Serve(named, name string, f Function) error {
	if named != name {
		return fmt.Errorf("this bootstrap is %s and is deployed as %q; make package puts each into the zip of its own name: %w", name, named, desk.ErrInvalid)
	}
	lambda.Start(f)
	return nil
}

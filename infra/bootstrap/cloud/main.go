// Command cloud stands in for AWS Lambda on this machine: it builds every channel and intent, and runs each as a process of its own
// behind Lambda's Invoke API. It prints the settings with which the product uses it.
//
//	go run ./infra/bootstrap/cloud --listen 127.0.0.1:18091
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"runtime"

	"keliu/infra/bootstrap"
	"keliu/infra/simulators/lambda"
	"keliu/infra/simulators/program"
)

// prefix is under which the functions are deployed.
const prefix = "keliu-dev"

func main() { program.Main("cloud", run) }

// run serves until ctx is done.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) (err error) {
	flags := program.Flags("cloud", stderr)
	listen := flags.String("listen", "127.0.0.1:18091", "where to listen")
	if helped, err := program.Parse(flags, args); helped || err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "keliu-functions")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	programs, err := bootstrap.Build(ctx, dir, runtime.GOARCH)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", *listen)
	if err != nil {
		return err
	}
	aws := &lambda.Cloud{Functions: lambda.Functions(prefix, programs), Log: stderr}
	defer func() { err = errors.Join(err, aws.Close()) }()
	fmt.Fprintf(stdout, "Lambda is simulated on %s. The credentials are anybody's:\n", listener.Addr())
	fmt.Fprintf(stdout, "KELIU_FUNCTIONS=lambda://cn-north-1/%s?endpoint=http://%s AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any make run\n", prefix, listener.Addr())
	server := &http.Server{Handler: aws}
	defer context.AfterFunc(ctx, func() { _ = server.Close() })() // Serve tells its error too
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

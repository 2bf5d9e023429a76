// Pack builds every channel and intent for Lambda and puts each into its zip. make package runs it.
package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"keliu/infra/bootstrap"
)

// What serverless.yml names: the architecture, and where the zips lie.
const (
	arch = "arm64"
	dir  = "bin/lambda"
)

func main() {
	if err := pack(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, "pack:", err)
		os.Exit(1)
	}
}

// pack leaves dir with the zips of all functions there are, and with nothing else.
func pack(ctx context.Context) error {
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	programs, err := bootstrap.Build(ctx, filepath.Join(dir, "programs"), arch)
	if err != nil {
		return err
	}
	for name, program := range programs {
		if err := bootstrap.Zip(filepath.Join(dir, bootstrap.Flat(name)+".zip"), program); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return os.RemoveAll(filepath.Join(dir, "programs"))
}

// Package bootstrap makes the functions that Lambda runs: one program for each channel and intent, and the zip it is deployed in. The
// programs below it are written by make generate.
package bootstrap

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"keliu/functions/catalog"
)

// Names are the folders of all functions, such as "intents/refund".
func Names() (all []string) {
	for _, kind := range Kinds() {
		for _, name := range catalog.Names(kind) {
			all = append(all, kind+"/"+name)
		}
	}
	return all
}

// Kinds are the folders in which the functions' folders lie.
func Kinds() []string { return []string{"channels", "intents"} }

// Build compiles every function for Linux on an architecture of Go's. It returns the programs by their functions' names, each in the
// folder of its kind below dir.
func Build(ctx context.Context, dir, arch string) (map[string]string, error) {
	programs := map[string]string{}
	for _, kind := range Kinds() {
		into := filepath.Join(dir, kind)
		if err := os.MkdirAll(into, 0o755); err != nil {
			return nil, err
		}
		args := []string{"build", "-trimpath", "-tags", "lambda.norpc", "-ldflags", "-s -w", "-o", into + string(filepath.Separator)}
		for _, name := range catalog.Names(kind) {
			args = append(args, "keliu/infra/bootstrap/"+kind+"/"+name)
			programs[kind+"/"+name] = filepath.Join(into, name)
		}
		build := exec.CommandContext(ctx, "go", args...)
		build.Env = append(build.Environ(), "CGO_ENABLED=0", "GOOS=linux", "GOARCH="+arch)
		if out, err := build.CombinedOutput(); err != nil {
			return nil, fmt.Errorf("go build: %w\n%s", err, out)
		}
	}
	return programs, nil
}

// Flat is how a function is called where no slash may be: in its zip's name, in serverless.yml and in the cloud.
func Flat(name string) string { return strings.ReplaceAll(name, "/", "-") }

// Zip writes the zip of a program, as Lambda wants it: an executable file bootstrap at its root. The same program gives the same
// zip, so that what has not changed is not deployed again.
func Zip(path, program string) (err error) {
	in, err := os.Open(program)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	out, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	z := zip.NewWriter(out)
	header := &zip.FileHeader{Name: "bootstrap", Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)}
	header.SetMode(0o755)
	w, err := z.CreateHeader(header)
	if err != nil {
		return err
	}
	if _, err := io.Copy(w, in); err != nil {
		return err
	}
	return z.Close()
}

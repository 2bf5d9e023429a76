package engine

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// The releases that are built, and the version that the second calls itself.
const (
	influxModule = "github.com/influxdata/influxdb/v2@v2.7.12"
	fluxModule   = "github.com/influxdata/flux@v0.196.1"
	influxName   = "influxdb-2.7.12"
	fluxVersion  = "0.196.1"
)

// Influx is InfluxDB 2, built from its sources: there is no package of it in Debian.
type Influx struct {
	Cache string // where the program is kept
	Data  string // where its points are
	Port  int
}

// influxToken is what the product shows: the server listens on the loopback interface only.
const influxToken = "keliu-engines-token"

// Name implements Engine.
func (i Influx) Name() string { return "influx" }

// Setting implements Engine.
func (i Influx) Setting() string {
	return fmt.Sprintf("KELIU_METRICS=influx://%s?org=keliu&bucket=keliu&token=%s", loopback(i.Port), influxToken)
}

func (i Influx) program() string { return filepath.Join(i.Cache, influxName) }

// Install implements Engine: it builds the server, which takes both cores of a small machine eight minutes.
func (i Influx) Install(ctx context.Context, say func(string)) error {
	return stage(i.program(), func(dir string) error {
		say("building version 2.7.12 from source: about eight minutes")
		if err := need(ctx, say, "clang", "clang", "libclang-dev", "pkg-config"); err != nil {
			return err
		}
		if _, err := exec.LookPath("cargo"); err != nil {
			return errors.New("cargo is missing: the query language is written in Rust 1.80 or later; see https://rustup.rs")
		}
		build, err := os.MkdirTemp(i.Cache, ".build-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(build)
		if err := buildFlux(ctx, build, say); err != nil {
			return err
		}
		return buildInflux(ctx, build, dir, say)
	})
}

// unpack fetches a module and copies it out of the module cache, where nothing can be written.
func unpack(ctx context.Context, module, to string) error {
	cmd := command(ctx, filepath.Dir(to), nil, "go", "mod", "download", "-json", module)
	out, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("fetch %s: %w", module, err)
	}
	var fetched struct{ Dir string }
	if err := json.Unmarshal(out, &fetched); err != nil {
		return fmt.Errorf("fetch %s: %w", module, err)
	}
	return run(command(ctx, "", nil, "cp", "-r", "--no-preserve=mode", fetched.Dir, to))
}

// buildFlux builds the library of the query language, and says where it is as pkg-config wants to hear it.
func buildFlux(ctx context.Context, build string, say func(string)) error {
	flux := filepath.Join(build, "flux")
	if err := unpack(ctx, fluxModule, flux); err != nil {
		return err
	}
	// The sources ask for a compiler of their day; the one that is here will do.
	if err := os.Remove(filepath.Join(flux, "rust-toolchain.toml")); err != nil {
		return err
	}
	crate := filepath.Join(flux, "libflux")
	say("building the query language")
	// Newer compilers refuse what this release was written with.
	cargo := command(ctx, crate, []string{"RUSTFLAGS=--cap-lints warn"}, "cargo", "build", "--release", "-p", "flux", "--lib")
	if err := run(cargo); err != nil {
		return err
	}
	description := fmt.Sprintf("Name: flux\nDescription: the query language\nVersion: %s\nCflags: -I%s/include\nLibs: -L%s/target/release -l:libflux.a -ldl -lm -lpthread\n",
		fluxVersion, crate, crate)
	return os.WriteFile(filepath.Join(build, "flux.pc"), []byte(description), 0o644)
}

func buildInflux(ctx context.Context, build, dir string, say func(string)) error {
	source := filepath.Join(build, "influxdb")
	if err := unpack(ctx, influxModule, source); err != nil {
		return err
	}
	say("building the server")
	return run(command(ctx, source, []string{"PKG_CONFIG_PATH=" + build, "CGO_ENABLED=1", "GOFLAGS=-mod=mod"},
		"go", "build", "-tags", "sqlite_foreign_keys,sqlite_json,noasm", "-trimpath", "-ldflags", "-s -w", "-o", filepath.Join(dir, "influxd"), "./cmd/influxd"))
}

// Command implements Engine.
func (i Influx) Command(ctx context.Context) (*exec.Cmd, error) {
	if err := free(ctx, i.Port); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(i.Data, 0o755); err != nil {
		return nil, err
	}
	return exec.Command(filepath.Join(i.program(), "influxd"), "--http-bind-address", loopback(i.Port), "--reporting-disabled",
		"--bolt-path", filepath.Join(i.Data, "bolt"), "--engine-path", filepath.Join(i.Data, "engine"), "--sqlite-path", filepath.Join(i.Data, "sqlite")), nil
}

// Ready implements Engine.
func (i Influx) Ready(ctx context.Context) error {
	at := "http://" + loopback(i.Port)
	said, err := fetch(ctx, at+"/health")
	if err != nil {
		return err
	}
	var health struct{ Status string }
	if err := json.Unmarshal([]byte(said), &health); err != nil || health.Status != "pass" {
		return fmt.Errorf("the server says %q (%w)", said, err)
	}
	said, err = fetch(ctx, at+"/api/v2/setup")
	if err != nil || strings.Contains(said, `"allowed": false`) || strings.Contains(said, `"allowed":false`) {
		return err // set up before
	}
	return setUp(ctx, at+"/api/v2/setup")
}

// setUp makes the first user, the organization and the bucket.
func setUp(ctx context.Context, url string) error {
	body, err := json.Marshal(map[string]string{
		"username": "keliu", "password": influxToken, "org": "keliu", "bucket": "keliu", "token": influxToken,
	})
	if err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return err
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	text, err := io.ReadAll(io.LimitReader(response.Body, 1<<16))
	if err := errors.Join(err, response.Body.Close()); err != nil {
		return err
	}
	if response.StatusCode != http.StatusCreated {
		return fmt.Errorf("set-up: %s: %s", response.Status, text)
	}
	return nil
}

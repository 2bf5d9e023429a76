package bootstrap_test

import (
	"archive/zip"
	"bytes"
	"debug/elf"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keliu/infra/bootstrap"
)

// packed is where make package puts what is deployed.
const packed = "../../bin/lambda"

// unpack returns the one file of a zip, which has to be an executable bootstrap at its root.
func unpack(t *testing.T, path string) []byte {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	if len(z.File) != 1 || z.File[0].Name != "bootstrap" || z.File[0].Mode() != 0o755 {
		t.Fatalf("%s holds %d files, the first is %s, %v", path, len(z.File), z.File[0].Name, z.File[0].Mode())
	}
	file, err := z.File[0].Open()
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(file)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// The same program is the same zip.
func TestZip(t *testing.T) {
	dir := t.TempDir()
	program, want := filepath.Join(dir, "refund"), []byte("a program")
	if err := os.WriteFile(program, want, 0o644); err != nil {
		t.Fatal(err)
	}
	var zips [2][]byte
	for i := range zips {
		path := filepath.Join(dir, "zip")
		if err := bootstrap.Zip(path, program); err != nil {
			t.Fatal(err)
		}
		if got := unpack(t, path); !bytes.Equal(got, want) {
			t.Errorf("%q", got)
		}
		var err error
		if zips[i], err = os.ReadFile(path); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(zips[0], zips[1]) {
		t.Error("two zips of one program differ")
	}
	if err := bootstrap.Zip(filepath.Join(dir, "zip"), filepath.Join(dir, "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}

// What make package has made: for every function a zip with a small program for ARM at its root, and the function in the template.
func TestPackage(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join(packed, "package/cloudformation-template-update-stack.json"))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("nothing is packed; make test-package packs and tests")
	}
	if err != nil {
		t.Fatal(err)
	}
	got := deployed(t, raw)
	want := map[string]function{}
	for _, name := range bootstrap.Names() {
		flat := bootstrap.Flat(name)
		want["keliu-dev-"+flat] = function{Handler: name, Runtime: "provided.al2023", Architectures: []string{"arm64"}, Zip: flat + ".zip"}
		program := unpack(t, filepath.Join(packed, flat+".zip"))
		if len(program) > maxProgram {
			t.Errorf("%s: %d bytes, at most %d", name, len(program), maxProgram)
		}
		if file, err := elf.NewFile(bytes.NewReader(program)); err != nil || file.Machine != elf.EM_AARCH64 || file.Section(".interp") != nil {
			t.Errorf("%s is no static program for ARM (%v)", name, err)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	zips, err := filepath.Glob(filepath.Join(packed, "*.zip"))
	if err != nil || len(zips) != len(want) {
		t.Errorf("%d zips for %d functions (%v)", len(zips), len(want), err)
	}
}

// A function is what the template says of one.
type function struct {
	Handler       string
	Runtime       string
	Architectures []string
	Zip           string
}

// deployed are the functions of a template, by name.
func deployed(t *testing.T, template []byte) map[string]function {
	t.Helper()
	var stack struct {
		Resources map[string]struct {
			Type       string
			Properties json.RawMessage
		}
	}
	if err := json.Unmarshal(template, &stack); err != nil {
		t.Fatal(err)
	}
	all := map[string]function{}
	for _, resource := range stack.Resources {
		if resource.Type != "AWS::Lambda::Function" {
			continue
		}
		var p struct {
			function
			FunctionName string
			Code         struct{ S3Key string }
		}
		if err := json.Unmarshal(resource.Properties, &p); err != nil {
			t.Fatal(err)
		}
		p.function.Zip = p.Code.S3Key[strings.LastIndex(p.Code.S3Key, "/")+1:]
		all[p.FunctionName] = p.function
	}
	return all
}

// Generate writes the files that follow from the catalog: serverless.yml, .env.example, which the chart has a copy of, and for each
// channel and intent the program that is it on AWS Lambda. make generate runs it.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"keliu/functions/catalog"
	"keliu/infra/bootstrap"
)

func main() {
	root := "."
	if len(os.Args) > 1 {
		root = os.Args[1]
	}
	if err := write(root); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

// write puts every file in its place, and takes away the programs of channels and intents that there are no more.
func write(root string) error {
	all, err := files()
	if err != nil {
		return err
	}
	for _, kind := range bootstrap.Kinds() {
		if err := os.RemoveAll(filepath.Join(root, "infra/bootstrap", kind)); err != nil {
			return err
		}
	}
	for name, text := range all {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, text, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// files are all that follows from the catalog, by path.
func files() (map[string][]byte, error) {
	all := map[string][]byte{
		"serverless.yml": []byte(serverless()),
		".env.example":   []byte(environment()),
		// A chart reads no file outside its folder.
		"infra/deploy/chart/settings.env": []byte(environment()),
	}
	for _, name := range bootstrap.Names() {
		text, err := program(name, new(catalog.House).Leaf(name))
		if err != nil {
			return nil, err
		}
		all["infra/bootstrap/"+name+"/main.go"] = text
	}
	return all, nil
}

// environment is every setting with its default.
func environment() string {
	var b strings.Builder
	b.WriteString("# Every setting of Keliu with its default. An empty value takes the default.\n\n")
	for _, s := range catalog.Settings() {
		fmt.Fprintf(&b, "# %s\n%s=%s\n", s.Meaning, s.Name, s.Default)
	}
	return b.String()
}

// serverless is one function per channel and per intent. A handler is the folder below functions/.
func serverless() string {
	var b strings.Builder
	b.WriteString(`# Written by make generate from functions/catalog: do not edit.
service: keliu
frameworkVersion: ">=4"

provider:
  name: aws
  runtime: provided.al2023
  architecture: arm64
  region: ${env:AWS_REGION, 'cn-north-1'}
  memorySize: 128
  timeout: 10
  logRetentionInDays: 14

package:
  individually: true

functions:
`)
	for _, name := range bootstrap.Names() {
		flat := bootstrap.Flat(name)
		fmt.Fprintf(&b, "  %s:\n    handler: %s\n    package:\n      artifact: bin/lambda/%s.zip\n", flat, name, flat)
	}
	return b.String()
}

// Generate writes the files that follow from the catalog: serverless.yml and .env.example. make generate runs it.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"keliu/functions/catalog"
)

func main() {
	root := "."
	if len(os.Args) > 1 {
		root = os.Args[1]
	}
	for name, text := range map[string]string{"serverless.yml": serverless(), ".env.example": environment()} {
		if err := os.WriteFile(filepath.Join(root, name), []byte(text), 0o644); err != nil {
			fmt.Fprintln(os.Stderr, "generate:", err)
			os.Exit(1)
		}
	}
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
frameworkVersion: ">=3"

provider:
  name: aws
  runtime: provided.al2023
  architecture: arm64
  region: ${env:AWS_REGION, 'cn-north-1'}
  memorySize: 128
  timeout: 10

package:
  individually: true

functions:
`)
	for _, kind := range []string{"channels", "intents"} {
		for _, name := range catalog.Names(kind) {
			fmt.Fprintf(&b, "  %s-%s:\n    handler: %s/%s\n", strings.TrimSuffix(kind, "s"), name, kind, name)
			fmt.Fprintf(&b, "    package:\n      artifact: bin/%s-%s.zip\n", kind, name)
		}
	}
	return b.String()
}

package bootstrap_test

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"keliu/infra/bootstrap"
)

// linked are the modules of others that a function may consist of. No engine of rules, no server of HTTP, no SQL, no SDK.
var linked = []string{"github.com/aws/aws-lambda-go", "github.com/golang-jwt/jwt/v5", "golang.org/x/sync"}

// unwanted are packages of our own and the standard library's that would bring along what a function does not need.
var unwanted = []string{"database/sql", "keliu/policies", "keliu/policies/mask", "keliu/functions/store", "keliu/functions/catalog", "keliu/functions/lambda"}

// maxProgram is how many bytes a function may have: what a cold start loads.
const maxProgram = 8_000_000

func TestFunctionsAreNarrow(t *testing.T) {
	for _, name := range bootstrap.Names() {
		list := exec.Command("go", "list", "-deps", "-tags", "lambda.norpc", "-f", "{{if .Module}}{{.Module.Path}} {{end}}{{.ImportPath}}", "keliu/infra/bootstrap/"+name)
		list.Stderr = os.Stderr
		out, err := list.Output()
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(out)) {
			module, path, ofModule := strings.Cut(strings.TrimSpace(line), " ")
			if !ofModule {
				module, path = "", module
			}
			if slices.Contains(unwanted, path) || module != "" && module != "keliu" && !slices.Contains(linked, module) {
				t.Errorf("%s links %s", name, path)
			}
		}
	}
}

func TestFunctionsAreSmall(t *testing.T) {
	all, err := programs()
	if err != nil {
		t.Fatal(err)
	}
	for name, program := range all {
		if file, err := os.Stat(program); err != nil || file.Size() > maxProgram {
			t.Errorf("%s: %d bytes, at most %d (%v)", name, file.Size(), maxProgram, err)
		}
	}
}

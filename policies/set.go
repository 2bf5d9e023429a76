package policies

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/maphash"
	"io/fs"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"

	"keliu/policies/language"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
)

//go:embed rego/*.rego
var embedded embed.FS

// A Set is one version of the rules, whole: every question has its package. Files whose names end in _test.rego travel
// with the set and decide nothing.
type Set struct {
	Files    map[string]string `json:"files"` // Rego source by file name
	Author   string            `json:"author"`
	Note     string            `json:"note"`               // why it was published
	Base     string            `json:"base,omitempty"`     // the revision it was written from; when it is no longer in force, publishing is a conflict
	At       time.Time         `json:"at,omitzero"`        // set by Publish
	Revision string            `json:"revision,omitempty"` // set by Publish: a short hash of Files
}

// Embedded is the set that the product comes with.
func Embedded() Set {
	files := map[string]string{}
	names, err := fs.Glob(embedded, "rego/*.rego")
	if err != nil {
		panic(err) // the pattern is a constant
	}
	for _, name := range names {
		source, err := embedded.ReadFile(name)
		if err != nil {
			panic(err) // it was just listed
		}
		files[strings.TrimPrefix(name, "rego/")] = string(source)
	}
	set := Set{Files: files, Author: "keliu", Note: "随产品提供的规则。The rules that come with the product."}
	set.Revision = revision(files)
	return set
}

// revision is a short hash of the files' names and contents.
func revision(files map[string]string) string {
	h := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintf(h, "%d %s %d %s", len(name), name, len(files[name]), files[name])
	}
	return hex.EncodeToString(h.Sum(nil)[:6])
}

// A Mistake is a place in a set that keeps it from being published; Mistakes are all of them, as an error that is
// desk.ErrInvalid.
type (
	Mistake  = language.Mistake
	Mistakes = language.Mistakes
)

// rules are a set compiled. They are never changed; publishing makes new ones.
type rules struct {
	revision    string
	mayRun      *question[MayRun]
	mayReveal   *question[MayReveal]
	mayRetrieve *question[MayRetrieve]
	mayContact  *question[MayContact]
	maySee      *question[MaySee]
	keepFor     *question[KeepFor]
}

// packages are the questions by the name of their package.
var packages = map[string]reflect.Type{
	"may_run":      reflect.TypeFor[MayRun](),
	"may_reveal":   reflect.TypeFor[MayReveal](),
	"may_retrieve": reflect.TypeFor[MayRetrieve](),
	"may_contact":  reflect.TypeFor[MayContact](),
	"may_see":      reflect.TypeFor[MaySee](),
	"keep_for":     reflect.TypeFor[KeepFor](),
}

// compile checks a set and prepares its questions.
func compile(ctx context.Context, s Set) (*rules, error) {
	modules, mistakes := parse(s.Files)
	if len(mistakes) > 0 {
		return nil, mistakes
	}
	if mistakes := misread(modules); len(mistakes) > 0 {
		return nil, mistakes
	}
	compiler := ast.NewCompiler().WithCapabilities(language.Capabilities()).WithStrict(true)
	if compiler.Compile(modules); compiler.Failed() {
		return nil, language.MistakesOf("", compiler.Errors)
	}
	r := &rules{revision: revision(s.Files)}
	err := errors.Join(
		prepare(ctx, compiler, &r.mayRun, "may_run", permission),
		prepare(ctx, compiler, &r.mayReveal, "may_reveal", exposure),
		prepare(ctx, compiler, &r.mayRetrieve, "may_retrieve", permission),
		prepare(ctx, compiler, &r.mayContact, "may_contact", permission),
		prepare(ctx, compiler, &r.maySee, "may_see", permission),
		prepare(ctx, compiler, &r.keepFor, "keep_for", retention),
	)
	if err != nil {
		return nil, err
	}
	return r, nil
}

// prepare makes the question of a package ready. It asks for the outcomes alone, and only for those that have rules.
func prepare[Q comparable](ctx context.Context, compiler *ast.Compiler, into **question[Q], name string, outcomes []string) error {
	var asked []string
	for _, outcome := range outcomes {
		ref := ast.MustParseRef("data.keliu." + name + "." + outcome)
		if len(compiler.GetRulesWithPrefix(ref)) > 0 {
			asked = append(asked, fmt.Sprintf("%q: %s", outcome, ref))
		}
	}
	query, err := rego.New(rego.Compiler(compiler), rego.Query("{"+strings.Join(asked, ", ")+"}")).PrepareForEval(ctx)
	if err != nil {
		return fmt.Errorf("prepare %s: %w", name, err)
	}
	*into = &question[Q]{name: name, outcomes: outcomes, query: query, fields: fieldsOf(reflect.TypeFor[Q]())}
	(*into).known.seed = maphash.MakeSeed()
	return nil
}

// parse reads the files that decide, and refuses a set that leaves a question without its package.
func parse(files map[string]string) (map[string]*ast.Module, Mistakes) {
	modules := map[string]*ast.Module{}
	var mistakes Mistakes
	missing := maps.Clone(packages)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if strings.HasSuffix(name, "_test.rego") {
			continue
		}
		module, err := ast.ParseModuleWithOpts(name, files[name], ast.ParserOptions{Capabilities: language.Capabilities()})
		if err != nil {
			mistakes = append(mistakes, language.MistakesOf(name, err)...)
			continue
		}
		modules[name] = module
		delete(missing, packageOf(module))
	}
	if len(mistakes) > 0 {
		return nil, mistakes
	}
	for _, name := range slices.Sorted(maps.Keys(missing)) {
		mistakes = append(mistakes, Mistake{File: name + ".rego", Line: 1, Column: 1, Text: "the set has no package keliu." + name})
	}
	return modules, mistakes
}

// packageOf is the name of a module's package below keliu.
func packageOf(m *ast.Module) string {
	return strings.TrimPrefix(m.Package.Path.String(), "data.keliu.")
}

// misread finds attributes that a question does not have. Rego would take them for undefined, and the rule would
// never match.
func misread(modules map[string]*ast.Module) Mistakes {
	var mistakes Mistakes
	for _, file := range slices.Sorted(maps.Keys(modules)) {
		asked, ok := packages[packageOf(modules[file])]
		if !ok {
			continue
		}
		var names []string
		for _, f := range fieldsOf(asked) {
			names = append(names, f.name)
		}
		ast.WalkRefs(modules[file], func(ref ast.Ref) bool {
			if len(ref) < 2 || !ref[0].Equal(ast.InputRootDocument) {
				return false
			}
			if name, ok := ref[1].Value.(ast.String); ok && !slices.Contains(names, string(name)) {
				at := ref[1].Location
				mistakes = append(mistakes, Mistake{
					File: file, Line: at.Row, Column: at.Col,
					Text: fmt.Sprintf("the question has no %q; it has %s", string(name), strings.Join(names, ", ")),
				})
			}
			return false
		})
	}
	return mistakes
}

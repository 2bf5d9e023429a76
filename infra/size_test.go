package infra_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
)

// Sizes that a reader can take in at once. Tests are not counted.
const (
	maxFile      = 400
	maxPackage   = 1000
	maxFunction  = 60
	maxInterface = 5
)

// each parses every Go file of the house that is no test.
func each(t *testing.T, visit func(p pkg, files *token.FileSet, name string, file *ast.File)) {
	t.Helper()
	for _, p := range packages(t) {
		for _, name := range p.GoFiles {
			files := token.NewFileSet()
			parsed, err := parser.ParseFile(files, filepath.Join(p.Dir, name), nil, parser.ParseComments)
			if err != nil {
				t.Fatal(err)
			}
			visit(p, files, name, parsed)
		}
	}
}

func TestSizes(t *testing.T) {
	lines := map[string]int{}
	each(t, func(p pkg, files *token.FileSet, name string, file *ast.File) {
		n := files.File(file.Pos()).LineCount()
		lines[p.at()] += n
		if n > maxFile {
			t.Errorf("%s/%s has %d lines, at most %d", p.at(), name, n, maxFile)
		}
		ast.Inspect(file, func(node ast.Node) bool {
			switch node := node.(type) {
			case *ast.FuncDecl:
				if n := files.Position(node.End()).Line - files.Position(node.Pos()).Line + 1; n > maxFunction {
					t.Errorf("%s/%s: %s has %d lines, at most %d", p.at(), name, node.Name.Name, n, maxFunction)
				}
			case *ast.InterfaceType:
				if n := node.Methods.NumFields(); n > maxInterface {
					t.Errorf("%s: an interface has %d methods, at most %d", files.Position(node.Pos()), n, maxInterface)
				}
			}
			return true
		})
	})
	for at, n := range lines {
		if n > maxPackage {
			t.Errorf("%s has %d lines, at most %d", at, n, maxPackage)
		}
	}
}

func TestEverythingExportedIsExplained(t *testing.T) {
	comments := map[string]int{}
	each(t, func(p pkg, files *token.FileSet, name string, file *ast.File) {
		if file.Doc != nil {
			comments[p.at()]++
		}
		for _, decl := range file.Decls {
			unexplained(decl, func(n *ast.Ident) { t.Errorf("%s: %s has no comment", files.Position(n.Pos()), n.Name) })
		}
	})
	for _, p := range packages(t) {
		if len(p.GoFiles) > 0 && comments[p.at()] != 1 {
			t.Errorf("%s has %d package comments, want one", p.at(), comments[p.at()])
		}
	}
}

// unexplained tells of exported names without a comment. A comment on a group of constants or variables explains its members.
func unexplained(decl ast.Decl, tell func(*ast.Ident)) {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		if d.Doc == nil && d.Name.IsExported() && (d.Recv == nil || exportedReceiver(d)) {
			tell(d.Name)
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch s := spec.(type) {
			case *ast.TypeSpec:
				if s.Name.IsExported() && s.Doc == nil && d.Doc == nil {
					tell(s.Name)
				}
			case *ast.ValueSpec:
				for _, n := range s.Names {
					if n.IsExported() && s.Doc == nil && d.Doc == nil && s.Comment == nil {
						tell(n)
					}
				}
			}
		}
	}
}

func exportedReceiver(d *ast.FuncDecl) bool {
	t := d.Recv.List[0].Type
	if star, ok := t.(*ast.StarExpr); ok {
		t = star.X
	}
	if generic, ok := t.(*ast.IndexExpr); ok {
		t = generic.X
	}
	name, ok := t.(*ast.Ident)
	return ok && name.IsExported()
}

// The environment is read in mains and the catalog only; nothing is set up behind the reader's back.
func TestNoHiddenState(t *testing.T) {
	each(t, func(p pkg, files *token.FileSet, name string, file *ast.File) {
		for _, decl := range file.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" {
				t.Errorf("%s: init()", files.Position(f.Pos()))
			}
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if x, ok := call.X.(*ast.Ident); ok && x.Name == "os" && strings.Contains("Getenv LookupEnv Environ", call.Sel.Name) &&
				p.Name != "main" && p.at() != "functions/catalog" {
				t.Errorf("%s: %s reads the environment", files.Position(n.Pos()), p.at())
			}
			return true
		})
		assigned(file, func(at token.Pos, what string) {
			t.Errorf("%s: the package variable %s is changed", files.Position(at), what)
		})
	})
}

// assigned finds assignments to the package variables of a file.
func assigned(file *ast.File, tell func(token.Pos, string)) {
	vars := map[*ast.Object]bool{}
	for _, decl := range file.Decls {
		if d, ok := decl.(*ast.GenDecl); ok && d.Tok == token.VAR {
			for _, spec := range d.Specs {
				for _, n := range spec.(*ast.ValueSpec).Names {
					vars[n.Obj] = true
				}
			}
		}
	}
	check := func(e ast.Expr) {
		for {
			switch x := e.(type) {
			case *ast.IndexExpr:
				e = x.X
				continue
			case *ast.Ident:
				if x.Obj != nil && vars[x.Obj] {
					tell(x.Pos(), x.Name)
				}
			}
			return
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, e := range n.Lhs {
				check(e)
			}
		case *ast.IncDecStmt:
			check(n.X)
		}
		return true
	})
}

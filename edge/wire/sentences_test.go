package wire

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"keliu/streams/desk"
)

var (
	codeForm = regexp.MustCompile(`^[a-z]+(_[a-z]+)*$`)
	verb     = regexp.MustCompile(`%[a-z]`)
	han      = regexp.MustCompile(`\p{Han}`)
)

// Every code that any room refuses with has a sentence in both languages, which takes what comes with the code.
func TestEveryRefusalHasASentence(t *testing.T) {
	house := os.DirFS("../..")
	found := 0
	err := fs.WalkDir(house, ".", func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (entry.Name() == "node_modules" || strings.HasPrefix(entry.Name(), ".") && path != "."):
			return fs.SkipDir
		case !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		source, err := fs.ReadFile(house, path)
		if err != nil {
			return err
		}
		places := token.NewFileSet()
		file, err := parser.ParseFile(places, path, source, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				if code, args := refusal(call); code != "" {
					found++
					check(t, places.Position(call.Pos()).String(), code, args)
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if found < 50 {
		t.Errorf("only %d refusals were found", found)
	}
}

// refusal tells the code that a call of desk.Refuse is made with and how many arguments follow; args is -1 where a room
// of its own adds some on the way.
func refusal(call *ast.CallExpr) (code string, args int) {
	switch f := call.Fun.(type) {
	case *ast.SelectorExpr:
		if x, ok := f.X.(*ast.Ident); !ok || x.Name != "desk" || f.Sel.Name != "Refuse" || len(call.Args) < 2 {
			return "", 0
		}
		code, args = literal(call.Args[1]), len(call.Args)-2
		if call.Ellipsis.IsValid() {
			args = -1
		}
	case *ast.Ident:
		if f.Name == "refuse" && len(call.Args) > 0 {
			code, args = literal(call.Args[0]), -1
		}
	}
	return code, args
}

func literal(e ast.Expr) string {
	if l, ok := e.(*ast.BasicLit); ok && l.Kind == token.STRING {
		if text, err := strconv.Unquote(l.Value); err == nil && codeForm.MatchString(text) {
			return text
		}
	}
	return ""
}

func check(t *testing.T, place, code string, args int) {
	t.Helper()
	if !Known(code) {
		t.Errorf("%s: %s has no sentence", place, code)
		return
	}
	for _, sentence := range sentences[code] {
		if n := len(verb.FindAllString(sentence, -1)); args >= 0 && n != args {
			t.Errorf("%s: %s comes with %d arguments, and %q takes %d", place, code, args, sentence, n)
		}
	}
}

func TestSentencesAreInTheirLanguage(t *testing.T) {
	for code, pair := range sentences {
		if !han.MatchString(pair[0]) || han.MatchString(pair[1]) || !codeForm.MatchString(code) {
			t.Errorf("%s: %q", code, pair)
		}
		if strings.Join(verb.FindAllString(pair[0], -1), "") != strings.Join(verb.FindAllString(pair[1], -1), "") {
			t.Errorf("%s: the two take different arguments: %q", code, pair)
		}
	}
	if got := Sentence(desk.English, "no_such_code", 7); got != sentences["invalid"][1] {
		t.Errorf("an unknown code reads %q", got)
	}
	if got := Sentence(desk.Chinese, "body_too_large", 7); !strings.Contains(got, "7 KB") {
		t.Errorf("%q", got)
	}
}

func TestHalf(t *testing.T) {
	for text, want := range map[string][2]string{
		"没有规则允许。No rule allows it.":                      {"没有规则允许。", "No rule allows it."},
		"金额超过五百元，由人工决定。Above 500 yuan a person decides.": {"金额超过五百元，由人工决定。", "Above 500 yuan a person decides."},
		"只有中文": {"只有中文", "只有中文"}, "English only.": {"English only.", "English only."}, "": {"", ""},
	} {
		if got := [2]string{Half(desk.Chinese, text), Half(desk.English, text)}; got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

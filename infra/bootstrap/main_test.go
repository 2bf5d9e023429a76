package bootstrap_test

import (
	"context"
	"errors"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"keliu/functions/lambda"
	"keliu/functions/lambda/away"
	"keliu/infra/bootstrap"
	simulator "keliu/infra/simulators/lambda"
	"keliu/streams/desk"
)

// The prefix under which the functions of these tests are deployed.
const prefix = "keliu-test"

// programs are all functions, built once for this machine.
var programs func() (map[string]string, error)

// TestMain is a function itself where Lambda starts it as one: a misbehaving one, on the real bootstrap.
func TestMain(m *testing.M) {
	if os.Getenv("AWS_LAMBDA_RUNTIME_API") != "" {
		name := os.Getenv("SERVES")
		fmt.Fprintln(os.Stderr, away.Serve(os.Getenv("_HANDLER"), name, func(l *away.Line) any { return odd{name, l} }))
		os.Exit(1)
	}
	os.Exit(run(m))
}

func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "bootstrap")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	programs = sync.OnceValues(func() (map[string]string, error) { return bootstrap.Build(context.Background(), dir, runtime.GOARCH) })
	return m.Run()
}

// odd is an intent that does what its name says.
type odd struct {
	name string
	line *away.Line
}

func (odd) Examples() string { return "" }

func (o odd) Answer(ctx context.Context, turn desk.Turn) (desk.Reply, error) {
	switch strings.TrimPrefix(o.name, "intents/") {
	case "echo":
		return desk.Reply{Text: turn.Message.Text, Outcome: desk.Answered}, nil
	case "process":
		return desk.Reply{Text: fmt.Sprint(os.Getpid()), Outcome: desk.Answered}, nil
	case "refuse":
		return desk.Reply{}, fmt.Errorf("the shop: %w", desk.Refuse(desk.ErrConflict, "text_too_long", 2000, "字"))
	case "panic":
		panic("a bug")
	case "exit":
		os.Exit(3)
	case "slow":
		<-ctx.Done()
		return desk.Reply{}, ctx.Err()
	case "stuck":
		select {}
	case "endless":
		for n := 0; ; n++ {
			if err := away.Tell(o.line, "Ear.Hear", n); err != nil {
				return desk.Reply{}, err
			}
		}
	case "nosy":
		return desk.Reply{}, away.Tell(o.line, "Ear.Shout", "")
	case "huge":
		return desk.Reply{Text: strings.Repeat("a", 7<<20)}, nil
	}
	return desk.Reply{}, errors.New("no such oddity")
}

// cloud is the house's way to a Lambda with all functions.
func cloud(t testing.TB, aws *simulator.Cloud) *lambda.Cloud {
	t.Helper()
	return open(t, serve(t, aws), time.Now)
}

// serve gives Lambda the functions of the catalog and the odd ones, and returns its endpoint.
func serve(t testing.TB, aws *simulator.Cloud) string {
	t.Helper()
	all, err := programs()
	if err != nil {
		t.Fatal(err)
	}
	aws.Functions = simulator.Functions(prefix, all)
	for _, name := range []string{"echo", "process", "refuse", "panic", "exit", "slow", "stuck", "endless", "nosy", "huge"} {
		aws.Functions[prefix+"-intents-"+name] = simulator.Program{Path: os.Args[0], Handler: "intents/" + name, Env: []string{"SERVES=intents/" + name}}
	}
	server := httptest.NewServer(aws)
	t.Cleanup(func() {
		server.Close()
		if err := aws.Close(); err != nil {
			t.Error(err)
		}
	})
	return server.URL
}

// open is the house's way to a server that speaks the Invoke API. It waits for nothing between two tries.
func open(t testing.TB, endpoint string, now func() time.Time) *lambda.Cloud {
	t.Helper()
	credentials(t)
	house, err := lambda.Open(t.Context(), "lambda://cn-north-1/"+prefix+"?endpoint="+endpoint, lambda.Options{Now: now, Rand: func() float64 { return 0 }})
	if err != nil {
		t.Fatal(err)
	}
	return house
}

// credentials are those of nobody, and no others are found.
func credentials(t testing.TB) {
	nothing := filepath.Join(t.TempDir(), "none")
	for name, value := range map[string]string{
		"AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_SESSION_TOKEN": "", "AWS_PROFILE": "", "AWS_EC2_METADATA_DISABLED": "true",
		"AWS_CONFIG_FILE": nothing, "AWS_SHARED_CREDENTIALS_FILE": nothing,
	} {
		t.Setenv(name, value)
	}
}

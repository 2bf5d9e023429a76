package reference

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// TestMain lets the test binary be the server that Start starts.
func TestMain(m *testing.M) {
	if len(os.Args) == 3 && os.Args[1] == "be-the-echo" {
		if err := Echo(context.Background(), os.Args[2]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

func TestServer(t *testing.T) {
	s, err := Start(t.Context(), os.Args[0], "be-the-echo")
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.Post("http://"+s.Address+"/api/v1/web/messages", "application/json", strings.NewReader(`{"text":"你好"}`))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if body, err := io.ReadAll(resp.Body); err != nil || string(body) != `{"text":"你好"}` || resp.StatusCode != http.StatusOK {
		t.Errorf("status %d, %s, %v", resp.StatusCode, body, err)
	}
	if n, err := s.Resident(); err != nil || n < 1<<20 {
		t.Errorf("resident %d, %v", n, err)
	}
	if err := s.End(); err != nil {
		t.Errorf("end: %v", err)
	}
	if _, err := http.Get("http://" + s.Address); err == nil {
		t.Error("it still answers")
	}
}

func TestStartRefuses(t *testing.T) {
	if s, err := Start(t.Context(), "/bin/false", "be-the-echo"); err == nil {
		t.Errorf("started %+v", s)
	}
}

// TestFile appends from many sides at once: everything is there, whole, and what was returned from is on the file.
func TestFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	f, err := Create(path)
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for p := range 50 {
		all.Go(func() {
			for i := range 20 {
				if err := f.Append(fmt.Appendf(nil, "%02d/%02d;", p, i)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for p := range 50 {
		last := -1
		for i := range 20 {
			record := fmt.Appendf(nil, "%02d/%02d;", p, i)
			at := bytes.Index(got, record)
			if at <= last || bytes.Count(got, record) != 1 {
				t.Fatalf("%s at %d, after %d", record, at, last)
			}
			last = at
		}
	}
}

package lambda

import (
	"cmp"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
	"time"
)

// credential is the scope of a signed request.
var credential = regexp.MustCompile(`^AWS4-HMAC-SHA256 Credential=[^/ ]+/[0-9]{8}/[a-z0-9-]+/lambda/aws4_request, ?SignedHeaders=[a-z0-9;-]*host[a-z0-9;-]*, ?Signature=[0-9a-f]{64}$`)

// invoke is one request of the Invoke API. Whether the signature is right it cannot know: it has no secret, and checks that all that
// makes one is there.
func (c *Cloud) invoke(w http.ResponseWriter, r *http.Request) {
	if !credential.MatchString(r.Header.Get("Authorization")) || r.Header.Get("X-Amz-Date") == "" {
		refuse(w, Fault{Status: http.StatusForbidden, Type: "MissingAuthenticationTokenException"}, "Missing Authentication Token")
		return
	}
	payload, err := io.ReadAll(io.LimitReader(r.Body, maxPayload+1))
	if err != nil {
		return // whoever asked is gone
	}
	name, dry := r.PathValue("name"), r.Header.Get("X-Amz-Invocation-Type") == "DryRun"
	n := c.note(Call{Function: name, Payload: payload, DryRun: dry})
	if fault, some := c.fault(); some {
		c.finish(n, fault.Status, "")
		refuse(w, fault, "Rate Exceeded.")
		return
	}
	program, known := c.Functions[name]
	switch {
	case len(payload) > maxPayload:
		c.finish(n, http.StatusRequestEntityTooLarge, "")
		refuse(w, Fault{Status: http.StatusRequestEntityTooLarge, Type: "RequestTooLargeException"}, fmt.Sprintf("Request must be smaller than %d bytes for the InvokeFunction operation", maxPayload))
	case !known:
		c.finish(n, http.StatusNotFound, "")
		refuse(w, Fault{Status: http.StatusNotFound, Type: "ResourceNotFoundException"}, "Function not found: "+name)
	case dry:
		c.finish(n, http.StatusNoContent, "")
		w.WriteHeader(http.StatusNoContent)
	default:
		result := c.do(name, program, payload)
		c.finish(n, http.StatusOK, result.kind)
		if result.failed != "" {
			w.Header().Set("X-Amz-Function-Error", result.failed)
		}
		w.Header().Set("X-Amz-Executed-Version", "$LATEST")
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(result.payload) // whoever asked may be gone
	}
}

// do has an idle process do a job, or a fresh one.
func (c *Cloud) do(name string, p Program, payload []byte) result {
	for {
		i, failed := c.take(name, p)
		if i == nil {
			return failed
		}
		timeout := cmp.Or(c.Timeout, 10*time.Second)
		r, gone := i.run(job{id: rand.Text(), payload: payload, deadline: time.Now().Add(timeout)})
		if gone {
			continue
		}
		c.mu.Lock()
		c.idle[name] = append(c.idle[name], i)
		c.mu.Unlock()
		if r.failed != "" && r.kind == "" {
			r.kind = kindOf(r.payload)
		}
		return r
	}
}

// take returns an idle process, or starts one and waits until it asks for work.
func (c *Cloud) take(name string, p Program) (*instance, result) {
	c.mu.Lock()
	for n := len(c.idle[name]); n > 0; n = len(c.idle[name]) {
		i := c.idle[name][n-1]
		c.idle[name] = c.idle[name][:n-1]
		select {
		case <-i.exited:
		default:
			c.mu.Unlock()
			return i, result{}
		}
	}
	c.mu.Unlock()
	i, err := c.start(name, p)
	if err != nil {
		return nil, trouble("Runtime.InvalidEntrypoint", err.Error())
	}
	c.mu.Lock()
	if c.idle == nil {
		c.idle, c.all = map[string][]*instance{}, map[*instance]bool{}
	}
	c.all[i] = true
	c.mu.Unlock()
	select {
	case took := <-i.ready:
		c.mu.Lock()
		c.starts = append(c.starts, Start{name, took})
		c.mu.Unlock()
		return i, result{}
	case <-i.exited:
		return nil, trouble("Runtime.ExitError", fmt.Sprintf("Error: Runtime exited with error: %v", i.exit))
	}
}

func (c *Cloud) note(call Call) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.calls = append(c.calls, call)
	return len(c.calls) - 1
}

func (c *Cloud) finish(n, status int, failed string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.calls[n].Status, c.calls[n].Failed = status, failed
}

func (c *Cloud) fault() (Fault, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.faults) == 0 {
		return Fault{}, false
	}
	f := c.faults[0]
	c.faults = c.faults[1:]
	return f, true
}

// refuse answers with an exception of the API.
func refuse(w http.ResponseWriter, f Fault, message string) {
	w.Header().Set("X-Amzn-ErrorType", f.Type)
	w.Header().Set("Content-Type", "application/json")
	if f.RetryAfter != "" {
		w.Header().Set("Retry-After", f.RetryAfter)
	}
	w.WriteHeader(f.Status)
	_ = json.NewEncoder(w).Encode(map[string]string{"Type": "User", "message": message}) // whoever asked may be gone
}

// kindOf reads the type of a function's error.
func kindOf(payload []byte) string {
	var said struct {
		Type string `json:"errorType"`
	}
	if err := json.Unmarshal(payload, &said); err != nil {
		return "unreadable"
	}
	return said.Type
}

// Functions names programs as they are deployed under a prefix: prefix-channels-web for channels/web.
func Functions(prefix string, programs map[string]string) map[string]Program {
	all := map[string]Program{}
	for name, path := range programs {
		all[prefix+"-"+strings.ReplaceAll(name, "/", "-")] = Program{Path: path, Handler: name}
	}
	return all
}

// Boot starts a process of a program, waits until it asks for work, and ends it. It returns how long that took.
func Boot(p Program) (time.Duration, error) {
	i, err := new(Cloud).start("boot", p)
	if err != nil {
		return 0, err
	}
	defer i.end()
	select {
	case took := <-i.ready:
		return took, nil
	case <-i.exited:
		return 0, fmt.Errorf("it ended before it asked for work: %w", i.exit)
	}
}

// Package lambda is AWS Lambda on this machine, on its wire formats: the Invoke API in front, and behind it the functions as real
// processes that speak the Runtime API. It freezes, meters and isolates nothing; what it shows is that both sides speak as AWS does.
package lambda

import (
	"io"
	"net/http"
	"sync"
	"time"
)

// maxPayload is how many bytes Lambda takes in one synchronous call, and lets out.
const maxPayload = 6 << 20

// A Program is what is deployed under a function's name.
type Program struct {
	Path    string   // of the bootstrap
	Handler string   // becomes _HANDLER
	Env     []string // besides what Lambda sets
}

// A Fault is what the Invoke API answers instead of calling the function.
type Fault struct {
	Status     int
	Type       string // of the exception, such as TooManyRequestsException
	RetryAfter string // seconds; empty says nothing
}

// A Cloud is one region of one account. Its fields are set before use; it is an http.Handler, the Invoke API. Close ends its
// processes.
type Cloud struct {
	Functions map[string]Program // by deployed name
	Timeout   time.Duration      // of every function; 0 is 10 s
	Memory    int                // MB, as functions read it; 0 is 128
	Log       io.Writer          // what functions write; nil drops it

	mu     sync.Mutex
	idle   map[string][]*instance
	all    map[*instance]bool
	faults []Fault
	calls  []Call
	starts []Start
}

// A Call is one request of the Invoke API that was let in.
type Call struct {
	Function string
	Payload  []byte
	DryRun   bool
	Status   int    // 0 while it runs
	Failed   string // the type of error by which the function failed
}

// A Start is a process that was started because none was idle.
type Start struct {
	Function string
	Took     time.Duration // from the start of the process until it first asked for work
}

// Fail has the next calls answered by these faults, one each.
func (c *Cloud) Fail(faults ...Fault) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.faults = append(c.faults, faults...)
}

// Calls are all calls so far, in the order in which they came.
func (c *Cloud) Calls() []Call {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]Call(nil), c.calls...)
}

// Starts are the processes that were started so far.
func (c *Cloud) Starts() []Start {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]Start(nil), c.starts...)
}

// Close ends every process.
func (c *Cloud) Close() error {
	c.mu.Lock()
	var all []*instance
	for i := range c.all {
		all = append(all, i)
	}
	c.mu.Unlock()
	for _, i := range all {
		i.end()
	}
	return nil
}

// ServeHTTP implements http.Handler.
func (c *Cloud) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /2015-03-31/functions/{name}/invocations", c.invoke)
	mux.ServeHTTP(w, r)
}

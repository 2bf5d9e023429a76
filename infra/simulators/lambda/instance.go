package lambda

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os/exec"
	"strconv"
	"sync"
	"time"
)

// A job is one call on its way to a process.
type job struct {
	id       string
	payload  []byte
	deadline time.Time
}

// A result is what became of a job. failed is how a function fails: Handled or Unhandled; empty when it did not.
type result struct {
	payload []byte
	failed  string
	kind    string // of the error
}

// An instance is one process of a function, with a Runtime API of its own.
type instance struct {
	function string
	process  *exec.Cmd
	server   *http.Server
	started  time.Time

	ready   chan time.Duration // from the start until it first asked for work
	first   sync.Once
	work    chan job
	results chan result
	exited  chan struct{}
	exit    error // once exited is closed
}

// start starts a process of a function.
func (c *Cloud) start(function string, p Program) (*instance, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	i := &instance{
		function: function, process: exec.Command(p.Path),
		ready: make(chan time.Duration, 1), work: make(chan job), results: make(chan result, 1), exited: make(chan struct{}),
	}
	i.process.Env = append([]string{
		"AWS_LAMBDA_RUNTIME_API=" + listener.Addr().String(), "_HANDLER=" + p.Handler, "AWS_LAMBDA_FUNCTION_NAME=" + function,
		"AWS_LAMBDA_FUNCTION_MEMORY_SIZE=" + strconv.Itoa(max(c.Memory, 128)), "AWS_REGION=cn-north-1", "TZ=:UTC", "LANG=en_US.UTF-8",
	}, p.Env...)
	i.process.Stdout, i.process.Stderr = c.Log, c.Log
	i.server = &http.Server{Handler: i.runtimeAPI()}
	i.started = time.Now()
	go func() { _ = i.server.Serve(listener) }() // until end closes it
	if err := i.process.Start(); err != nil {
		return nil, errors.Join(err, i.server.Close())
	}
	go func() {
		i.exit = i.process.Wait()
		close(i.exited)
	}()
	return i, nil
}

// runtimeAPI is what a process asks for work and tells results, on Lambda's wire format of 2018-06-01.
func (i *instance) runtimeAPI() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /2018-06-01/runtime/invocation/next", i.next)
	mux.HandleFunc("POST /2018-06-01/runtime/invocation/{id}/response", func(w http.ResponseWriter, r *http.Request) {
		i.told(w, r, "")
	})
	mux.HandleFunc("POST /2018-06-01/runtime/invocation/{id}/error", func(w http.ResponseWriter, r *http.Request) {
		i.told(w, r, "Unhandled")
	})
	return mux
}

func (i *instance) next(w http.ResponseWriter, r *http.Request) {
	i.first.Do(func() { i.ready <- time.Since(i.started) })
	select {
	case j := <-i.work:
		w.Header().Set("Lambda-Runtime-Aws-Request-Id", j.id)
		w.Header().Set("Lambda-Runtime-Deadline-Ms", strconv.FormatInt(j.deadline.UnixMilli(), 10))
		w.Header().Set("Lambda-Runtime-Invoked-Function-Arn", "arn:aws-cn:lambda:cn-north-1:123456789012:function:"+i.function)
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(j.payload) // a process that is gone by now shows as exited
	case <-i.exited:
	case <-r.Context().Done():
	}
}

// told takes a result.
func (i *instance) told(w http.ResponseWriter, r *http.Request, failed string) {
	body, err := io.ReadAll(io.LimitReader(r.Body, maxPayload+1))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	if len(body) > maxPayload {
		w.WriteHeader(http.StatusRequestEntityTooLarge)
		i.results <- trouble("Function.ResponseSizeTooLarge", fmt.Sprintf("Response payload size exceeded maximum allowed payload size (%d bytes).", maxPayload))
		return
	}
	w.WriteHeader(http.StatusAccepted)
	_, _ = io.WriteString(w, `{"status":"OK"}`+"\n")
	i.results <- result{payload: body, failed: failed}
}

// trouble is a result that Lambda makes up itself.
func trouble(kind, message string) result {
	return result{payload: fmt.Appendf(nil, `{"errorType":%q,"errorMessage":%q}`, kind, message), failed: "Unhandled", kind: kind}
}

// run has a process do a job. It reports whether the process had ended before it took it.
func (i *instance) run(j job) (_ result, gone bool) {
	timer := time.NewTimer(time.Until(j.deadline))
	defer timer.Stop()
	select {
	case i.work <- j:
	case <-i.exited:
		return result{}, true
	}
	select {
	case r := <-i.results:
		return r, false
	case <-i.exited:
		select {
		case r := <-i.results: // it told before it ended
			return r, false
		default:
			return trouble("Runtime.ExitError", fmt.Sprintf("RequestId: %s Error: Runtime exited with error: %v", j.id, i.exit)), false
		}
	case <-timer.C:
		i.end()
		return trouble("Sandbox.Timedout", fmt.Sprintf("RequestId: %s Error: Task timed out", j.id)), false
	}
}

// end ends the process and its Runtime API.
func (i *instance) end() {
	_ = i.process.Process.Kill() // it may have ended already
	<-i.exited
	_ = i.server.Close() // nobody is served any more
}

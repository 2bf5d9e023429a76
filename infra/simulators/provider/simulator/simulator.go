// Package simulator is a model provider on its real wire format, that of OpenAI's chat completions, with answers from a
// script and faults on request.
package simulator

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// mostKept is how many requests a provider remembers.
const mostKept = 1000

// A Provider is a running simulator. It is safe for concurrent use.
type Provider struct {
	key    string
	addr   net.Addr
	server http.Server
	failed chan error

	mu       sync.Mutex
	script   []*Rule
	requests []Request
	asked    int // how often, ever
}

// A Request is what a client sent.
type Request struct {
	Key           string    `json:"-"`
	Body          string    `json:"-"` // as it arrived
	Model         string    `json:"model"`
	Messages      []Message `json:"messages"`
	Stream        bool      `json:"stream"`
	StreamOptions struct {
		IncludeUsage bool `json:"include_usage"`
	} `json:"stream_options"`
}

// A Message is one part of a prompt.
type Message struct {
	Role    string `json:"role"`
	Content string `json:"content"`
}

// Question is what the client asks: the last message of the user or, when that is a JSON object with a "question",
// this.
func (r Request) Question() string {
	for _, m := range slices.Backward(r.Messages) {
		if m.Role != "user" {
			continue
		}
		var object struct{ Question string }
		if json.Unmarshal([]byte(m.Content), &object) == nil && object.Question != "" {
			return object.Question
		}
		return m.Content
	}
	return ""
}

// Start listens on addr, such as 127.0.0.1:0, and answers by the script. Clients must show the key, unless it is empty.
func Start(addr, key string, script ...Rule) (*Provider, error) {
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, err
	}
	p := &Provider{key: key, addr: listener.Addr(), failed: make(chan error, 1)}
	p.Play(script...)
	mux := http.NewServeMux()
	mux.HandleFunc("POST /v1/chat/completions", p.complete)
	mux.HandleFunc("GET /v1/models", p.models)
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		refuse(w, http.StatusNotFound, "invalid_request_error", "unknown_url", fmt.Sprintf("Unknown request URL: %s %s", r.Method, r.URL.Path))
	})
	p.server.Handler = mux
	p.server.ReadHeaderTimeout = 10 * time.Second
	go func() { p.failed <- p.server.Serve(listener) }()
	return p, nil
}

// Host is where the provider listens, as host:port.
func (p *Provider) Host() string { return p.addr.String() }

// Play replaces the script.
func (p *Provider) Play(script ...Rule) {
	rules := make([]*Rule, len(script))
	for i, r := range script {
		rules[i] = &r
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.script = rules
}

// Requests returns the latest requests, oldest first.
func (p *Provider) Requests() []Request {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.requests)
}

// Wait blocks until the provider is closed or fails.
func (p *Provider) Wait() error {
	err := <-p.failed
	p.failed <- err
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// Close ends everything at once, requests under way too; from then on connections are refused.
func (p *Provider) Close() error {
	return errors.Join(p.server.Close(), p.Wait())
}

// complete answers POST /v1/chat/completions.
func (p *Provider) complete(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 4<<20))
	if err != nil {
		refuse(w, http.StatusRequestEntityTooLarge, "invalid_request_error", "too_large", "The request is too large.")
		return
	}
	request := Request{Body: string(body)}
	parsed := json.Unmarshal(body, &request)
	request.Key, _ = strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	rule, number := p.take(request)
	switch {
	case p.key != "" && request.Key != p.key:
		refuse(w, http.StatusUnauthorized, "invalid_request_error", "invalid_api_key", "Incorrect API key provided.")
	case parsed != nil:
		refuse(w, http.StatusBadRequest, "invalid_request_error", "", "We could not parse the JSON body of your request.")
	case request.Model == "":
		refuse(w, http.StatusBadRequest, "invalid_request_error", "", "you must provide a model parameter")
	case len(request.Messages) == 0:
		refuse(w, http.StatusBadRequest, "invalid_request_error", "", "[] is too short - 'messages'")
	default:
		s := speaker{w: w, r: r, request: request, rule: rule, id: fmt.Sprintf("chatcmpl-%06d", number)}
		s.speak()
	}
}

// take remembers a request and returns its rule and its number.
func (p *Provider) take(r Request) (Rule, int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked++
	if p.requests = append(p.requests, r); len(p.requests) > mostKept {
		p.requests = slices.Delete(p.requests, 0, 1)
	}
	question := r.Question()
	for _, rule := range p.script {
		if rule.spent || !rule.matches(question) {
			continue
		}
		if rule.Times > 0 {
			rule.Times--
			rule.spent = rule.Times == 0
		}
		return *rule, p.asked
	}
	return Rule{Answer: "您好，请问有什么可以帮您？"}, p.asked
}

// models answers GET /v1/models.
func (p *Provider) models(w http.ResponseWriter, _ *http.Request) {
	send(w, http.StatusOK, map[string]any{
		"object": "list",
		"data":   []any{map[string]any{"id": "simulated", "object": "model", "created": 1700000000, "owned_by": "keliu"}},
	})
}

// refuse answers with an error as the protocol has it.
func refuse(w http.ResponseWriter, status int, kind, code, message string) {
	send(w, status, map[string]any{"error": map[string]any{"message": message, "type": kind, "param": nil, "code": code}})
}

// send answers with JSON. Who is not there to hear it needs no answer.
func send(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v)
}

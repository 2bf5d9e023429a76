// Package lead measures how long a comment takes to become a lead: from the platform's signed webhook until the API tells of it,
// which it does once it is durable.
package lead

import (
	"bytes"
	"context"
	"crypto/sha1" // what Douyin signs with
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"time"

	"keliu/infra/rig"
)

// patience is how long a comment may take before it counts as lost.
const patience = 10 * time.Second

// A Result is how long comments took to become leads.
type Result struct {
	Comments int
	P50, P99 time.Duration
}

// Measure starts a product, warms it up and sends it comments of different people at a steady rate for a time.
func Measure(ctx context.Context, binary, data string, rate int, span time.Duration) (r Result, err error) {
	port, err := rig.Port()
	if err != nil {
		return r, err
	}
	platform := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, `{"data":{"error_code":0,"access_token":"t","expires_in":7200},"err_no":0}`) // takes everything
	}))
	defer platform.Close()
	p, err := rig.Start(ctx, binary, data, port, "KELIU_DOUYIN_API="+platform.URL)
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, p.Stop()) }()
	if _, err := send(ctx, p.URL, rate, time.Second); err != nil {
		return r, err
	}
	took, err := send(ctx, p.URL, rate, span)
	if err != nil {
		return r, err
	}
	return Result{len(took), took[len(took)/2], took[len(took)*99/100]}, nil
}

// send returns how long each comment took, in order.
func send(ctx context.Context, url string, rate int, span time.Duration) ([]time.Duration, error) {
	token, err := login(ctx, url)
	if err != nil {
		return nil, err
	}
	n := int(span.Seconds() * float64(rate))
	took, errs := make([]time.Duration, n), make([]error, n)
	var all sync.WaitGroup
	tick := time.NewTicker(time.Second / time.Duration(rate))
	defer tick.Stop()
	run := time.Now().UnixNano() // names this run's people
	for i := range n {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		all.Go(func() { took[i], errs[i] = one(ctx, url, token, fmt.Sprintf("%d_%d", run, i)) })
	}
	all.Wait()
	slices.Sort(took)
	return took, errors.Join(errs...)
}

// one sends a comment and asks until there is a lead.
func one(ctx context.Context, url, token, id string) (time.Duration, error) {
	content, err := json.Marshal(map[string]any{
		"comment_id": "c" + id, "comment_user_id": "u" + id, "content": "这款多少钱，怎么买？", "nick_name": "测试", "reply_to_item_id": "v", "create_time": time.Now().Unix(),
	})
	if err != nil {
		return 0, err
	}
	body, err := json.Marshal(map[string]any{"event": "item_comment_reply", "client_key": rig.DouyinKey, "from_user_id": "u" + id, "to_user_id": "account", "content": string(content)})
	if err != nil {
		return 0, err
	}
	sum := sha1.Sum(append([]byte(rig.DouyinSecret), body...))
	began := time.Now()
	header := map[string]string{"Content-Type": "application/json", "X-Douyin-Signature": hex.EncodeToString(sum[:]), "Msg-Id": id}
	if status, _, err := call(ctx, http.MethodPost, url+"/hooks/douyin", header, body); err != nil || status != http.StatusOK {
		return 0, fmt.Errorf("the webhook of %s: %d, %w", id, status, err)
	}
	for {
		status, _, err := call(ctx, http.MethodGet, url+"/api/v1/leads/douyin:u"+id, map[string]string{"Authorization": "Bearer " + token}, nil)
		switch {
		case err != nil:
			return 0, err
		case status == http.StatusOK:
			return time.Since(began), nil
		case status != http.StatusNotFound || time.Since(began) > patience:
			return 0, fmt.Errorf("the lead of %s after %s: %d", id, time.Since(began), status)
		}
		time.Sleep(time.Millisecond)
	}
}

func login(ctx context.Context, url string) (string, error) {
	body, err := json.Marshal(map[string]string{"user": "marketing", "password": rig.Password})
	if err != nil {
		return "", err
	}
	status, answer, err := call(ctx, http.MethodPost, url+"/api/v1/staff/login", map[string]string{"Content-Type": "application/json"}, body)
	if err != nil || status != http.StatusOK {
		return "", fmt.Errorf("login: %d, %w", status, err)
	}
	var in struct{ Token string }
	err = json.Unmarshal(answer, &in)
	return in.Token, err
}

func call(ctx context.Context, method, url string, header map[string]string, body []byte) (status int, answer []byte, err error) {
	r, err := http.NewRequestWithContext(ctx, method, url, bytes.NewReader(body))
	if err != nil {
		return 0, nil, err
	}
	for name, value := range header {
		r.Header.Set(name, value)
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, nil, err
	}
	defer response.Body.Close()
	answer, err = io.ReadAll(response.Body)
	return response.StatusCode, answer, err
}

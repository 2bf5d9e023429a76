package business_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"keliu/functions/business"
	"keliu/functions/business/counter"
	"keliu/streams/desk"
)

var (
	_ counter.Orders = business.Connector{}
	_ counter.Orders = (*business.Shop)(nil)
)

// serve runs a shop's server and returns a connector to it.
func serve(t *testing.T, handle http.HandlerFunc) business.Connector {
	t.Helper()
	server := httptest.NewServer(handle)
	t.Cleanup(server.Close)
	return business.Connector{URL: server.URL, Key: "k3y"}
}

func answer(v any) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		if err := json.NewEncoder(w).Encode(v); err != nil {
			panic(err)
		}
	}
}

func TestConnectorAsks(t *testing.T) {
	day := time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)
	order := desk.Order{Number: "A 1/2", Member: "m1", Total: 4200, Status: desk.Paid, Placed: day, Shipment: &desk.Shipment{Waybill: "SF1"}}
	newer := desk.Order{Number: "B", Member: "m1", Placed: day.Add(time.Hour)}
	member := business.Member{ID: "m1", Name: "林晓彤"}
	product := business.Product{SKU: "P1", Name: "台灯", Price: 18900}
	var requests []string
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		requests = append(requests, r.Method+" "+r.RequestURI)
		if got := r.Header.Get("Authorization"); got != "Bearer k3y" {
			t.Errorf("Authorization is %q", got)
		}
		answers := map[string]any{
			"/orders/A 1/2":      order,
			"/orders":            []desk.Order{newer, order},
			"/members/m1":        member,
			"/members/m1/orders": []desk.Order{order, newer},
			"/products":          []business.Product{product, product},
		}
		answer(answers[r.URL.Path])(w, r)
	})
	ctx := t.Context()
	check := func(got any, err error, want any) {
		t.Helper()
		if err != nil {
			t.Error(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
	}
	o, err := c.Order(ctx, order.Number)
	check(o, err, order)
	o, err = c.OrderOfWaybill(ctx, "sf1")
	check(o, err, order)
	if _, err := c.OrderOfWaybill(ctx, "SF2"); !errors.Is(err, desk.ErrNotFound) {
		t.Errorf("a waybill the shop answers with other orders for: %v", err)
	}
	list, err := c.OrdersOf(ctx, "m1")
	check(list, err, []desk.Order{newer, order})
	m, err := c.Member(ctx, "m1")
	check(m, err, member)
	found, err := c.Products(ctx, business.Wish{Words: "台灯 & 夜灯", Max: 20000}, 1)
	check(found, err, []business.Product{product})
	check(requests, nil, []string{
		"GET /orders/A%201%2F2", "GET /orders?waybill=sf1", "GET /orders?waybill=SF2", "GET /members/m1/orders", "GET /members/m1",
		"GET /products?limit=1&max=20000&min=0&words=%E5%8F%B0%E7%81%AF+%26+%E5%A4%9C%E7%81%AF",
	})
}

func TestConnectorSubmits(t *testing.T) {
	want := desk.Request{ID: "r1", Kind: "refund", Order: "A", Amount: 4200, Status: "submitted"}
	var got desk.Request
	var key, call string
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		key, call = r.Header.Get("Idempotency-Key"), r.Method+" "+r.URL.Path
		if err := json.NewDecoder(r.Body).Decode(&got); err != nil {
			t.Error(err)
		}
		w.WriteHeader(http.StatusAccepted)
	})
	if err := c.Submit(t.Context(), want); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" || key != "r1" || call != "POST /requests" {
		t.Errorf("%s with key %q\n%s", call, key, diff)
	}
	if err := c.Submit(t.Context(), desk.Request{Kind: "refund"}); !errors.Is(err, desk.ErrInvalid) {
		t.Errorf("a request without an ID: %v", err)
	}
}

func TestConnectorMapsRefusals(t *testing.T) {
	for status, want := range map[int]error{
		400: desk.ErrInvalid, 401: desk.ErrForbidden, 403: desk.ErrForbidden, 404: desk.ErrNotFound, 409: desk.ErrConflict,
		410: desk.ErrNotFound, 422: desk.ErrInvalid, 429: desk.ErrUnavailable, 500: desk.ErrUnavailable, 503: desk.ErrUnavailable,
	} {
		c := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) })
		if _, err := c.Order(t.Context(), "A"); !errors.Is(err, want) {
			t.Errorf("status %d: %v, want %v", status, err, want)
		}
		if err := c.Submit(t.Context(), desk.Request{ID: "r"}); !errors.Is(err, want) {
			t.Errorf("status %d on a request: %v, want %v", status, err, want)
		}
	}
}

func TestConnectorDistrustsAnswers(t *testing.T) {
	for name, handle := range map[string]http.HandlerFunc{
		"another order":  answer(desk.Order{Number: "B", Member: "m2"}),
		"broken":         func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(`{"number":`)) },
		"a page":         func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(`<html>`)) },
		"others' orders": answer([]desk.Order{{Number: "A", Member: "m2"}}),
		"more than it may": func(w http.ResponseWriter, _ *http.Request) {
			_, _ = w.Write([]byte(`[` + strings.Repeat(" ", 1<<20) + `]`))
		},
	} {
		c := serve(t, handle)
		o, err := c.Order(t.Context(), "A")
		if err == nil || o.Number != "" {
			t.Errorf("%s: Order gave %+v", name, o)
		}
		if list, err := c.OrdersOf(t.Context(), "m1"); err == nil || list != nil {
			t.Errorf("%s: OrdersOf gave %+v", name, list)
		}
	}
}

func TestConnectorRefusesNames(t *testing.T) {
	c := serve(t, func(http.ResponseWriter, *http.Request) { t.Error("the shop was asked") })
	for _, name := range []string{"", ".", "..", strings.Repeat("9", 65)} {
		_, orderErr := c.Order(t.Context(), desk.OrderNumber(name))
		_, listErr := c.OrdersOf(t.Context(), desk.MemberID(name))
		_, memberErr := c.Member(t.Context(), desk.MemberID(name))
		for _, err := range []error{orderErr, listErr, memberErr} {
			if !errors.Is(err, desk.ErrNotFound) {
				t.Errorf("%q: %v", name, err)
			}
		}
	}
}

// silent is a network on which nobody answers.
type silent struct{}

func (silent) RoundTrip(r *http.Request) (*http.Response, error) {
	<-r.Context().Done()
	return nil, r.Context().Err()
}

func TestConnectorGivesUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := business.Connector{URL: "http://shop.invalid", Client: &http.Client{Transport: silent{}}}
		start := time.Now()
		_, err := c.Order(context.Background(), "A")
		if !errors.Is(err, desk.ErrUnavailable) || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("a shop that hangs: %v", err)
		}
		if waited := time.Since(start); waited != 5*time.Second {
			t.Errorf("waited %v", waited)
		}
	})
}

func TestConnectorUnreachable(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	server.Close()
	if _, err := (business.Connector{URL: server.URL}).Member(t.Context(), "m1"); !errors.Is(err, desk.ErrUnavailable) {
		t.Errorf("a shop that is gone: %v", err)
	}
}

package business

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"keliu/streams/desk"
)

// A shop's server gets patience to answer, and may answer with mostBytes.
const (
	patience  = 5 * time.Second
	mostBytes = 1 << 20
)

// A Connector asks a company's own shop system over HTTP. The system answers in JSON, with the fields of desk.Order,
// Member and Product:
//
//	GET  {URL}/orders/{number}          an order
//	GET  {URL}/orders?waybill=          a list with the order that travels under a waybill number, or none
//	GET  {URL}/members/{id}             a member
//	GET  {URL}/members/{id}/orders      a list of orders
//	GET  {URL}/products?words=&min=&max=&limit=   a list of products, best first; prices in fen
//	POST {URL}/requests                 a desk.Request; the same Idempotency-Key is done once
//
// 404 is desk.ErrNotFound, 401 and 403 desk.ErrForbidden, 409 desk.ErrConflict, 429, 5xx and no answer
// desk.ErrUnavailable, any other refusal desk.ErrInvalid.
type Connector struct {
	URL    string       // without a slash at its end
	Key    string       // sent as a bearer token; empty sends none
	Client *http.Client // nil uses http.DefaultClient
}

// Order is the order of that number.
func (c Connector) Order(ctx context.Context, number desk.OrderNumber) (desk.Order, error) {
	path, err := segment(string(number))
	if err != nil {
		return desk.Order{}, err
	}
	var o desk.Order
	if err := c.ask(ctx, "/orders/"+path, &o); err != nil {
		return desk.Order{}, err
	}
	if o.Number != number {
		return desk.Order{}, fmt.Errorf("the shop answered with another order than %s", number)
	}
	return o, nil
}

// OrderOfWaybill is the order that travels under a waybill number.
func (c Connector) OrderOfWaybill(ctx context.Context, waybill string) (desk.Order, error) {
	var orders []desk.Order
	if err := c.ask(ctx, "/orders?waybill="+url.QueryEscape(waybill), &orders); err != nil {
		return desk.Order{}, err
	}
	for _, o := range orders {
		if o.Shipment != nil && strings.EqualFold(o.Shipment.Waybill, waybill) {
			return o, nil
		}
	}
	return desk.Order{}, fmt.Errorf("waybill: %w", desk.ErrNotFound)
}

// OrdersOf are a member's orders, newest first.
func (c Connector) OrdersOf(ctx context.Context, member desk.MemberID) ([]desk.Order, error) {
	path, err := segment(string(member))
	if err != nil {
		return nil, err
	}
	var orders []desk.Order
	if err := c.ask(ctx, "/members/"+path+"/orders", &orders); err != nil {
		return nil, err
	}
	if slices.ContainsFunc(orders, func(o desk.Order) bool { return o.Member != member }) {
		return nil, fmt.Errorf("the shop answered with orders of others than member %s", member)
	}
	slices.SortStableFunc(orders, func(a, b desk.Order) int { return b.Placed.Compare(a.Placed) })
	return orders, nil
}

// Member is the member of that ID.
func (c Connector) Member(ctx context.Context, id desk.MemberID) (Member, error) {
	path, err := segment(string(id))
	if err != nil {
		return Member{}, err
	}
	var m Member
	if err := c.ask(ctx, "/members/"+path, &m); err != nil {
		return Member{}, err
	}
	if m.ID != id {
		return Member{}, fmt.Errorf("the shop answered with another member than %s", id)
	}
	return m, nil
}

// Products finds what fits a wish, best first.
func (c Connector) Products(ctx context.Context, wish Wish, limit int) ([]Product, error) {
	query := url.Values{
		"words": {wish.Words},
		"min":   {strconv.FormatInt(wish.Min, 10)},
		"max":   {strconv.FormatInt(wish.Max, 10)},
		"limit": {strconv.Itoa(limit)},
	}
	var products []Product
	if err := c.ask(ctx, "/products?"+query.Encode(), &products); err != nil {
		return nil, err
	}
	return products[:min(limit, len(products))], nil
}

// Submit asks the shop to do something. The shop does it once per request ID, however often it is submitted.
func (c Connector) Submit(ctx context.Context, r desk.Request) error {
	if r.ID == "" {
		return fmt.Errorf("a request needs an ID: %w", desk.ErrInvalid)
	}
	body, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("encode request %s: %w", r.ID, err)
	}
	_, err = c.call(ctx, http.MethodPost, "/requests", body, r.ID)
	return err
}

// segment makes a name fit to stand in a path. What cannot be a name is not found.
func segment(name string) (string, error) {
	if name == "" || name == "." || name == ".." || len(name) > 64 {
		return "", fmt.Errorf("%q: %w", name, desk.ErrNotFound)
	}
	return url.PathEscape(name), nil
}

// ask reads what is at a path.
func (c Connector) ask(ctx context.Context, path string, into any) error {
	body, err := c.call(ctx, http.MethodGet, path, nil, "")
	if err != nil {
		return err
	}
	if err := json.Unmarshal(body, into); err != nil {
		return fmt.Errorf("the shop's answer cannot be read: %w", err)
	}
	return nil
}

func (c Connector) call(ctx context.Context, method, path string, body []byte, key string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, method, c.URL+path, bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("address the shop: %w", err)
	}
	request.Header.Set("Accept", "application/json")
	if c.Key != "" {
		request.Header.Set("Authorization", "Bearer "+c.Key)
	}
	if method == http.MethodPost {
		request.Header.Set("Content-Type", "application/json")
		request.Header.Set("Idempotency-Key", key)
	}
	client := c.Client
	if client == nil {
		client = http.DefaultClient
	}
	response, err := client.Do(request)
	if err != nil {
		return nil, fmt.Errorf("ask the shop: %w", errors.Join(desk.ErrUnavailable, err))
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(response.Body, mostBytes+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("read the shop's answer: %w", errors.Join(desk.ErrUnavailable, err))
	case len(answer) > mostBytes:
		return nil, fmt.Errorf("the shop's answer is over %d bytes", mostBytes)
	}
	return answer, refused(response.StatusCode)
}

// refused maps a status to the errors of the desk.
func refused(status int) error {
	kind := desk.ErrInvalid
	switch {
	case status >= 200 && status < 300:
		return nil
	case status == http.StatusNotFound || status == http.StatusGone:
		kind = desk.ErrNotFound
	case status == http.StatusUnauthorized || status == http.StatusForbidden:
		kind = desk.ErrForbidden
	case status == http.StatusConflict:
		kind = desk.ErrConflict
	case status >= 500 || status == http.StatusTooManyRequests || status == http.StatusRequestTimeout:
		kind = desk.ErrUnavailable
	}
	return fmt.Errorf("the shop answered %d: %w", status, kind)
}

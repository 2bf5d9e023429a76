package lambda

import (
	"context"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"keliu/functions/lambda/call"
	"keliu/streams/desk"
)

// shop is what stands in a field.
type shop struct{ sold []string }

func (s *shop) Sell(ctx context.Context, what string, n int) (left int, last bool, err error) {
	s.sold = append(s.sold, what)
	if n < 0 {
		return 3, true, desk.Refuse(desk.ErrInvalid, "negative", n)
	}
	return 10 - n, false, ctx.Err()
}

func (*shop) Close(time.Time) error { return nil }

// Secret is no method of the field's interface.
func (*shop) Secret() (string, error) { return "secret", nil }

type seller interface {
	Sell(ctx context.Context, what string, n int) (int, bool, error)
	Close(time.Time) error
	Odd() string
	Many(...string) error
}

func (*shop) Odd() string          { return "" }
func (*shop) Many(...string) error { return nil }

type counter struct {
	Shop   seller
	Other  seller
	Within struct{ Shop seller }
	Name   string
	Sure   float64
	Brand  desk.Lang
	Till   *shop
	Now    func() time.Time
	hidden seller
}

func TestAnswer(t *testing.T) {
	s := &shop{}
	here := counter{Shop: s, hidden: s, Till: s}
	here.Within.Shop = s
	ask := func(method string, args ...string) (call.Told, error) {
		q := call.Question{Method: method}
		for _, arg := range args {
			q.Args = append(q.Args, json.RawMessage(arg))
		}
		return answer(t.Context(), here, q)
	}
	told, err := ask("Shop.Sell", `"tea"`, "4")
	if err != nil || told.Problem != nil || len(told.Results) != 2 || string(told.Results[0]) != "6" || string(told.Results[1]) != "false" {
		t.Errorf("%+v (%v)", told, err)
	}
	told, err = ask("Within.Shop.Sell", `"cup"`, "-1")
	if err != nil || told.Problem == nil || told.Problem.Code != "negative" || string(told.Results[0]) != "3" {
		t.Errorf("%+v (%v)", told, err)
	}
	if told, err = ask("Shop.Close", `"2026-11-24T02:00:00Z"`); err != nil || told.Problem != nil || len(told.Results) != 0 {
		t.Errorf("%+v (%v)", told, err)
	}
	if diff := cmp.Diff([]string{"tea", "cup"}, s.sold); diff != "" {
		t.Error(diff)
	}
	for _, wrong := range [][]string{
		{"Shop.Secret"}, {"hidden.Sell", `"tea"`, "1"}, {"Till.Sell", `"tea"`, "1"}, {"Other.Sell", `"tea"`, "1"}, {"Name.Sell"}, {"Sell"}, {""}, {"Shop"},
		{"Shop.Sell"}, {"Shop.Sell", `"tea"`}, {"Shop.Sell", `"tea"`, "1", "2"}, {"Shop.Sell", "1", "1"}, {"Shop.Sell", `"tea"`, "much"},
		{"Shop.Odd"}, {"Shop.Many", `"a"`}, {"Shop.sell", `"tea"`, "1"}, {"Within.Sell"}, {"Within.Shop.Shop.Sell"}, {"Now.Sell"},
	} {
		if told, err := ask(wrong[0], wrong[1:]...); !errors.Is(err, desk.ErrUnavailable) {
			t.Errorf("%q was answered %+v (%v)", wrong, told, err)
		}
	}
	if len(s.sold) != 2 {
		t.Errorf("sold %q", s.sold)
	}
}

func TestSettings(t *testing.T) {
	here := counter{Shop: &shop{}, Name: "青禾", Sure: 0.5, Brand: desk.English}
	want := map[string]string{"Shop": "true", "Other": "false", "Within.Shop": "false", "Name": `"青禾"`, "Sure": "0.5", "Brand": `"en"`}
	got := map[string]string{}
	for name, raw := range settings(here) {
		got[name] = string(raw)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

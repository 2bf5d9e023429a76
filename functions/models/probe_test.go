package models

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"keliu/streams/desk"
)

// A probe asks the provider it is meant for, also one that rests; what it costs and how it ends counts.
func TestProbe(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := &hosts{play: map[string]func(*http.Request) (*http.Response, error){
			"good.example": says("签收后 7 天内可以退货。", time.Second), "bad.example": says("赔您 9999 元。", 0),
		}}
		s, err := Open([]string{"openai://k1@good.example/v1?model=a&price_in=1&price_out=1&budget=500", "openai://k2@bad.example/v1?model=b"}, Options{Client: &http.Client{Transport: h}})
		if err != nil {
			t.Fatal(err)
		}
		w, failed, err := s.Probe(t.Context(), 0, request)
		if err != nil || failed != nil || !strings.Contains(w.Text, "7 天") || w.Latency != time.Second {
			t.Errorf("%+v, %v (%v)", w, failed, err)
		}
		for range strikes + 1 {
			if _, failed, err = s.Probe(t.Context(), 1, request); failed == nil || err != nil {
				t.Fatalf("an invented figure passes: %v (%v)", failed, err)
			}
		}
		if asked := strings.Fields(h.names()); len(asked) != 1+strikes+1 || asked[0] != "good.example" || asked[1] != "bad.example" {
			t.Errorf("asked were %v", asked)
		}
		all := s.Health()
		if all[0].Calls != 1 || all[0].MicroYuan == 0 || all[0].Budget != 5_000_000 || all[1].Failures != 1 || all[1].State != stateOpen {
			t.Errorf("%+v", all)
		}
		for _, place := range []int{-1, 2} {
			if _, _, err := s.Probe(t.Context(), place, request); !errors.Is(err, desk.ErrNotFound) {
				t.Errorf("provider %d: %v", place, err)
			}
		}
	})
}

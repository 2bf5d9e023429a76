package trail_test

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"keliu/edge/staff/door/doortest"
	"keliu/edge/staff/trail"
	"keliu/policies/audit"
)

const at = "/api/v1/audit"

func open(t *testing.T) *doortest.House {
	t.Helper()
	h := doortest.Open(t)
	h.Mount((&trail.Room{Door: h.Door, Trail: h.Door.Trail, Folder: h.Folder, Staff: h, Now: h.Now}).Routes())
	return h
}

// did puts acts of an agent into the trail, a minute apart.
func did(h *doortest.House, n int) {
	h.Helper()
	for i := range n {
		e := audit.Entry{At: h.Time.Add(time.Duration(i) * time.Minute), Actor: "agent", Role: "agent", Action: "reveal", Object: fmt.Sprintf("conversation/%d", i)}
		if err := h.Door.Trail.Append(h.Context(), e); err != nil {
			h.Fatal(err)
		}
	}
}

func TestTheTrailIsReadPageByPage(t *testing.T) {
	h := open(t)
	did(h, 450)
	var seqs []int64
	pages := 0
	for next := int64(1 << 50); next != 0; pages++ {
		var page trail.TrailAnswer
		if status := h.Call("compliance", "GET", fmt.Sprintf("%s?actor=agent&limit=200&before=%d", at, next), nil, &page); status != "200" {
			t.Fatal(status)
		}
		for _, e := range page.Entries {
			seqs = append(seqs, e.Seq)
		}
		if page.People["agent"] != "姓名 agent" {
			t.Errorf("the names: %v", page.People)
		}
		next = page.Next
	}
	if pages != 3 || len(seqs) != 450 || seqs[0] != 450 || seqs[449] != 1 {
		t.Errorf("%d pages, %d entries from %d to %d", pages, len(seqs), seqs[0], seqs[len(seqs)-1])
	}
	read := 0
	for _, e := range h.Acts() {
		if e.Action == "trail_read" && e.Actor == "compliance" && e.Details["actor"] == "agent" {
			read++
		}
	}
	if read != pages {
		t.Errorf("%d pages were read, %d of them are in the trail", pages, read)
	}
}

func TestWhatIsAskedForIsFound(t *testing.T) {
	h := open(t)
	did(h, 20)
	for query, want := range map[string]int{
		"?action=reveal":                         20,
		"?action=login":                          0,
		"?object=conversation/1":                 11,
		"?from=2026-11-24T12:05:00Z&actor=agent": 15,
		"?to=2026-11-24T12:05:00Z&actor=agent":   5,
		"?from=2026-11-24T12:05:00Z&to=2026-11-24T12:07:00Z&actor=agent&action=reveal&object=conv": 2,
		"?actor=nobody": 0,
	} {
		var page trail.TrailAnswer
		if status := h.Call("compliance", "GET", at+query, nil, &page); status != "200" || len(page.Entries) != want || page.Next != 0 {
			t.Errorf("%s: %s, %d entries, then %d", query, status, len(page.Entries), page.Next)
		}
	}
	for query, want := range map[string]string{"?limit=201": "400 parameter", "?before=-1": "400 parameter", "?from=yesterday": "400 time_parameter"} {
		if status := h.Call("compliance", "GET", at+query, nil, nil); status != want {
			t.Errorf("%s: %s", query, status)
		}
	}
	for _, path := range []string{"", "/state", "/verify", "/export"} {
		if status := h.Call("agent", "GET", at+path, nil, nil); status != "403 role" {
			t.Errorf("an agent reads %s: %s", path, status)
		}
	}
}

func TestTheStateNamesWhatThereIs(t *testing.T) {
	h := open(t)
	did(h, 3)
	var before, after trail.StateAnswer
	h.Call("compliance", "GET", at+"/state", nil, &before)
	began := h.Time
	want := trail.StateAnswer{Entries: 3, Since: &began, Actions: []trail.Seen{{Key: "reveal", Times: 3}}, Actors: []trail.Seen{{Key: "agent", Name: "姓名 agent", Times: 3}}}
	if diff := cmp.Diff(want, before); diff != "" {
		t.Error(diff)
	}
	h.Time = h.Time.Add(time.Hour)
	var checked trail.VerifyAnswer
	if status := h.Call("compliance", "GET", at+"/verify", nil, &checked); status != "200" || !checked.Whole || checked.Entries != 3 || len(checked.Hash) != 64 || !checked.At.Equal(h.Time) {
		t.Errorf("%s %+v", status, checked)
	}
	did(h, 2)
	h.Call("compliance", "GET", at+"/state", nil, &after)
	if diff := cmp.Diff(&trail.Verified{At: h.Time, By: "姓名 compliance", Entries: 3, Whole: true}, after.Verified); diff != "" || after.Entries != 6 || after.Actors[0].Times != 5 || !after.Since.Equal(began) {
		t.Errorf("%+v %s", after, diff)
	}
}

func TestATouchedTrailIsSaidToBeBroken(t *testing.T) {
	h := open(t)
	did(h, 3)
	file := filepath.Join(h.Folder, "trail.jsonl")
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(strings.Replace(string(content), "conversation/1", "conversation/9", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	var checked trail.VerifyAnswer
	h.Call("compliance", "GET", at+"/verify", nil, &checked)
	if checked.Whole || checked.Entries != 1 || !strings.Contains(checked.Broken, "entry 2") {
		t.Errorf("%+v", checked)
	}
	var state trail.StateAnswer
	h.Call("compliance", "GET", at+"/state", nil, &state)
	if state.Verified == nil || state.Verified.Whole || state.Verified.Entries != 1 {
		t.Errorf("%+v", state.Verified)
	}
}

func TestTheTrailIsTakenHomeWhole(t *testing.T) {
	h := open(t)
	did(h, 250)
	if err := h.Door.Trail.Append(t.Context(), audit.Entry{At: h.Time, Actor: "admin", Action: "note", Object: "=1+1", Reason: "写着 \"引号\"，逗号, 和\n换行"}); err != nil {
		t.Fatal(err)
	}
	status, body := h.Raw("compliance", "GET", at+"/export", nil)
	if status != 200 {
		t.Fatalf("%d %s", status, body)
	}
	rows, err := csv.NewReader(strings.NewReader(string(body))).ReadAll()
	if err != nil || len(rows) != 252 || rows[0][0] != "序号" || rows[251][0] != "1" {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	want := []string{"251", "2026-11-24T12:00:00Z", "admin", "姓名 admin", "", "note", "'=1+1", "写着 \"引号\"，逗号, 和\n换行", "", ""}
	if diff := cmp.Diff(want, rows[1]); diff != "" {
		t.Error(diff)
	}
	last := h.Acts()[len(h.Acts())-1]
	if last.Action != "export" || last.Object != "audit" || last.Actor != "compliance" || last.Details["entries"] != "251" {
		t.Errorf("the trail does not say who took it home: %+v", last)
	}
}

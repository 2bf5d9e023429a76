package acceptance_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A funnel is GET /api/v1/outreach/funnel.
type funnel struct {
	Comments        int
	MatchedComments int `json:"matched_comments"`
	Steps           []struct {
		State      string
		People, Of int
	}
}

// counts are the numbers of the funnel by name, with what each is a part of.
func (f funnel) counts() map[string][2]int {
	out := map[string][2]int{"comments": {f.Comments, f.Comments}, "matched comments": {f.MatchedComments, f.Comments}}
	for _, s := range f.Steps {
		out[s.State] = [2]int{s.People, s.Of}
	}
	return out
}

// Each number of the funnel and of a campaign equals a count of what the histories of the leads say, and the end of the process
// changes none.
func TestTheFunnelIsARecountAndOutlivesTheProcess(t *testing.T) {
	dir := t.TempDir()
	h, p := onDouyin(t, dir)
	marketing := h.staff("marketing").Token
	do := func(method, path, body string, into any) {
		t.Helper()
		a := h.call(request{method, path, as(marketing), body})
		if a.status/100 != 2 {
			t.Fatalf("%s %s: %d %s", method, path, a.status, a.body)
		}
		decode(t, a.body, into)
	}
	var rule, campaign struct{ ID string }
	do(http.MethodPost, "/api/v1/outreach/rules", `{"name":"问保修","any":["保修几年"],"score":60}`, &rule)
	do(http.MethodPost, "/api/v1/outreach/campaigns", fmt.Sprintf(`{"name":"保修","on":true,"rules":[%q],"a":"文案甲","b":"文案乙","cap":9}`, rule.ID), &campaign)
	const people = 12
	for i := range people {
		name := fmt.Sprint("客", i)
		if i%4 == 3 {
			p.Comment(name, "", "随便看看", "")
			continue
		}
		said := p.Comment(name, "", "这个保修几年", "")
		person := "douyin:" + said.User
		h.eventually("the answer", func() bool {
			return h.known(marketing, person, "zh").Lead.State == "reached"
		})
		if i%2 == 0 {
			p.Say(name, "你好，想问问")
			h.eventually("the answer of theirs", func() bool { return h.known(marketing, person, "zh").Lead.State == "answered" })
		}
		if i%4 == 0 {
			var ignored struct{}
			do(http.MethodPost, "/api/v1/leads/"+person+"/note", `{"kind":"contacted","contact":"13812345678"}`, &ignored)
			do(http.MethodPost, "/api/v1/leads/"+person+"/note", `{"kind":"won","amount":129900}`, &ignored)
		}
	}
	var list struct{ Leads []lead }
	h.eventually("everybody", func() bool {
		do(http.MethodGet, "/api/v1/leads?limit=200", "", &list)
		return len(list.Leads) == people
	})
	order := []string{"matched", "reached", "answered", "contact_left", "won"}
	want := map[string][2]int{}
	for _, l := range list.Leads {
		k := h.known(marketing, l.Person, "zh")
		furthest := -1
		for _, e := range k.History {
			if e.Kind == "commented" {
				want["comments"] = [2]int{want["comments"][0] + 1, 0}
			}
			furthest = max(furthest, slices.Index(order, e.Kind))
		}
		for _, stage := range order[:furthest+1] {
			want[stage] = [2]int{want[stage][0] + 1, 0}
		}
	}
	before := want["comments"][0] // each of them commented once
	want["matched comments"] = [2]int{want["matched"][0], before}
	want["comments"] = [2]int{before, before}
	for _, stage := range order {
		want[stage] = [2]int{want[stage][0], before}
		before = want[stage][0]
	}
	if want["won"][0] != 3 || want["answered"][0] != 6 || want["reached"][0] != 9 || want["comments"][0] != people {
		t.Fatalf("the recount is %v", want)
	}
	var f funnel
	do(http.MethodGet, "/api/v1/outreach/funnel", "", &f)
	if diff := cmp.Diff(want, f.counts()); diff != "" {
		t.Errorf("(recount -, funnel +)\n%s", diff)
	}
	type results struct {
		Today    int
		Variants []struct{ People, Answered int }
	}
	var was, is results
	do(http.MethodGet, "/api/v1/outreach/campaigns/"+campaign.ID+"/results", "", &was)
	if seen, answered := was.Variants[0].People+was.Variants[1].People, was.Variants[0].Answered+was.Variants[1].Answered; seen != 9 || answered != 6 || was.Today != 9 {
		t.Errorf("the campaign was seen by %d, answered by %d, %d today", seen, answered, was.Today)
	}
	h.stop()
	h = beside(t, dir, p)
	marketing = h.staff("marketing").Token
	var again, ofCampaign funnel
	do(http.MethodGet, "/api/v1/outreach/funnel", "", &again)
	do(http.MethodGet, "/api/v1/outreach/campaigns/"+campaign.ID+"/results", "", &is)
	if diff := cmp.Diff(f.counts(), again.counts()); diff != "" {
		t.Errorf("after a restart (was -, is +)\n%s", diff)
	}
	if diff := cmp.Diff(was, is); diff != "" {
		t.Errorf("the campaign after a restart (was -, is +)\n%s", diff)
	}
	do(http.MethodGet, "/api/v1/outreach/funnel?campaign="+campaign.ID, "", &ofCampaign)
	delete(want, "comments")
	got := ofCampaign.counts()
	maps.DeleteFunc(got, func(name string, _ [2]int) bool { return name == "comments" })
	want["matched"], want["matched comments"] = [2]int{9, 9}, [2]int{9, 9}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("of the campaign (recount -, funnel +)\n%s", diff)
	}
}

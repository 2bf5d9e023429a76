package tickets

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"keliu/streams"
	"keliu/streams/desk"
)

// What is committed waits for what was written before it and is not decided, and what is undone never goes out.
func TestOrder(t *testing.T) {
	b := New(10)
	first, second, third := b.Add(nil), b.Add(nil), b.Add(nil)
	next := func(want ...int64) {
		t.Helper()
		var got []int64
		for _, ticket := range b.Next() {
			got = append(got, ticket.N)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	}
	next()
	b.Decide(third, true)
	next()
	b.Decide(first, true)
	<-b.Filled()
	next(11)
	next(11) // until it is dropped
	b.Drop(11)
	next()
	b.Decide(second, false)
	next(13)
	b.Drop(13)
	next()
	if last := b.Add(nil); last.N != 14 {
		t.Errorf("the next is %d", last.N)
	}
}

func TestKey(t *testing.T) {
	out := func(keys ...string) (all []desk.Outgoing) {
		for _, key := range keys {
			all = append(all, desk.Outgoing{Record: streams.Record{Key: key}})
		}
		return all
	}
	for _, c := range []struct {
		want string
		out  []desk.Outgoing
	}{{"c1", out("c1", desk.RoutingKey)}, {"c1", out(desk.RoutingKey, "c1", "c2")}, {"", out(desk.RoutingKey)}, {"", nil}} {
		if got := Key(c.out); got != c.want {
			t.Errorf("%v are about %q, want %q", c.out, got, c.want)
		}
	}
}

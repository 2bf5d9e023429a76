package trickle_test

import (
	"context"
	"testing"
	"time"

	"keliu/infra/simulators/douyin/platform"
	"keliu/infra/simulators/douyin/trickle"
)

func TestThereIsEnoughToSay(t *testing.T) {
	comments, err := trickle.Comments()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, c := range comments {
		seen[c.Text] = true
	}
	if len(seen) < 60 || len(seen) != len(comments) {
		t.Errorf("%d comments, %d of them different; want 60 and no doubles", len(comments), len(seen))
	}
	if talks := trickle.Talks(); len(talks) < 8 {
		t.Errorf("%d talks", len(talks))
	}
}

func TestPeopleCommentAndWrite(t *testing.T) {
	p, err := platform.Open(platform.Options{Videos: trickle.Videos()})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	ended := make(chan error, 1)
	go func() { ended <- trickle.Run(ctx, p, trickle.Pace{Talk: 2}) }()
	wrote := func() bool {
		for _, c := range p.Comments() {
			if len(p.Seen(c.Name)) > 0 {
				return true
			}
		}
		return false
	}
	for !wrote() && ctx.Err() == nil {
		time.Sleep(time.Millisecond) // between looks; how long does not matter
	}
	if !wrote() {
		t.Error("nobody has written")
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

package main

import (
	"context"
	"log/slog"
	"sync"

	"keliu/functions/catalog"
	"keliu/infra/simulators/douyin/platform"
	"keliu/infra/simulators/douyin/trickle"
)

// A stage is what the demo plays around the product: platforms with people on them.
type stage struct {
	douyin  *platform.Platform // nil when nothing is played
	playing sync.WaitGroup
	stop    context.CancelFunc
}

// openStage starts a simulated Douyin when the demo names no other, and tells the configuration where it is.
func openStage(c *catalog.Config) (*stage, error) {
	if !c.Demo || c.Douyin.API != "" {
		return &stage{}, nil
	}
	p, err := platform.Open(platform.Options{Key: c.Douyin.Key, Secret: c.Douyin.Secret, Videos: trickle.Videos()})
	if err != nil {
		return nil, err
	}
	c.Douyin.API, c.Douyin.Key, c.Douyin.Secret, c.Douyin.Account = p.URL(), p.Key(), p.Secret(), p.Account()
	if c.Douyin.Card == "" {
		c.Douyin.Card = "demo-card"
	}
	return &stage{douyin: p}, nil
}

// play lets people comment and write once the product listens at an address.
func (s *stage) play(ctx context.Context, address string, log *slog.Logger) {
	if s.douyin == nil {
		return
	}
	ctx, s.stop = context.WithCancel(ctx)
	s.playing.Go(func() {
		err := s.douyin.Subscribe(address + "/hooks/douyin")
		if err == nil {
			err = trickle.Run(ctx, s.douyin, trickle.Lively())
		}
		if err != nil && ctx.Err() == nil {
			log.Error("the simulated Douyin", "error", err)
		}
	})
}

// close ends the play.
func (s *stage) close() error {
	if s.douyin == nil {
		return nil
	}
	if s.stop != nil {
		s.stop()
	}
	err := s.douyin.Close()
	s.playing.Wait()
	return err
}

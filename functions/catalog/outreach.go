package catalog

import (
	"context"
	"fmt"

	"keliu/functions/outreach"
	"keliu/streams/score"
	"keliu/streams/score/lead"
)

// openOutreach opens what scores people and takes leads further.
func (h *House) openOutreach(ctx context.Context) error {
	reader, err := lead.New()
	if err != nil {
		return fmt.Errorf("lead reader: %w", err)
	}
	if h.Scores, err = score.Open(ctx, h.Streams, reader); err != nil {
		return err
	}
	senders := map[string]outreach.Sender{}
	if h.douyin.API != nil {
		senders["douyin"] = h.douyin
	}
	h.Outreach, err = outreach.Open(ctx, outreach.Options{
		Shelf: h.Leads, Rules: h.Rules, Senders: senders, Trail: h.Trail,
		Read: reader.Read, Told: h.outside.Company.Lead, Now: h.now, Log: h.outside.Log,
	})
	if err != nil {
		return err
	}
	if h.Config.Demo {
		return h.Outreach.Demo(ctx)
	}
	return nil
}

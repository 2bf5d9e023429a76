package catalog

import (
	"context"
	"errors"
	"strings"

	"keliu/functions/store/company"
	"keliu/policies/mask"
	"keliu/streams"
	"keliu/streams/desk"
)

// Given reports, by channel, which names of the environment set it up and whether each has a value.
func (h *House) Given() map[string]map[string]bool {
	d := h.Config.Douyin
	all := map[string]map[string]bool{"douyin": {
		"KELIU_DOUYIN_CLIENT_KEY": d.Key != "", "KELIU_DOUYIN_CLIENT_SECRET": d.Secret != "", "KELIU_DOUYIN_API": d.API != "",
		"KELIU_DOUYIN_ACCESS_TOKEN": d.Token != "", "KELIU_DOUYIN_ACCOUNT": d.Account != "", "KELIU_DOUYIN_CARD": d.Card != "",
		"KELIU_DOUYIN_SIGNATURE": d.Signature != "",
	}}
	for name := range h.Channels() {
		if all[name] == nil { // its customers come through this door
			all[name] = map[string]bool{"KELIU_WEB_SECRET": h.Config.Secret != "", "KELIU_WEB_RATE": true, "KELIU_WEB_IDLE": true}
		}
	}
	return all
}

// missed keeps the question of an answer that had nothing to rest on.
func (h *House) missed(ctx context.Context, r streams.Record, n desk.Notice) error {
	m := n.Message
	if n.Event != desk.EventReply || m == nil || m.By != desk.ByAI || m.Intent != "answer" || len(m.Citations) > 0 {
		return nil
	}
	question, asked := strings.CutSuffix(string(m.ID), "_r")
	if !asked {
		return nil
	}
	said, err := h.Store.Entry(ctx, question)
	if errors.Is(err, desk.ErrNotFound) || err == nil && said.Message == nil {
		return nil // the answer was to something else than a message
	}
	if err != nil {
		return err
	}
	return company.Open(h.Store.DB).Ask(ctx, r.ID, mask.Text(said.Message.Text), n.Conversation, m.At)
}

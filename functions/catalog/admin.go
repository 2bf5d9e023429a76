package catalog

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"keliu/functions/catalog/platforms"
	"keliu/functions/store/company"
	"keliu/policies/mask"
	"keliu/streams"
	"keliu/streams/desk"
)

// Platforms are what stands behind the channels.
func (h *House) Platforms() platforms.Set {
	return platforms.Set{Config: h.Config, Channels: Names("channels"), HTTP: &http.Client{}, Now: h.now}
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

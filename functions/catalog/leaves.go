package catalog

import (
	"context"
	"fmt"
	"strings"

	"keliu/functions"
	"keliu/functions/channels/app"
	"keliu/functions/channels/web"
	"keliu/functions/intents/answer"
	"keliu/functions/intents/complaint"
	"keliu/functions/intents/guide"
	"keliu/functions/intents/handoff"
	"keliu/functions/intents/logistics"
	"keliu/functions/intents/order"
	"keliu/functions/intents/refund"
	"keliu/functions/intents/smalltalk"
	"keliu/functions/knowledge"
	"keliu/functions/session"
	"keliu/streams/desk"
)

// intents lists what the house can answer. To add an intent, add its folder and its line.
func (h *House) intents() map[string]functions.Intent {
	return map[string]functions.Intent{
		"answer":    answer.Intent{Knowledge: h.forCustomers(), Sure: knowledge.Confident},
		"complaint": complaint.Intent{},
		"guide":     guide.Intent{Products: h.shop, Knowledge: h.forCustomers(), Sure: knowledge.Confident},
		"handoff":   handoff.Intent{},
		"logistics": logistics.Intent{Orders: h.shop, Rules: h.Rules},
		"order":     order.Intent{Orders: h.shop, Rules: h.Rules},
		"refund":    refund.Intent{Orders: h.shop, Rules: h.Rules},
		"smalltalk": smalltalk.Intent{Shop: h.Config.Brand(desk.Chinese)},
	}
}

// channels lists where customers reach the house. To add a channel, add its folder and its line.
func (h *House) channels() map[string]functions.Channel {
	return map[string]functions.Channel{
		"app":    app.Channel{Protocol: h.protocol("app")},
		"douyin": h.douyin,
		"web":    web.Channel{Protocol: h.protocol("web")},
	}
}

// protocol is the house's own protocol on a channel.
func (h *House) protocol(channel string) session.Protocol {
	return session.Protocol{Channel: channel, Tokens: h.Tokens, Live: h.outside.Live, Now: h.now}
}

// Names lists the folders of a kind, "channels" or "intents".
func Names(kind string) []string {
	switch h := new(House); kind {
	case "channels":
		return sortedKeys(h.channels())
	case "intents":
		return sortedKeys(h.intents())
	}
	return nil
}

// Here implements functions.Local.
func (h *House) Here(name string) functions.Handler { return h.functions[name] }

// Invoke implements functions.Invoker in this process.
func (h *House) Invoke(ctx context.Context, name string, payload []byte) ([]byte, error) {
	f, ok := h.functions[name]
	if !ok {
		return nil, fmt.Errorf("function %q: %w", name, desk.ErrNotFound)
	}
	return f.Invoke(ctx, payload)
}

// Leaf returns the channel or the intent of a folder, such as "intents/refund", or nil.
func (h *House) Leaf(name string) any {
	kind, folder, _ := strings.Cut(name, "/")
	switch kind {
	case "channels":
		if c, ok := h.channels()[folder]; ok {
			return c
		}
	case "intents":
		if i, ok := h.intents()[folder]; ok {
			return i
		}
	}
	return nil
}

// Function returns the function that lives in a folder, such as "intents/refund": in this process, or in the cloud if the house
// has one.
func (h *House) Function(name string) (functions.Handler, error) {
	leaf := h.Leaf(name)
	switch {
	case leaf == nil:
		return nil, fmt.Errorf("function %q: %w", name, desk.ErrNotFound)
	case h.cloud != nil:
		return h.cloud.Function(name, leaf), nil
	}
	return functions.Serve(leaf)
}

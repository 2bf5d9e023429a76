package catalog

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"keliu/functions/business"
	"keliu/functions/lambda"
	"keliu/functions/store"
	"keliu/streams/desk"
	"keliu/streams/embedded"
	"keliu/streams/meter"
)

// workers is how many records of a subscription are handled at the same time. A turn may wait for a model.
const workers = 256

// openBackends opens what the URLs name.
func (h *House) openBackends(ctx context.Context) (err error) {
	c := h.Config
	if h.cloud, err = lambda.Open(ctx, c.Functions, lambda.Options{Now: h.now}); err != nil {
		return fmt.Errorf("KELIU_FUNCTIONS=%q: %w", c.Functions, err)
	}
	switch scheme, rest, _ := strings.Cut(c.Streams, ":"); {
	case scheme == "embedded" && rest == "":
		log, err := embedded.Open(filepath.Join(c.Dir, "streams"), embedded.Options{
			Log: h.outside.Log, Workers: workers, Now: h.outside.Now, Retention: keep,
		})
		if err != nil {
			return fmt.Errorf("streams: %w", err)
		}
		h.Streams = log
		h.onClose(log.Close)
	default:
		return refuse("KELIU_STREAMS", c.Streams, "embedded:")
	}
	if h.Store, err = store.Open(ctx, c.Store, c.Dir); err != nil {
		return fmt.Errorf("KELIU_STORE: %w", err)
	}
	h.onClose(h.Store.Close)
	switch scheme, rest, _ := strings.Cut(c.Metrics, ":"); {
	case scheme == "embedded" && rest == "":
		m, err := meter.Open(filepath.Join(c.Dir, "metrics"), meter.Options{Log: h.outside.Log, Now: h.outside.Now})
		if err != nil {
			return fmt.Errorf("metrics: %w", err)
		}
		h.Meter = m
		h.onClose(m.Close)
	default:
		return refuse("KELIU_METRICS", c.Metrics, "embedded:")
	}
	return h.openShop()
}

func refuse(name, value, right string) error {
	return fmt.Errorf("%s=%q: this version knows %s, without parameters: %w", name, value, right, desk.ErrInvalid)
}

// keep is how long the log remembers what every subscription has handled. What was said stays in the store.
func keep(topic string) embedded.Keep {
	switch topic {
	case string(desk.Inbound), string(desk.Requests):
		return embedded.Keep{Age: 30 * 24 * time.Hour}
	}
	return embedded.Keep{Age: 7 * 24 * time.Hour}
}

// openShop connects the shop's own system, or opens the demo shop, or one that has sold nothing.
func (h *House) openShop() error {
	if h.Config.Shop != "" {
		h.shop = &business.Connector{URL: h.Config.Shop, Key: h.Config.ShopKey}
		return nil
	}
	shop := business.Demo(h.outside.Now)
	if !h.Config.Demo {
		var err error
		if shop, err = business.New("", h.outside.Now); err != nil {
			return err
		}
	}
	shop.Requests = h.Store
	h.shop = keeper{shop, h.Store.SaveRequest}
	return nil
}

package catalog

import (
	"context"
	"fmt"

	"keliu/functions/business"
	"keliu/functions/catalog/backends"
	"keliu/functions/lambda"
	"keliu/functions/store"
)

// openBackends opens what the URLs name.
func (h *House) openBackends(ctx context.Context) (err error) {
	c := h.Config
	if h.cloud, err = lambda.Open(ctx, c.Functions, lambda.Options{Now: h.now}); err != nil {
		return fmt.Errorf("KELIU_FUNCTIONS=%q: %w", c.Functions, err)
	}
	open := backends.Opener{Dir: c.Dir, Log: h.outside.Log, Now: h.outside.Now}
	if h.Streams, err = open.Streams(ctx, c.Streams); err != nil {
		return err
	}
	h.onClose(h.Streams.Close)
	waiting := func(err error) { h.outside.Log.Warn("waiting for the store", "error", err) }
	if err := store.Await(ctx, c.Store, waiting); err != nil {
		return fmt.Errorf("KELIU_STORE: %w", err)
	}
	if h.Store, err = store.Open(ctx, c.Store, c.Dir); err != nil {
		return fmt.Errorf("KELIU_STORE: %w", err)
	}
	h.onClose(h.Store.Close)
	if h.Meter, err = open.Meter(ctx, c.Metrics); err != nil {
		return err
	}
	h.onClose(h.Meter.Close)
	return h.openShop()
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

package catalog

import (
	"context"
	"fmt"

	"keliu/functions/catalog/upkeep"
	"keliu/streams/desk"
)

// Ready returns what keeps the house from serving customers: a store that does not answer, functions that are not where they
// should be, a disk without room.
func (h *House) Ready(ctx context.Context) error {
	if err := h.Store.Ready(ctx); err != nil {
		return err
	}
	if h.cloud != nil {
		if err := h.cloud.Ready(ctx, sortedKeys(h.functions)...); err != nil {
			return err
		}
	}
	if err := upkeep.HasRoom(h.Config.Dir); err != nil {
		return fmt.Errorf("%w: no room in the data folder: %w", desk.ErrUnavailable, err)
	}
	return nil
}

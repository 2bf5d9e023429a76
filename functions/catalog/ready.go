package catalog

import (
	"context"
	"errors"
	"fmt"
	"os"

	"keliu/streams/desk"
)

// room is what a disk must have left for the next messages and their effects.
const room = 256 << 10

// Ready returns what keeps the house from serving customers: a store that does not answer, a disk without room.
func (h *House) Ready(ctx context.Context) error {
	if err := h.Store.Ready(ctx); err != nil {
		return err
	}
	if err := hasRoom(h.Config.Dir); err != nil {
		return fmt.Errorf("%w: no room in the data folder: %w", desk.ErrUnavailable, err)
	}
	return nil
}

// hasRoom writes a file and removes it: what a system tells of its free space differs, and leaves out quotas.
func hasRoom(dir string) error {
	f, err := os.CreateTemp(dir, "room-*.part")
	if err != nil {
		return err
	}
	_, err = f.Write(make([]byte, room))
	return errors.Join(err, f.Close(), os.Remove(f.Name()))
}

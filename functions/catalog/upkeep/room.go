package upkeep

import (
	"errors"
	"os"
)

// room is what a disk must have left for the next messages and their effects.
const room = 256 << 10

// HasRoom returns what keeps a folder from taking a few hundred kilobytes more. It writes a file and removes it: what a system
// tells of its free space differs, and leaves out quotas.
func HasRoom(dir string) error {
	f, err := os.CreateTemp(dir, "room-*.part")
	if err != nil {
		return err
	}
	_, err = f.Write(make([]byte, room))
	return errors.Join(err, f.Close(), os.Remove(f.Name()))
}

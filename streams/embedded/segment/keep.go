package segment

import "time"

// Trim deletes sealed segments, oldest first, whose records are all before the offset passed, and that are
// older than oldest or beyond the newest bytes of the chain. A zero oldest or bytes sets no limit.
func (c *Chain) Trim(passed int64, oldest time.Time, bytes int64) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	total := int64(0)
	for _, l := range c.links {
		total += l.Size
	}
	for len(c.links) > 1 {
		l := c.links[0]
		old := !oldest.IsZero() && time.Unix(0, l.Newest).Before(oldest)
		much := bytes > 0 && total > bytes
		if l.Last >= passed || !old && !much {
			return nil
		}
		total -= l.Size
		if err := c.drop(0); err != nil {
			return err
		}
	}
	return nil
}

// drop deletes the segment at i of the chain. Those who read it now read it to its end.
func (c *Chain) drop(i int) error {
	l := c.links[i]
	if err := c.o.Disk.Remove(l.path); err != nil {
		return err
	}
	c.links = append(c.links[:i:i], c.links[i+1:]...)
	return c.o.Disk.Remove(indexPath(l.path))
}

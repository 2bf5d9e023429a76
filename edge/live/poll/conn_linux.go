package poll

import (
	"errors"
	"sync"

	"golang.org/x/sys/unix"
)

// A Conn is a connection in the hands of a Poller. Its descriptor is closed once, by whoever leaves it last, so
// that nobody uses a number that has become another connection's.
type Conn struct {
	peer       Peer
	poller     *Poller
	fd         int
	generation int32
	out        []byte // what is being written; belongs to the writer

	mu       sync.Mutex
	started  bool
	reading  bool // a goroutine reads
	writing  bool // a writer has it, or it waits for one
	again    bool // something changed since the writer looked
	blocked  bool // out waits until the peer takes more
	heardAll bool // the peer has nothing more to say
	shut     bool // nothing more will be written
	leaving  bool // to be closed
	closed   bool
}

// Start lets the peer hear first, which was read already, and has the poller watch the connection from now on.
func (c *Conn) Start(first []byte) {
	c.mu.Lock()
	if c.closed {
		c.mu.Unlock()
		return
	}
	c.started = true
	c.wake() // there may be something to say since before
	if c.reading = len(first) > 0; c.reading {
		go c.read(first)
	}
	c.settle()
}

// Wake says that there is something to write or that there never will be. It calls nobody back.
func (c *Conn) Wake() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.wake()
}

// Abort closes the connection without another word. It calls nobody back.
func (c *Conn) Abort() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.leaving {
		c.wake()
		c.leaving = true
	}
}

func (c *Conn) wake() {
	switch {
	case c.writing:
		c.again = true
	case !c.leaving:
		c.writing, c.blocked = true, false
		c.poller.writable.add(c)
	}
}

func (c *Conn) event(events uint32) *unix.EpollEvent {
	return &unix.EpollEvent{Events: events, Fd: int32(c.fd), Pad: c.generation}
}

// settle is called with the lock held and gives it back. It closes a leaving connection that nobody works on, and
// lets the poller watch for what another waits for.
func (c *Conn) settle() {
	last := c.leaving && !c.reading && !c.writing && !c.closed
	c.closed = c.closed || last
	if !c.leaving && c.started && !c.arm() {
		c.leaving = true
		c.settle()
		return
	}
	c.mu.Unlock()
	if last {
		c.poller.forget(c)
		_ = unix.Close(c.fd) // whatever it says, the descriptor is gone
		c.peer.Gone()
	}
}

// arm reports whether the poller watches for what the connection waits for.
func (c *Conn) arm() bool {
	var events uint32
	if !c.reading && !c.heardAll {
		events |= unix.EPOLLIN | unix.EPOLLRDHUP
	}
	if c.blocked {
		events |= unix.EPOLLOUT
	}
	return events == 0 ||
		unix.EpollCtl(c.poller.epoll, unix.EPOLL_CTL_MOD, c.fd, c.event(events|unix.EPOLLONESHOT)) == nil
}

// ready is called by the poller, which has disarmed the descriptor.
func (c *Conn) ready(events uint32) {
	const broken = unix.EPOLLHUP | unix.EPOLLERR
	c.mu.Lock()
	if c.closed || !c.started {
		c.mu.Unlock()
		return
	}
	if events&(unix.EPOLLIN|unix.EPOLLRDHUP|broken) != 0 && !c.reading {
		c.reading = true
		go c.read(nil)
	}
	if events&(unix.EPOLLOUT|broken) != 0 && c.blocked {
		c.wake()
	}
	c.settle()
}

// read lets the peer hear first and what has come since.
func (c *Conn) read(first []byte) {
	last, broken := len(first) > 0 && c.peer.Hear(first), false
	buf := c.poller.buffers.Get().(*[4 << 10]byte)
	for more := !last; more; {
		n, err := unix.Read(c.fd, buf[:])
		switch {
		case n > 0:
			last = c.peer.Hear(buf[:n])
			more = n == len(buf) && !last
		case errors.Is(err, unix.EINTR):
		case errors.Is(err, unix.EAGAIN):
			more = false
		default: // the end, or an error
			broken, more = true, false
		}
	}
	c.poller.buffers.Put(buf)
	c.mu.Lock()
	c.reading = false
	c.leaving = c.leaving || broken
	if last {
		c.heardAll = true
		c.wake()
	}
	c.settle()
}

// flush writes what there is to say as far as the peer takes it.
func (c *Conn) flush() {
	for {
		c.mu.Lock()
		c.again = false
		if c.leaving {
			c.writing = false
			c.settle()
			return
		}
		c.mu.Unlock()
		finish := false
		if len(c.out) == 0 {
			c.out, finish = c.peer.Take()
		}
		var err error
		if len(c.out) > 0 {
			var n int
			n, err = unix.Write(c.fd, c.out)
			c.out = c.out[max(n, 0):]
		}
		switch {
		case errors.Is(err, unix.EINTR):
		case errors.Is(err, unix.EAGAIN):
			if c.rest(true, false) {
				return
			}
		case err != nil:
			c.Abort()
		case len(c.out) == 0:
			c.out = nil
			if c.rest(false, finish) {
				return
			}
		}
	}
}

// rest lets the writer go unless something changed since it looked.
func (c *Conn) rest(blocked, finish bool) bool {
	c.mu.Lock()
	if c.again || c.leaving {
		c.mu.Unlock()
		return false
	}
	c.writing, c.blocked = false, blocked
	switch {
	case finish && c.heardAll:
		c.leaving = true
	case finish && !c.shut:
		// The peer reads our last words before it sees the end, and closes then.
		c.shut = true
		c.leaving = unix.Shutdown(c.fd, unix.SHUT_WR) != nil
	}
	c.settle()
	return true
}

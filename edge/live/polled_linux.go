package live

import (
	"errors"

	"golang.org/x/sys/unix"
)

// polled is the wire of a socket whose descriptor the poller watches. The listener's lock guards its flags.
// The descriptor is closed once, by whoever leaves a dead socket last, so that nobody uses a number that has
// become another connection's.
type polled struct {
	*socket
	poller     *poller
	fd         int
	generation int32

	reading  bool   // a goroutine reads
	writing  bool   // a writer has it, or it waits for one
	blocked  bool   // out waits until the peer takes more
	shut     bool   // nothing more will be written
	released bool   // the descriptor is closed
	out      []byte // what is being written; belongs to the writer
}

// start has the poller watch the descriptor and makes p the wire of its socket. The lock keeps events waiting
// until both is done.
func (p *polled) start(first []byte) error {
	p.mu.Lock()
	if err := unix.EpollCtl(p.poller.epoll, unix.EPOLL_CTL_ADD, p.fd, p.event(unix.EPOLLONESHOT)); err != nil {
		p.mu.Unlock()
		return err
	}
	p.wire = p
	if len(p.queue) > 0 || p.state >= closing {
		p.wake()
	}
	if p.reading = len(first) > 0; p.reading {
		go p.read(first)
	}
	p.settle()
	return nil
}

// wake is called with the lock held.
func (p *polled) wake() {
	if p.writing || p.blocked && p.state != dead {
		return
	}
	p.writing, p.blocked = true, false
	p.poller.writable.add(p)
}

func (p *polled) abort() {
	p.mu.Lock()
	p.state, p.queue, p.bytes = dead, nil, 0
	p.settle()
}

func (p *polled) event(events uint32) *unix.EpollEvent {
	return &unix.EpollEvent{Events: events, Fd: int32(p.fd), Pad: p.generation}
}

// settle is called with the lock held and gives it back. It releases a dead socket that nobody works on, and
// lets the poller watch for what a living one waits for.
func (p *polled) settle() {
	release := p.state == dead && !p.reading && !p.writing && !p.released
	p.released = p.released || release
	if p.state != dead {
		p.arm()
	}
	p.mu.Unlock()
	if release {
		p.poller.forget(p)
		if err := unix.Close(p.fd); err != nil {
			p.hub.options.Log.Warn("close websocket", "topic", p.topic, "error", err)
		}
		p.hub.leave(&p.listener)
	}
}

func (p *polled) arm() {
	var events uint32
	if !p.reading {
		events |= unix.EPOLLIN | unix.EPOLLRDHUP
	}
	if p.blocked {
		events |= unix.EPOLLOUT
	}
	if events == 0 {
		return
	}
	if err := unix.EpollCtl(p.poller.epoll, unix.EPOLL_CTL_MOD, p.fd, p.event(events|unix.EPOLLONESHOT)); err != nil {
		p.hub.options.Log.Warn("watch websocket", "topic", p.topic, "error", err)
	}
}

// ready is called by the poller, which has disarmed the descriptor.
func (p *polled) ready(events uint32) {
	const broken = unix.EPOLLHUP | unix.EPOLLERR
	p.mu.Lock()
	if p.released {
		p.mu.Unlock()
		return
	}
	if events&(unix.EPOLLIN|unix.EPOLLRDHUP|broken) != 0 && !p.reading {
		p.reading = true
		go p.read(nil)
	}
	if events&(unix.EPOLLOUT|broken) != 0 && p.blocked {
		p.blocked = false
		p.wake()
	}
	p.settle()
}

// read takes what the peer has sent, after first.
func (p *polled) read(first []byte) {
	over := len(first) > 0 && p.hear(first)
	buf := p.poller.buffers.Get().(*[4 << 10]byte)
	for more := !over; more; {
		n, err := unix.Read(p.fd, buf[:])
		switch {
		case n > 0:
			over = p.hear(buf[:n])
			more = n == len(buf) && !over
		case errors.Is(err, unix.EINTR):
		case errors.Is(err, unix.EAGAIN):
			more = false
		default: // the end, or a broken connection
			over, more = true, false
			p.mu.Lock()
			p.state, p.queue, p.bytes = dead, nil, 0
			p.mu.Unlock()
		}
	}
	p.poller.buffers.Put(buf)
	p.mu.Lock()
	p.reading = false
	if over {
		p.peerDone = true
		p.wake()
	}
	p.settle()
}

// flush writes what there is to say as far as the peer takes it.
func (p *polled) flush() {
	for {
		p.mu.Lock()
		if len(p.out) == 0 {
			p.out = p.takeLocked()
		}
		if p.state == dead || len(p.out) == 0 {
			p.rest()
			return
		}
		out := p.out
		p.mu.Unlock()
		n, err := unix.Write(p.fd, out)
		p.out = out[max(n, 0):]
		switch {
		case err == nil, errors.Is(err, unix.EINTR):
		case errors.Is(err, unix.EAGAIN):
			p.mu.Lock()
			p.writing, p.blocked = false, true
			p.settle()
			return
		default:
			p.mu.Lock()
			p.state = dead
			p.mu.Unlock()
		}
	}
}

// rest is called with the lock held when nothing is left to write, and gives the lock back.
func (p *polled) rest() {
	p.writing, p.out = false, nil
	if p.state == closing {
		switch {
		case p.peerDone:
			p.state = dead
		case !p.shut:
			// The peer reads our last words before it sees the end, and closes then.
			p.shut = true
			if err := unix.Shutdown(p.fd, unix.SHUT_WR); err != nil {
				p.state = dead
			}
		}
	}
	p.settle()
}

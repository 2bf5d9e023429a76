package poll

import (
	"errors"
	"fmt"
	"net"
	"runtime"
	"sync"
	"syscall"

	"golang.org/x/sys/unix"
)

// A Poller watches connections. A goroutine reads from one only while there is something to read; a fixed number of
// goroutines writes to those that have something to say.
type Poller struct {
	epoll, stop int // file descriptors; writing to stop ends the poller
	buffers     sync.Pool
	running     sync.WaitGroup

	mu         sync.Mutex
	conns      map[int32]*Conn
	generation int32

	writable writers
}

// Open starts a poller; Close releases it.
func Open() (*Poller, error) {
	epoll, err := unix.EpollCreate1(unix.EPOLL_CLOEXEC)
	if err != nil {
		return nil, fmt.Errorf("epoll: %w", err)
	}
	stop, err := unix.Eventfd(0, unix.EFD_CLOEXEC|unix.EFD_NONBLOCK)
	if err == nil {
		err = unix.EpollCtl(epoll, unix.EPOLL_CTL_ADD, stop, &unix.EpollEvent{Events: unix.EPOLLIN, Fd: int32(stop)})
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("epoll: %w", err), unix.Close(epoll))
	}
	p := &Poller{epoll: epoll, stop: stop, conns: map[int32]*Conn{}}
	p.buffers.New = func() any { return new([4 << 10]byte) }
	p.writable.some = sync.NewCond(&p.writable.mu)
	p.running.Go(p.watch)
	for range runtime.GOMAXPROCS(0) {
		p.running.Go(p.writable.serve)
	}
	return p, nil
}

// Close stops the poller, whose connections are gone by then.
func (p *Poller) Close() error {
	if _, err := unix.Write(p.stop, []byte{1, 0, 0, 0, 0, 0, 0, 0}); err != nil {
		return fmt.Errorf("stop polling: %w", err)
	}
	p.writable.close()
	p.running.Wait()
	return errors.Join(unix.Close(p.stop), unix.Close(p.epoll))
}

// watch hands each connection that is ready to its reader and the writers.
func (p *Poller) watch() {
	events := make([]unix.EpollEvent, 128)
	for {
		n, err := unix.EpollWait(p.epoll, events, -1)
		if err != nil && !errors.Is(err, unix.EINTR) {
			return // only a descriptor that is no epoll gets here
		}
		for _, e := range events[:max(n, 0)] {
			if int(e.Fd) == p.stop {
				return
			}
			p.mu.Lock()
			c := p.conns[e.Fd]
			p.mu.Unlock()
			// The number of a closed descriptor may have been given to another connection since.
			if c != nil && c.generation == e.Pad {
				c.ready(e.Events)
			}
		}
	}
}

// Adopt takes a connection over for a peer; conn may be closed afterwards. Nothing happens to it until Start.
func (p *Poller) Adopt(conn net.Conn, peer Peer) (*Conn, error) {
	sc, ok := conn.(syscall.Conn)
	if !ok {
		return nil, errors.ErrUnsupported
	}
	rc, err := sc.SyscallConn()
	if err != nil {
		return nil, err
	}
	fd := -1
	var dup error
	if err := rc.Control(func(own uintptr) { fd, dup = unix.FcntlInt(own, unix.F_DUPFD_CLOEXEC, 0) }); err != nil {
		return nil, err
	}
	if dup != nil {
		return nil, dup
	}
	c := &Conn{peer: peer, poller: p, fd: fd}
	p.mu.Lock()
	p.generation++
	c.generation = p.generation
	p.conns[int32(fd)] = c
	p.mu.Unlock()
	if err := unix.EpollCtl(p.epoll, unix.EPOLL_CTL_ADD, fd, c.event(unix.EPOLLONESHOT)); err != nil {
		p.forget(c)
		return nil, errors.Join(err, unix.Close(fd))
	}
	return c, nil
}

func (p *Poller) forget(c *Conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.conns, int32(c.fd))
}

// writers are the connections that have something to say, each at most once, and the goroutines that let them.
type writers struct {
	mu      sync.Mutex
	some    *sync.Cond
	waiting []*Conn
	closed  bool
}

func (w *writers) add(s *Conn) {
	w.mu.Lock()
	w.waiting = append(w.waiting, s)
	w.mu.Unlock()
	w.some.Signal()
}

func (w *writers) close() {
	w.mu.Lock()
	w.closed = true
	w.mu.Unlock()
	w.some.Broadcast()
}

func (w *writers) serve() {
	for {
		w.mu.Lock()
		for len(w.waiting) == 0 && !w.closed {
			w.some.Wait()
		}
		if w.closed {
			w.mu.Unlock()
			return
		}
		s := w.waiting[0]
		if w.waiting = w.waiting[1:]; len(w.waiting) == 0 {
			w.waiting = nil
		}
		w.mu.Unlock()
		s.flush()
	}
}

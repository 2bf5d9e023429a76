package live

import (
	"errors"
	"fmt"
	"net"
	"runtime"
	"sync"
	"syscall"

	"golang.org/x/sys/unix"
)

// A poller watches the file descriptors of idle WebSockets. A goroutine reads from a socket only while there is
// something to read; a fixed number of goroutines writes to those that have something to say.
type poller struct {
	epoll, stop int // file descriptors; writing to stop ends the poller
	buffers     sync.Pool
	running     sync.WaitGroup

	mu         sync.Mutex
	sockets    map[int32]*polled
	generation int32

	writable writers
}

func openPoller() (*poller, error) {
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
	p := &poller{epoll: epoll, stop: stop, sockets: map[int32]*polled{}}
	p.buffers.New = func() any { return new([4 << 10]byte) }
	p.writable.some = sync.NewCond(&p.writable.mu)
	p.running.Go(p.watch)
	for range runtime.GOMAXPROCS(0) {
		p.running.Go(p.writable.serve)
	}
	return p, nil
}

// close stops the poller; its sockets are gone by then.
func (p *poller) close() error {
	if _, err := unix.Write(p.stop, []byte{1, 0, 0, 0, 0, 0, 0, 0}); err != nil {
		return fmt.Errorf("stop polling: %w", err)
	}
	p.writable.close()
	p.running.Wait()
	return errors.Join(unix.Close(p.stop), unix.Close(p.epoll))
}

// watch hands each socket that is ready to its reader and the writers.
func (p *poller) watch() {
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
			s := p.sockets[e.Fd]
			p.mu.Unlock()
			// The number of a closed descriptor may have been given to another socket since.
			if s != nil && s.generation == e.Pad {
				s.ready(e.Events)
			}
		}
	}
}

// adopt takes a socket over: conn may be closed afterwards. first is what was read of it already.
func (p *poller) adopt(s *socket, conn net.Conn, first []byte) error {
	sc, ok := conn.(syscall.Conn)
	if !ok {
		return errors.ErrUnsupported
	}
	rc, err := sc.SyscallConn()
	if err != nil {
		return err
	}
	fd := -1
	var dup error
	if err := rc.Control(func(own uintptr) { fd, dup = unix.FcntlInt(own, unix.F_DUPFD_CLOEXEC, 0) }); err != nil {
		return err
	}
	if dup != nil {
		return dup
	}
	w := &polled{socket: s, poller: p, fd: fd}
	p.mu.Lock()
	p.generation++
	w.generation = p.generation
	p.sockets[int32(fd)] = w
	p.mu.Unlock()
	if err := w.start(first); err != nil {
		p.forget(w)
		return errors.Join(err, unix.Close(fd))
	}
	return nil
}

func (p *poller) forget(w *polled) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.sockets, int32(w.fd))
}

// writers are the sockets that have something to say, each at most once, and the goroutines that let them.
type writers struct {
	mu      sync.Mutex
	some    *sync.Cond
	waiting []*polled
	closed  bool
}

func (w *writers) add(s *polled) {
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

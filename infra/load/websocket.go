package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"sync"
	"syscall"
	"time"

	"keliu/infra/load/person"
)

// idleSockets is how many connections are held, if the system lets a process have that many files.
const idleSockets = 10_000

// websocket measures what an idle WebSocket costs in resident memory, against an idle connection of the reference.
func (b *bench) websocket(ctx context.Context) (_ []Result, err error) {
	var files syscall.Rlimit // the runtime has raised it already
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &files); err != nil {
		return nil, err
	}
	n := int(min(idleSockets, files.Cur-min(files.Cur, 500)))
	s, err := b.set(ctx, "websocket", 200)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	ours, err := perConnection(n, s.product.Resident, func(i int) (net.Conn, error) {
		return person.Upgrade(host(s.product), s.customers[i%len(s.customers)].Token)
	})
	if err != nil {
		return nil, err
	}
	reference, err := perConnection(n, b.peer.Resident, func(i int) (net.Conn, error) {
		l, err := person.Dial(b.peer.Address, "", questions[0])
		if err != nil {
			return nil, err
		}
		return l.Conn(), l.Say()
	})
	what := fmt.Sprintf("resident memory of an idle WebSocket, %d of them; reference: an idle connection of the bare Hertz; less is better", n)
	return []Result{result("websocket_bytes", ours, reference, "bytes", what)}, err
}

// perConnection is by how much the memory of a server grows with each of n connections.
func perConnection(n int, resident func() (int64, error), open func(int) (net.Conn, error)) (float64, error) {
	before, err := settled(resident)
	if err != nil {
		return 0, err
	}
	conns, failed := make([]net.Conn, n), make([]error, n)
	defer func() {
		for _, c := range conns {
			if c != nil {
				_ = c.Close() // idle to the end
			}
		}
	}()
	var all sync.WaitGroup
	turns := make(chan struct{}, 32)
	for i := range n {
		all.Go(func() {
			turns <- struct{}{}
			defer func() { <-turns }()
			conns[i], failed[i] = open(i)
		})
	}
	all.Wait()
	for _, err := range failed {
		if err != nil {
			return 0, err
		}
	}
	after, err := settled(resident)
	return float64(after-before) / float64(n), err
}

// settled waits until a process's memory stays the same for a while.
func settled(resident func() (int64, error)) (now int64, err error) {
	for same, tries := 0, 0; same < 5 && tries < 50; tries++ {
		time.Sleep(100 * time.Millisecond)
		before := now
		if now, err = resident(); err != nil {
			return 0, err
		}
		if now == before {
			same++
		} else {
			same = 0
		}
	}
	return now, nil
}

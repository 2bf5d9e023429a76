package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"syscall"
	"time"

	"github.com/cloudwego/hertz/pkg/app"
	"github.com/cloudwego/hertz/pkg/app/server"
	"github.com/cloudwego/hertz/pkg/common/hlog"
	"github.com/cloudwego/hertz/pkg/network/standard"

	"keliu/infra/rig"
)

// echoCommand is the hidden first argument by which this program starts itself as the reference.
const echoCommand = "echo-server"

// echo serves the reference: it sends every body back.
func echo(ctx context.Context, address string) error {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return err
	}
	hlog.SetLevel(hlog.LevelFatal)
	h := server.New(server.WithListener(listener), server.WithTransport(standard.NewTransporter), server.WithDisablePrintRoute(true),
		server.WithExitWaitTime(0))
	h.Any("/*any", func(_ context.Context, c *app.RequestContext) {
		c.Data(200, "application/json; charset=utf-8", c.Request.Body())
	})
	ended := make(chan error, 1)
	go func() { ended <- h.Run() }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
		return h.Close()
	}
}

// A peer is the reference as a process of its own.
type peer struct {
	address string
	process *os.Process
	took    time.Duration // from the start to the first connection
	ended   chan error
}

func startEcho(ctx context.Context) (*peer, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	port, err := rig.Port()
	if err != nil {
		return nil, err
	}
	s := &peer{address: fmt.Sprintf("127.0.0.1:%d", port), ended: make(chan error, 1)}
	command := exec.CommandContext(ctx, self, echoCommand, s.address)
	command.Stderr = os.Stderr
	began := time.Now()
	if err := command.Start(); err != nil {
		return nil, err
	}
	s.process = command.Process
	go func() { s.ended <- command.Wait() }()
	for {
		conn, err := net.Dial("tcp", s.address)
		if err == nil {
			s.took = time.Since(began)
			return s, conn.Close()
		}
		select {
		case err := <-s.ended:
			return nil, fmt.Errorf("the reference ended at once: %w", err)
		case <-time.After(time.Millisecond):
		}
		if time.Since(began) > 10*time.Second {
			return nil, errors.Join(errors.New("the reference does not start"), s.end())
		}
	}
}

// resident is the resident memory of the reference in bytes.
func (s *peer) resident() (int64, error) { return (&rig.Product{Process: s.process}).Resident() }

// end ends the process.
func (s *peer) end() error {
	if err := s.process.Signal(syscall.SIGKILL); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	<-s.ended // killed, as wanted
	return nil
}

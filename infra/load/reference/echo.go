// Package reference holds what the load report measures against: a bare Hertz server that sends bodies back, and a plain
// file with group commit.
package reference

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

// Echo sends every body back until ctx is done.
func Echo(ctx context.Context, address string) error {
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

// A Server is an Echo in a process of its own.
type Server struct {
	Address string
	Took    time.Duration // from the start to the first connection

	process *os.Process
	ended   chan error
}

// Start runs a program that calls Echo with the address that follows its argument.
func Start(ctx context.Context, program, argument string) (*Server, error) {
	port, err := rig.Port()
	if err != nil {
		return nil, err
	}
	s := &Server{Address: fmt.Sprintf("127.0.0.1:%d", port), ended: make(chan error, 1)}
	command := exec.CommandContext(ctx, program, argument, s.Address)
	command.Stderr = os.Stderr
	began := time.Now()
	if err := command.Start(); err != nil {
		return nil, err
	}
	s.process = command.Process
	go func() { s.ended <- command.Wait() }()
	for {
		conn, err := net.Dial("tcp", s.Address)
		if err == nil {
			s.Took = time.Since(began)
			return s, conn.Close()
		}
		select {
		case err := <-s.ended:
			return nil, fmt.Errorf("the reference ended at once: %w", err)
		case <-time.After(time.Millisecond):
		}
		if time.Since(began) > 10*time.Second {
			return nil, errors.Join(errors.New("the reference does not start"), s.End())
		}
	}
}

// Resident is the resident memory of the process in bytes.
func (s *Server) Resident() (int64, error) { return (&rig.Product{Process: s.process}).Resident() }

// End ends the process.
func (s *Server) End() error {
	if err := s.process.Signal(syscall.SIGKILL); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	<-s.ended // killed, as wanted
	return nil
}

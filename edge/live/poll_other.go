//go:build !linux

package live

import (
	"errors"
	"net"
)

// A poller is not to be had on this system: every WebSocket keeps its goroutines.
type poller struct{}

func openPoller() (*poller, error) { return nil, nil }

func (*poller) adopt(*socket, net.Conn, []byte) error { return errors.ErrUnsupported }

func (*poller) close() error { return nil }

//go:build !linux

package poll

import (
	"errors"
	"net"
)

// A Poller adopts nothing on this system.
type Poller struct{}

// Open returns a poller that adopts nothing.
func Open() (*Poller, error) { return &Poller{}, nil }

// Adopt returns errors.ErrUnsupported.
func (*Poller) Adopt(net.Conn, Peer) (*Conn, error) { return nil, errors.ErrUnsupported }

// Close does nothing.
func (*Poller) Close() error { return nil }

// A Conn does not exist on this system.
type Conn struct{}

// Start is never called.
func (*Conn) Start([]byte) {}

// Wake is never called.
func (*Conn) Wake() {}

// Abort is never called.
func (*Conn) Abort() {}

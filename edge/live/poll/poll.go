// Package poll keeps idle TCP connections without a goroutine or a buffer for each. On Linux their descriptors wait in
// an epoll set; elsewhere nothing can be adopted and callers stay with goroutines.
package poll

// A Peer is who a connection belongs to.
type Peer interface {
	// Hear takes what was read, valid during the call, and reports whether the peer has nothing more to say.
	// Its calls follow one another.
	Hear(b []byte) (last bool)
	// Take returns what is to be written next. When there is nothing, finish says that there never will be.
	Take() (out []byte, finish bool)
	// Gone is called once, when the connection is closed.
	Gone()
}

package live_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"math/big"
	"net"
	"net/http"
	"testing"
	"time"

	"github.com/cloudwego/hertz/pkg/app/server"
	"github.com/coder/websocket"

	"keliu/edge/live"
)

// certificate is one that 127.0.0.1 signs for itself.
func certificate(t *testing.T) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(parsed)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, pool
}

// TestEncryptedConnectionStaysEncrypted makes sure that the poller does not take the bare connection beneath TLS.
func TestEncryptedConnectionStaysEncrypted(t *testing.T) {
	own, trusted := certificate(t)
	config := &tls.Config{Certificates: []tls.Certificate{own}, MinVersion: tls.VersionTLS12}
	h := open(t, live.Options{}, append(live.ServerOptions(), server.WithTLS(config))...)
	h.receive = func(_ context.Context, frame []byte) []byte { return append([]byte("got "), frame...) }
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: trusted, MinVersion: tls.VersionTLS12}}}
	conn, _, err := websocket.Dial(t.Context(), "wss://"+h.address+"/live/c1?after=0", &websocket.DialOptions{HTTPClient: client})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.CloseNow() })
	if err := conn.Write(t.Context(), websocket.MessageText, []byte("hi")); err != nil {
		t.Fatal(err)
	}
	if _, got, err := conn.Read(t.Context()); err != nil || string(got) != "got hi" {
		t.Fatalf("got %q %v", got, err)
	}
	h.tell("c1", 1, `"hello"`)
	if got, err := (socketEar{conn}).hear(t); err != nil || got.ID != 1 {
		t.Errorf("heard %+v %v", got, err)
	}
}

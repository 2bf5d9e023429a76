// Package person plays customers with as little effort as possible, since the load shares the processors with what it loads.
package person

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
)

// A Line is a connection that carries one message after the other.
type Line struct {
	conn    net.Conn
	in      *bufio.Reader
	request []byte
	key     []byte // the part of request that makes each message another one
	said    uint64
}

// Dial opens a line to a server and prepares the request that it will send.
func Dial(address, token, text string) (*Line, error) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return nil, err
	}
	body, err := json.Marshal(map[string]string{"text": text})
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	const key = "load-0000000000000000"
	head := fmt.Sprintf("POST /api/v1/web/messages HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\nIdempotency-Key: %s",
		address, token, len(body), key)
	l := &Line{conn: conn, in: bufio.NewReader(conn), request: append([]byte(head+"\r\n\r\n"), body...)}
	l.key = l.request[len(head)-16 : len(head)]
	return l, nil
}

// Say sends the next message and waits until it is accepted.
func (l *Line) Say() error {
	l.said++
	for i, n := len(l.key)-1, l.said; i >= 0; i, n = i-1, n/10 {
		l.key[i] = byte('0' + n%10)
	}
	if _, err := l.conn.Write(l.request); err != nil {
		return err
	}
	status, err := l.answer()
	if err == nil && status != http.StatusOK {
		err = fmt.Errorf("a message was answered with %d", status)
	}
	return err
}

// Conn is the connection beneath.
func (l *Line) Conn() net.Conn { return l.conn }

// Close hangs up.
func (l *Line) Close() error { return l.conn.Close() }

// answer reads one answer that tells its length.
func (l *Line) answer() (int, error) {
	top, err := l.in.ReadSlice('\n')
	if err != nil {
		return 0, err
	}
	if len(top) < len("HTTP/1.1 200") {
		return 0, fmt.Errorf("answered %q", top)
	}
	status, err := strconv.Atoi(string(top[9:12]))
	if err != nil {
		return 0, fmt.Errorf("answered %q", top)
	}
	length := -1
	for {
		field, err := l.in.ReadSlice('\n')
		if err != nil {
			return 0, err
		}
		if len(field) <= 2 {
			break
		}
		if name := "content-length:"; len(field) > len(name) && strings.EqualFold(string(field[:len(name)]), name) {
			if length, err = strconv.Atoi(strings.TrimSpace(string(field[len(name):]))); err != nil {
				return 0, err
			}
		}
	}
	if length < 0 {
		return 0, errors.New("an answer without a length")
	}
	_, err = l.in.Discard(length)
	return status, err
}

// An Ear hears a customer's stream of events.
type Ear struct {
	conn net.Conn
	in   *bufio.Scanner
}

// Listen opens the stream of a customer.
func Listen(address, token string) (*Ear, error) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return nil, err
	}
	request, err := http.NewRequest(http.MethodGet, "http://"+address+"/api/v1/web/events", nil)
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	request.Header.Set("Authorization", "Bearer "+token)
	if err := request.Write(conn); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	response, err := http.ReadResponse(bufio.NewReader(conn), request)
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	if response.StatusCode != http.StatusOK {
		return nil, errors.Join(fmt.Errorf("events: %s", response.Status), conn.Close())
	}
	e := &Ear{conn: conn, in: bufio.NewScanner(response.Body)}
	e.in.Buffer(make([]byte, 4<<10), 1<<20)
	return e, nil
}

// Close stops listening.
func (e *Ear) Close() error { return e.conn.Close() }

// Reply waits for the next reply.
func (e *Ear) Reply() error {
	for e.in.Scan() {
		if name, ok := strings.CutPrefix(e.in.Text(), "event:"); ok && strings.TrimSpace(name) == "reply" {
			return nil
		}
	}
	if err := e.in.Err(); err != nil {
		return err
	}
	return io.ErrUnexpectedEOF
}

// Upgrade opens a customer's WebSocket.
func Upgrade(address, token string) (net.Conn, error) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return nil, err
	}
	_, err = fmt.Fprintf(conn, "GET /api/v1/web/live HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nConnection: Upgrade\r\n"+
		"Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: bG9hZGxvYWRsb2FkbG9hZA==\r\n\r\n", address, token)
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	response, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	if response.StatusCode != http.StatusSwitchingProtocols {
		return nil, errors.Join(fmt.Errorf("websocket: %s", response.Status), conn.Close())
	}
	return conn, nil
}

package main

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

	"keliu/infra/rig"
)

// questions are what the customers ask: the knowledge of the demo shop holds the answers.
var questions = []string{"退货的运费谁出", "付款以后多久发货", "怎么开电子发票", "满多少包邮", "退款多久能到账", "保修期是多久"}

// A line is a connection that carries one request after the other, with as little effort as possible: the load shares the
// processors with what it loads.
type line struct {
	conn    net.Conn
	in      *bufio.Reader
	request []byte
	key     []byte // the part of request that makes each message another one
	said    uint64
}

// dial opens a line to a server and prepares the request that it will send.
func dial(address, token, text string) (*line, error) {
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
	l := &line{conn: conn, in: bufio.NewReader(conn), request: append([]byte(head+"\r\n\r\n"), body...)}
	l.key = l.request[len(head)-16 : len(head)]
	return l, nil
}

// say sends the next message and returns the status of the answer.
func (l *line) say() (int, error) {
	l.said++
	for i, n := len(l.key)-1, l.said; i >= 0; i, n = i-1, n/10 {
		l.key[i] = byte('0' + n%10)
	}
	if _, err := l.conn.Write(l.request); err != nil {
		return 0, err
	}
	return l.answer()
}

// answer reads one answer that tells its length.
func (l *line) answer() (int, error) {
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

// An ear hears a customer's stream of events.
type ear struct {
	conn net.Conn
	in   *bufio.Scanner
}

// listen opens the stream of a customer.
func listen(address, token string) (*ear, error) {
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
	e := &ear{conn: conn, in: bufio.NewScanner(response.Body)}
	e.in.Buffer(make([]byte, 4<<10), 1<<20)
	return e, nil
}

// reply waits for the next reply.
func (e *ear) reply() error {
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

// host is the address of a product without its scheme.
func host(p *rig.Product) string { return strings.TrimPrefix(p.URL, "http://") }

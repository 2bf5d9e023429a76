package live

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/cloudwego/hertz/pkg/app"
	"github.com/cloudwego/hertz/pkg/common/adaptor"
	"github.com/coder/websocket"
	"golang.org/x/time/rate"

	"keliu/edge/staff/door"
	"keliu/functions/session"
	"keliu/streams/desk"
)

const (
	maxFrame       = 4 << 10          // bytes that a screen may say at once
	maxWaiting     = 256              // frames that may wait for a screen: a slower one is told to read everything anew
	writeTimeout   = 10 * time.Second // after which a screen that takes nothing is given up
	pingEvery      = 15 * time.Second // an answer is a sign of life, and a browser gives it by itself
	pongWithin     = 10 * time.Second
	composingLasts = 8 * time.Second // without being said again
	whisperEvery   = 2 * time.Second // how often a customer is told that somebody writes
	framesPerSec   = 20
	framesAtOnce   = 40
	loginEnded     = websocket.StatusCode(4401) // like the status 401: log in again
)

// A screen is one connection of one of the staff.
type screen struct {
	hub    *Hub
	token  string // the hash of the login
	conn   *websocket.Conn
	box    *mailbox
	limit  *rate.Limiter
	cancel context.CancelFunc

	// The hub's lock guards these.
	who       desk.Agent
	viewing   desk.ConversationID
	composing time.Time // until when
	whispered time.Time
}

// person is whose screen it is, as they are now.
func (s *screen) person() desk.Agent {
	s.hub.mu.Lock()
	defer s.hub.mu.Unlock()
	return s.who
}

// connect makes a request a screen, and stays until it goes.
func (h *Hub) connect(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	if !strings.EqualFold(c.Request.Header.Get("Upgrade"), "websocket") {
		return desk.Refuse(desk.ErrInvalid, "websocket_expected")
	}
	if err := sameOrigin(c); err != nil {
		return err
	}
	s := &screen{
		hub: h, token: door.Hash(door.Token(c)), box: newMailbox(), limit: rate.NewLimiter(framesPerSec, framesAtOnce), who: who,
	}
	adaptor.HertzHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// The origin is checked above, as the house does for every call that a cookie lets in.
		conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{InsecureSkipVerify: true})
		if err != nil {
			h.Log.Debug("a screen did not come about", "error", err)
			return // it has been answered
		}
		s.conn = conn
		s.serve(r.Context())
	}))(ctx, c)
	return nil
}

// sameOrigin refuses a page of somebody else's that would use the cookie of whoever looks at it.
func sameOrigin(c *app.RequestContext) error {
	origin := c.Request.Header.Get("Origin")
	if origin == "" || session.Bearer(c.Request.Header.Get("Authorization")) != "" {
		return nil
	}
	if u, err := url.Parse(origin); err != nil || u.Host != string(c.Host()) {
		return desk.Refuse(desk.ErrForbidden, "cross_site")
	}
	return nil
}

// serve speaks with the screen until it goes, the login ends or the hub closes.
func (s *screen) serve(ctx context.Context) {
	ctx, s.cancel = context.WithCancel(ctx)
	defer s.cancel()
	s.conn.SetReadLimit(maxFrame)
	if !s.hub.join(s) {
		s.conn.Close(websocket.StatusGoingAway, "closing") // it goes either way
		return
	}
	defer s.hub.part(s)
	if err := s.hub.greet(ctx, s); err != nil {
		s.hub.Log.Warn("a screen is not told who is there", "error", err)
	}
	var wg sync.WaitGroup
	wg.Go(func() { s.write(ctx) })
	wg.Go(func() { s.ping(ctx) })
	s.listen(ctx)
	s.cancel()
	wg.Wait()
	s.conn.CloseNow()
}

// listen hears what the screen says until it goes.
func (s *screen) listen(ctx context.Context) {
	for {
		_, frame, err := s.conn.Read(ctx)
		if err != nil || s.limit.Wait(ctx) != nil {
			return
		}
		f, ok := hear(frame)
		if !ok {
			s.conn.Close(websocket.StatusInvalidFramePayloadData, "not JSON")
			return
		}
		s.hub.heard(ctx, s, f)
	}
}

// write sends what waits for the screen.
func (s *screen) write(ctx context.Context) {
	defer s.cancel()
	for {
		select {
		case <-s.box.bell:
		case <-ctx.Done():
			return
		}
		for _, frame := range s.box.take() {
			writing, cancel := context.WithTimeout(ctx, writeTimeout)
			err := s.conn.Write(writing, websocket.MessageText, frame)
			cancel()
			if err != nil {
				return
			}
		}
	}
}

// ping asks whether the screen is still there.
func (s *screen) ping(ctx context.Context) {
	defer s.cancel()
	tick := time.NewTicker(pingEvery)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
		waiting, cancel := context.WithTimeout(ctx, pongWithin)
		err := s.conn.Ping(waiting)
		cancel()
		if err != nil {
			return
		}
		s.hub.sign(s)
	}
}

// A mailbox holds the frames that wait for a screen. Whoever puts one in never waits.
type mailbox struct {
	mu     sync.Mutex
	frames [][]byte
	bell   chan struct{} // holds a token when there may be frames
}

func newMailbox() *mailbox { return &mailbox{bell: make(chan struct{}, 1)} }

// put adds a frame. A screen that lags behind gets none of those that wait, but is told to read everything anew.
func (b *mailbox) put(frame []byte) {
	b.mu.Lock()
	if len(b.frames) >= maxWaiting {
		b.frames = append(b.frames[:0], []byte(refresh))
	} else {
		b.frames = append(b.frames, frame)
	}
	b.mu.Unlock()
	select {
	case b.bell <- struct{}{}:
	default:
	}
}

func (b *mailbox) take() [][]byte {
	b.mu.Lock()
	defer b.mu.Unlock()
	frames := b.frames
	b.frames = nil
	return frames
}

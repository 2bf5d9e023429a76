// Package platform plays the Douyin open platform (抖音开放平台) on its real wire format: users comment and write, webhooks are
// signed and delivered, and calls of its API are answered with its quotas, windows and error codes.
package platform

import (
	"crypto/sha1"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"keliu/infra/simulators/douyin/courier"
)

// Options are how a platform is opened. The zero value of each has a meaning.
type Options struct {
	Listen  string           // where its API and page are; empty is 127.0.0.1:0
	Key     string           // client_key of the app; empty is DemoKey
	Secret  string           // client_secret, which signs the webhooks; empty is DemoSecret
	Webhook string           // where events go; empty until Subscribe
	Account string           // the name of the company's account; empty is 青禾优选
	Videos  []string         // titles of its videos; empty brings three
	Spacing []time.Duration  // before the second and the third try of a webhook; nil is 1 s and 5 s
	Timeout time.Duration    // of a try; 0 is 5 s
	Now     func() time.Time // nil is time.Now
}

// What an app is called and signs with when nothing else is said.
const (
	DemoKey    = "demo-client-key"
	DemoSecret = "demo-client-secret"
)

// mostKept is how much of what happened a platform remembers of each kind.
const mostKept = 2000

// A Platform is a running simulator. It is safe for concurrent use.
type Platform struct {
	o       Options
	address net.Addr
	server  http.Server
	failed  chan error
	courier *courier.Courier

	mu       sync.Mutex
	epoch    int64 // makes IDs that no earlier run gave
	issued   int64
	faults   []*Fault
	users    map[string]*user // by open ID
	videos   []Video
	comments []Comment
	pushed   map[string]map[string]bool // who was written to first, by day
	tokens   map[string]time.Time       // access tokens and when they expire
	calls    []Call
}

// A Video is a piece of the company's account that people comment under.
type Video struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// Open listens and answers until Close.
func Open(o Options) (*Platform, error) {
	o = o.filled()
	listener, err := net.Listen("tcp", o.Listen)
	if err != nil {
		return nil, fmt.Errorf("douyin simulator: %w", err)
	}
	p := &Platform{
		o: o, address: listener.Addr(), failed: make(chan error, 1), courier: courier.New(o.Secret, o.Spacing, o.Timeout),
		epoch: time.Now().UnixMicro(), users: map[string]*user{}, pushed: map[string]map[string]bool{}, tokens: map[string]time.Time{},
	}
	p.courier.To(o.Webhook)
	for _, title := range o.Videos {
		p.videos = append(p.videos, Video{p.id(), title})
	}
	p.server.Handler, p.server.ReadHeaderTimeout = p.routes(), 10*time.Second
	go func() { p.failed <- p.server.Serve(listener) }()
	return p, nil
}

// filled are the options with what stands for nothing.
func (o Options) filled() Options {
	set := func(field *string, value string) {
		if *field == "" {
			*field = value
		}
	}
	set(&o.Listen, "127.0.0.1:0")
	set(&o.Key, DemoKey)
	set(&o.Secret, DemoSecret)
	set(&o.Account, "青禾优选")
	if len(o.Videos) == 0 {
		o.Videos = []string{"三分钟复刻外酥里嫩的空气炸鸡翅", "开箱！青禾扫拖机器人 X2 到底值不值", "早八人的十分钟能量早餐"}
	}
	if o.Spacing == nil {
		o.Spacing = []time.Duration{time.Second, 5 * time.Second}
	}
	if o.Timeout == 0 {
		o.Timeout = 5 * time.Second
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return o
}

// URL is the platform's base address, as in http://127.0.0.1:40123: its page, and what an app is configured with.
func (p *Platform) URL() string { return "http://" + p.address.String() }

// Key is the client_key of the app.
func (p *Platform) Key() string { return p.o.Key }

// Secret is the client_secret of the app.
func (p *Platform) Secret() string { return p.o.Secret }

// Account is the open ID of the company's account.
func (p *Platform) Account() string { return p.openID("\x00account") }

// Videos are the account's videos.
func (p *Platform) Videos() []Video { return slices.Clone(p.videos) }

// Wait blocks until the platform is closed or fails.
func (p *Platform) Wait() error {
	err := <-p.failed
	p.failed <- err
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// Close ends everything at once; webhooks under way are given up.
func (p *Platform) Close() error {
	p.courier.Close()
	return errors.Join(p.server.Close(), p.Wait())
}

// id makes an ID that looks like the platform's: nineteen digits, growing. The caller holds the lock, or nobody else is there.
func (p *Platform) id() string {
	p.issued++
	return strconv.FormatInt(p.epoch*1000+p.issued, 10)
}

// openID names somebody for this app: the same name is the same person in every run.
func (p *Platform) openID(name string) string {
	sum := sha1.Sum([]byte(p.o.Key + "\x00" + name))
	return "ou_" + hex.EncodeToString(sum[:12])
}

// keep adds to what is remembered and forgets the oldest.
func keep[T any](all []T, one T) []T {
	if len(all) >= mostKept {
		all = slices.Delete(all, 0, len(all)-mostKept+1)
	}
	return append(all, one)
}

// Package settings reads what the environment says about a house.
package settings

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"
	"time"

	"keliu/streams/desk"
)

// A Config is what the environment says. Its zero value is not usable; see FromEnv.
type Config struct {
	Listen       string        // where the edge listens
	Dir          string        // the folder of everything embedded
	Streams      string        // the log, as a URL
	Store        string        // the present state, as a URL
	Metrics      string        // the meter, as a URL
	Functions    string        // where the functions run, as a URL
	Demo         bool          // demo shop, articles and staff
	History      bool          // made-up figures of the weeks before; the program sets it with the demo
	DemoPassword string        // of the demo staff; empty makes one up
	Models       []string      // provider URLs
	Secret       string        // shared by the shop's server and the house; empty makes one up
	WebRate      int           // messages a second per customer
	Idle         time.Duration // after which a silent conversation is closed
	Shop         string        // base address of the shop's own system; empty is the demo shop, or none
	ShopKey      string        // authorises there
	Douyin       Douyin
}

// Douyin is how the company's account on Douyin is reached.
type Douyin struct {
	Key       string // client_key of the app
	Secret    string // client_secret, which signs webhooks
	API       string // base address of the platform; empty sends nothing
	Token     string // access token; empty fetches one
	Account   string // open ID of the company's account; empty learns it
	Card      string // template of the card that a push carries
	Signature string // how webhooks are signed
}

// A Setting is one name of the environment.
type Setting struct {
	Name    string
	Default string
	Meaning string
	set     func(*Config, string) error
}

// All are the names of the environment, in the order of .env.example.
func All() []Setting { return append(general(), douyin()...) }

// text sets a field to what is written.
func text(field func(*Config) *string) func(*Config, string) error {
	return func(c *Config, v string) error { *field(c) = v; return nil }
}

// address sets a field to the base address of somebody else's system.
func address(field func(*Config) *string) func(*Config, string) error {
	return func(c *Config, v string) error {
		*field(c) = v
		u, err := url.Parse(v)
		if err == nil && v != "" && (u.Scheme != "http" && u.Scheme != "https" || u.Host == "") {
			err = errors.New("write http://HOST or https://HOST, with a path if it has one")
		}
		return err
	}
}

func douyin() []Setting {
	return []Setting{
		{"KELIU_DOUYIN_CLIENT_KEY", "", "client_key of the app on Douyin; under KELIU_DEMO a simulator brings one", text(func(c *Config) *string { return &c.Douyin.Key })},
		{"KELIU_DOUYIN_CLIENT_SECRET", "", "client_secret of that app, which signs webhooks; empty: none are taken", text(func(c *Config) *string { return &c.Douyin.Secret })},
		{"KELIU_DOUYIN_API", "", "base address of the platform, such as https://open.douyin.com; empty: nothing is sent, and KELIU_DEMO starts a simulator", address(func(c *Config) *string { return &c.Douyin.API })},
		{"KELIU_DOUYIN_ACCESS_TOKEN", "", "an access token to use as it is; empty: one is fetched with key and secret", text(func(c *Config) *string { return &c.Douyin.Token })},
		{"KELIU_DOUYIN_ACCOUNT", "", "open ID of the company's account; empty: learnt from webhooks", text(func(c *Config) *string { return &c.Douyin.Account })},
		{"KELIU_DOUYIN_CARD", "", "template of the card that a message to somebody who agreed must carry; empty: no such messages", text(func(c *Config) *string { return &c.Douyin.Card })},
		{"KELIU_DOUYIN_SIGNATURE", "sha1", "how webhooks are signed: sha1, or hmac-sha256", func(c *Config, v string) error {
			c.Douyin.Signature = v
			if v != "sha1" && v != "hmac-sha256" {
				return errors.New("write sha1 or hmac-sha256")
			}
			return nil
		}},
	}
}

func general() []Setting {
	return []Setting{
		{"KELIU_LISTEN", "127.0.0.1:8080", "where the edge listens", func(c *Config, v string) error {
			c.Listen = v
			_, port, err := net.SplitHostPort(v)
			if err == nil {
				_, err = net.LookupPort("tcp", port)
			}
			return err
		}},
		{"KELIU_DATA", "./data", "the folder of everything embedded", text(func(c *Config) *string { return &c.Dir })},
		{"KELIU_STREAMS", "embedded:", "the log; pulsar://HOST:6650/TENANT/NAMESPACE is Apache Pulsar", text(func(c *Config) *string { return &c.Streams })},
		{"KELIU_STORE", "sqlite:", "the present state; sqlite:PATH for a file of its own, postgres://USER:PASSWORD@HOST:PORT/DATABASE for many processes", text(func(c *Config) *string { return &c.Store })},
		{"KELIU_METRICS", "embedded:", "the meter; influx://HOST:8086?org=…&bucket=…&token=… is InfluxDB 2", text(func(c *Config) *string { return &c.Metrics })},
		{"KELIU_FUNCTIONS", "inprocess:", "where channels and intents run; lambda://REGION/PREFIX is AWS Lambda, with the credentials that AWS finds in its usual places", text(func(c *Config) *string { return &c.Functions })},
		{"KELIU_DEMO", "false", "demo shop, articles and staff; make run sets true", func(c *Config, v string) (err error) {
			c.Demo, err = strconv.ParseBool(v)
			return err
		}},
		{"KELIU_DEMO_PASSWORD", "", "the password of the demo staff; empty: random, printed at start", text(func(c *Config) *string { return &c.DemoPassword })},
		{"KELIU_MODELS", "", "provider URLs, one per line or comma; empty: the builtin composer answers", func(c *Config, v string) error {
			c.Models = strings.FieldsFunc(v, func(r rune) bool { return r == ',' || r == '\n' || r == ' ' })
			return nil
		}},
		{"KELIU_WEB_SECRET", "", "signs the shop's member tokens (JWT, HS256); empty: made up and kept in the store", text(func(c *Config) *string { return &c.Secret })},
		{"KELIU_WEB_RATE", "10", "messages a second that a customer may send", func(c *Config, v string) (err error) {
			c.WebRate, err = strconv.Atoi(v)
			if err == nil && c.WebRate < 1 {
				err = fmt.Errorf("%d is less than 1", c.WebRate)
			}
			return err
		}},
		{"KELIU_WEB_IDLE", "30m", "a conversation with the AI in which nothing is said for this long is closed", func(c *Config, v string) (err error) {
			c.Idle, err = time.ParseDuration(v)
			if err == nil && c.Idle < time.Second {
				err = fmt.Errorf("%s is less than 1s", c.Idle)
			}
			return err
		}},
		{"KELIU_SHOP_API", "", "base address of the shop's own order system; empty: the demo shop, or none", address(func(c *Config) *string { return &c.Shop })},
		{"KELIU_SHOP_KEY", "", "the key that authorises there", text(func(c *Config) *string { return &c.ShopKey })},
	}
}

// FromEnv reads the environment. A name that is set and empty takes its default. An error says what is wrong and what would be right.
func FromEnv(lookup func(string) (string, bool)) (Config, error) {
	var c Config
	for _, s := range All() {
		v, _ := lookup(s.Name)
		if v = strings.TrimSpace(v); v == "" {
			v = s.Default
		}
		if err := s.set(&c, v); err != nil {
			return Config{}, fmt.Errorf("%s=%q: %w; it means: %s (default %q): %w", s.Name, v, err, s.Meaning, s.Default, desk.ErrInvalid)
		}
	}
	return c, nil
}

// Brand is for whom the desk speaks, in a language.
func (c Config) Brand(lang desk.Lang) string {
	switch english := lang == desk.English; {
	case c.Demo && english:
		return "Qinghe Select"
	case c.Demo:
		return "青禾优选"
	case english:
		return "Keliu"
	}
	return "客流"
}

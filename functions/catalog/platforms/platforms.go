// Package platforms is what stands behind the channels: what sets each of them up, and whether its network lets us in.
package platforms

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"keliu/functions/catalog/settings"
	"keliu/functions/channels/douyin/api"
	"keliu/streams/desk"
)

// A Set is the platforms of a house. Its fields are set before use.
type Set struct {
	Config   settings.Config
	Channels []string
	HTTP     *http.Client
	Now      func() time.Time
}

// Given reports, by channel, which names of the environment set it up and whether each has a value.
func (s Set) Given() map[string]map[string]bool {
	d := s.Config.Douyin
	all := map[string]map[string]bool{"douyin": {
		"KELIU_DOUYIN_CLIENT_KEY": d.Key != "", "KELIU_DOUYIN_CLIENT_SECRET": d.Secret != "", "KELIU_DOUYIN_API": d.API != "",
		"KELIU_DOUYIN_ACCESS_TOKEN": d.Token != "", "KELIU_DOUYIN_ACCOUNT": d.Account != "", "KELIU_DOUYIN_CARD": d.Card != "",
		"KELIU_DOUYIN_SIGNATURE": d.Signature != "",
	}}
	for _, name := range s.Channels {
		if all[name] == nil { // its customers come through this door
			all[name] = map[string]bool{"KELIU_WEB_SECRET": s.Config.Secret != "", "KELIU_WEB_RATE": true, "KELIU_WEB_IDLE": true}
		}
	}
	return all
}

// Checkable reports whether a channel's network can be asked.
func (s Set) Checkable(channel string) bool { return channel == "douyin" && s.Config.Douyin.API != "" }

// Check asks the network behind a channel whether it lets us in. It returns why it does not, in words, Chinese and English, and
// nothing when it does. It fails with desk.ErrNotFound where there is no network to ask.
func (s Set) Check(ctx context.Context, channel string) (because string, err error) {
	if !s.Checkable(channel) {
		return "", fmt.Errorf("the network of %q: %w", channel, desk.ErrNotFound)
	}
	d := s.Config.Douyin
	return (&api.Client{Base: d.API, Key: d.Key, Secret: d.Secret, HTTP: s.HTTP, Now: s.Now}).Check(ctx), nil
}

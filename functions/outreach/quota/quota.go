// Package quota is the ledger of what platforms let a company say to somebody: which windows are open, how many messages they
// still take, and for whom the last ones are kept. It is pure; a store keeps its accounts and serialises what happens to one.
package quota

import (
	"slices"
	"time"

	"keliu/streams/desk"
)

// The scenes of windows.
const (
	Reply      = "reply"      // after somebody wrote to us
	Enter      = "enter"      // after somebody opened the conversation
	Menu       = "menu"       // after somebody touched our menu
	Follow     = "follow"     // after somebody followed our account
	Scan       = "scan"       // after somebody scanned our code
	Authorised = "authorised" // after somebody agreed to be written to first
)

// A Window is what a platform allows in one scene.
type Window struct {
	Channel, Scene string
	Lasts          time.Duration // after each trigger; 0: a day in Beijing
	Messages       int           // that a window takes
	Calls          int           // by which they go out at most; 0: as many as there are messages
	PerDay         int           // windows of a day in which we may speak at all; 0: all
	People         int           // whom a day takes; 0: all
	Kept           int           // of the messages, not for the AI: for a person, and for closing
}

const day = 24 * time.Hour

// windows is what the platforms allow, as of November 2026.
var windows = []Window{
	{Channel: "wechat", Scene: Reply, Lasts: 2 * day, Messages: 5, Kept: 2},
	{Channel: "wechat", Scene: Menu, Lasts: time.Minute, Messages: 3, Kept: 2},
	{Channel: "wechat", Scene: Follow, Lasts: time.Minute, Messages: 3, Kept: 2},
	{Channel: "wechat", Scene: Scan, Lasts: time.Minute, Messages: 3, Kept: 2},
	{Channel: "miniprogram", Scene: Reply, Lasts: 2 * day, Messages: 5, Kept: 2},
	{Channel: "miniprogram", Scene: Enter, Lasts: time.Minute, Messages: 2, Kept: 1},
	{Channel: "wecom", Scene: Reply, Lasts: 2 * day, Messages: 5, Kept: 2},
	{Channel: "douyin", Scene: Reply, Lasts: day, Messages: 6, Kept: 2},
	{Channel: "douyin", Scene: Enter, Lasts: 30 * time.Second, Messages: 3, PerDay: 3, Kept: 2},
	{Channel: "douyin", Scene: Authorised, Messages: 3, Calls: 1, People: 5000},
}

// unlimited are the channels of our own, on which nobody counts.
var unlimited = []string{"web", "app"}

// Windows lists what the platforms allow.
func Windows() []Window { return slices.Clone(windows) }

// Of returns the windows of a channel.
func Of(channel string) (all []Window) {
	for _, w := range windows {
		if w.Channel == channel {
			all = append(all, w)
		}
	}
	return all
}

// Find returns the window of a channel's scene. free says that nobody counts on that channel; ok that there is such a window.
func Find(channel, scene string) (w Window, free, ok bool) {
	if slices.Contains(unlimited, channel) {
		return Window{}, true, false
	}
	i := slices.IndexFunc(windows, func(w Window) bool { return w.Channel == channel && w.Scene == scene })
	if i < 0 {
		return Window{}, false, false
	}
	return windows[i], false, true
}

// A Want is a message that wants to go out.
type Want struct {
	ID       string // of the message; the same ID counts once
	Channel  string
	Scene    string
	Person   string // the platform's ID of the person
	By       desk.Author
	Closing  bool      // the question at the end how it was, or the farewell: what is kept for closing is for it
	Messages int       // that the one call carries; 0 is 1
	Opened   time.Time // the platform's time of the trigger, where the caller knows it: the account may not have heard of it yet
	At       time.Time
}

func (w Want) messages() int { return max(1, w.Messages) }

// patient reports whether a want leaves alone what is kept.
func (w Want) patient() bool { return w.By != desk.ByHuman && !w.Closing }

// A Grant says whether a message may go out. The call is made at once, and once: Again says that this ID was granted before.
type Grant struct {
	OK      bool
	Again   bool
	Code    string    // of a refusal: "no_window", "used_up", "kept", "day_full", "people_full", "said", "unknown", "too_many"
	Because string    // the refusal in words, Chinese and English
	Until   time.Time // of a grant: when the window shuts; of a refusal: when it may be asked again, zero when only the customer can open it
	Left    int       // messages that the window still takes after this
}

// reasons are the refusals in words.
var reasons = map[string]string{
	"no_window":   "没有打开的会话窗口，平台不允许发送。No window is open; the platform allows no message.",
	"used_up":     "本窗口的消息条数已用完，等客户再次发言。The messages of this window are used up until the customer writes again.",
	"kept":        "剩余条数留给人工和结束语，AI 不再占用。What is left is kept for a person and for closing, not for the AI.",
	"day_full":    "今天的次数已用完，明天再试。What a day allows is used up; tomorrow again.",
	"people_full": "今天主动触达的人数已达平台上限。As many people as the platform allows were written to today.",
	"said":        "这条消息已经发送过，不会重复发送。This message was sent already and is not sent again.",
	"unknown":     "平台没有这种会话窗口。The platform knows no such window.",
	"too_many":    "一次发送的消息条数超过平台上限。That is more than the platform takes at once.",
}

// Unknown refuses what asks for a window that no platform has.
func Unknown() Grant { return denied("unknown", time.Time{}) }

func denied(code string, until time.Time) Grant {
	return Grant{Code: code, Because: reasons[code], Until: until}
}

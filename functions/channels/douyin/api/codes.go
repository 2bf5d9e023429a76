package api

import (
	"cmp"
	"errors"
	"fmt"
	"time"

	"keliu/streams/desk"
)

// A Refusal is the platform's no.
type Refusal struct {
	Code        int // 0 when only the status says so
	Status      int // of HTTP
	Description string
}

// Error implements error.
func (r *Refusal) Error() string {
	return fmt.Sprintf("douyin refuses with code %d, status %d: %s", r.Code, r.Status, r.Description)
}

// Links is the code of a text that holds what is not allowed, such as a link.
const Links = 28001038

// expired reports whether a code says that the token is good no longer.
func expired(code int) bool {
	return code == 2190008 || code == 2190002 || code == 28001008 || code == 28001003
}

// Shut reports whether a code says that no window is open, or that its quota is used up.
func Shut(code int) bool {
	return code == 28003070 || code == 28003080 || code == 28003081 || code == 45015 || code == 2190001
}

// meanings are the platform's codes in words for the staff, Chinese and English.
var meanings = map[int]string{
	28003070: "抖音会话窗口的条数已用完，客户再次发言后恢复。The window's messages are used up until the customer writes again.",
	28003080: "客户的消息已超过 24 小时，抖音不允许回复。The customer's message is older than 24 hours; Douyin does not allow an answer.",
	28003081: "客户的消息已超过 24 小时，抖音不允许回复。The customer's message is older than 24 hours; Douyin does not allow an answer.",
	45015:    "会话窗口已关闭，客户再次发言后恢复。The window is shut until the customer writes again.",
	28003082: "抖音认为接收人与所回复的消息不匹配。Douyin finds that the message answered is not this person's.",
	28003095: "抖音互动经营工作台仍有生效的私信策略，请先停用。A policy of the Douyin workbench is active; switch off its automatic replies.",
	28029003: "当前账号不是认证企业号或员工号。The account is not a verified enterprise or staff account.",
	28029004: "当前账号已被抖音禁止发送私信。Douyin has barred this account from direct messages.",
	28003101: "对方无法接收私信。The person cannot receive direct messages.",
	Links:    "内容不符合抖音要求（例如含有外部链接）。Douyin does not accept the text, for example because of a link.",
	28003018: "抖音限制了发送频率，稍后自动重试。Douyin limits the rate; it is tried again later.",
	2190008:  "抖音授权已过期，请重新授权。The authorisation has expired; renew it.",
	2190002:  "抖音授权无效，请重新授权。The authorisation is not valid; renew it.",
	28001003: "抖音授权无效，请重新授权。The authorisation is not valid; renew it.",
	28001008: "抖音授权已过期，请重新授权。The authorisation has expired; renew it.",
	2190001:  "应用的抖音接口额度已用完。The app's quota of calls is used up.",
	28001007: "抖音认为请求的参数不正确。Douyin finds a parameter wrong.",
}

// How soon something is tried again.
const (
	soon  = 5 * time.Second
	later = time.Minute // after the platform has said that it is too much
)

// Fate says what became of a call that ended with err, at a time: its state, the platform's code, why in words, and when it may be
// tried again.
func Fate(err error, now time.Time) desk.Delivery {
	d := desk.Delivery{At: now, State: desk.Sent}
	if err == nil {
		return d
	}
	var refusal *Refusal
	switch {
	case errors.As(err, &refusal):
		d.State, d.Code = desk.Failed, refusal.Code
		d.Because = meanings[refusal.Code]
		switch {
		case refusal.Code == 28003018 || refusal.Status == 429:
			d.Retry = now.Add(later)
			d.Because = meanings[28003018]
		case refusal.Code == 28001005 || refusal.Code == 2100004 || refusal.Code == 0 && refusal.Status >= 500:
			d.Retry = now.Add(soon)
			d.Because = fmt.Sprintf("抖音服务暂时出错（%d），稍后自动重试。Douyin is out of order (%[1]d); it is tried again.", cmp.Or(refusal.Code, refusal.Status))
		case d.Because == "" && refusal.Code != 0:
			d.Because = fmt.Sprintf("抖音拒绝了发送：%d %s。Douyin refused with code %[1]d.", refusal.Code, refusal.Description)
		case d.Because == "":
			d.Because = fmt.Sprintf("抖音拒绝了发送：HTTP %d。Douyin refused with HTTP status %[1]d.", refusal.Status)
		}
	case errors.Is(err, ErrUnreached):
		d.State, d.Retry = desk.Failed, now.Add(soon)
		d.Because = "暂时连接不上抖音，稍后自动重试。Douyin cannot be reached; it is tried again."
	default:
		d.State = desk.Uncertain
		d.Because = "抖音没有答复，消息可能已送达，不会重复发送。Douyin gave no answer; the message may have arrived and is not sent again."
	}
	return d
}

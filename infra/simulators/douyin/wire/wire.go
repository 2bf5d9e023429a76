// Package wire is what the Douyin open platform's API says and hears: letters, codes and the envelope of its answers.
package wire

import (
	"encoding/json"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"
)

// Codes of errors.
const (
	OK        = 0
	Token     = 2190008  // the access token has expired
	Parameter = 28001007 // something is missing or unknown
	Content   = 28001038 // the text holds what is not allowed
	Quota     = 28003070 // the window's messages are used up
	Old       = 28003080 // the message that is answered is older than the window
	Shut      = 28003081 // there is no window at all
	Peer      = 28003082 // the message that is answered was somebody else's
)

// descriptions are what the platform says beside its codes.
var descriptions = map[int]string{
	OK: "", Token: "access_token过期", Parameter: "参数不合法", Content: "消息内容不合法", Quota: "会话窗口内可发送的消息条数已用完",
	Old: "消息已超过24小时，不可回复", Shut: "会话已超过24小时，不可回复", Peer: "消息接收方与回复的消息不匹配", 2190002: "access_token无效",
	28001005: "系统内部错误", 28003018: "操作过于频繁，请稍后再试", 28003095: "互动经营工作台存在生效中的私信策略", 28029003: "仅支持认证企业号及员工号",
	45015: "response out of time limit or subscription is canceled",
}

// A Letter is a message, or several, that an app wants to send to somebody.
type Letter struct {
	MsgID        string `json:"msg_id"` // that is answered
	Conversation string `json:"conversation_id"`
	To           string `json:"to_user_id"`
	Scene        string `json:"scene"`
	Content      *Part  `json:"content"`
	List         []Part `json:"content_list"`
}

// A Part is one message of a letter: text when Type is 1, a card when it is 10.
type Part struct {
	Type int `json:"msg_type"`
	Text struct {
		Text string `json:"text"`
	} `json:"text"`
	Card struct {
		Template string `json:"card_template_id"`
	} `json:"applet_card"`
}

// Parts are the messages that somebody would see.
func (l Letter) Parts() []Part {
	if l.Content != nil {
		return append([]Part{*l.Content}, l.List...)
	}
	return l.List
}

// MaxText is how many characters a text may have.
const MaxText = 1000

// Acceptable reports whether a text may be shown: there is some, it is short enough, and it does not lead elsewhere.
func Acceptable(text string) bool {
	lower := strings.ToLower(text)
	return text != "" && utf8.RuneCountInString(text) <= MaxText &&
		!strings.Contains(lower, "http://") && !strings.Contains(lower, "https://") && !strings.Contains(lower, "www.")
}

// Answer writes what the platform says, in its envelope; data may be nil.
func Answer(w http.ResponseWriter, code int, data map[string]any) {
	description, known := descriptions[code]
	if !known {
		description = "未知错误"
	}
	all := map[string]any{"error_code": code, "description": description}
	for name, value := range data {
		all[name] = value
	}
	message := "success"
	if code != OK {
		message = "error"
	}
	JSON(w, http.StatusOK, map[string]any{
		"data": all,
		"extra": map[string]any{
			"error_code": code, "description": description, "sub_error_code": 0, "sub_description": "", "logid": "simulated", "now": time.Now().UnixMilli(),
		},
		"message": message,
	})
}

// JSON answers with a value. Who is not there to hear it needs no answer.
func JSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v)
}

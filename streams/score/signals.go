package score

import (
	"keliu/streams/desk"
	"keliu/streams/score/lead"
)

// What signals and reasons are called.
const (
	codeMessage  = "message"
	codeAnswered = "answered"
	codeComment  = "comment"
	codeRefund   = "refund"
	codeGripe    = "complaint"
	codeOrder    = "order"
	codeSlow     = "slow"
	codeRepeat   = "repeat"
	codeDecay    = "decay"
	codeLimit    = "limit"
)

const (
	textShare   = 0.6 // of the points of a text that its signal gets towards a purchase
	angerPoints = 20  // of the most negative emotion
)

// behaviour is what touches say beside their words.
func behaviour(kind desk.TouchKind) (lead float64, known bool) {
	switch kind {
	case desk.Commented, desk.Wrote:
		return 0, true
	case desk.Entered:
		return 15, true
	case desk.Authorised:
		return 12, true
	case desk.Contacted:
		return 30, true
	case desk.OptedIn:
		return 5, true
	case desk.Withdrew:
		return -10, true
	case desk.Won, desk.Lost:
		return -60, true // nothing more to win for now
	case desk.OptedOut:
		return -100, true
	}
	return 0, false
}

// FromTouch is what a touch says; false when it says nothing about the person.
func FromTouch(reader *lead.Reader, t desk.Touch) (Signal, bool) {
	points, known := behaviour(t.Kind)
	if !known {
		return Signal{}, false
	}
	s := Signal{ID: t.ID, Code: string(t.Kind), At: t.At.UTC(), Lead: points}
	if t.Kind == desk.Commented || t.Kind == desk.Wrote {
		s.Code = codeComment
		if t.Kind == desk.Wrote {
			s.Code = codeMessage
		}
		s.read(reader, t.Text)
	}
	return s, true
}

// read adds what a text says.
func (s *Signal) read(reader *lead.Reader, text string) {
	g := reader.Glance(text)
	s.Lead += textShare * g.Lead
	s.Risk += g.Risk
	s.Intent = g.Intent
}

// FromNotice is what a line of a conversation says; false when it says nothing about the customer.
func FromNotice(reader *lead.Reader, n desk.Notice) (Signal, bool) {
	m := n.Message
	if m == nil {
		return Signal{}, false
	}
	s := Signal{ID: string(m.ID), At: m.At.UTC(), Intent: m.Intent}
	if s.At.IsZero() {
		s.At = n.At.UTC()
	}
	if m.By != desk.ByCustomer {
		s.Code = codeAnswered
		s.Risk, s.Lead = topic(m.Intent)
		return s, m.By != desk.BySystem
	}
	s.Code = codeMessage
	s.read(reader, m.Text)
	if m.Intent != "" {
		s.Intent = m.Intent
	}
	if m.Emotion.Negative() {
		s.Risk += -angerPoints * float64(m.Emotion)
	}
	return s, true
}

// topic is what the subject of an answer says about the customer.
func topic(intent string) (risk, lead float64) {
	switch intent {
	case codeRefund:
		return 12, -10
	case codeGripe:
		return 25, -10
	case codeOrder:
		return 0, 5
	}
	return 0, 0
}

// why is a reason in words.
func why(code string) string {
	words := map[string]string{
		codeMessage: "私信或会话中的话", codeAnswered: "咨询的事项", codeComment: "评论中的话", codeSlow: "答复太慢",
		codeRepeat: "反复联系仍未解决", codeDecay: "随时间衰减", codeLimit: "分数以 0 到 100 为限",
		string(desk.Entered): "打开了私信", string(desk.Authorised): "同意主动联系", string(desk.Contacted): "留下了联系方式",
		string(desk.OptedIn): "恢复接收营销", string(desk.Withdrew): "撤回主动联系授权", string(desk.Won): "已成交",
		string(desk.Lost): "已流失", string(desk.OptedOut): "拒绝接收营销",
	}
	return words[code]
}

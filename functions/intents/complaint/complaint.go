// Package complaint takes complaints seriously: it apologises without promising, notes the reason and hands over to a
// person.
package complaint

import (
	"context"
	_ "embed"
	"regexp"

	"keliu/streams/desk"
)

//go:embed examples.txt
var examples string

// Intent implements functions.Intent.
type Intent struct{}

// Examples implements functions.Intent.
func (Intent) Examples() string { return examples }

// longestReason is how much of a complaint is noted, in runes; the history holds the rest.
const longestReason = 200

var (
	// threat tells a complaint that may go outside: to an authority, the media, a court or the police.
	threat = regexp.MustCompile(`(?i)\b12315\b|\b12345\b|消协|消费者协会|市场监督|工商|监管|媒体|曝光|记者|[发挂传]到?(微博|抖音|小红书|网上)|上热搜|律师|起诉|法院|告你|报警|警察|派出所|` +
		`\b(lawyers?|attorney|sue|court|police|media|the press|the news|newspapers?|expose|consumer (protection|association|council)|regulators?|authorit(y|ies)|legal action)\b`)
	// aboutOrder tells a complaint that an order would help to look into.
	aboutOrder = regexp.MustCompile(`(?i)订单|商品|东西|货|快递|包裹|物流|发错|少发|漏发|质量|坏|破|退款|送|\b(order|parcel|package|delivery|product|item|goods|quality|broken|refund)\b`)
)

// Answer hands the complaint to a person, after asking once for the order when that helps and nobody is furious.
func (i Intent) Answer(_ context.Context, turn desk.Turn) (desk.Reply, error) {
	text := turn.Message.Text
	why := reason(turn)
	var reply desk.Reply
	switch {
	case threat.MatchString(why):
		reply = turn.Handoff(desk.ReasonRisk, turn.Pick(
			"非常抱歉给您带来这样的体验。您反映的问题我们很重视，已记录下来，现在请专门处理投诉的同事优先与您联系。",
			"I'm very sorry about this. We take it seriously: I've noted it and a colleague who handles complaints will see to you first."))
	case turn.Emotion.Negative():
		reply = turn.Handoff(desk.ReasonEmotion, turn.Pick(
			"真的很抱歉，让您生气了。情况我已经记下，马上请处理投诉的同事来跟您沟通，您不用再重复说明。",
			"I'm really sorry that this upset you. I've noted what happened, so you won't have to repeat it, and am getting a colleague for you."))
	case turn.Asked != desk.FactOrder && turn.Facts[desk.FactOrder] == "" && aboutOrder.MatchString(text):
		reply = turn.Ask(desk.FactOrder, turn.Pick(
			"很抱歉给您添麻烦了，您说的情况我记下了。方便的话请告诉我订单号，同事处理起来会更快；没有也没关系，直接说“没有”就好。",
			"I'm sorry for the trouble; I've noted what you said. If you have the order number, please send it so that my colleague can be quicker. If not, just say so."))
	default:
		reply = turn.Handoff(desk.ReasonAsked, turn.Pick(
			"很抱歉给您带来不便。您的意见我已经记录，现在请处理投诉的同事来跟进。",
			"I'm sorry for the inconvenience. I've noted your complaint and am passing it to a colleague who handles them."))
	}
	if reply.Handoff != "" {
		reply.Skill = "complaint"
	}
	if why != "" {
		reply.Learned = desk.Facts{desk.FactReason: why}
	}
	return reply, nil
}

// reason is the complaint in the customer's words; what was said before the desk asked for the order belongs to it.
func reason(turn desk.Turn) string {
	why := turn.Message.Text
	if before := turn.Facts[desk.FactReason]; turn.Asked == desk.FactOrder && before != "" {
		why = before + turn.Pick("；", "; ") + why
	}
	runes := []rune(why)
	return string(runes[:min(len(runes), longestReason)])
}

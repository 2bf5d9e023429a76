// Package logistics tells customers where their parcel is, and hurries it up.
package logistics

import (
	"context"
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"time"

	"keliu/functions/business/counter"
	"keliu/policies/ask"
	"keliu/streams/desk"
)

//go:embed examples.txt
var examples string

// The shop ships within dispatch of payment; a parcel without a scan for silence has probably got stuck.
const (
	dispatch = 48 * time.Hour
	silence  = 48 * time.Hour
)

// What the desk may have asked.
const (
	askUrge    = "confirm:urge"
	askMissing = "confirm:missing" // whether the parcel still has not been found
)

// Rules says what may be told and done.
type Rules interface {
	counter.Rules
	MayRun(context.Context, ask.MayRun) (ask.Ruling, error)
}

// Intent implements functions.Intent.
type Intent struct {
	Orders counter.Orders
	Rules  Rules
}

// Examples implements functions.Intent.
func (Intent) Examples() string { return examples }

// Answer tells the way of a parcel that is proven to be the customer's.
func (i Intent) Answer(ctx context.Context, turn desk.Turn) (desk.Reply, error) {
	likely := underWay
	if signed.MatchString(turn.Message.Text) {
		likely = isDelivered
	}
	order, reply, err := counter.Identify(ctx, i.Orders, i.Rules, turn, likely)
	if err != nil {
		return desk.Reply{}, err
	}
	if reply != nil {
		return *reply, nil
	}
	told, err := i.tell(ctx, turn, order)
	if err != nil {
		return desk.Reply{}, err
	}
	return counter.About(order, told), nil
}

// underWay tells the orders that somebody who asks for a parcel means.
func underWay(o desk.Order) bool { return o.Status == desk.Shipped || o.Status == desk.Paid }

// isDelivered tells those that somebody means who speaks of a signature.
func isDelivered(o desk.Order) bool { return o.Status == desk.Delivered }

var (
	signed  = regexp.MustCompile(`(?i)签收|妥投|\bsigned( for)?\b|(says|shows|marked( as)?) delivered`)
	urging  = regexp.MustCompile(`(?i)催|加急|快点|快一点|尽快|赶紧|抓紧|\b(hurry|urge|urgent|faster|speed (it )?up|expedite)\b`)
	patient = regexp.MustCompile(`(?i)(不用|不必|不要|别|不)再?催|\b(no need|don'?t|not) (to )?(hurry|rush|urge)\b`)
	missing = regexp.MustCompile(`(?i)没(有)?收到|没(有)?拿到|未收到|没(有)?看到(快递|包裹|东西|货)|没见到|找不到|丢了|丢件|没人给我|(didn'?t|did not|never|haven'?t|have not|not) (receive|received|got|get|arrived?|come)|not here|missing|lost|can'?t find`)
	found   = regexp.MustCompile(`(?i)^(?:(?:我|已经|刚刚?|终于)*(?:找到|收到|拿到)|在门卫|在快递柜|家人(拿|收)|邻居(拿|收))|\b(found it|got it|i have it|have it now)\b`)
	still   = regexp.MustCompile(`(?i)还是|仍然|仍|没有?找到|没有|都问|都看|问过|看过|\b(still|no|nope|not|nowhere|checked|asked)\b`)
)

func (i Intent) tell(ctx context.Context, turn desk.Turn, o desk.Order) (desk.Reply, error) {
	if o.Status != desk.Paid && o.Status != desk.Shipped {
		return arrived(turn, o), nil
	}
	text := turn.Message.Text
	consent := counter.Unclear
	if turn.Asked == askUrge {
		consent = counter.Heard(text)
	}
	switch {
	case consent == counter.No:
		return turn.Say(turn.Pick("好的，先不催。有新的物流进展您可以随时来问我。", "All right, I'll leave it. Ask me any time how far it has come.")), nil
	case consent == counter.Yes || urging.MatchString(text) && !patient.MatchString(text):
		return i.urge(ctx, turn, o)
	case o.Status == desk.Paid:
		return waiting(turn, o), nil
	}
	return moving(turn, o), nil
}

// urge asks the shop to hurry, once per order.
func (i Intent) urge(ctx context.Context, turn desk.Turn, o desk.Order) (desk.Reply, error) {
	if slices.ContainsFunc(o.Requests, func(r desk.Request) bool { return r.Kind == "urge" }) {
		return turn.Say(fmt.Sprintf(turn.Pick("订单 %s 已经催过了，同事正在跟进，请再给我们一点时间。", "We have already chased order %s and a colleague is on it. Please bear with us."), o.Number)), nil
	}
	ruling, err := i.Rules.MayRun(ctx, ask.MayRun{
		Function: "intents/logistics", Action: "urge", Channel: turn.Message.Channel, Stage: string(turn.Stage), Known: true,
	})
	if err != nil {
		return desk.Reply{}, fmt.Errorf("may urge: %w", err)
	}
	if !ruling.Allow {
		return person(turn, turn.Pick("催单需要人工客服来办，已为您转接。", "A colleague has to chase this one; I'm passing you on.")), nil
	}
	text := turn.Pick("好的，已经帮您催发货（订单 %s），仓库会尽快安排。", "Done: I've asked the warehouse to hurry with order %s.")
	if o.Status == desk.Shipped {
		text = turn.Pick("好的，已经帮您催件（订单 %s），同事会联系快递公司。", "Done: a colleague will chase the carrier about order %s.")
	}
	reply := turn.Say(fmt.Sprintf(text, o.Number))
	reply.Request = &desk.Request{Kind: "urge", Order: o.Number}
	return reply, nil
}

// waiting speaks of an order that has not left yet.
func waiting(turn desk.Turn, o desk.Order) desk.Reply {
	paid := o.Paid
	if paid.IsZero() {
		paid = o.Placed
	}
	latest := paid.Add(dispatch)
	text := turn.Pick("订单 %s 还没有发出，最晚 %s 前发货。需要我帮您催一下吗？", "Order %s has not left yet; it ships by %s at the latest. Shall I hurry it up?")
	if turn.Message.At.After(latest) {
		text = turn.Pick("订单 %s 本应在 %s 前发货，现在晚了，非常抱歉。需要我帮您催一下吗？", "Order %s should have left by %s. I'm sorry for the delay. Shall I hurry it up?")
	}
	return offerUrging(turn, fmt.Sprintf(text, o.Number, counter.Clock(turn.Lang, latest)))
}

func offerUrging(turn desk.Turn, text string) desk.Reply {
	reply := turn.Ask(askUrge, text)
	reply.Outcome = desk.Answered // where the parcel is has been told; the question is an offer
	reply.Options = []string{turn.Pick("催一下", "Yes, please"), turn.Pick("不用了", "No, thanks")}
	return reply
}

// moving speaks of a parcel under way.
func moving(turn desk.Turn, o desk.Order) desk.Reply {
	s := o.Shipment
	if s == nil || len(s.Steps) == 0 {
		text := fmt.Sprintf(turn.Pick("订单 %s 已经发出，物流信息还没有更新，一般 24 小时内可以查到。", "Order %s has left. Tracking usually shows up within 24 hours."), o.Number)
		return turn.Say(text + carrier(turn, s))
	}
	newest := s.Steps[0]
	text := fmt.Sprintf(turn.Pick("您的包裹（订单 %s）最新进展：%s，%s，%s。", "Latest on your parcel (order %s): %s, %s, %s."),
		o.Number, counter.Clock(turn.Lang, newest.At), newest.Place, newest.What)
	late := !s.Expect.IsZero() && turn.Message.At.After(s.Expect)
	if !s.Expect.IsZero() && !late {
		text += fmt.Sprintf(turn.Pick("预计%s送达。", " Expected on %s."), counter.Day(turn.Lang, s.Expect))
	}
	text += carrier(turn, s)
	if late || turn.Message.At.Sub(newest.At) > silence {
		return offerUrging(turn, text+turn.Pick("\n这个包裹比预期慢了，抱歉让您久等。需要我帮您催一下吗？", "\nIt is slower than it should be, sorry for the wait. Shall I hurry it up?"))
	}
	return turn.Say(text)
}

func carrier(turn desk.Turn, s *desk.Shipment) string {
	if s == nil || s.Waybill == "" {
		return ""
	}
	return fmt.Sprintf(turn.Pick("\n%s，运单号 %s。", "\n%s, waybill %s."), s.Carrier, s.Waybill)
}

// arrived speaks of an order that has no way left to go.
func arrived(turn desk.Turn, o desk.Order) desk.Reply {
	switch o.Status {
	case desk.Unpaid:
		return turn.Say(fmt.Sprintf(turn.Pick("订单 %s 还没有付款，付款后 48 小时内发货。", "Order %s is not paid yet. It ships within 48 hours of payment."), o.Number))
	case desk.Delivered:
		return delivered(turn, o)
	case desk.Cancelled:
		return turn.Say(fmt.Sprintf(turn.Pick("订单 %s 已经取消，不会再发货。", "Order %s was cancelled and will not be shipped."), o.Number))
	}
	return turn.Say(fmt.Sprintf(turn.Pick("订单 %s %s，没有在途的包裹。", "Order %s: %s. There is no parcel on its way."), o.Number, counter.Status(turn.Lang, o.Status)))
}

func delivered(turn desk.Turn, o desk.Order) desk.Reply {
	text := turn.Message.Text
	if turn.Asked == askMissing {
		switch {
		case found.MatchString(text):
			reply := turn.Say(turn.Pick("太好了，找到就好。还有需要随时找我。", "Great that it turned up. I'm here if you need anything else."))
			reply.Confirmed = true
			return reply
		case still.MatchString(text) || missing.MatchString(text):
			return person(turn, turn.Pick("抱歉让您着急了。我把情况转给售后同事，由同事联系快递公司核实。", "I'm sorry about this. I'm passing it to a colleague, who will check with the carrier."))
		}
	}
	when := fmt.Sprintf(turn.Pick("订单 %s 已经签收", "Order %s was delivered"), o.Number)
	if at := counter.Arrived(o); !at.IsZero() {
		when = fmt.Sprintf(turn.Pick("订单 %s 已于 %s 签收", "Order %s was delivered on %s"), o.Number, counter.Clock(turn.Lang, at))
	}
	if s := o.Shipment; s != nil && len(s.Steps) > 0 {
		when += fmt.Sprintf(turn.Pick("（%s，%s）", " (%s, %s)"), s.Steps[0].Place, s.Steps[0].What)
	}
	when += turn.Pick("。", ".")
	if !missing.MatchString(text) {
		return turn.Say(when + carrier(turn, o.Shipment))
	}
	reply := turn.Ask(askMissing, when+turn.Pick(
		"\n麻烦先看看门卫、快递柜，或问问家人邻居有没有代收。找到了吗？",
		"\nPlease check with the doorman, the parcel locker, your family and neighbours first. Did you find it?"))
	reply.Options = []string{turn.Pick("找到了", "Found it"), turn.Pick("还是没有", "Still missing")}
	return reply
}

func person(turn desk.Turn, text string) desk.Reply {
	reply := turn.Handoff(desk.ReasonPolicy, text)
	reply.Skill = "aftersales"
	return reply
}

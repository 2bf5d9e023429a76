// Package refund takes refunds, returns, exchanges and cancellations: it says what is possible, asks once, and hands
// the request to the shop or to a person.
package refund

import (
	"context"
	_ "embed"
	"fmt"
	"maps"
	"strconv"
	"strings"
	"unicode/utf8"

	"keliu/functions/business/counter"
	"keliu/policies/ask"
	"keliu/streams/desk"
)

//go:embed examples.txt
var examples string

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

// factWish keeps what the customer wants while the order is being identified.
const factWish = "wish"

// confirm precedes the kind of request in what the desk asked.
const confirm = "confirm:"

// Answer settles what the customer wants with an order that is proven to be theirs.
func (i Intent) Answer(ctx context.Context, turn desk.Turn) (desk.Reply, error) {
	order, reply, err := counter.Identify(ctx, i.Orders, i.Rules, turn, open)
	if err != nil {
		return desk.Reply{}, err
	}
	if reply != nil {
		return keep(*reply, desk.Facts{factWish: wanted(turn), desk.FactReason: reason(turn)}), nil
	}
	settled, err := i.settle(ctx, turn, order)
	if err != nil {
		return desk.Reply{}, err
	}
	return counter.About(order, settled), nil
}

// open tells the orders of which something can still be wanted.
func open(o desk.Order) bool { return o.Status != desk.Cancelled && o.Status != desk.Refunded }

func (i Intent) settle(ctx context.Context, turn desk.Turn, o desk.Order) (desk.Reply, error) {
	asked, confirming := strings.CutPrefix(turn.Asked, confirm)
	consent := consented(turn, asked)
	if confirming && consent == counter.No {
		return forget(turn.Say(turn.Pick("好的，没有提交，订单保持原样。需要时随时告诉我。", "All right, nothing was submitted and the order stays as it is. Tell me if you change your mind."))), nil
	}
	if partial.MatchString(turn.Message.Text) {
		return person(turn, turn.Pick("只退一部分金额或商品需要售后同事核实，已为您转接。", "A partial refund has to be checked by a colleague; I'm passing you on.")), nil
	}
	p := plan(turn, o)
	if p.reply != nil {
		return *p.reply, nil
	}
	ruling, err := i.Rules.MayRun(ctx, ask.MayRun{
		Function: "intents/refund", Action: p.kind, Channel: turn.Message.Channel, Stage: string(turn.Stage), Known: true, Amount: p.stake,
	})
	switch {
	case err != nil:
		return desk.Reply{}, fmt.Errorf("may run %s: %w", p.kind, err)
	case !ruling.Allow:
		return person(turn, fmt.Sprintf(turn.Pick("订单 %s 的这项申请（%s）需要售后同事审核，已为您转接，请稍候。", "This request for order %s (%s) has to be approved by a colleague; I'm passing you on."),
			o.Number, counter.Money(o.Total))), nil
	case asked == p.kind && consent == counter.Yes && turn.Facts[desk.FactAmount] == amount(o):
		return submit(turn, o, p), nil
	}
	return question(turn, o, p), nil
}

// consented understands the answer to a confirmation. To name the very thing once more is a yes; to name another
// order or another wish, or to say both yes and no, is no answer yet.
func consented(turn desk.Turn, asked string) counter.Consent {
	text := turn.Message.Text
	consent, wish := counter.Heard(text), said(text)
	switch {
	case turn.Found[desk.FactOrder] != "" || turn.Found[desk.FactWaybill] != "":
		return counter.Unclear
	case wish == "":
		return consent
	case covers(asked, wish) && consent != counter.No && !doubt.MatchString(text) && utf8.RuneCountInString(text) <= longestYes:
		return counter.Yes
	}
	return counter.Unclear
}

// longestYes is how many runes the wish may have when it is said again as a yes.
const longestYes = 24

// covers reports whether a wish is a loose word for what was asked.
func covers(asked, wish string) bool {
	return asked == wish || asked == "refund" && wish != "exchange" || asked == "return" && wish == "refund"
}

// question asks for the customer's yes, with the amount that it stands for.
func question(turn desk.Turn, o desk.Order, p proposal) desk.Reply {
	reply := turn.Ask(confirm+p.kind, fmt.Sprintf(turn.Pick(confirmations[p.kind].zh, confirmations[p.kind].en), o.Number, counter.Money(o.Total)))
	reply.Options = []string{turn.Pick("确认", "Yes, please"), turn.Pick("先不了", "No, thanks")}
	return keep(reply, desk.Facts{
		desk.FactAmount: amount(o),
		desk.FactReason: reason(turn),
	})
}

// amount is what a yes stands for, as a fact; a total that changed meanwhile is asked about again.
func amount(o desk.Order) string { return strconv.FormatInt(o.Total, 10) }

// submit hands the request to the shop.
func submit(turn desk.Turn, o desk.Order, p proposal) desk.Reply {
	reply := turn.Say(fmt.Sprintf(turn.Pick(submissions[p.kind].zh, submissions[p.kind].en), o.Number, counter.Money(o.Total)))
	reply.Request = &desk.Request{Kind: p.kind, Order: o.Number, Amount: p.pays, Reason: turn.Facts[desk.FactReason]}
	return forget(reply)
}

// forget drops what was kept for one request, so that the next one starts afresh.
func forget(reply desk.Reply) desk.Reply {
	reply.Learned = desk.Facts{desk.FactAmount: "", desk.FactReason: "", factWish: ""}
	return reply
}

// keep adds the facts that are not empty to what a reply keeps.
func keep(reply desk.Reply, facts desk.Facts) desk.Reply {
	learned := maps.Clone(reply.Learned)
	for name, value := range facts {
		if value == "" {
			continue
		}
		if learned == nil {
			learned = desk.Facts{}
		}
		learned[name] = value
	}
	reply.Learned = learned
	return reply
}

func person(turn desk.Turn, text string) desk.Reply {
	reply := turn.Handoff(desk.ReasonPolicy, text)
	reply.Skill = "aftersales"
	return keep(reply, desk.Facts{desk.FactReason: reason(turn)})
}

// A sentence stands in both languages.
type sentence struct{ zh, en string }

// The verbs of these sentences are the order's number and the amount.
var (
	confirmations = map[string]sentence{
		"refund":   {"订单 %s 还没有发货，可以取消并全额退款 %s，款项原路退回。确认提交吗？", "Order %s has not left yet, so I can cancel it and refund %s the way you paid. Shall I submit it?"},
		"return":   {"订单 %s 在 7 天无理由退货期内，可以退货退款 %s，商品请保持完好。确认提交吗？", "Order %s can be returned within 7 days for a refund of %s, as long as the goods are intact. Shall I submit it?"},
		"exchange": {"订单 %s（%s）在 7 天内，可以换货，商品请保持完好。确认提交吗？", "Order %s (%s) is within 7 days, so it can be exchanged as long as the goods are intact. Shall I submit it?"},
		"cancel":   {"订单 %s 还没有付款（%s），没有需要退的款项，我可以帮您取消。确认取消吗？", "Order %s has not been paid (%s), so there is nothing to refund, but I can cancel it. Shall I?"},
	}
	submissions = map[string]sentence{
		"refund":   {"已提交：订单 %s 取消并退款 %s。审核通过后款项原路退回，进度可以随时问我。", "Submitted: order %s is to be cancelled and %s refunded the way you paid. Ask me any time how far it is."},
		"return":   {"已提交：订单 %s 退货退款 %s。请等待寄回地址，收到退货并检查后款项原路退回。", "Submitted: return of order %s for %s. You'll get the address to send it to; the money goes back once the goods have been checked."},
		"exchange": {"已提交：订单 %s（%s）换货。请等待寄回地址，收到后为您寄出新的商品。", "Submitted: exchange of order %s (%s). You'll get the address to send it to; the new one leaves once it has arrived."},
		"cancel":   {"已提交：取消订单 %s（%s）。", "Submitted: order %s (%s) is to be cancelled."},
	}
)

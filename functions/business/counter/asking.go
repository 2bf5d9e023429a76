package counter

import (
	"fmt"
	"strconv"
	"strings"

	"keliu/streams/desk"
)

func askNumber(turn desk.Turn) desk.Reply {
	if offeredTail(turn) != "" {
		return turn.Ask(desk.FactOrder, turn.Pick(
			"好的，请再把订单号发给我（在“我的订单”里可以看到），我马上为您查。",
			"Thanks. Please also send me the order number (see “My orders”) and I'll look right away."))
	}
	return turn.Ask(desk.FactOrder, turn.Pick(
		"好的，请把订单号和收货手机号的后四位发给我，我马上为您查。",
		"Happy to help. Please send me the order number and the last four digits of the receiver's mobile."))
}

func askTail(turn desk.Turn) desk.Reply {
	return turn.Ask(desk.FactPhoneTail, turn.Pick(
		"为了保护您的信息，请再告诉我收货手机号的后四位。",
		"To protect your data, please also tell me the last four digits of the receiver's mobile."))
}

// mismatch must not differ between a wrong tail and an unknown order. A stranger keeps the number and offers
// another tail; a member can go back to their own list.
func mismatch(turn desk.Turn, tries int) desk.Reply {
	reply := turn.Decline(turn.Pick(
		"没有查到订单号和手机号后四位都相符的订单。请核对一下，把订单号和收货手机号后四位一起再发给我。",
		"I can't find an order that matches both the number and the last four digits. Please check and send me both again."))
	reply.Ask = desk.FactPhoneTail
	reply.Learned = desk.Facts{desk.FactPhoneTail: "", FactTries: strconv.Itoa(tries)}
	if turn.Member != "" {
		reply.Ask = desk.FactOrder
		reply.Learned[desk.FactOrder], reply.Learned[desk.FactWaybill] = "", ""
	}
	return reply
}

func stopped(turn desk.Turn) desk.Reply {
	reply := turn.Handoff(desk.ReasonPolicy, turn.Pick(
		"核对多次仍不相符，为了保护订单信息，我不能再继续核对了。已为您转给人工客服，由同事帮您核实。",
		"The details did not match several times. To protect order data I can't go on checking; a colleague will verify it with you."))
	reply.Skill = "aftersales"
	return reply
}

func askWhich(turn desk.Turn, orders []desk.Order) desk.Reply {
	var text strings.Builder
	fmt.Fprintf(&text, turn.Pick("您有 %d 笔订单，请问是哪一笔？", "You have %d orders. Which one do you mean?"), len(orders))
	options := make([]string, len(orders))
	for i, o := range orders {
		options[i] = string(o.Number)
		fmt.Fprintf(&text, turn.Pick("\n%d. %s（%s，%s）%s，%s", "\n%d. %s (%s, %s) %s, %s"),
			i+1, o.Number, Day(turn.Lang, o.Placed), Money(o.Total), first(turn.Lang, o), Status(turn.Lang, o.Status))
	}
	reply := turn.Ask(desk.FactOrder, text.String())
	reply.Options = options
	return reply
}

// first names an order by its first item.
func first(lang desk.Lang, o desk.Order) string {
	switch {
	case len(o.Items) == 0:
		return "–"
	case len(o.Items) == 1:
		return o.Items[0].Title
	case lang == desk.English:
		return o.Items[0].Title + " …"
	}
	return o.Items[0].Title + "等"
}

// About keeps in mind which order a reply speaks of.
func About(o desk.Order, reply desk.Reply) desk.Reply {
	learned := desk.Facts{desk.FactOrder: string(o.Number)}
	for name, value := range reply.Learned {
		learned[name] = value
	}
	reply.Learned = learned
	return reply
}

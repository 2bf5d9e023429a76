package counter

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"keliu/policies/ask"
	"keliu/streams/desk"
)

// FactTries counts, among the facts of a conversation, how often a proof of ownership was wrong.
const FactTries = "proof_tries"

// maxTries is how many wrong proofs a conversation may offer: a tail has only 10,000 values.
const maxTries = 5

// mostListed is how many orders are offered to choose from.
const mostListed = 5

// Identify finds the order a turn is about and proves that it is the customer's: a member's own, or one whose
// number was given with the last four digits of the receiver's mobile. Instead of an order it returns the reply
// that asks for what is missing; that reply is the same for a wrong proof and for an order that does not exist.
// likely, which may be nil, says which of a member's orders the question is probably about.
func Identify(ctx context.Context, orders Orders, rules Rules, turn desk.Turn, likely func(desk.Order) bool) (desk.Order, *desk.Reply, error) {
	var order desk.Order
	var reply *desk.Reply
	var err error
	ref, fresh := referred(turn)
	if ref.given() && !fresh && turn.Member != "" {
		// What was named before may not be what is meant now.
		if o, found, err := renamed(ctx, orders, turn, ref); err != nil {
			return desk.Order{}, nil, err
		} else if found {
			ref = reference{number: o.Number}
		}
	}
	switch {
	case ref.given():
		order, reply, err = proven(ctx, orders, turn, ref)
	case turn.Member != "":
		order, reply, err = chosen(ctx, orders, turn, likely)
	default:
		ask := askNumber(turn)
		reply = &ask
	}
	if err != nil || reply != nil && reply.Options == nil { // a choice shows the orders it offers
		return desk.Order{}, reply, err
	}
	ruling, err := rules.MayReveal(ctx, ask.MayReveal{Field: "order", Purpose: "customer", Own: true})
	if err != nil {
		return desk.Order{}, nil, fmt.Errorf("may reveal order: %w", err)
	}
	if !ruling.Allow {
		refusal := turn.Handoff(desk.ReasonPolicy, turn.Pick(
			"抱歉，按规定我不能在这里说明订单内容，已为您转给人工客服处理。",
			"Sorry, I'm not allowed to talk about order details here, so I'm passing you to a colleague."))
		refusal.Skill = "aftersales"
		return desk.Order{}, &refusal, nil
	}
	return order, reply, nil
}

// A reference is how a customer points to an order.
type reference struct {
	number  desk.OrderNumber
	waybill string
}

func (r reference) given() bool { return r.number != "" || r.waybill != "" }

var others = regexp.MustCompile(`(?i)其他|其它|别的|另外|另一|所有|全部|哪些|哪几|都有什么|\b(other|another|all (of )?my|my orders|which orders)\b`)

// referred prefers what this message names over what was named before; fresh says that this message names it.
func referred(turn desk.Turn) (ref reference, fresh bool) {
	found := reference{desk.OrderNumber(turn.Found[desk.FactOrder]), turn.Found[desk.FactWaybill]}
	if found.given() {
		return found, true
	}
	if turn.Member != "" && others.MatchString(turn.Message.Text) {
		return reference{}, false
	}
	if number := turn.Facts[desk.FactOrder]; number != "" {
		return reference{number: desk.OrderNumber(number)}, false
	}
	return reference{waybill: turn.Facts[desk.FactWaybill]}, false
}

// proven looks an order up and compares it with what the customer offers as a proof.
func proven(ctx context.Context, orders Orders, turn desk.Turn, ref reference) (desk.Order, *desk.Reply, error) {
	tail := offeredTail(turn)
	if turn.Member == "" && tail == "" {
		ask := askTail(turn)
		return desk.Order{}, &ask, nil
	}
	order, err := look(ctx, orders, ref)
	if err != nil && !errors.Is(err, desk.ErrNotFound) {
		return desk.Order{}, nil, fmt.Errorf("order %s: %w", ref.number, err)
	}
	exists := err == nil
	if exists && turn.Member != "" && order.Member == turn.Member {
		return order, nil, nil
	}
	if tail == "" {
		ask := askTail(turn)
		return desk.Order{}, &ask, nil
	}
	tries, _ := strconv.Atoi(turn.Facts[FactTries]) // absent and unreadable both start at zero
	if tries >= maxTries {
		end := stopped(turn)
		return desk.Order{}, &end, nil
	}
	if exists && len(order.Phone) >= 11 && strings.HasSuffix(order.Phone, tail) {
		return order, nil, nil
	}
	wrong := mismatch(turn, tries+1)
	return desk.Order{}, &wrong, nil
}

func look(ctx context.Context, orders Orders, ref reference) (desk.Order, error) {
	if ref.number != "" {
		return orders.Order(ctx, ref.number)
	}
	return orders.OrderOfWaybill(ctx, ref.waybill)
}

var fourDigits = regexp.MustCompile(`^[0-9]{4}$`)

// offeredTail is the tail the customer gave, newest first; a whole number holds its tail.
func offeredTail(turn desk.Turn) string {
	for _, facts := range []desk.Facts{turn.Found, turn.Facts} {
		if tail := facts[desk.FactPhoneTail]; fourDigits.MatchString(tail) {
			return tail
		}
		if phone := facts[desk.FactPhone]; len(phone) == 11 && fourDigits.MatchString(phone[7:]) {
			return phone[7:]
		}
	}
	return ""
}

// chosen is the order a member means, among their own.
func chosen(ctx context.Context, orders Orders, turn desk.Turn, likely func(desk.Order) bool) (desk.Order, *desk.Reply, error) {
	own, err := orders.OrdersOf(ctx, turn.Member)
	if err != nil && !errors.Is(err, desk.ErrNotFound) {
		return desk.Order{}, nil, fmt.Errorf("orders of the member: %w", err)
	}
	if len(own) == 0 {
		none := turn.Ask(desk.FactOrder, turn.Pick(
			"您的账号下还没有订单。如果是用别的账号或手机号下的单，请把订单号和收货手机号后四位发给我。",
			"There is no order under your account yet. If you ordered with another account, please send me the order number and the last four digits of the receiver's mobile."))
		return desk.Order{}, &none, nil
	}
	all := own[:min(len(own), mostListed)]
	if likely != nil && !others.MatchString(turn.Message.Text) {
		own = preferred(own, likely)
	}
	own = own[:min(len(own), mostListed)]
	if len(own) == 1 {
		return own[0], nil, nil
	}
	if o, ok := named(own, turn.Message.Text); ok {
		return o, nil, nil
	}
	if turn.Asked == desk.FactOrder {
		switch i := ordinal(turn.Message.Text); {
		case i > 0 && i <= len(own):
			return own[i-1], nil, nil
		case i > 0 && i <= len(all): // a place beyond the likely ones is one in the list of them all
			return all[i-1], nil, nil
		}
	}
	list := askWhich(turn, own)
	return desk.Order{}, &list, nil
}

// preferred are the likely ones, or all when none is.
func preferred(orders []desk.Order, likely func(desk.Order) bool) []desk.Order {
	var some []desk.Order
	for _, o := range orders {
		if likely(o) {
			some = append(some, o)
		}
	}
	if len(some) == 0 {
		return orders
	}
	return some
}

var places = []*regexp.Regexp{
	regexp.MustCompile(`(?i)^\D{0,4}[1１]\D{0,3}$|第 ?[1１] ?[个笔单件条]|第一|头一|最新|最近|\b(first|latest|newest)\b`),
	regexp.MustCompile(`(?i)^\D{0,4}[2２]\D{0,3}$|第 ?[2２] ?[个笔单件条]|第二|\bsecond\b`),
	regexp.MustCompile(`(?i)^\D{0,4}[3３]\D{0,3}$|第 ?[3３] ?[个笔单件条]|第三|\bthird\b`),
	regexp.MustCompile(`(?i)^\D{0,4}[4４]\D{0,3}$|第 ?[4４] ?[个笔单件条]|第四|\bfourth\b`),
	regexp.MustCompile(`(?i)^\D{0,4}[5５]\D{0,3}$|第 ?[5５] ?[个笔单件条]|第五|\bfifth\b`),
}

// ordinal reads the place in a list, "第二个" or "2"; 0 when there is none.
func ordinal(text string) int {
	for i, place := range places {
		if place.MatchString(strings.TrimSpace(text)) {
			return i + 1
		}
	}
	return 0
}

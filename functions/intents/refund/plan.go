package refund

import (
	"fmt"
	"regexp"
	"time"

	"keliu/functions/business/counter"
	"keliu/streams/desk"
)

// returnable is how long after delivery goods go back without a reason (7 天无理由).
const returnable = 7 * 24 * time.Hour

// A proposal is what can be done: a kind of request, or a reply that says why nothing can.
type proposal struct {
	kind  string
	pays  int64 // fen that go back to the customer
	stake int64 // fen that the shop risks, for the rules
	reply *desk.Reply
}

func answer(r desk.Reply) proposal { return proposal{reply: &r} }

// plan fits what the customer wants to the state of the order.
func plan(turn desk.Turn, o desk.Order) proposal {
	if r := pending(o); r != nil {
		return answer(turn.Say(fmt.Sprintf(turn.Pick("订单 %s 的%s申请已于 %s 提交，目前状态：%s。", "The %[2]s of order %[1]s was requested on %[3]s. Its state: %[4]s."),
			o.Number, kindWord(turn, r.Kind), counter.Clock(turn.Lang, r.At), statusWord(turn, r.Status))))
	}
	wish := wanted(turn)
	switch o.Status {
	case desk.Unpaid:
		return proposal{kind: "cancel"}
	case desk.Paid:
		if wish == "exchange" {
			return answer(person(turn, fmt.Sprintf(turn.Pick("订单 %s 还没有发货，更换商品需要同事在发货前处理，已为您转接。", "Order %s has not left yet; a colleague can change it before it does. I'm passing you on."), o.Number)))
		}
		return proposal{kind: "refund", pays: o.Total, stake: o.Total}
	case desk.Shipped:
		return answer(onTheWay(turn, o))
	case desk.Delivered:
		return afterDelivery(turn, o, wish)
	}
	return answer(turn.Say(fmt.Sprintf(turn.Pick("订单 %s 目前状态：%s，不需要再次申请。", "Order %s: %s. There is nothing more to request."), o.Number, counter.Status(turn.Lang, o.Status))))
}

// pending is the request that is already under way.
func pending(o desk.Order) *desk.Request {
	for i := len(o.Requests) - 1; i >= 0; i-- {
		if r := o.Requests[i]; r.Kind != "urge" && r.Status != "rejected" && r.Status != "done" {
			return &r
		}
	}
	return nil
}

func onTheWay(turn desk.Turn, o desk.Order) desk.Reply {
	reply := turn.Say(fmt.Sprintf(turn.Pick(
		"订单 %s 已经在路上了，现在不能直接退。有两个办法：\n1. 快递送到时拒收，退回仓库后为您退款；\n2. 收货后 7 天内告诉我，为您办理退货或换货。",
		"Order %s is already on its way. You can either\n1. refuse the parcel, and we refund it once it is back, or\n2. tell me within 7 days of delivery, and I'll arrange a return or exchange."), o.Number))
	reply.Options = []string{turn.Pick("快递到哪了", "Where is my parcel"), turn.Pick("转人工", "Talk to a person")}
	return reply
}

func afterDelivery(turn desk.Turn, o desk.Order, wish string) proposal {
	arrived := counter.Arrived(o)
	if arrived.IsZero() {
		return answer(person(turn, fmt.Sprintf(turn.Pick("订单 %s 的签收时间需要核实，已转给售后同事为您处理。", "A colleague has to check when order %s was delivered and will take it from there."), o.Number)))
	}
	if turn.Message.At.Before(arrived.Add(returnable)) {
		if wish == "exchange" {
			return proposal{kind: "exchange", stake: o.Total}
		}
		return proposal{kind: "return", pays: o.Total, stake: o.Total}
	}
	switch why := reason(turn); {
	case quality.MatchString(why):
		return answer(person(turn, fmt.Sprintf(turn.Pick("订单 %s 已超过 7 天无理由退货期，但质量问题我们会负责。已转给售后同事为您核实处理。", "Order %s is past the 7-day return period, but we stand by our quality. A colleague will look into it for you."), o.Number)))
	case why != "" || turn.Asked == desk.FactReason:
		reply := turn.Decline(fmt.Sprintf(turn.Pick("订单 %s 已超过 7 天无理由退货期，这个原因我没办法直接为您退换。如果您希望再看看，我可以请人工客服处理。", "Order %s is past the 7-day return period, and I can't return it for this reason myself. A colleague can have another look if you like."), o.Number))
		reply.Options = []string{turn.Pick("转人工", "Talk to a person")}
		return answer(reply)
	}
	return answer(keep(turn.Ask(desk.FactReason, fmt.Sprintf(turn.Pick("订单 %s 签收于 %s，已超过 7 天无理由退货期。请问是什么原因？如果是质量问题，请说说具体情况。", "Order %s was delivered on %s, so the 7-day return period is over. What is the reason? If something is faulty, please describe it."),
		o.Number, counter.Day(turn.Lang, arrived))), desk.Facts{factWish: wish}))
}

var (
	negated    = regexp.MustCompile(`(?i)(不要|不想|不用|别|不)再?(换货?|退货|退款|退|取消)了?|(don'?t|do not|no) (want (a|to) )?(refund|return|exchange|cancel)`)
	exchanging = regexp.MustCompile(`(?i)换|\b(exchange|replace(ment)?|swap|change the (colou?r|size))\b`)
	cancelling = regexp.MustCompile(`(?i)取消|撤单|撤销|关闭订单|别发|不买了|不想买|\b(cancel|stop the order)`)
	returning  = regexp.MustCompile(`(?i)退货|退回去|寄回|退换|\b(return(ing)?|(send|give|take) (it|them|this) back)\b`)
	refunding  = regexp.MustCompile(`(?i)退|还我|还给我|\b(refund|money back)\b`)
	partial    = regexp.MustCompile(`(?i)部分退|退一部分|退(其中)?[一二两三四五12345](件|个|样|双)|里面退|差价|退(我|还|一下)?(邮费|运费)|(邮费|运费)[^谁]{0,3}退|多付|\b(partial|part of|one of the|price difference|shipping fee)\b`)
	quality    = regexp.MustCompile(`(?i)质量|坏|破|损|瑕疵|故障|毛病|不能用|没法用|用不了|开不了|充不|不工作|不转|不响|没声|不亮|漏|裂|断|异响|发错|少发|假货|\b(broken?|damaged|defect(ive)?|faulty|fault|not working|doesn'?t work|stopped working|wrong item|crack(ed)?|leak(s|ing)?|dead)\b`)
	because    = regexp.MustCompile(`(?i)因为|不喜欢|不合适|不合身|不想要|买错|拍错|买大|买小|太大|太小|太贵|色差|尺码|颜色|等太久|降价|\b(because|wrong|too (big|small|large|late|long|expensive)|fit|changed my mind|don'?t (like|want|need)|mistake)\b`)
	doubt      = regexp.MustCompile(`(?i)[吗么呢?？]|什么|怎么|多久|多少|还是|运费|支付宝|微信|\b(how|what|when|why|can i)\b`)
)

// said reads the kind of request out of a message; what is negated does not count.
func said(text string) string {
	text = negated.ReplaceAllString(text, " ")
	switch {
	case exchanging.MatchString(text):
		return "exchange"
	case cancelling.MatchString(text):
		return "cancel"
	case returning.MatchString(text):
		return "return"
	case refunding.MatchString(text):
		return "refund"
	}
	return ""
}

// wanted is what the customer wants, said in this message or before the desk asked about it.
func wanted(turn desk.Turn) string {
	if wish := said(turn.Message.Text); wish != "" {
		return wish
	}
	switch turn.Asked {
	case desk.FactOrder, desk.FactPhoneTail, desk.FactReason:
		return turn.Facts[factWish]
	case confirm + "exchange":
		return "exchange"
	}
	return ""
}

// reason is why, in the customer's words.
func reason(turn desk.Turn) string {
	text := turn.Message.Text
	if turn.Asked == desk.FactReason || quality.MatchString(text) || because.MatchString(text) {
		return string([]rune(text)[:min(len([]rune(text)), 100)])
	}
	return turn.Facts[desk.FactReason]
}

func kindWord(turn desk.Turn, kind string) string {
	switch kind {
	case "return":
		return turn.Pick("退货", "return")
	case "exchange":
		return turn.Pick("换货", "exchange")
	case "cancel":
		return turn.Pick("取消", "cancellation")
	}
	return turn.Pick("退款", "refund")
}

// statusWord translates what the desk itself submits; the rest is the shop's own word.
func statusWord(turn desk.Turn, status string) string {
	switch status {
	case "submitted":
		return turn.Pick("已提交，等待审核", "submitted, awaiting approval")
	case "approved":
		return turn.Pick("审核通过，处理中", "approved, in progress")
	}
	return status
}

# 什么可以自动办理。May a function act in this situation?
#
# 每条规则有名字、一句理由和条件。refuse 优先于 permit；没有规则允许的，一律不办。
# A rule has a name, a reason and its conditions. A refusal outweighs every permission; what no rule permits is refused.
package keliu.may_run

# 自动办理的上限，单位：分。The most that is granted without a person, in fen.
limit := 50000

# 不花钱的动作。Actions that cost nothing.
free := {"answer", "ask", "greet", "guide", "write", "assign", "handoff", "callback", "urge", "complain", "inspect"}

# 花钱或改动订单的动作。Actions that cost money or change an order.
costly := {"refund", "return", "exchange", "cancel"}

permit.free := "不涉及费用，可自动进行。It costs nothing." if {
	input.action in free
}

permit.within_limit := "客户身份已证明，金额在五百元以内，可自动办理。The customer is known and the amount is within 500 yuan." if {
	input.action in costly
	input.known
	input.amount >= 0
	input.amount <= limit
}

refuse.unknown_customer := "客户身份未证明，不得办理涉及费用的事项。The customer has not proven who they are." if {
	input.action in costly
	not input.known
}

refuse.over_limit := "金额超过五百元，由人工决定。Above 500 yuan a person decides." if {
	input.action in costly
	input.amount > limit
}

refuse.wrong_amount := "金额不能为负。The amount is negative." if {
	input.action in costly
	input.amount < 0
}

# 人工接待时，机器人不插话。While a person has the conversation, the AI keeps silent.
refuse.person_speaks := "会话正由人工接待，机器人不作答。A person has the conversation." if {
	input.action in {"answer", "write", "greet", "guide"}
	input.stage == "human"
}

refuse.closed := "会话已结束。The conversation is closed." if {
	input.stage == "closed"
}

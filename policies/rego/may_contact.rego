# 能否主动联系客户。May a customer be contacted?
package keliu.may_contact

# 可以打扰客户的钟点，客户当地时间，含首不含尾。The hours in which a customer may be disturbed, first included, last not.
first_hour := 8

last_hour := 21

# 客户可能不想被打扰的联系。Contacts that the customer does not wait for.
uninvited := {"followup", "marketing"}

permit.agreed := "客户已留号或同意为此用途被联系。The customer left a number or agreed to this." if {
	input.purpose in {"callback", "marketing"}
	input.consent
}

# 服务回访是履行合同的一部分，不需要另行同意。
permit.service := "服务回访。A follow-up on a service that was asked for." if {
	input.purpose == "followup"
}

# 客户先评论、进入私信或发来消息，公开回复或在窗口内回复不算打扰。
permit.invited := "客户先找的我们，这是回复。The customer came to us; this answers." if {
	input.purpose == "reply"
}

# 个人信息保护法第二十四条：客户拒绝营销后，营销和触达回复一律停止；客户自己要的回电和服务回访不受影响。
refuse.opted_out := "客户已拒绝营销（个人信息保护法第 24 条）。The customer wants no marketing (PIPL, article 24)." if {
	input.purpose in {"marketing", "reply"}
	input.opted_out
}

refuse.no_consent := "客户没有同意为此用途被联系。The customer did not agree to this." if {
	input.purpose in {"callback", "marketing"}
	not input.consent
}

refuse.quiet_hours := "客户当地时间早八点至晚九点之外不打扰。Nobody is disturbed before 8 or after 21 o'clock where they are." if {
	input.purpose in uninvited
	not waking
}

waking if {
	input.hour >= first_hour
	input.hour < last_hour
}

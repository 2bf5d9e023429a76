package catalogue

import (
	"keliu/streams/meter"
)

// satisfactions are how customers sound.
var satisfactions = []entry{
	{"negative_share", 39, "", satisfaction, down, ratio, formula{above: total(meter.SessionNegative), below: times(meter.SessionClosed)}, "负面情绪占比", "Negative share",
		"情绪最低点为负面的会话 ÷ 关闭的会话。", "Sessions negative at their worst ÷ sessions closed."},
	{"emotion_recovery", 39, "", satisfaction, up, ratio, share(meter.SessionRecovered, meter.SessionNegative), "情绪恢复率", "Emotion recovery rate",
		"最低点为负面、结束时中性或更好的会话 ÷ 最低点为负面的会话。",
		"Sessions negative at their worst that ended neutral or better ÷ sessions negative at their worst."},
}

// growths are comments and visitors on their way to a purchase.
var growths = []entry{
	{"callbacks_left", 42, "", growth, up, count, sumOf(meter.CallbackLeft), "留下回电号码", "Callback numbers left",
		"客户留下回电号码的次数。", "How often a customer left a number to be called at."},
	{"callback_rate", 42, "callbacks_left", growth, up, ratio, share(meter.CallbackLeft, meter.SessionOpened), "留号率（会话）", "Contact left per session",
		"留下回电号码的次数 ÷ 开启的会话，即开口的访客。", "Callback numbers left ÷ sessions opened, that is, visitors who spoke."},
	{"comments_matched", 43, "", growth, up, ratio, share(meter.CommentMatched, meter.Comment), "评论命中率", "Comments matched",
		"命中规则的评论 ÷ 评论。", "Comments in which a rule found something ÷ comments."},
	{"leads_reached", 43, "", growth, up, count, sumOf(meter.LeadReached), "触达线索", "Leads reached",
		"平台首次接受我方对其发言的人数。", "People to whom a platform took something that we said, for the first time."},
	{"lead_answer_rate", 42, "leads_reached", growth, up, ratio, share(meter.LeadAnswered, meter.LeadReached), "开口率（触达）", "Answer rate of those reached",
		"首次回话的人 ÷ 首次触达的人，都在发生时计。", "People who answered for the first time ÷ people reached for the first time, each when it happens."},
	{"lead_capture_spoke", 42, "", growth, up, ratio, share(meter.LeadContact, meter.LeadAnswered), "留资率（÷ 开口）", "Lead capture ÷ spoke",
		"首次留下联系方式的人 ÷ 首次开口的人。", "People who left a way to be reached ÷ people who spoke."},
	{"lead_capture_reached", 42, "lead_capture_spoke", growth, up, ratio, share(meter.LeadContact, meter.LeadReached), "留资率（÷ 触达）", "Lead capture ÷ reached",
		"首次留下联系方式的人 ÷ 首次触达的人。", "People who left a way to be reached ÷ people reached."},
	{"leads_won", 43, "", growth, up, count, sumOf(meter.LeadWon), "成交线索", "Leads won",
		"首次成交的人数。", "People who bought for the first time."},
	{"lead_win_rate", 43, "leads_won", growth, up, ratio, share(meter.LeadWon, meter.LeadContact), "线索成交率", "Win rate of leads",
		"首次成交的人 ÷ 首次留下联系方式的人。", "People who bought for the first time ÷ people who left a way to be reached for the first time."},
}

// costs are what models cost and how well they work.
var costs = []entry{
	{"model_cost", 44, "", cost, down, yuan, formula{above: total(meter.ModelCost), scale: 1e-6}, "模型费用", "Model cost",
		"按配置的单价计算的模型调用费用。", "What the calls of models cost at the prices configured."},
	{"cost_per_session", 44, "model_cost", cost, down, yuan, formula{total(meter.ModelCost), total(meter.SessionOpened), 1e-6}, "每会话费用", "Cost per session",
		"模型费用 ÷ 开启的会话。", "Model cost ÷ sessions opened."},
	{"model_tokens", 44, "", cost, down, count, sumOf(meter.ModelTokens), "模型 token", "Model tokens",
		"模型输入与输出的 token 总数。", "Tokens into and out of models."},
	{"model_latency_p95", 44, "", cost, down, milliseconds, of(meter.P95, meter.ModelCall), "模型时延 P95", "Model latency, p95",
		"一次模型调用的时长，95% 不超过。自然时间。", "How long a call of a model takes; 95 % take no longer. Calendar time."},
	{"model_error_rate", 44, "", cost, down, ratio, formula{above: total(meter.ModelError), below: times(meter.ModelCall)}, "模型错误率", "Model error rate",
		"失败的模型调用 ÷ 模型调用。", "Calls of models that failed ÷ calls of models."},
	{"model_fallback_rate", 44, "", cost, down, ratio, share(meter.ModelFallback, meter.AIAnswer), "模型兜底率", "Model fallback rate",
		"改由内置方式作答的次数 ÷ AI 回答。", "Answers that fell back to the builtin composer ÷ AI answers."},
}

// risks are what was kept from happening.
var risks = []entry{
	{"quota_exhausted", 44, "", risk, down, count, sumOf(meter.QuotaExhausted), "平台配额耗尽", "Quota exhausted",
		"平台因配额用尽而拒发的次数。", "How often a platform refused a message because its quota was used up."},
	{"mask_hits", 44, "", risk, "", count, sumOf(meter.MaskHit), "脱敏次数", "Mask hits",
		"被遮盖的个人信息处数。", "Pieces of personal data that were masked."},
	{"policy_denials", 44, "", risk, "", count, sumOf(meter.PolicyDenied), "规则拒绝次数", "Policy denials",
		"规则拒绝的次数。", "Rulings that refused."},
}

package catalogue

import (
	"slices"

	"keliu/streams/meter"
	"keliu/streams/meter/outcome"
)

// The units.
const (
	count        = "count"
	ratio        = "ratio"
	seconds      = "seconds"
	milliseconds = "milliseconds"
	yuan         = "CNY"
)

// The groups in which metrics are shown.
const (
	volume       = "volume"
	resolution   = "resolution"
	service      = "service"
	queue        = "queue"
	satisfaction = "satisfaction"
	growth       = "growth"
	cost         = "cost"
	risk         = "risk"
)

// Which way is better.
const (
	up   = "up"
	down = "down"
)

// An entry is a metric in both languages.
type entry struct {
	key                        string
	row                        int // of the list of metrics that the trade knows
	group, good, unit          string
	formula                    formula
	zh, en                     string
	definitionZH, definitionEN string
}

// total counts points, or adds up what they carry.
func total(names ...string) []term { return terms(meter.Sum, names) }

// times counts the points of durations.
func times(names ...string) []term { return terms(meter.Count, names) }

func terms(s meter.Statistic, names []string) []term {
	all := make([]term, len(names))
	for i, name := range names {
		all[i] = term{name: name, statistic: s}
	}
	return all
}

func sumOf(name string) formula              { return formula{above: total(name)} }
func share(above, below string) formula      { return formula{above: total(above), below: total(below)} }
func of(s meter.Statistic, n string) formula { return formula{above: terms(s, []string{n})} }

// inSeconds is a statistic of a duration, whose points are in milliseconds.
func inSeconds(s meter.Statistic, name string) formula {
	return formula{above: terms(s, []string{name}), scale: 1e-3}
}

// waits counts the points of a name by how long somebody waited.
func waits(name string, how ...string) []term {
	all := make([]term, len(how))
	for i, reason := range how {
		all[i] = term{name, meter.Count, reason}
	}
	return all
}

// because counts the transfers for one reason among the sessions the AI took part in.
func because(reason string) formula {
	return formula{above: []term{{meter.Transfer, meter.Sum, reason}}, below: total(meter.SessionAI)}
}

// goal is how often a goal of service was met where it was due.
func goal(reason string) formula {
	return formula{above: []term{{outcome.GoalMet, meter.Sum, reason}}, below: []term{{outcome.GoalDue, meter.Sum, reason}}}
}

// backlog is the sessions open now, of an age.
func backlog(age string) formula {
	return formula{above: []term{{outcome.Backlog, meter.Last, age}}}
}

// entries are the metrics, in the order they are shown. Durations are calendar time, nights and holidays included; a
// metric counts in the minute in which what it counts happened.
var entries = []entry{
	{"sessions", 1, volume, "", count, sumOf(meter.SessionOpened), "会话量", "Sessions",
		"开启的会话数。一个会话是一个渠道里从开启到关闭的一段对话，自客户的第一条消息算起。",
		"Sessions opened. A session is one conversation between open and close in one channel, from the customer's first message."},
	{"new_customers", 0, volume, "", count, sumOf(meter.CustomerFirst), "新客户", "New customers",
		"第一次来访的客户所开启的会话数，同一客户只计一次。",
		"Sessions opened by customers never seen before; each customer counts once."},
	{"customer_messages", 0, volume, "", count, sumOf(meter.CustomerMessage), "客户消息量", "Customer messages",
		"客户发来的消息数。", "Messages that customers sent."},
	{"live_sessions", 3, volume, "", count, of(meter.Last, meter.LiveSessions), "并发会话", "Live sessions",
		"此刻开启的会话数，取时段内最后一次测得的值。", "Sessions open now: the latest reading in the range."},
	{"live_sessions_peak", 3, volume, "", count, of(meter.Max, meter.LiveSessions), "并发峰值", "Peak of live sessions",
		"时段内测得的最大并发会话数。", "The most sessions open at the same time among the readings in the range."},
	{"ai_involvement", 4, resolution, "", ratio, share(meter.SessionAI, meter.SessionOpened), "AI 参与率", "AI involvement rate",
		"AI 给出至少一次非问候回答的会话 ÷ 开启的会话。",
		"Sessions in which the AI gave at least one answer that is not a greeting ÷ sessions opened."},
	{"containment", 5, resolution, up, ratio, share(meter.SessionContained, meter.SessionClosedAI), "AI 独立接待率", "Containment",
		"AI 参与且从未分配给人工的会话 ÷ AI 参与的会话，都在关闭时计。不等于已解决。",
		"Sessions with AI never assigned to a person ÷ sessions with AI, both counted when they close. It does not mean resolved."},
	{"assumed_resolution", 6, resolution, up, ratio, share(outcome.Assumed, meter.SessionClosedAI), "推定解决率", "Assumed resolution",
		"AI 独立接待且 24 小时内没有再次求助的会话 ÷ AI 参与的会话。在关闭时即计入；客户 24 小时内在同一对话里再来，就从当时那一分钟扣回。",
		"Sessions contained and without a further request within 24 h ÷ sessions with AI. Counted when they close, and taken back in that same minute when the customer returns to the conversation within 24 h."},
	{"confirmed_resolution", 7, resolution, up, ratio, share(meter.SessionConfirmed, meter.SessionClosedAI), "确认解决率", "Confirmed resolution",
		"AI 独立接待且客户明确表示已解决的会话 ÷ AI 参与的会话，都在关闭时计。",
		"Sessions never assigned to a person in which the customer affirmed that it is solved ÷ sessions with AI, both counted when they close."},
	{"deflection", 9, resolution, up, ratio,
		formula{above: total(outcome.Unaided), below: total(outcome.Unaided, meter.SessionHuman)}, "人工分流率", "Deflection",
		"24 小时内没有转化为人工接待的自助会话 ÷（这些会话 + 人工接待的会话）。在关闭时即计入；24 小时内在同一对话里有人工接手，就从当时那一分钟扣回。",
		"Self-service sessions that led to no contact with a person within 24 h ÷ (those + sessions assigned to a person). Counted when they close, and taken back in that same minute when a person gets the conversation within 24 h."},
	{"net_self_service", 10, resolution, up, ratio,
		formula{above: total(meter.SessionContained), below: total(meter.SessionHuman, meter.SessionContained)}, "净自助解决率", "Net self-service rate",
		"仅机器人接待的会话 ÷（转到人工的会话，无论直接还是咨询后 + 仅机器人接待的会话）。",
		"Bot-only sessions ÷ (sessions that went to a person, directly or after consulting the bot + bot-only sessions)."},
	{"transfer_rate", 11, resolution, down, ratio, share(meter.Transfer, meter.SessionAI), "转人工率", "Transfer rate",
		"由 AI 转向人工的次数 ÷ AI 参与的会话。", "Moves from the AI towards a person ÷ sessions with AI."},
	{"transfer_rate_asked", 11, resolution, down, ratio, because("asked"), "转人工率：客户要求", "Transfer rate: asked",
		"其中，因客户要求人工。", "Of the transfers, those because the customer asked for a person."},
	{"transfer_rate_emotion", 11, resolution, down, ratio, because("emotion"), "转人工率：情绪", "Transfer rate: emotion",
		"其中，因客户愤怒或难过。", "Of the transfers, those because of anger or distress."},
	{"transfer_rate_failed", 11, resolution, down, ratio, because("failed"), "转人工率：多次未解决", "Transfer rate: failed turns",
		"其中，因连续三轮没有帮上忙。", "Of the transfers, those because three turns in a row did not help."},
	{"transfer_rate_policy", 11, resolution, down, ratio, because("policy"), "转人工率：规则要求", "Transfer rate: policy",
		"其中，因规则要求由人决定。", "Of the transfers, those because a rule wants a person to decide."},
	{"transfer_rate_error", 11, resolution, down, ratio, because("error"), "转人工率：系统异常", "Transfer rate: error",
		"其中，因回答所需的系统发生故障。", "Of the transfers, those because something the answer needs was out of order."},
	{"transfer_rate_risk", 11, resolution, down, ratio, because("risk"), "转人工率：投诉风险", "Transfer rate: complaint risk",
		"其中，因投诉可能升级到外部。", "Of the transfers, those because a complaint may go outside."},
	{"human_request_honour_p90", 12, service, down, seconds, inSeconds(meter.P90, meter.HumanAsked), "人工请求响应时长 P90", "Human-request honour time, p90",
		"客户第一次明确要求人工 → 接通人工或告知排队位置，九成不超过。自然时间。",
		"First explicit request for a person → connected or told the place in the queue; nine in ten take no longer. Calendar time."},
	{"knowledge_hit", 13, resolution, up, ratio, share(meter.AICited, meter.AIAnswer), "知识命中率", "Knowledge hit rate",
		"引用了至少一段知识的 AI 回答 ÷ AI 回答。", "AI answers with at least one cited passage ÷ AI answers."},
	{"unanswered", 16, resolution, down, ratio, share(meter.Unanswered, meter.QuestionAsked), "未答率", "Unanswered rate",
		"拒答或无命中的提问 ÷ 提问。", "Questions declined or without a hit ÷ questions."},
	{"first_reply_human_p50", 17, service, down, seconds, inSeconds(meter.P50, meter.FirstReplyHuman), "人工首次响应 P50", "First reply by a person, p50",
		"客户第一条消息 → 人工的第一次回复（AI 的回复不停表），半数不超过。自然时间。",
		"First inbound → first reply by a person, the AI does not stop the clock; half take no longer. Calendar time."},
	{"first_reply_human_p90", 17, service, down, seconds, inSeconds(meter.P90, meter.FirstReplyHuman), "人工首次响应 P90", "First reply by a person, p90",
		"同上，九成不超过。", "The same; nine in ten take no longer."},
	{"first_reply_human_mean", 17, service, down, seconds, inSeconds(meter.Mean, meter.FirstReplyHuman), "人工首次响应均值", "First reply by a person, mean",
		"同上，平均值。", "The same; the mean."},
	{"first_reply_p50", 18, service, down, seconds, inSeconds(meter.P50, meter.FirstReplyAny), "首次响应 P50", "First reply by anyone, p50",
		"客户第一条消息 → 任何一方的第一次非问候回复，半数不超过。自然时间。",
		"First inbound → first reply by anyone that is not a greeting; half take no longer. Calendar time."},
	{"first_reply_p90", 18, service, down, seconds, inSeconds(meter.P90, meter.FirstReplyAny), "首次响应 P90", "First reply by anyone, p90",
		"同上，九成不超过。", "The same; nine in ten take no longer."},
	{"first_token_p50", 19, service, down, milliseconds, of(meter.P50, meter.FirstToken), "首字时间 P50", "Time to first token, p50",
		"收到消息 → 回答的第一个字节，半数不超过。自然时间。", "Message received → first byte of the answer; half take no longer. Calendar time."},
	{"first_token_p95", 19, service, down, milliseconds, of(meter.P95, meter.FirstToken), "首字时间 P95", "Time to first token, p95",
		"同上，95% 不超过。", "The same; 95 % take no longer."},
	{"next_reply_p50", 20, service, down, seconds, inSeconds(meter.P50, meter.NextReply), "后续响应 P50", "Next reply, p50",
		"客户的每一条消息 → 下一次回复，半数不超过。自然时间。", "Each customer message → next reply; half take no longer. Calendar time."},
	{"next_reply_p90", 20, service, down, seconds, inSeconds(meter.P90, meter.NextReply), "后续响应 P90", "Next reply, p90",
		"同上，九成不超过。", "The same; nine in ten take no longer."},
	{"requester_wait_mean", 28, service, down, seconds,
		formula{total(meter.NextReply), times(meter.SessionClosed), 1e-3}, "客户累计等待", "Requester wait, mean",
		"客户等我方回复的时间总和 ÷ 关闭的会话；等客户回话的时间不计。自然时间。",
		"All the time that customers waited for our replies ÷ sessions closed; time in which we waited for them does not count. Calendar time."},
	{"queue_wait_mean", 21, queue, down, seconds,
		formula{total(meter.QueueAccepted, meter.QueueLeft), times(meter.QueueAccepted, meter.QueueLeft), 1e-3}, "平均排队时长", "Queue wait, mean",
		"进入排队 → 被接起或离开，平均值。自然时间。", "Entered the queue → accepted or left; the mean. Calendar time."},
	{"queue_wait_accepted_p90", 21, queue, down, seconds, inSeconds(meter.P90, meter.QueueAccepted), "接起前排队时长 P90", "Queue wait until accepted, p90",
		"进入排队 → 被人工接起，九成不超过；不含离开者。自然时间。",
		"Entered the queue → accepted by a person, without those who left; nine in ten take no longer. Calendar time."},
	{"queue_length", 22, queue, down, count, of(meter.Last, meter.QueueLength), "排队人数", "Queue length",
		"此刻排队的客户数，取时段内最后一次测得的值。", "Customers waiting now: the latest reading in the range."},
	{"queue_oldest", 22, queue, down, seconds, inSeconds(meter.Last, meter.QueueOldest), "最长等待", "Oldest wait",
		"此刻排队最久的客户已等待的时间，取时段内最后一次测得的值。自然时间。",
		"How long the customer who waits longest has waited: the latest reading in the range. Calendar time."},
	{"queue_left", 23, queue, down, ratio,
		formula{above: times(meter.QueueLeft), below: total(meter.QueueEntered)}, "排队离开率（含短放弃）", "Left the queue, short abandons included",
		"接起前离开排队的次数 ÷ 进入排队的次数。5 秒内离开的也计入，因此不低于剔除短放弃的放弃率。",
		"Left the queue before being accepted ÷ entered. Leaving within 5 s counts, so this is no lower than abandonment without short abandons."},
	{"abandonment", 23, queue, down, ratio, formula{
		above: waits(meter.QueueLeft, meter.WaitedGood, meter.WaitedLong),
		below: slices.Concat(times(meter.QueueAccepted), waits(meter.QueueLeft, meter.WaitedGood, meter.WaitedLong)),
	}, "放弃率", "Abandonment",
		"接起前离开排队 ÷（接起 + 接起前离开），都在等待结束时计。5 秒内离开的短放弃不计入，另见排队离开率。",
		"Left the queue before being accepted ÷ (accepted + left before), counted when the wait ends. Short abandons, within 5 s, are left out; queue_left shows them."},
	{"service_level", 24, queue, up, ratio, formula{
		above: waits(meter.QueueAccepted, meter.WaitedShort, meter.WaitedGood),
		below: slices.Concat(times(meter.QueueAccepted), waits(meter.QueueLeft, meter.WaitedLong)),
	}, "20 秒服务水平", "Service level, 20 s",
		"20 秒内接起 ÷（接起 + 等待超过 20 秒后放弃）。日历时间。",
		"Accepted within 20 s ÷ (accepted + left after more than 20 s). Calendar time."},
	{"handle_time_mean", 26, service, down, seconds, inSeconds(meter.Mean, meter.HandleTime), "平均处理时长", "Average handle time",
		"人工接起 → 关闭或交还 AI，平均值；不扣除同时处理的会话。自然时间。",
		"Accepted by a person → closed or handed back, the mean; not adjusted for concurrent sessions. Calendar time."},
	{"occupancy", 31, service, "", ratio, share(outcome.Busy, outcome.Available), "占用率", "Occupancy",
		"客服在线且至少有一个会话在手的时间 ÷ 在线的时间；按分钟采样。",
		"Time that the staff were online with at least one session ÷ time online; sampled by the minute."},
	{"utilisation", 31, service, "", ratio, share(outcome.Available, outcome.LoggedIn), "利用率", "Utilisation",
		"客服在线的时间 ÷ 在线或小休的时间；按分钟采样。",
		"Time that the staff were online ÷ time online or away; sampled by the minute."},
	{"concurrency", 32, service, "", count, share(outcome.Holding, outcome.Available), "人均同时接待", "Concurrency",
		"在线客服同时接待的会话数，按在线时间平均；按分钟采样。",
		"Sessions that one of the staff has at the same time, the mean over the time online; sampled by the minute."},
	{"resolution_time_p50", 27, service, down, seconds, inSeconds(meter.P50, meter.SessionClosed), "解决时长 P50", "Resolution time, p50",
		"会话开启 → 关闭，半数不超过。自然时间。", "Session open → close; half take no longer. Calendar time."},
	{"resolution_time_p90", 27, service, down, seconds, inSeconds(meter.P90, meter.SessionClosed), "解决时长 P90", "Resolution time, p90",
		"同上，九成不超过。", "The same; nine in ten take no longer."},
	{"first_contact", 29, resolution, up, ratio, share(outcome.Once, outcome.Resolved), "一次解决率", "First-contact resolution",
		"解决后 7 天内同一意图没有再次求助的会话 ÷ 解决的会话（AI 独立接待、客户确认，或人工以已解决关闭）。在关闭时即计入；7 天内在同一对话里为同一意图再来，就从当时那一分钟扣回。",
		"Sessions resolved without a repeat contact on the same intent within 7 days ÷ sessions resolved: contained, affirmed by the customer, or closed as solved by a person. Counted when they close, and taken back in that same minute on a repeat in the conversation."},
	{"reopen_rate", 30, resolution, down, ratio, formula{above: total(meter.SessionReopened), below: times(meter.SessionClosed)}, "重开率", "Reopen rate",
		"重新开启的会话 ÷ 关闭的会话。", "Conversations taken up again after closing ÷ sessions closed."},
	{"sla_attainment", 33, service, up, ratio, share(outcome.GoalMet, outcome.GoalDue), "SLA 达成率", "SLA attainment",
		"达成的服务目标 ÷ 到期的服务目标，在会话关闭时计，三类合计。", "Goals of service met ÷ goals due, counted when sessions close; the three kinds together."},
	{"sla_first_reply", 33, service, up, ratio, goal(outcome.FirstReply), "SLA：首次响应", "SLA: first reply",
		"其中，1 分钟内有非问候的首次回复。自然时间。", "Of these, the first reply that is not a greeting within 1 minute. Calendar time."},
	{"sla_person", 33, service, up, ratio, goal(outcome.Person), "SLA：人工响应", "SLA: a person",
		"其中，要求人工后 3 分钟内有人工回复。自然时间。", "Of these, a reply by a person within 3 minutes of asking for one. Calendar time."},
	{"sla_closing", 33, service, up, ratio, goal(outcome.Closing), "SLA：关闭", "SLA: closing",
		"其中，开启后 24 小时内关闭。自然时间。", "Of these, closed within 24 hours of opening. Calendar time."},
	{"backlog_under_hour", 34, volume, "", count, backlog(outcome.UnderHour), "未结：1 小时内", "Backlog: under an hour",
		"此刻开启、不满 1 小时的会话，取时段内最后一次测得的值。", "Sessions open now for less than an hour: the latest reading in the range."},
	{"backlog_under_day", 34, volume, down, count, backlog(outcome.UnderDay), "未结：1 至 24 小时", "Backlog: an hour to a day",
		"此刻开启、1 至 24 小时的会话，取时段内最后一次测得的值。", "Sessions open now for an hour to a day: the latest reading in the range."},
	{"backlog_older", 34, volume, down, count, backlog(outcome.Older), "未结：超过 24 小时", "Backlog: older than a day",
		"此刻开启、超过 24 小时的会话，取时段内最后一次测得的值。", "Sessions open now for more than a day: the latest reading in the range."},
	{"negative_share", 39, satisfaction, down, ratio, formula{above: total(meter.SessionNegative), below: times(meter.SessionClosed)}, "负面情绪占比", "Negative share",
		"情绪最低点为负面的会话 ÷ 关闭的会话。", "Sessions negative at their worst ÷ sessions closed."},
	{"emotion_recovery", 39, satisfaction, up, ratio, share(meter.SessionRecovered, meter.SessionNegative), "情绪恢复率", "Emotion recovery rate",
		"最低点为负面、结束时中性或更好的会话 ÷ 最低点为负面的会话。",
		"Sessions negative at their worst that ended neutral or better ÷ sessions negative at their worst."},
	{"callbacks_left", 42, growth, up, count, sumOf(meter.CallbackLeft), "留下回电号码", "Callback numbers left",
		"客户留下回电号码的次数。", "How often a customer left a number to be called at."},
	{"callback_rate", 42, growth, up, ratio, share(meter.CallbackLeft, meter.SessionOpened), "留号率（会话）", "Contact left per session",
		"留下回电号码的次数 ÷ 开启的会话，即开口的访客。", "Callback numbers left ÷ sessions opened, that is, visitors who spoke."},
	{"lead_answer_rate", 42, growth, up, ratio, share(meter.LeadAnswered, meter.LeadReached), "开口率（触达）", "Answer rate of those reached",
		"首次回话的人 ÷ 首次触达的人，都在发生时计。", "People who answered for the first time ÷ people reached for the first time, each when it happens."},
	{"lead_capture_spoke", 42, growth, up, ratio, share(meter.LeadContact, meter.LeadAnswered), "留资率（÷ 开口）", "Lead capture ÷ spoke",
		"首次留下联系方式的人 ÷ 首次开口的人。", "People who left a way to be reached ÷ people who spoke."},
	{"lead_capture_reached", 42, growth, up, ratio, share(meter.LeadContact, meter.LeadReached), "留资率（÷ 触达）", "Lead capture ÷ reached",
		"首次留下联系方式的人 ÷ 首次触达的人。", "People who left a way to be reached ÷ people reached."},
	{"comments_matched", 43, growth, up, ratio, share(meter.CommentMatched, meter.Comment), "评论命中率", "Comments matched",
		"命中规则的评论 ÷ 评论。", "Comments in which a rule found something ÷ comments."},
	{"leads_reached", 43, growth, up, count, sumOf(meter.LeadReached), "触达线索", "Leads reached",
		"平台首次接受我方对其发言的人数。", "People to whom a platform took something that we said, for the first time."},
	{"leads_won", 43, growth, up, count, sumOf(meter.LeadWon), "成交线索", "Leads won",
		"首次成交的人数。", "People who bought for the first time."},
	{"lead_win_rate", 43, growth, up, ratio, share(meter.LeadWon, meter.LeadContact), "线索成交率", "Win rate of leads",
		"首次成交的人 ÷ 首次留下联系方式的人。", "People who bought for the first time ÷ people who left a way to be reached for the first time."},
	{"suggestions_used", 0, service, up, ratio,
		formula{above: total(meter.SuggestionAccepted, meter.SuggestionEdited), below: total(meter.SuggestionShown)}, "建议采用率", "Suggestions used",
		"客服原样或修改后发出的 AI 建议 ÷ AI 建议。", "Suggestions of the AI that the staff sent, as they were or changed ÷ suggestions."},
	{"model_tokens", 44, cost, down, count, sumOf(meter.ModelTokens), "模型 token", "Model tokens",
		"模型输入与输出的 token 总数。", "Tokens into and out of models."},
	{"model_cost", 44, cost, down, yuan, formula{above: total(meter.ModelCost), scale: 1e-6}, "模型费用", "Model cost",
		"按配置的单价计算的模型调用费用。", "What the calls of models cost at the prices configured."},
	{"cost_per_session", 44, cost, down, yuan, formula{total(meter.ModelCost), total(meter.SessionOpened), 1e-6}, "每会话费用", "Cost per session",
		"模型费用 ÷ 开启的会话。", "Model cost ÷ sessions opened."},
	{"model_latency_p95", 44, cost, down, milliseconds, of(meter.P95, meter.ModelCall), "模型时延 P95", "Model latency, p95",
		"一次模型调用的时长，95% 不超过。自然时间。", "How long a call of a model takes; 95 % take no longer. Calendar time."},
	{"model_error_rate", 44, cost, down, ratio, formula{above: total(meter.ModelError), below: times(meter.ModelCall)}, "模型错误率", "Model error rate",
		"失败的模型调用 ÷ 模型调用。", "Calls of models that failed ÷ calls of models."},
	{"model_fallback_rate", 44, cost, down, ratio, share(meter.ModelFallback, meter.AIAnswer), "模型兜底率", "Model fallback rate",
		"改由内置方式作答的次数 ÷ AI 回答。", "Answers that fell back to the builtin composer ÷ AI answers."},
	{"quota_exhausted", 44, risk, down, count, sumOf(meter.QuotaExhausted), "平台配额耗尽", "Quota exhausted",
		"平台因配额用尽而拒发的次数。", "How often a platform refused a message because its quota was used up."},
	{"mask_hits", 44, risk, "", count, sumOf(meter.MaskHit), "脱敏次数", "Mask hits",
		"被遮盖的个人信息处数。", "Pieces of personal data that were masked."},
	{"policy_denials", 44, risk, "", count, sumOf(meter.PolicyDenied), "规则拒绝次数", "Policy denials",
		"规则拒绝的次数。", "Rulings that refused."},
}

package catalogue

import (
	"slices"

	"keliu/streams/meter"
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
	{"confirmed_resolution", 7, resolution, up, ratio, share(meter.SessionConfirmed, meter.SessionClosedAI), "确认解决率", "Confirmed resolution",
		"客户明确表示已解决的 AI 参与会话 ÷ AI 参与的会话，都在关闭时计。",
		"Sessions with AI in which the customer affirmed that it is solved ÷ sessions with AI, both counted when they close."},
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
	{"resolution_time_p50", 27, service, down, seconds, inSeconds(meter.P50, meter.SessionClosed), "解决时长 P50", "Resolution time, p50",
		"会话开启 → 关闭，半数不超过。自然时间。", "Session open → close; half take no longer. Calendar time."},
	{"resolution_time_p90", 27, service, down, seconds, inSeconds(meter.P90, meter.SessionClosed), "解决时长 P90", "Resolution time, p90",
		"同上，九成不超过。", "The same; nine in ten take no longer."},
	{"reopen_rate", 30, resolution, down, ratio, formula{above: total(meter.SessionReopened), below: times(meter.SessionClosed)}, "重开率", "Reopen rate",
		"重新开启的会话 ÷ 关闭的会话。", "Conversations taken up again after closing ÷ sessions closed."},
	{"negative_share", 39, satisfaction, down, ratio, formula{above: total(meter.SessionNegative), below: times(meter.SessionClosed)}, "负面情绪占比", "Negative share",
		"情绪最低点为负面的会话 ÷ 关闭的会话。", "Sessions negative at their worst ÷ sessions closed."},
	{"emotion_recovery", 39, satisfaction, up, ratio, share(meter.SessionRecovered, meter.SessionNegative), "情绪恢复率", "Emotion recovery rate",
		"最低点为负面、结束时中性或更好的会话 ÷ 最低点为负面的会话。",
		"Sessions negative at their worst that ended neutral or better ÷ sessions negative at their worst."},
	{"callbacks_left", 42, growth, up, count, sumOf(meter.CallbackLeft), "留下回电号码", "Callback numbers left",
		"客户留下回电号码的次数。", "How often a customer left a number to be called at."},
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
	{"mask_hits", 44, risk, "", count, sumOf(meter.MaskHit), "脱敏次数", "Mask hits",
		"被遮盖的个人信息处数。", "Pieces of personal data that were masked."},
	{"policy_denials", 44, risk, "", count, sumOf(meter.PolicyDenied), "规则拒绝次数", "Policy denials",
		"规则拒绝的次数。", "Rulings that refused."},
}

package catalogue

import (
	"slices"

	"keliu/streams/meter"
	"keliu/streams/meter/outcome"
)

// services are how the staff serve, beside the durations.
var services = []entry{
	{"requester_wait_mean", 28, "", service, down, seconds,
		formula{total(meter.NextReply), times(meter.SessionClosed), 1e-3}, "客户累计等待", "Requester wait, mean",
		"客户等我方回复的时间总和 ÷ 关闭的会话；等客户回话的时间不计。自然时间。",
		"All the time that customers waited for our replies ÷ sessions closed; time in which we waited for them does not count. Calendar time."},
	{"agent_work_mean", 28, "requester_wait_mean", service, down, seconds, formula{total(meter.HandleTime), times(meter.SessionClosed), 1e-3}, "坐席累计工作", "Agent work time, mean",
		"人工手上有会话的时间总和 ÷ 关闭的会话，没有人工参与的会话也在分母里。自然时间。",
		"All the time that people had sessions ÷ sessions closed, those without a person included. Calendar time."},
	{"handle_time_mean", 26, "", service, down, seconds, formula{total(meter.HandleTime), total(outcome.Assisted), 1e-3}, "平均处理时长 AHT", "Average handle time",
		"人工接起 → 关闭、转出或交还 AI 的时间总和 ÷ 人工接待过的会话（关闭时计）；同时处理的会话各自计满。自然时间。",
		"All the time from accepting until closing, passing on or handing back ÷ sessions that a person had, counted when they close; sessions handled at the same time each count in full. Calendar time."},
	{"handle_time_adjusted", 26, "handle_time_mean", service, down, seconds, formula{total(outcome.Busy), total(outcome.Assisted), 1e-3}, "处理时长：并发折算", "Handle time, concurrency-adjusted",
		"在线客服手上至少有一个会话的时间 ÷ 人工接待过的会话：同时处理多个会话时，同一分钟只算一次；按分钟采样。",
		"Time in which staff online had at least one session ÷ sessions that a person had: a minute in which several are handled counts once; sampled by the minute."},
	{"handle_time_p50", 26, "handle_time_mean", service, down, seconds, inSeconds(meter.P50, meter.HandleTime), "单次接待 P50", "One handling, p50",
		"一位客服接起 → 关闭、转出或交还，半数不超过。自然时间。", "Accepted by one person → closed, passed on or handed back; half take no longer. Calendar time."},
	{"handle_time_p90", 26, "handle_time_mean", service, down, seconds, inSeconds(meter.P90, meter.HandleTime), "单次接待 P90", "One handling, p90",
		"同上，九成不超过。", "The same; nine in ten take no longer."},
	{"occupancy", 31, "", service, "", ratio, share(outcome.Busy, outcome.Available), "占用率", "Occupancy",
		"客服在线且至少有一个会话在手的时间 ÷ 在线的时间；按分钟采样。",
		"Time that the staff were online with at least one session ÷ time online; sampled by the minute."},
	{"utilisation", 31, "occupancy", service, "", ratio, share(outcome.Available, outcome.LoggedIn), "利用率", "Utilisation",
		"客服在线的时间 ÷ 在线或小休的时间；按分钟采样。",
		"Time that the staff were online ÷ time online or away; sampled by the minute."},
	{"concurrency", 32, "", service, "", count, share(outcome.Holding, outcome.Available), "人均同时接待", "Concurrency",
		"在线客服同时接待的会话数，按在线时间平均；按分钟采样。",
		"Sessions that one of the staff has at the same time, the mean over the time online; sampled by the minute."},
	{"sla_attainment", 33, "", service, up, ratio, share(outcome.GoalMet, outcome.GoalDue), "SLA 达成率", "SLA attainment",
		"达成的服务目标 ÷ 到期的服务目标，在会话关闭时计，三类合计。", "Goals of service met ÷ goals due, counted when sessions close; the three kinds together."},
	{"sla_first_reply", 33, "sla_attainment", service, up, ratio, goal(outcome.FirstReply), "SLA：首次响应", "SLA: first reply",
		"其中，1 分钟内有非问候的首次回复。自然时间。", "Of these, the first reply that is not a greeting within 1 minute. Calendar time."},
	{"sla_person", 33, "sla_attainment", service, up, ratio, goal(outcome.Person), "SLA：人工响应", "SLA: a person",
		"其中，要求人工后 3 分钟内有人工回复。自然时间。", "Of these, a reply by a person within 3 minutes of asking for one. Calendar time."},
	{"sla_closing", 33, "sla_attainment", service, up, ratio, goal(outcome.Closing), "SLA：关闭", "SLA: closing",
		"其中，开启后 24 小时内关闭。自然时间。", "Of these, closed within 24 hours of opening. Calendar time."},
	{"suggestions_used", 0, "", service, up, ratio,
		formula{above: total(meter.SuggestionAccepted, meter.SuggestionEdited), below: total(meter.SuggestionShown)}, "建议采用率", "Suggestions used",
		"客服原样或修改后发出的 AI 建议 ÷ AI 建议。", "Suggestions of the AI that the staff sent, as they were or changed ÷ suggestions."},
}

// queues are how long customers wait for a person, and who does not.
var queues = []entry{
	{"queue_length", 22, "", queue, down, count, of(meter.Last, meter.QueueLength), "排队人数", "Queue length",
		"此刻排队的客户数，取时段内最后一次测得的值。", "Customers waiting now: the latest reading in the range."},
	{"queue_oldest", 22, "", queue, down, seconds, inSeconds(meter.Last, meter.QueueOldest), "最长等待", "Oldest wait",
		"此刻排队最久的客户已等待的时间，取时段内最后一次测得的值。自然时间。",
		"How long the customer who waits longest has waited: the latest reading in the range. Calendar time."},
	{"queue_wait_accepted_p90", 21, "queue_wait_p50", queue, down, seconds, inSeconds(meter.P90, meter.QueueAccepted), "接起前排队时长 P90", "Queue wait until accepted, p90",
		"进入排队 → 被人工接起，九成不超过；不含离开者。自然时间。",
		"Entered the queue → accepted by a person, without those who left; nine in ten take no longer. Calendar time."},
	{"service_level", 24, "", queue, up, ratio, formula{
		above: waits(meter.QueueAccepted, meter.WaitedShort, meter.WaitedGood),
		below: slices.Concat(times(meter.QueueAccepted), waits(meter.QueueLeft, meter.WaitedLong)),
	}, "20 秒服务水平", "Service level, 20 s",
		"20 秒内接起 ÷（接起 + 等待超过 20 秒后放弃）。日历时间。",
		"Accepted within 20 s ÷ (accepted + left after more than 20 s). Calendar time."},
	{"abandonment", 23, "", queue, down, ratio, formula{
		above: waits(meter.QueueLeft, meter.WaitedGood, meter.WaitedLong),
		below: append(total(meter.QueueEntered), less(meter.QueueLeft, meter.WaitedShort)),
	}, "放弃率", "Abandonment",
		"接起前离开排队的次数 ÷ 进入排队的次数，5 秒内离开的短放弃从两边剔除，另列为短放弃率。",
		"Left the queue before being accepted ÷ entered the queue; short abandons, within 5 s, are taken off both and shown by themselves."},
	{"short_abandonment", 23, "abandonment", queue, "", ratio,
		formula{above: waits(meter.QueueLeft, meter.WaitedShort), below: total(meter.QueueEntered)}, "短放弃率", "Short abandons",
		"5 秒内离开排队的次数 ÷ 进入排队的次数。", "Left the queue within 5 s ÷ entered."},
	{"queue_left", 23, "abandonment", queue, down, ratio,
		formula{above: times(meter.QueueLeft), below: total(meter.QueueEntered)}, "排队离开率（含短放弃）", "Left the queue, short abandons included",
		"接起前离开排队的次数 ÷ 进入排队的次数，5 秒内离开的也计入。", "Left the queue before being accepted ÷ entered; leaving within 5 s counts, too."},
}

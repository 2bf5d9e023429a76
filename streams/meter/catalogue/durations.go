package catalogue

import (
	"keliu/streams/meter"
	"keliu/streams/meter/outcome"
)

// A lasting is a duration of which the metrics are the median, what nine in ten stay below, and the mean.
type lasting struct {
	key         string // the metrics' without what says which they are
	row         int
	group, unit string
	point       string
	worktime    bool // by the hours of the company, too
	zh, en      string
	sayZH       string // how it is defined
	sayEN       string
	also        []tail
}

// A tail is another statistic of a lasting.
type tail struct {
	key, zh, en  string
	statistic    meter.Statistic
	sayZH, sayEN string
}

var tails = []tail{
	{"p50", " P50", ", p50", meter.P50, "半数不超过", "half take no longer"},
	{"p90", " P90", ", p90", meter.P90, "九成不超过", "nine in ten take no longer"},
	{"mean", "均值", ", mean", meter.Mean, "平均值", "the mean"},
}

// entries are the metrics of the lasting. The first stands for all.
func (l lasting) entries() []entry {
	all := l.clock(l.key, l.point, l.zh, l.en, "自然时间。", "Calendar time.")
	if l.worktime {
		all = append(all, l.clock(l.key+"_work", outcome.Worktime(l.point), l.zh+"·工作时间", l.en+" in working hours",
			"只计公司上班的时间。", "Only the hours of the company count.")...)
	}
	for i := range all[1:] {
		all[1+i].of = all[0].key
	}
	return all
}

// clock are the metrics by one clock.
func (l lasting) clock(key, point, zh, en, clockZH, clockEN string) (all []entry) {
	for _, t := range append(tails[:len(tails):len(tails)], l.also...) {
		e := entry{
			key: key + "_" + t.key, row: l.row, group: l.group, good: down, unit: l.unit, zh: zh + t.zh, en: en + t.en,
			definitionZH: l.sayZH + "，" + t.sayZH + "。" + clockZH, definitionEN: l.sayEN + "; " + t.sayEN + ". " + clockEN,
		}
		if e.formula = of(t.statistic, point); l.unit == seconds {
			e.formula.scale = 1e-3 // points are in milliseconds
		}
		all = append(all, e)
	}
	return all
}

// lastings are the durations, in the order they are shown.
var lastings = []lasting{
	{key: "first_reply_human", row: 17, group: service, unit: seconds, point: meter.FirstReplyHuman, worktime: true,
		zh: "人工首次响应", en: "First reply by a person",
		sayZH: "客户第一条消息 → 人工的第一次回复（AI 的回复不停表）", sayEN: "First inbound → first reply by a person; the AI does not stop the clock"},
	{key: "first_reply", row: 18, group: service, unit: seconds, point: meter.FirstReplyAny, worktime: true,
		zh: "首次响应", en: "First reply by anyone",
		sayZH: "客户第一条消息 → 任何一方的第一次非问候回复", sayEN: "First inbound → first reply by anyone that is not a greeting"},
	{key: "next_reply", row: 20, group: service, unit: seconds, point: meter.NextReply, worktime: true,
		zh: "后续响应", en: "Next reply",
		sayZH: "客户的每一条消息 → 下一次回复，连发几条时自第一条起算", sayEN: "Each customer message → next reply, of several in a row from the first"},
	{key: "human_request_honour", row: 12, group: service, unit: seconds, point: meter.HumanAsked,
		zh: "人工请求响应", en: "Human-request honour time",
		sayZH: "客户第一次明确要求人工 → 接通人工或告知排队位置", sayEN: "First explicit request for a person → connected, or told the place in the queue"},
	{key: "resolution_time", row: 27, group: service, unit: seconds, point: meter.SessionClosed, worktime: true,
		zh: "解决时长", en: "Resolution time",
		sayZH: "会话开启 → 最终关闭", sayEN: "Session open → final close"},
	{key: "first_token", row: 19, group: service, unit: milliseconds, point: meter.FirstToken,
		zh: "首字时间", en: "Time to first token",
		sayZH: "收到消息 → 回答的第一个字节", sayEN: "Message received → first byte of the answer",
		also: []tail{{"p95", " P95", ", p95", meter.P95, "95% 不超过", "95 % take no longer"}}},
	{key: "queue_wait", row: 21, group: queue, unit: seconds, point: outcome.QueueWait, worktime: true,
		zh: "排队时长", en: "Queue wait",
		sayZH: "进入排队 → 被接起或离开", sayEN: "Entered the queue → accepted or left"},
}

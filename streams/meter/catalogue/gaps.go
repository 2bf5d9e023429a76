package catalogue

import "keliu/streams/desk"

// A Gap is a row of the trade's list that is not measured, or not all of it, in one language.
type Gap struct {
	Row  int    `json:"row"`
	Name string `json:"name"`
	Why  string `json:"why"`
}

// Gaps returns what of the list is not measured yet, and why.
func Gaps(lang desk.Lang) []Gap {
	all := make([]Gap, len(gaps))
	for i, g := range gaps {
		all[i] = Gap{g.row, g.zh, g.whyZH}
		if lang == desk.English {
			all[i] = Gap{g.row, g.en, g.whyEN}
		}
	}
	return all
}

// gaps are in the order of the list.
var gaps = []struct {
	row          int
	zh, en       string
	whyZH, whyEN string
}{
	{8, "核实解决率", "Verified resolution", "还没有评判模型来核实客户的需求是否被满足。", "No judge verifies yet that the need was met."},
	{14, "回答准确率", "Answer accuracy", "还没有评判模型逐条评估回答。", "No judge evaluates answers yet."},
	{15, "有据率", "Groundedness", "还没有评判模型核对回答中的论断与引用。", "No judge holds claims against their sources yet."},
	{25, "接单率", "Accept rate", "会话直接分配给坐席，没有可接受或拒绝的派单。", "Sessions are assigned, not offered: there is nothing to accept or decline."},
	{35, "满意度 CSAT", "CSAT", "会话结束后还不发放满意度调查。", "Customers are not surveyed after a session yet."},
	{36, "净推荐值 NPS", "NPS", "还不发放调查。", "Customers are not surveyed yet."},
	{37, "费力度 CES", "CES", "还不发放调查。", "Customers are not surveyed yet."},
	{38, "预测满意度", "Predicted CSAT", "还没有模型为会话预测满意度。", "No model predicts satisfaction yet."},
	{40, "质检覆盖与合格率", "QA coverage and pass rate", "会话还没有质检评分。", "Sessions are not inspected and scored yet."},
	{41, "投诉风险预警", "Complaint-risk warnings", "预警还没有人工确认的结论可对照。", "Warnings are not yet confirmed or dismissed by people."},
	{43, "每条合格线索成本", "Cost per qualified lead", "还没有接入广告花费与归因收入；触达到成交的各阶段已在上方。", "Spend and attributed revenue are not connected; the stages from reached to won are above."},
	{44, "可用性与消息丢失", "Availability and message loss", "由压测与监控给出，不在会话记录中；其余成本与可靠性指标已在上方。", "Told by load tests and monitoring, not by records of sessions; the rest of cost and reliability is above."},
}

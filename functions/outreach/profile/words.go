package profile

import (
	"fmt"
	"strings"

	"keliu/functions/store/leads"
	"keliu/streams/desk"
	"keliu/streams/score/lead"
)

// mostWords is how many of somebody's words a sentence repeats.
const mostWords = 4

// did is what people do beside commenting, Chinese and English.
var did = map[string][2]string{
	string(desk.Entered):    {"打开过私信", "Opened the direct messages"},
	string(desk.Wrote):      {"主动发来私信", "Wrote a direct message"},
	string(desk.Authorised): {"同意接收主动私信", "Agreed to be written to"},
	string(desk.Contacted):  {"留下了联系方式", "Left a way to be reached"},
	string(desk.Won):        {"已经下单", "Bought"},
	string(desk.Lost):       {"明确表示不买", "Said they will not buy"},
}

// Sentence says a reason of a score in words.
func Sentence(r leads.Reason, lang desk.Lang) string {
	if lang == desk.English {
		return english(r)
	}
	switch said := quoted(r.Words, "（", "、", "）"); r.Kind {
	case "rule":
		return fmt.Sprintf("命中规则“%s”%s", r.Name, said)
	case "intent":
		return "购买意向：" + lead.Name(r.Detail, lang) + said
	case "decay":
		return "时间久了，每过 7 天分量减半"
	case "limit":
		return "分数以 0 到 100 为限"
	}
	return did[r.Detail][0]
}

func english(r leads.Reason) string {
	switch said := quoted(r.Words, " (", ", ", ")"); r.Kind {
	case "rule":
		return fmt.Sprintf("Matched the rule “%s”%s", r.Name, said)
	case "intent":
		return "Sounds like a buyer: " + lead.Name(r.Detail, desk.English) + said
	case "decay":
		return "Time passes: every 7 days it counts half as much"
	case "limit":
		return "Scores end at 0 and 100"
	}
	return did[r.Detail][1]
}

// quoted repeats words behind a sentence.
func quoted(words []string, before, between, after string) string {
	if len(words) == 0 {
		return ""
	}
	if len(words) > mostWords {
		words = append(words[:mostWords:mostWords], "…")
	}
	return before + strings.Join(words, between) + after
}

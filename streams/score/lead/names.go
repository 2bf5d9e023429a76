package lead

import "keliu/streams/desk"

// names are what the wordings of the lexicon are called, Chinese and English, by code.
var names = map[string][2]string{
	"price":     {"询问价格", "asks for the price"},
	"buy":       {"想要购买", "wants to buy"},
	"link":      {"索要链接", "asks for a link"},
	"contact":   {"要求联系", "asks to be contacted"},
	"book":      {"想要预约或报名", "wants to book or sign up"},
	"stock":     {"询问货源或配送", "asks about stock or delivery"},
	"deal":      {"询问优惠", "asks for a discount"},
	"product":   {"询问产品", "asks about the product"},
	"question":  {"有事要问", "asks something"},
	"interest":  {"有兴趣", "is interested"},
	"refuse":    {"表示拒绝", "refuses"},
	"dear":      {"嫌贵", "finds it too dear"},
	"hesitates": {"有所保留", "hesitates"},
	"owned":     {"已经买过", "has bought it already"},
	"after":     {"售后或不满", "is unhappy with a purchase"},
	"spam":      {"广告或引流", "advertises something"},
	"joke":      {"玩笑或空想", "jokes or dreams"},
	"hearsay":   {"说的是别人", "speaks of somebody else"},
	"tagging":   {"叫朋友来看", "calls a friend"},
	"praise":    {"夸赞", "praises"},
	"threat":    {"扬言投诉或曝光", "threatens to complain in public"},
	"anger":     {"用词激烈", "uses harsh words"},
	"refund":    {"要求退款", "wants the money back"},
}

// Name is what a wording of the lexicon is called in a language, as in 询问价格 and "asks for the price"; it is empty for a code
// that no reading has.
func Name(code string, lang desk.Lang) string {
	pair := names[code]
	if lang == desk.English {
		return pair[1]
	}
	return pair[0]
}

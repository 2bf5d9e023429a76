package guide

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"keliu/functions/business"
	"keliu/streams/desk"
)

func name(turn desk.Turn, p business.Product) string {
	if turn.Lang == desk.English && p.English != "" {
		return p.English
	}
	return p.Name
}

// names reports whether a message names a product, its kind or its brand, and not only a use of it.
func names(text string, p business.Product) bool {
	text = strings.ToLower(text)
	brand, _, _ := strings.Cut(p.Name, " ")
	english, _, _ := strings.Cut(p.English, " ")
	return slices.ContainsFunc(append([]string{p.SKU, brand, english}, p.Kinds...), func(word string) bool {
		return word != "" && strings.Contains(text, strings.ToLower(word))
	})
}

func stock(turn desk.Turn, p business.Product) string {
	switch {
	case p.Stock <= 0:
		return turn.Pick("暂时缺货", "out of stock")
	case p.Stock <= 5:
		return turn.Pick("库存紧张", "only a few left")
	}
	return turn.Pick("有现货", "in stock")
}

// facts are at most limit facts about a product in the customer's language.
func facts(turn desk.Turn, p business.Product, limit int) []string {
	var told []string
	for _, f := range p.Facts[:min(limit, len(p.Facts))] {
		if turn.Lang == desk.English && f.English != "" {
			told = append(told, f.English)
			continue
		}
		told = append(told, f.Chinese)
	}
	return told
}

// features are what customers ask about a product, beside how a fact that answers it reads.
var features = []struct{ asked, told *regexp.Regexp }{
	{regexp.MustCompile(`(?i)噪音|静音|吵|声音大|\b(nois[ey]+|loud|quiet)\b`), regexp.MustCompile(`分贝|静音`)},
	{regexp.MustCompile(`(?i)防水|进水|\bwater ?proof\b`), regexp.MustCompile(`防水|IP[X67]`)},
	{regexp.MustCompile(`(?i)续航|电池|充(一次|满)?电|能用(多久|几)|\bbattery\b`), regexp.MustCompile(`续航|充|小时`)},
	{regexp.MustCompile(`(?i)材质|面料|什么做的|纯棉|成分|\b(made of|material|fabric)\b`), regexp.MustCompile(`棉|毛|绒|钢|玻璃`)},
	{regexp.MustCompile(`(?i)多大|尺寸|容量|几码|什么码|尺码|\b(size|how big|capacity)\b`), regexp.MustCompile(`尺码|均码|升|平方米|毫升|米，`)},
	{regexp.MustCompile(`(?i)苹果|安卓|兼容|蓝牙|\b(iphone|android|compatible|bluetooth)\b`), regexp.MustCompile(`蓝牙|苹果`)},
	{regexp.MustCompile(`(?i)功率|费电|\b(watts?|power)\b`), regexp.MustCompile(`瓦`)},
	{regexp.MustCompile(`(?i)怎么洗|清洗|机洗|\b(clean|wash)\b`), regexp.MustCompile(`洗`)},
	{regexp.MustCompile(`(?i)多重|重吗|重不重|\b(weigh|weight|heavy)\b`), regexp.MustCompile(`克|公斤`)},
	{regexp.MustCompile(`(?i)颜色|红色|黑色|白色|蓝色|\b(colou?rs?|red|black|white|blue)\b`), regexp.MustCompile(`色`)},
	{regexp.MustCompile(`(?i)保修|质保|产地|保质期|生产日期|安装|说明书|\b(warranty|made in|install|manual)\b`), regexp.MustCompile(`保修|质保|产地|安装`)},
}

// unanswered reports whether a question is about something that the facts of the product do not tell. What is in its
// name is no question.
func unanswered(text string, p business.Product) bool {
	for _, name := range append([]string{p.Name, p.English}, p.Kinds...) {
		text = strings.ReplaceAll(text, name, "")
	}
	for _, f := range features {
		if f.asked.MatchString(text) && !slices.ContainsFunc(p.Facts, func(fact business.Fact) bool { return f.told.MatchString(fact.Chinese) }) {
			return true
		}
	}
	return false
}

// A budget is a range of prices in fen; max 0 sets no limit.
type budget struct{ min, max int64 }

func (b budget) open() bool { return b == budget{} }

// misses is how far a price lies outside.
func (b budget) misses(price int64) int64 {
	if b.max > 0 && price > b.max {
		return price - b.max
	}
	return max(b.min-price, 0)
}

const number = `([0-9]{1,7}(?:\.[0-9]{1,2})?)`

var (
	between = regexp.MustCompile(`(?i)` + number + `\s*(?:元|块|yuan)?\s*(?:-|~|～|—|到|至|to|and)\s*` + number + `\s*(元|块|之间|左右|以内|价位|yuan|rmb|$)`)
	atMost  = regexp.MustCompile(`(?i)` + number + `\s*(?:元|块钱?|yuan|rmb)?\s*(?:以内|以下|之内|内|封顶|or less|at most|max)|(?:不超过|低于|少于|最多|预算|under|below|less than|up to|within|at most|budget(?: is| of)?)\s*[¥￥]?\s*` + number + `|` + number + `\s*(?:元|块钱?|yuan|rmb)?(?:的)?(?:预算| budget)`)
	atLeast = regexp.MustCompile(`(?i)` + number + `\s*(?:元|块钱?|yuan|rmb)?\s*(?:以上|起|or more)|(?:不低于|高于|至少|over|above|more than|at least)\s*[¥￥]?\s*` + number)
	roughly = regexp.MustCompile(`(?i)` + number + `\s*(?:元|块钱?|yuan|rmb)?\s*(?:左右|上下|出头)|(?:大概|大约|around|about|roughly)\s*[¥￥]?\s*` + number + `\s*(?:元|块|yuan|rmb|$)`)
	digits  = regexp.MustCompile(number)
	hundred = regexp.MustCompile(`([一二两三四五六七八九])([百千])`)
	// filler is what a wish for anything within a budget may say besides the money.
	filler = regexp.MustCompile(`(?i)推荐|建议|一下|比较|合适|哪[个款种]|好用?|选|啥|随便|都行|都可以|看看|有没有|有什么|有啥|哪些|什么|东西|商品|产品|好物|左右|上下|以内|以下|之内|以上|之间|预算|不超过|[有元块钱的吗呢吧我你们想要买看请给帮个款内，。？！?!,.\s]|\b(recommend|anything|something|products?|what|do|you|have|can|i|buy|get|me|for|is|there|under|below|less|than|around|about|yuan|rmb|a|any|whatever|please|budget|of)\b`)
)

// money reads a budget out of what was said: 200 以内, 两百到三百, around 500.
func money(text string) budget {
	text = hundred.ReplaceAllStringFunc(text, func(n string) string {
		r := []rune(n)
		digit := strings.IndexRune("零一二三四五六七八九", r[0]) / len("零")
		if r[0] == '两' {
			digit = 2
		}
		if r[1] == '千' {
			digit *= 10
		}
		return strconv.Itoa(digit * 100)
	})
	if m := between.FindStringSubmatch(text); m != nil {
		return budget{min(fen(m[1]), fen(m[2])), max(fen(m[1]), fen(m[2]))}
	}
	if m := roughly.FindStringSubmatch(text); m != nil {
		n := fen(m[1] + m[2])
		return budget{n * 7 / 10, n * 13 / 10}
	}
	if m := atMost.FindStringSubmatch(text); m != nil {
		return budget{0, fen(m[1] + m[2] + m[3])}
	}
	if m := atLeast.FindStringSubmatch(text); m != nil {
		return budget{min: fen(m[1] + m[2])}
	}
	return budget{}
}

func fen(yuan string) int64 {
	f, err := strconv.ParseFloat(yuan, 64)
	if err != nil {
		return 0 // the patterns match digits only
	}
	return int64(f*100 + 0.5)
}

// rest is what a message says besides money and filler.
func rest(text string) string {
	text = hundred.ReplaceAllString(text, "")
	return filler.ReplaceAllString(digits.ReplaceAllString(text, ""), "")
}

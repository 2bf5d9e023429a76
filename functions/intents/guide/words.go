package guide

import (
	"regexp"
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

// A budget is a range of prices in fen; max 0 sets no limit.
type budget struct{ min, max int64 }

func (b budget) open() bool { return b == budget{} }

const number = `([0-9]{1,7}(?:\.[0-9]{1,2})?)`

var (
	between = regexp.MustCompile(`(?i)` + number + `\s*(?:元|块|yuan)?\s*(?:-|~|～|—|到|至|to|and)\s*` + number + `\s*(元|块|之间|左右|以内|价位|yuan|rmb|$)`)
	atMost  = regexp.MustCompile(`(?i)` + number + `\s*(?:元|块钱?|yuan|rmb)?\s*(?:以内|以下|之内|内|封顶|or less|at most|max)|(?:不超过|低于|少于|最多|预算|under|below|less than|up to|within|at most|budget(?: is| of)?)\s*[¥￥]?\s*` + number)
	atLeast = regexp.MustCompile(`(?i)` + number + `\s*(?:元|块钱?|yuan|rmb)?\s*(?:以上|起|or more)|(?:不低于|高于|至少|over|above|more than|at least)\s*[¥￥]?\s*` + number)
	roughly = regexp.MustCompile(`(?i)` + number + `\s*(?:元|块钱?|yuan|rmb)?\s*(?:左右|上下|出头)|(?:大概|大约|around|about|roughly)\s*[¥￥]?\s*` + number + `\s*(?:元|块|yuan|rmb|$)`)
	digits  = regexp.MustCompile(number)
	hundred = regexp.MustCompile(`([一二两三四五六七八九])([百千])`)
	// filler is what a wish for anything within a budget may say besides the money.
	filler = regexp.MustCompile(`(?i)推荐|建议|一下|有没有|有什么|有啥|哪些|什么|东西|商品|产品|好物|左右|上下|以内|以下|之内|以上|之间|预算|不超过|[元块钱的吗呢吧我你们想要买看请给帮个款内，。？！?!,.\s]|\b(recommend|anything|something|products?|what|do|you|have|can|i|buy|get|me|for|is|there|under|below|less|than|around|about|yuan|rmb|a|any|please|budget|of)\b`)
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
		return budget{0, fen(m[1] + m[2])}
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

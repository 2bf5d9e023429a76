// Package guide advises customers before they buy: what fits a purpose and a budget, and how two things differ.
package guide

import (
	"cmp"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"keliu/functions/business"
	"keliu/functions/business/counter"
	"keliu/streams/desk"
)

//go:embed examples.txt
var examples string

// Products is the shop's catalogue.
type Products interface {
	// Products finds what fits a wish, best first.
	Products(context.Context, business.Wish, int) ([]business.Product, error)
}

// Knowledge searches what may be told to customers.
type Knowledge interface {
	// Find returns the passages nearest to a question, best first; their scores say how sure it is.
	Find(ctx context.Context, question string, limit int) ([]desk.Passage, error)
}

// Intent implements functions.Intent.
type Intent struct {
	Products  Products
	Knowledge Knowledge // answers what no product does, such as sizes and offers; may be nil
	Sure      float64   // the least score of a passage to answer from; 0 means 0.5
}

// Examples implements functions.Intent.
func (Intent) Examples() string { return examples }

// The shop is asked for mostFound products; mostShown are worth reading about at once.
const (
	mostFound = 50
	mostShown = 3
)

// defaultSure is how sure the knowledge must be before the desk answers from it.
const defaultSure = 0.5

var (
	comparing = regexp.MustCompile(`(?i)区别|对比|比较|比一比|哪个|哪款|哪一款|不一样|不同|差在|还是|\b(compare|comparison|differen(t|ce)|versus|vs|which|better|or)\b`)
	cheaper   = regexp.MustCompile(`(?i)便宜(点|些|一点)|更便宜|太贵|平替|\b(cheaper|less expensive|too expensive)\b`)
	cheapest  = regexp.MustCompile(`(?i)最便宜|最低价|\bcheapest\b`)
	// seeking asks whether a thing is sold, or for something to buy; what is about a quality of a thing is not.
	seeking = regexp.MustCompile(`(?i)推荐|建议|送|卖|有没有|^有.+[吗么]|还?有.+[吗么]$|想(要)?(买|看|入手)|打算(买|入手)|\b(recommend|suggest|gift|looking for|do you (sell|have)|want to buy|i need)\b`)
	quality = regexp.MustCompile(`(?i)什么|多少|最|[颜黑白红蓝灰]色|大?码|大小|号|蓝牙|货|便宜|优惠|活动|折|减|价|新|同款|平替|说明书|添加剂|适合|推荐|建议|送|礼物|好的|充|配|\b(what|recommend|suggest|gift|colou?rs?|red|black|size|cheap(er)?|discount|stock|new|smaller|bigger|this|that)\b`)
	// pointing means a thing without naming it.
	pointing = regexp.MustCompile(`(?i)[这那它]|\b(this|these|that|it)\b`)
)

// Answer finds what fits; it asks once when the wish is too vague and says so when nothing fits.
func (i Intent) Answer(ctx context.Context, turn desk.Turn) (desk.Reply, error) {
	text := turn.Message.Text
	b := money(text)
	sold, err := i.search(ctx, business.Wish{Words: text})
	if err != nil {
		return desk.Reply{}, err
	}
	found, err := i.fitting(ctx, turn, b, sold)
	if err != nil {
		return desk.Reply{}, err
	}
	if cheapest.MatchString(text) {
		slices.SortStableFunc(found, func(a, b business.Product) int { return cmp.Compare(a.Price, b.Price) })
		found = found[:min(1, len(found))]
	}
	if comparing.MatchString(text) {
		found = found[:min(2, len(found))]
	}
	found = found[:min(mostShown, len(found))]
	if reply, err := i.beyond(ctx, text, found); err != nil || reply.Draft != nil {
		return about(found, reply), err
	}
	switch {
	case len(found) == 0:
		return i.nothing(ctx, turn, b, sold)
	case len(found) == 1:
		return about(found, single(turn, found[0])), nil
	case comparing.MatchString(text):
		return about(found, turn.Say(compare(turn, found[0], found[1]))), nil
	}
	return about(found, several(turn, found)), nil
}

// fitting is, of what is sold under the words of the message, what the budget allows; failing that, what was spoken of
// before, or anything in the budget.
func (i Intent) fitting(ctx context.Context, turn desk.Turn, b budget, sold []business.Product) ([]business.Product, error) {
	text, known := turn.Message.Text, turn.Facts[desk.FactProduct]
	// 防水吗 is a question about the thing at hand, not a wish for anything that is.
	meant := len(sold) > 0 && (names(text, sold[0]) || seeking.MatchString(text) || known == "" && !pointing.MatchString(text))
	switch anything := turn.Asked == desk.FactProduct || !b.open(); {
	case meant && b.open():
		return sold, nil
	case meant:
		return i.search(ctx, business.Wish{Words: text, Min: b.min, Max: b.max})
	case known != "":
		return i.again(ctx, text, known, b)
	case anything && rest(text) == "":
		return i.search(ctx, business.Wish{Min: b.min, Max: b.max})
	}
	return nil, nil
}

// again speaks once more of the products shown before, or of their kind when the price was wrong.
func (i Intent) again(ctx context.Context, text, known string, b budget) ([]business.Product, error) {
	shown, err := i.search(ctx, business.Wish{Words: known})
	if err != nil || len(shown) == 0 || len(shown[0].Kinds) == 0 {
		return shown, err
	}
	kind := business.Wish{Words: shown[0].Kinds[0], Min: b.min, Max: b.max}
	if cheaper.MatchString(text) {
		kind.Max = slices.MinFunc(shown, func(a, b business.Product) int { return cmp.Compare(a.Price, b.Price) }).Price - 1
	}
	if kind.Min == 0 && kind.Max == 0 {
		return shown, nil
	}
	return i.search(ctx, kind)
}

func (i Intent) search(ctx context.Context, wish business.Wish) ([]business.Product, error) {
	found, err := i.Products.Products(ctx, wish, mostFound)
	if err != nil && !errors.Is(err, desk.ErrNotFound) {
		return nil, fmt.Errorf("find products: %w", err)
	}
	return found, nil
}

// nothing answers from the knowledge, or asks once which product is meant, or declines with what comes nearest.
func (i Intent) nothing(ctx context.Context, turn desk.Turn, b budget, sold []business.Product) (desk.Reply, error) {
	text := turn.Message.Text
	named := len(sold) > 0 && names(text, sold[0])
	if !named {
		if reply, err := i.known(ctx, text); err != nil || reply.Draft != nil {
			return reply, err
		}
	}
	open := turn.Asked != desk.FactProduct && turn.Facts[desk.FactProduct] == ""
	if absent := named || seeking.MatchString(text) && !quality.MatchString(text); open && !absent {
		return turn.Ask(desk.FactProduct, turn.Pick(
			"好的，您想了解哪款或哪一类商品？有用途和预算也可以告诉我，比如“通勤用的耳机，300 以内”。",
			"Happy to help. Which product, or what kind, is it about? Purpose and budget help too, for example “headphones for commuting, under 300”.")), nil
	}
	sentence := turn.Pick("抱歉，店里暂时没有找到符合您要求的商品。", "Sorry, we have nothing that fits at the moment.")
	if named {
		nearest := slices.MinFunc(sold, func(a, c business.Product) int { return cmp.Compare(b.misses(a.Price), b.misses(c.Price)) })
		sentence += fmt.Sprintf(turn.Pick("最接近的是%s，%s。", " The nearest is %s at %s."), name(turn, nearest), counter.Money(nearest.Price))
	}
	reply := turn.Decline(sentence + turn.Pick("您可以换个要求，或者让人工客服帮您找。", " You can try another wish, or talk to a person."))
	reply.Options = []string{turn.Pick("转人工", "Talk to a person")}
	return reply, nil
}

// known is an answer from the knowledge, without a draft when it is not sure.
func (i Intent) known(ctx context.Context, question string) (desk.Reply, error) {
	if i.Knowledge == nil {
		return desk.Reply{}, nil
	}
	found, err := i.Knowledge.Find(ctx, question, mostShown)
	if err != nil && !errors.Is(err, desk.ErrNotFound) {
		return desk.Reply{}, fmt.Errorf("find passages: %w", err)
	}
	reply := desk.Reply{Outcome: desk.Answered}
	for _, p := range found {
		if p.Score < cmp.Or(i.Sure, defaultSure) {
			continue
		}
		if reply.Draft == nil {
			reply.Draft = &desk.Draft{Question: question}
		}
		reply.Draft.Passages = append(reply.Draft.Passages, p)
		reply.Citations = append(reply.Citations, desk.Citation{Article: p.Article, Title: p.Title, Passage: p.Text})
	}
	return reply, nil
}

// about keeps in mind which products a reply speaks of.
func about(found []business.Product, reply desk.Reply) desk.Reply {
	titles := make([]string, len(found))
	for i, p := range found {
		titles[i] = p.Name
	}
	reply.Learned = desk.Facts{desk.FactProduct: strings.Join(titles, "、")}
	return reply
}

func several(turn desk.Turn, found []business.Product) desk.Reply {
	var text strings.Builder
	fmt.Fprintf(&text, turn.Pick("为您找到 %d 款：", "Here are %d that fit:"), len(found))
	var options []string
	for n, p := range found {
		fmt.Fprintf(&text, turn.Pick("\n%d. %s，%s，%s", "\n%d. %s, %s, %s"), n+1, name(turn, p), counter.Money(p.Price), stock(turn, p))
		if told := facts(turn, p, 2); len(told) > 0 {
			text.WriteString(turn.Pick("：", ": ") + strings.Join(told, turn.Pick("；", "; ")))
		}
		options = append(options, fmt.Sprintf(turn.Pick("%s这款怎么样", "Is %s in stock?"), name(turn, p)))
	}
	reply := turn.Say(text.String())
	reply.Options = options
	return reply
}

// beyond answers from the knowledge what the facts of none of the products tell.
func (i Intent) beyond(ctx context.Context, text string, found []business.Product) (desk.Reply, error) {
	if len(found) == 0 || slices.ContainsFunc(found, func(p business.Product) bool { return !unanswered(text, p) }) {
		return desk.Reply{}, nil
	}
	return i.known(ctx, text)
}

// single tells of one product, and says so when the facts do not hold what was asked.
func single(turn desk.Turn, p business.Product) desk.Reply {
	reply := turn.Say(describe(turn, p))
	if unanswered(turn.Message.Text, p) {
		reply.Text += turn.Pick("\n您问的这一点，商品资料里没有写明，我不想随便说；需要的话可以让人工客服确认。",
			"\nThe product details don't say what you asked, and I don't want to guess. A colleague can find out for you.")
		reply.Options = []string{turn.Pick("转人工", "Talk to a person")}
	}
	return reply
}

func describe(turn desk.Turn, p business.Product) string {
	text := fmt.Sprintf(turn.Pick("%s，%s，%s。", "%s, %s, %s."), name(turn, p), counter.Money(p.Price), stock(turn, p))
	for _, fact := range facts(turn, p, mostShown) {
		text += "\n· " + fact
	}
	return text
}

func compare(turn desk.Turn, a, b business.Product) string {
	text := describe(turn, a) + "\n" + describe(turn, b)
	cheap, dear := a, b
	if b.Price < a.Price {
		cheap, dear = b, a
	}
	if cheap.Price == dear.Price {
		return text + turn.Pick("\n两款价格相同，按用途选就好。", "\nThey cost the same, so choose by what you need it for.")
	}
	return text + fmt.Sprintf(turn.Pick("\n%s便宜 %s。", "\n%s is %s cheaper."), name(turn, cheap), counter.Money(dear.Price-cheap.Price))
}

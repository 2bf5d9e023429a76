// Package guide advises customers before they buy: what fits a purpose and a budget, and how two things differ.
package guide

import (
	"cmp"
	"context"
	_ "embed"
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

// Intent implements functions.Intent.
type Intent struct {
	Products Products
}

// Examples implements functions.Intent.
func (Intent) Examples() string { return examples }

// The shop is asked for mostFound products; mostShown are worth reading about at once.
const (
	mostFound = 50
	mostShown = 3
)

var (
	comparing = regexp.MustCompile(`(?i)区别|对比|比较|比一比|哪个|哪款|哪一款|不一样|不同|差在|还是|\b(compare|comparison|differen(t|ce)|versus|vs|which|better|or)\b`)
	cheaper   = regexp.MustCompile(`(?i)便宜(点|些|一点)|更便宜|太贵|平替|\b(cheaper|less expensive|too expensive)\b`)
	cheapest  = regexp.MustCompile(`(?i)最便宜|最低价|\bcheapest\b`)
	// vague asks for advice without saying on what.
	vague = regexp.MustCompile(`(?i)推荐|买什么|买啥|选啥|选什么|买哪|哪个|哪款|挑|建议|这个|这款|这两|咨询|介绍|新品|新款|卖得最好|热销|有什么|便宜|送|礼物|\b(recommend|suggest|which|what should|best seller|new arrivals|gift|this|these|it)\b`)
)

// Answer finds what fits; it asks once when the wish is too vague and says so when nothing fits.
func (i Intent) Answer(ctx context.Context, turn desk.Turn) (desk.Reply, error) {
	text := turn.Message.Text
	budget := money(text)
	found, err := i.find(ctx, turn, budget)
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
	switch {
	case len(found) == 0:
		return i.nothing(ctx, turn, budget)
	case len(found) == 1:
		return about(found, single(turn, found[0])), nil
	case comparing.MatchString(text):
		return about(found, turn.Say(compare(turn, found[0], found[1]))), nil
	}
	return about(found, several(turn, found)), nil
}

// find looks for what the message names; failing that, for what was spoken of before, or for anything in the budget.
func (i Intent) find(ctx context.Context, turn desk.Turn, b budget) ([]business.Product, error) {
	text := turn.Message.Text
	found, err := i.search(ctx, business.Wish{Words: text, Min: b.min, Max: b.max})
	if err != nil || len(found) > 0 {
		return found, err
	}
	if named, err := i.search(ctx, business.Wish{Words: text}); err != nil || len(named) > 0 {
		return nil, err // it is sold, only not at this price
	}
	if known := turn.Facts[desk.FactProduct]; known != "" {
		return i.again(ctx, text, known, b)
	}
	if anything := turn.Asked == desk.FactProduct || !b.open(); anything && rest(text) == "" {
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
	if err != nil {
		return nil, fmt.Errorf("find products: %w", err)
	}
	return found, nil
}

// nothing asks back once, or declines with what comes nearest.
func (i Intent) nothing(ctx context.Context, turn desk.Turn, b budget) (desk.Reply, error) {
	text := turn.Message.Text
	if vague.MatchString(text) && b.open() && turn.Asked != desk.FactProduct {
		return turn.Ask(desk.FactProduct, turn.Pick(
			"好的，您想看哪一类商品，大概什么用途、什么预算？比如“通勤用的耳机，300 以内”。",
			"Happy to help. What kind of product, for what purpose and budget? For example “headphones for commuting, under 300”.")), nil
	}
	near, err := i.search(ctx, business.Wish{Words: text})
	if err != nil {
		return desk.Reply{}, err
	}
	sentence := turn.Pick("抱歉，店里暂时没有找到符合您要求的商品。", "Sorry, we have nothing that fits at the moment.")
	if len(near) > 0 {
		nearest := slices.MinFunc(near, func(a, c business.Product) int { return cmp.Compare(b.misses(a.Price), b.misses(c.Price)) })
		sentence += fmt.Sprintf(turn.Pick("最接近的是%s，%s。", " The nearest is %s at %s."), name(turn, nearest), counter.Money(nearest.Price))
	}
	reply := turn.Decline(sentence + turn.Pick("您可以换个要求，或者让人工客服帮您找。", " You can try another wish, or talk to a person."))
	reply.Options = []string{turn.Pick("转人工", "Talk to a person")}
	return reply, nil
}

// about keeps in mind which products a reply speaks of.
func about(found []business.Product, reply desk.Reply) desk.Reply {
	names := make([]string, len(found))
	for i, p := range found {
		names[i] = p.Name
	}
	reply.Learned = desk.Facts{desk.FactProduct: strings.Join(names, "、")}
	return reply
}

func several(turn desk.Turn, found []business.Product) desk.Reply {
	var text strings.Builder
	fmt.Fprintf(&text, turn.Pick("为您找到 %d 款：", "Here are %d that fit:"), len(found))
	var options []string
	for n, p := range found {
		fmt.Fprintf(&text, turn.Pick("\n%d. %s，%s，%s", "\n%d. %s, %s, %s"), n+1, name(turn, p), counter.Money(p.Price), stock(turn, p))
		if facts := facts(turn, p, 2); len(facts) > 0 {
			text.WriteString(turn.Pick("：", ": ") + strings.Join(facts, turn.Pick("；", "; ")))
		}
		options = append(options, name(turn, p))
	}
	reply := turn.Say(text.String())
	reply.Options = options
	return reply
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

package counter

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode"

	"keliu/streams/desk"
)

// renamed finds the member's order whose goods this message names, when it names those of another order than was meant before.
func renamed(ctx context.Context, orders Orders, turn desk.Turn, before reference) (desk.Order, bool, error) {
	own, err := orders.OrdersOf(ctx, turn.Member)
	if err != nil && !errors.Is(err, desk.ErrNotFound) {
		return desk.Order{}, false, fmt.Errorf("orders of the member: %w", err)
	}
	o, found := named(own, turn.Message.Text)
	return o, found && o.Number != before.number, nil
}

// named is the one order whose goods a text names best, if there is one.
func named(orders []desk.Order, text string) (best desk.Order, found bool) {
	most, others := 1, 0 // one character says nothing
	for _, o := range orders {
		n := 0
		for _, item := range o.Items {
			n = max(n, common(item.Title, text))
		}
		switch {
		case n > most:
			best, most, others = o, n, 0
		case n == most:
			others++
		}
	}
	return best, most > 1 && others == 0
}

// common is the length of the longest run of Han characters that a title and a text share.
func common(title, text string) (longest int) {
	for _, word := range strings.FieldsFunc(title, func(r rune) bool { return !unicode.Is(unicode.Han, r) }) {
		runes := []rune(word)
		for from := range runes {
			for to := from + longest + 1; to <= len(runes) && strings.Contains(text, string(runes[from:to])); to++ {
				longest = to - from
			}
		}
	}
	return longest
}

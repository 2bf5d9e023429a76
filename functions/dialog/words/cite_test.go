package words

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"keliu/streams/desk"
)

func TestCited(t *testing.T) {
	returns := desk.Citation{Article: "returns", Passage: "签收次日起 7 天内，商品完好，可以无理由退货。"}
	freight := desk.Citation{Article: "freight", Passage: "满 99 元包邮，不满 99 元收 8 元运费。"}
	english := desk.Citation{Article: "english", Passage: "You can return goods within 7 days of delivery."}
	all := []desk.Citation{returns, freight, english}
	for answer, want := range map[string][]desk.Citation{
		"签收次日起7天内，商品完好，可以无理由退货。":                    {returns},
		"满 99 元包邮。另外商品完好，可以无理由退货。":                  {returns, freight},
		"Sure: you can return goods within 7 days.": {english},
		"没问题。": {returns},
	} {
		if diff := cmp.Diff(want, Cited(answer, all)); diff != "" {
			t.Errorf("%s:\n%s", answer, diff)
		}
	}
}

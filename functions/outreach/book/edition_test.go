package book_test

import (
	"fmt"
	"testing"

	"keliu/functions/outreach/book"
	"keliu/functions/store/leads"
	"keliu/streams/desk"
)

// Each text is heard by about half of the people, whatever their IDs look like, and another campaign halves them anew.
func TestTheTextsShareThePeople(t *testing.T) {
	const people = 4000
	for _, form := range []string{"douyin:p%d", "douyin:%032x", "wechat:oAbc%d_x"} {
		heard := map[string]int{}
		for i := range people {
			for _, campaign := range []string{"one", "two"} {
				text, variant := new(book.Edition).Text("", leads.Campaign{ID: campaign, A: "a", B: "b"}, desk.PersonID(fmt.Sprintf(form, i)))
				if text != variant {
					t.Fatalf("variant %s says %s", variant, text)
				}
				heard[campaign+variant]++
				if campaign == "two" {
					_, other := new(book.Edition).Text("", leads.Campaign{ID: "one", A: "a", B: "b"}, desk.PersonID(fmt.Sprintf(form, i)))
					heard[other+variant]++
				}
			}
		}
		for part, n := range heard {
			want := people / 2
			if len(part) == 2 {
				want = people / 4
			}
			if n < want*9/10 || n > want*11/10 {
				t.Errorf("%s of %s: %d, want about %d", part, form, n, want)
			}
		}
	}
}

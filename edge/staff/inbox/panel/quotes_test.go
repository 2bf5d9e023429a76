package panel

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keliu/streams/desk"
	"keliu/streams/score/lead"
)

// The words behind a score are the customer's own, the weightiest first, a few of each kind.
func TestQuotes(t *testing.T) {
	reader, err := lead.New()
	if err != nil {
		t.Fatal(err)
	}
	var said []desk.Notice
	say := func(by desk.Author, text string, e desk.Emotion) {
		said = append(said, desk.Notice{Seq: int64(len(said) + 1), Message: &desk.Message{By: by, Text: text, Emotion: e}})
	}
	say(desk.ByCustomer, "你好", 0)
	say(desk.ByCustomer, "这个多少钱，怎么买？", 0.1)
	say(desk.ByCustomer, "再不处理我就去12315投诉你们", -0.8)
	say(desk.ByAI, "我要去12315投诉", -0.9) // whatever we say speaks for nothing
	say(desk.ByCustomer, "等了这么久，太失望了", -0.5)
	said = append(said, desk.Notice{Seq: 9, Event: desk.EventClosed})

	all := quotes(reader, said, desk.Chinese)
	var seen []string
	for _, q := range all {
		seen = append(seen, q.About+" "+q.Text)
	}
	want := []string{"risk 再不处理我就去12315投诉你们", "risk 等了这么久，太失望了", "lead 这个多少钱，怎么买？"}
	if diff := cmp.Diff(want, seen); diff != "" {
		t.Fatal(diff)
	}
	if len(all[0].Reasons) == 0 || all[0].Seq != 3 || all[0].Emotion != -0.8 || len(all[1].Reasons) != 0 || len(all[2].Reasons) == 0 {
		t.Errorf("%+v", all)
	}
	if english := quotes(reader, said, desk.English); strings.Join(english[0].Reasons, "") == strings.Join(all[0].Reasons, "") {
		t.Errorf("in either language the reasons are %q", english[0].Reasons)
	}
	for range 10 {
		say(desk.ByCustomer, "我要曝光你们", -0.9)
	}
	if all = quotes(reader, said, desk.Chinese); len(all) != mostQuotes+1 || all[0].About == all[mostQuotes].About || all[0].Seq < all[1].Seq {
		t.Errorf("of many alike the latest few: %+v", all)
	}
	if long := short(strings.Repeat("长", mostQuoted+1)); long != strings.Repeat("长", mostQuoted)+"…" || short("短") != "短" {
		t.Errorf("%q", long)
	}
}

package entities_test

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"keliu/functions/classify/entities"
)

var now = time.Date(2026, 11, 24, 10, 20, 0, 0, time.FixedZone("CST", 8*60*60))

func open(t testing.TB) *entities.Finder {
	t.Helper()
	f, err := entities.New([]string{"悦听 Pro 降噪耳机"})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestEntities(t *testing.T) {
	f := open(t)
	for raw, want := range map[string]string{
		"订单QH202611120008什么时候发": "order QH202611120008=QH202611120008",
		"ＱＨ２０２６１１１２０００８":        "order ＱＨ２０２６１１１２０００８=QH202611120008",
		"顺丰SF1234567890123到哪了":  "waybill SF1234567890123=SF1234567890123",
		"电话138 0013 8000":       "phone 138 0013 8000=13800138000",
		"我手机幺三八零零幺三八零零零":        "phone 幺三八零零幺三八零零零=13800138000",
		"一共128元":                "money 128元=12800",
		"¥99.9能便宜吗":             "money ¥99.9=9990",
		"三百五十块":                 "money 三百五十块=35000",
		"3块5一斤":                 "money 3块5=350, quantity 一斤=1斤",
		"一百二十八元五角":              "money 一百二十八元五角=12850",
		"五毛钱":                   "money 五毛钱=50",
		"1.2万元":                 "money 1.2万元=1200000",
		"预算100-200元":            "money 100-200元=10000-20000",
		"两千五百块以内":               "money 两千五百块=250000",
		"买2件":                   "quantity 2件=2件",
		"来三双袜子":                 "quantity 三双=3双, product 袜子=袜子",
		"要两三个":                  "quantity 两三个=2-3个",
		"2.5公斤":                 "quantity 2.5公斤=2.5公斤",
		"十二瓶":                   "quantity 十二瓶=12瓶",
		"下周三下午三点半来取":            "time 下周三下午三点半=2026-12-02T15:30",
		"双十一前买的":                "date 双十一前=../2026-11-11",
		"黑色XL码的卫衣":              "variant 黑色=黑色, variant XL码=xl码, product 卫衣=卫衣",
		"42码的运动鞋":               "variant 42码=42码, product 运动鞋=运动鞋",
		"256G的手机":               "variant 256G=256g, product 手机=手机",
		"悦听 Pro 降噪耳机有货吗":        "product 悦听 Pro 降噪耳机=悦听 Pro 降噪耳机",
		"我叫张伟，寄到深圳市南山区科技路18号": "person 张伟=张伟, place 深圳市南山区科技路18号=深圳市南山区科技路18号",
		"抬头开杭州云图科技有限公司":       "organization 杭州云图科技有限公司=杭州云图科技有限公司",
		"第一个就行":    "",
		"快一点":      "",
		"":         "",
		"\xff\xfe": "",
	} {
		var got []string
		for _, e := range f.Find(raw, now) {
			got = append(got, e.Type+" "+e.Value+"="+e.Normal)
			if string([]rune(raw)[e.Start:e.End]) != e.Value {
				t.Errorf("%s: %+v", raw, e)
			}
		}
		if diff := cmp.Diff(want, strings.Join(got, ", ")); diff != "" {
			t.Errorf("%s: %s", raw, diff)
		}
	}
}

// Whatever the text, what is found lies in it, in order, without overlaps, and says what stands there.
func FuzzEntities(f *testing.F) {
	finder := open(f)
	for _, seed := range []string{"我叫张伟，手机幺三八零零幺三八零零零，买两三件黑色XL码卫衣，预算一百到二百元，双十一前到", "\xff2件", "¥¥9", "半半半", "3块5毛2分5"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		runes, last := []rune(raw), 0
		for _, e := range finder.Find(raw, now) {
			if e.Start < last || e.End <= e.Start || e.End > len(runes) || string(runes[e.Start:e.End]) != e.Value || e.Normal == "" || !utf8.ValidString(e.Normal) {
				t.Fatalf("%q: %+v", raw, e)
			}
			last = e.End
		}
	})
}

func BenchmarkFind(b *testing.B) {
	f := open(b)
	b.ReportAllocs()
	for b.Loop() {
		f.Find("你好，我叫张伟，双十一买的2件黑色卫衣，一共256元，寄到深圳市南山区科技路18号，电话13800138000，下周三下午三点前能到吗", now)
	}
}

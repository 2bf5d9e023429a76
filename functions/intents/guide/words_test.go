package guide

import "testing"

func TestMoney(t *testing.T) {
	for text, want := range map[string]budget{
		"200以内的":                    {0, 20000},
		"不超过 200":                   {0, 20000},
		"两百块以下":                     {0, 20000},
		"预算一千":                      {0, 100000},
		"500 元预算":                   {0, 50000},
		"200-300元的":                 {20000, 30000},
		"三百到二百之间":                   {20000, 30000},
		"300左右":                     {21000, 39000},
		"500以上":                     {min: 50000},
		"under 99.9":                {0, 9990},
		"between 100 and 200 yuan":  {10000, 20000},
		"around 300":                {21000, 39000},
		"more than ¥500":            {min: 50000},
		"身高170体重130":                {},
		"还有39码吗":                    {},
		"降噪 42dB 的耳机":               {},
		"QH202611240004":            {},
		"":                          {},
		"about 2 people use it":     {},
		"十一能到吗":                     {},
		"一百以内 the cheaper one of 2": {0, 10000},
	} {
		if got := money(text); got != want {
			t.Errorf("%q: %+v, want %+v", text, got, want)
		}
	}
}

// Whatever a customer writes, a budget is a range: nothing negative, and no minimum above the maximum.
func FuzzMoney(f *testing.F) {
	for _, seed := range []string{"200以内", "300-200元", "两百到一千之间", "around 300", "\xff百", "0以内", "9999999.99以上", "至0元", "大概1-0"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		b := money(text)
		if b.min < 0 || b.max < 0 || b.max > 0 && b.min > b.max {
			t.Errorf("%q: %+v", text, b)
		}
		if inside := b.misses(b.min); b.max >= b.min && inside != 0 {
			t.Errorf("%q: %+v misses its own minimum by %d", text, b, inside)
		}
	})
}

package feast_test

import (
	"slices"
	"testing"
	"time"

	"keliu/functions/classify/when/feast"
)

func TestFeasts(t *testing.T) {
	for _, test := range []struct{ name, first string }{
		{"春节", "2026-02-17"}, {"除夕", "2026-02-16"}, {"元宵节", "2026-03-03"}, {"清明", "2026-04-05"}, {"端午", "2026-06-19"}, {"七夕", "2026-08-19"},
		{"中秋", "2026-09-25"}, {"重阳节", "2026-10-18"}, {"冬至", "2026-12-22"}, {"母亲节", "2026-05-10"}, {"父亲节", "2026-06-21"}, {"双十一", "2026-11-11"},
		{"春节", "2025-01-29"}, {"中秋", "2025-10-06"}, {"清明", "2025-04-04"}, {"冬至", "2025-12-21"}, {"端午", "2027-06-09"},
	} {
		want, err := time.Parse(time.DateOnly, test.first)
		if err != nil {
			t.Fatal(err)
		}
		at := slices.IndexFunc(feast.All, func(f feast.Feast) bool { return slices.Contains(f.Names, test.name) })
		if at < 0 {
			t.Fatalf("%s is not known", test.name)
		}
		first, days, ok := feast.All[at].In(want.Year(), time.UTC)
		if !ok || !first.Equal(want) || days < 1 {
			t.Errorf("%s: %s, %d days (%v), want %s", test.name, first, days, ok, test.first)
		}
	}
}

// Every feast is in every year that is known, and in no other.
func TestYears(t *testing.T) {
	for _, f := range feast.All {
		for _, y := range []int{1901, 1999, 2000, 2050, 2099} {
			if first, _, ok := f.In(y, time.UTC); !ok || first.Year() < y || first.Year() > y+1 {
				t.Errorf("%s in %d: %s (%v)", f.Names[0], y, first, ok)
			}
		}
		if _, _, ok := f.In(1900, time.UTC); ok {
			t.Errorf("%s is known in 1900", f.Names[0])
		}
	}
}

// Package feast knows the days that come every year: by the calendar, by the moon, by the sun, and the sales of the trade.
package feast

import (
	"time"

	"github.com/6tail/lunar-go/calendar"
)

// A Feast is a day, or several, that comes every year: by the calendar, by the moon, by a solar term, or as the nth Sunday of a month.
type Feast struct {
	Names      []string // folded, longer ones first
	month, day int      // of the calendar
	moon       bool     // month and day are the moon's
	term       string   // a solar term
	nth        int      // of which Sunday of the month; counted from 1
	before     int      // days before the day at which it begins
	length     int      // days; 0 is one
}

// All are the feasts, those whose names begin with the name of another before it.
var All = []Feast{
	{Names: []string{"双十一", "双11", "双 11", "1111大促"}, month: 11, day: 11},
	{Names: []string{"双十二", "双12", "双 12"}, month: 12, day: 12},
	{Names: []string{"618大促", "618", "六一八", "六幺八"}, month: 6, day: 18},
	{Names: []string{"年货节"}, month: 12, day: 8, moon: true, length: 16},
	{Names: []string{"元旦节", "元旦", "new year's day"}, month: 1, day: 1},
	{Names: []string{"情人节", "valentine's day"}, month: 2, day: 14},
	{Names: []string{"三八妇女节", "三八节", "38节", "妇女节", "女神节"}, month: 3, day: 8},
	{Names: []string{"愚人节"}, month: 4, day: 1},
	{Names: []string{"清明节", "清明"}, term: "清明"},
	{Names: []string{"五一劳动节", "五一假期", "五一长假", "劳动节", "五一"}, month: 5, day: 1, length: 5},
	{Names: []string{"五四青年节", "青年节"}, month: 5, day: 4},
	{Names: []string{"母亲节", "mother's day"}, month: 5, nth: 2},
	{Names: []string{"六一儿童节", "儿童节", "六一"}, month: 6, day: 1},
	{Names: []string{"父亲节", "father's day"}, month: 6, nth: 3},
	{Names: []string{"端午节", "端午"}, month: 5, day: 5, moon: true},
	{Names: []string{"七夕节", "七夕"}, month: 7, day: 7, moon: true},
	{Names: []string{"中元节"}, month: 7, day: 15, moon: true},
	{Names: []string{"教师节"}, month: 9, day: 10},
	{Names: []string{"中秋节", "中秋"}, month: 8, day: 15, moon: true},
	{Names: []string{"国庆节", "国庆长假", "国庆假期", "十一假期", "十一长假", "国庆", "national day"}, month: 10, day: 1, length: 7},
	{Names: []string{"重阳节", "重阳"}, month: 9, day: 9, moon: true},
	{Names: []string{"万圣节", "halloween"}, month: 10, day: 31},
	{Names: []string{"冬至"}, term: "冬至"},
	{Names: []string{"平安夜", "christmas eve"}, month: 12, day: 24},
	{Names: []string{"圣诞节", "圣诞", "christmas day", "christmas"}, month: 12, day: 25},
	{Names: []string{"跨年夜", "跨年", "new year's eve"}, month: 12, day: 31},
	{Names: []string{"腊八节", "腊八"}, month: 12, day: 8, moon: true},
	{Names: []string{"小年"}, month: 12, day: 23, moon: true},
	{Names: []string{"大年三十", "年三十", "除夕夜", "除夕"}, month: 1, day: 1, moon: true, before: 1},
	{Names: []string{"大年初一", "正月初一", "年初一"}, month: 1, day: 1, moon: true},
	{Names: []string{"春节假期", "春节", "过年", "大年", "农历新年", "chinese new year", "spring festival"}, month: 1, day: 1, moon: true, length: 7},
	{Names: []string{"元宵节", "元宵"}, month: 1, day: 15, moon: true},
}

// The years of which the moon is known.
const (
	firstYear = 1901
	lastYear  = 2099
)

// In is when a feast begins in a year, and how many days it lasts; false for years of which the moon is not known.
func (f Feast) In(y int, loc *time.Location) (first time.Time, days int, ok bool) {
	if y < firstYear || y > lastYear {
		return first, 0, false
	}
	first = time.Date(y, time.Month(f.month), f.day, 0, 0, 0, 0, loc)
	switch {
	case f.term == "冬至": // the table of a year begins with that of the year before
		first = solar(calendar.NewLunarFromYmd(y+1, 1, 1).GetJieQiTable()[f.term], loc)
	case f.term != "":
		first = solar(calendar.NewLunarFromYmd(y, 6, 1).GetJieQiTable()[f.term], loc)
	case f.moon:
		first = solar(calendar.NewLunarFromYmd(y, f.month, f.day).GetSolar(), loc)
	case f.nth > 0:
		first = time.Date(y, time.Month(f.month), 1, 0, 0, 0, 0, loc)
		first = first.AddDate(0, 0, (7-int(first.Weekday()))%7+7*(f.nth-1))
	}
	return first.AddDate(0, 0, -f.before), max(1, f.length), true
}

func solar(s *calendar.Solar, loc *time.Location) time.Time {
	return time.Date(s.GetYear(), time.Month(s.GetMonth()), s.GetDay(), 0, 0, 0, 0, loc)
}

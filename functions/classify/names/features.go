package names

import (
	"strings"

	"keliu/functions/classify/text"
)

// A class is what sort of character one is.
type class uint8

// The classes; those of Chinese characters say what the character is known for.
const (
	edge class = iota // beyond the text
	other
	digit
	latin
	han
	surname // 张
	suffix  // 省, 路: what names of places end with
	body    // 公司, 大学: what names of organisations end with
	joint   // punctuation
)

const (
	surnames = "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧冯曾程蔡彭潘袁于董余苏叶吕魏蒋田杜丁沈姜范江傅钟卢汪戴崔任陆廖姚方金邱夏谭韦贾邹石熊孟秦阎薛侯雷白龙段郝孔邵史毛常万顾赖武康贺严尹钱施牛洪龚汤陶黎温莫易樊乔文安殷颜庄章鲁倪庞邢俞翟蓝聂齐向申葛柴伍覃骆关焦柳欧祝纪尚毕耿芦左季管符辛苗詹曲欧靳祁路涂兰甘裴梅童翁霍游阮尤岳柯牟滕谷舒卜成饶宁凌盛查单冉鲍华包屈房喻解蒲卫简时连车项闵邬吉党阳司费蒙席晏隋古强穆姬宫景米麦谈柏瞿艾沙鄢桂窦郁缪畅巩卓褚栾戚全娄甄郎池丛边岑农苟迟保商臧佘卞虞刁冷应匡栗仇练楚揭师官佟封燕桑巫敖原植邝仲荆储宗楼干苑寇盖南屠鞠荣井乐银奚明麻雍花闻冼木郜廉衣蔺和冀占公门帅利满"
	suffixes = "省市县区镇乡村路街道巷弄号栋幢楼室单元座层园苑城湾里庄屯组桥站港岛州山河湖海洲坊府寨国"
	bodies   = "司团行院校社局厅部会所店馆厂队党政府处中心集网"
)

// known is the class of each character that is known for something.
var known = func() map[rune]class {
	m := map[rune]class{}
	for _, r := range bodies {
		m[r] = body
	}
	for _, r := range suffixes {
		m[r] = suffix
	}
	for _, r := range surnames {
		if m[r] == 0 {
			m[r] = surname
		}
	}
	return m
}()

// classesOf appends the class of each rune.
func classesOf(dst []class, said []rune) []class {
	for _, r := range said {
		c := other
		switch {
		case text.IsDigit(r):
			c = digit
		case text.IsLatin(r):
			c = latin
		case known[r] != 0:
			c = known[r]
		case text.IsHan(r):
			c = han
		case strings.ContainsRune(" ,.:;!?，。：；！？、/-()（）[]【】《》“”\"'~@#", r):
			c = joint
		}
		dst = append(dst, c)
	}
	return dst
}

// features appends the places of what stands around rune i.
func features(dst []uint32, said []rune, classes []class, i int) []uint32 {
	var c [7]rune  // the characters around it
	var k [7]class // and their classes
	for d := range c {
		if at := i + d - 3; at >= 0 && at < len(said) {
			c[d], k[d] = said[at], classes[at]
		}
	}
	// Digits are told apart by their class alone.
	for d := range c {
		if k[d] == digit {
			c[d] = '0'
		}
	}
	const me = 3
	dst = append(dst,
		place(1, c[me], 0, 0), place(2, c[me-1], 0, 0), place(3, c[me+1], 0, 0), place(4, c[me-2], 0, 0), place(5, c[me+2], 0, 0),
		place(6, c[me-1], c[me], 0), place(7, c[me], c[me+1], 0), place(8, c[me-2], c[me-1], 0), place(9, c[me+1], c[me+2], 0), place(10, c[me-1], c[me+1], 0),
		place(11, c[me-2], c[me-1], c[me]), place(12, c[me-1], c[me], c[me+1]), place(13, c[me], c[me+1], c[me+2]),
		place(14, c[me-3], c[me-2], c[me-1]), place(15, c[me+1], c[me+2], c[me+3]),
		place(16, rune(k[me-1]), rune(k[me]), rune(k[me+1])), place(17, rune(k[me-2]), rune(k[me-1]), rune(k[me])), place(18, rune(k[me]), rune(k[me+1]), rune(k[me+2])),
		place(19, rune(k[me-2])<<8|rune(k[me-1]), rune(k[me]), rune(k[me+1])<<8|rune(k[me+2])),
		place(20, c[me], rune(k[me-1]), rune(k[me+1])),
	)
	return append(dst, ahead(21, said, classes, i), behind(22, said, classes, i))
}

// ahead is which end of a name comes next, and how far.
func ahead(n uint32, said []rune, classes []class, i int) uint32 {
	for d := 0; d < 8 && i+d < len(said); d++ {
		if c := classes[i+d]; c == suffix || c == body {
			return place(n, said[i+d], rune(d), 0)
		} else if c == joint {
			break
		}
	}
	return place(n, 0, 0, 0)
}

// behind is which surname stood last, and how far.
func behind(n uint32, said []rune, classes []class, i int) uint32 {
	for d := 0; d < 3 && i-d >= 0; d++ {
		if classes[i-d] == surname {
			return place(n, said[i-d], rune(d), 0)
		}
	}
	return place(n, 0, 0, 0)
}

// place hashes a feature of a template.
func place(template uint32, a, b, c rune) uint32 {
	h := uint64(template)*0x9e3779b97f4a7c15 + uint64(uint32(a))
	h = (h ^ h>>29) * 0xbf58476d1ce4e5b9
	h += uint64(uint32(b))
	h = (h ^ h>>32) * 0x94d049bb133111eb
	h += uint64(uint32(c))
	h = (h ^ h>>29) * 0xbf58476d1ce4e5b9
	return uint32((h ^ h>>32) % places)
}

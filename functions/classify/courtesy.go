package classify

import (
	"slices"
	"strings"
)

// courtesies are what people put before and after what they want.
var courtesies = strings.Split("你好|您好|你好呀|你好啊|亲|hello|hi|hey|嗨|哈喽|在吗|在不在|客服你好|请问|请问一下|想问一下|问一下|问下|麻烦问一下|麻烦问下|麻烦了|打扰一下|打扰了|不好意思|"+
	"谢谢|谢谢啦|谢谢了|谢谢你|谢谢您|多谢|感谢|拜托|拜托了|对了|话说|那个|thanks|thank you|thx|please|excuse me|sorry to bother you|good morning|good afternoon", "|")

// marks part the clauses of a folded text.
const marks = ",，.。!！?？;；~～、:："

// matter is a folded text without the courtesies around what it is about. Of courtesies only the last stays.
func matter(said []rune) []rune {
	rest := said
	for {
		next := polite(rest)
		if len(next) == len(rest) || len(next) == 0 {
			return rest
		}
		rest = next
	}
}

// polite takes one clause of courtesy off the beginning or the end.
func polite(said []rune) []rune {
	mark := func(r rune) bool { return strings.ContainsRune(marks, r) }
	if end := slices.IndexFunc(said, mark); end >= 0 && courtesy(said[:end]) {
		return said[end+1:]
	}
	last := len(said)
	for last > 0 && (mark(said[last-1]) || said[last-1] == ' ') {
		last--
	}
	for i := last - 1; i >= 0; i-- {
		if mark(said[i]) {
			if courtesy(said[i+1 : last]) {
				return said[:i]
			}
			break
		}
	}
	return said
}

func courtesy(clause []rune) bool {
	text := strings.TrimSpace(string(clause))
	return text == "" || slices.Contains(courtesies, text)
}

package classify

import (
	"slices"
	"strings"

	"keliu/functions/classify/linear"
)

// Words before a term that turn it round, words that may stand between, and words that say that the clause
// asks or supposes. Longer ones first.
var (
	negators = wordList("并没有|不怎么|没有|不是|不会|不算|不用|不想|不要|不敢|不至于|从不|从未|绝不|不|没|别|未|无" +
		"|not|never|no|isn't|wasn't|aren't|don't|doesn't|didn't|won't|can't|cannot|without|hardly")
	degrees = wordList("特别|非常|那么|这么|十分|觉得|感到|让我|什么|很|太|真|大|多|有|要|想|去|敢|再|打" +
		"|very|so|really|too|that|all|a|an|the|to|be|been|going|felt|feel|at|any")
	questions  = wordList("吗|怎么办|如何|会不会|是不是|能不能|可不可以|多少|哪里|在哪|有没有|什么是|是什么|how|can i|what is|is it|do you|where|which")
	conditions = wordList("如果|要是|假如|万一|若|是否|怕|担心|if|in case")
)

// wordList cuts a list at its bars, each word in the form of folded text.
func wordList(words string) [][]rune {
	var list [][]rune
	for w := range strings.SplitSeq(words, "|") {
		list = append(list, linear.Fold(nil, w))
	}
	return list
}

// negations counts the words right before place i that turn round what stands there: 1 in "不是很满意", 2 in
// "并没有不满意"; from is where the first of them begins. A verb that is doubled around its negation (是不是,
// 有没有) asks and turns nothing.
func negations(text []rune, i int) (count, from int) {
	from = i
	for i > 0 {
		for i > 0 && text[i-1] == ' ' {
			i--
		}
		if n := endsWith(text[:i], negators); n > 0 {
			if isDoubled(text, i-n) {
				return count, from
			}
			count++
			i -= n
			from = i
			continue
		}
		n := endsWith(text[:i], degrees)
		if n == 0 {
			break
		}
		i -= n
	}
	return count, from
}

// isDoubled reports whether the same one or two characters stand before and behind the one at i.
func isDoubled(text []rune, i int) bool {
	for n := 1; n <= 2; n++ {
		if i >= n && i+n < len(text) && isHan(text[i]) && slices.Equal(text[i-n:i], text[i+1:i+1+n]) {
			return true
		}
	}
	return false
}

// endsWith returns the length of the first of the words that text ends with, 0 for none.
func endsWith(text []rune, words [][]rune) int {
	for _, w := range words {
		at := len(text) - len(w)
		if at < 0 || !slices.Equal(text[at:], w) {
			continue
		}
		if at > 0 && isLatin(w[0]) && isLatin(text[at-1]) {
			continue
		}
		return len(w)
	}
	return 0
}

// isHedged reports whether the term at text[from:to] is quoted, supposed or asked about, so that it says little
// about how the customer feels. Nobody asks whether to be insulting, and a threat lives on its "if".
func isHedged(text []rune, from, to int, k kind) bool {
	if isQuoted(text, from) {
		return true
	}
	for from > 0 && !endsClause(text[from-1]) {
		from--
	}
	for to < len(text) && !endsClause(text[to]) {
		to++
	}
	clause := text[from:to]
	switch k {
	case insult, anger:
		return holds(clause, conditions)
	case threat:
		return holds(clause, questions)
	}
	return holds(clause, questions) || holds(clause, conditions)
}

func endsClause(r rune) bool { return strings.ContainsRune(",.!?;:，。！？；：、…~\n", r) }

// isQuoted reports whether a quotation that was opened before i is still open there.
func isQuoted(text []rune, i int) bool {
	for i--; i >= 0; i-- {
		switch text[i] {
		case '“', '「', '『', '《', '【':
			return true
		case '”', '」', '』', '》', '】':
			return false
		}
	}
	return false
}

// holds reports whether a clause holds one of the words.
func holds(clause []rune, words [][]rune) bool {
	for i := range clause {
		for _, w := range words {
			end := i + len(w)
			if end > len(clause) || clause[i] != w[0] || !slices.Equal(clause[i:end], w) {
				continue
			}
			if isLatin(w[0]) && (i > 0 && isLatin(clause[i-1]) || end < len(clause) && isLatin(clause[end])) {
				continue
			}
			return true
		}
	}
	return false
}

// shouts reports whether a text as it was written is loud: three marks in a row, or English in capitals.
func shouts(text string) bool {
	marks, capitals, letters := 0, 0, 0
	for _, r := range text {
		switch {
		case r == '!' || r == '！':
			if marks++; marks == 3 {
				return true
			}
			continue
		case 'A' <= r && r <= 'Z':
			capitals++
			letters++
		case 'a' <= r && r <= 'z':
			letters++
		}
		marks = 0
	}
	return letters >= 12 && capitals*10 >= letters*8
}

package classify

import (
	"slices"
	"strings"

	"keliu/functions/classify/text"
)

// Words before a term that turn it round, words that may stand between, and words that say that the clause
// asks or supposes. Longer ones first.
var (
	negators = text.List("并没有|不怎么|没有|不是|不会|不算|不用|不想|不要|不敢|不至于|从不|从未|绝不|不|没|别|未|无" +
		"|not|never|no|isn't|wasn't|aren't|don't|doesn't|didn't|won't|can't|cannot|without|hardly")
	degrees = text.List("特别|非常|那么|这么|十分|觉得|感到|让我|什么|很|太|真|大|多|有|要|想|去|敢|再|打" +
		"|very|so|really|too|that|all|a|an|the|to|be|been|going|felt|feel|at|any")
	questions  = text.List("吗|怎么办|如何|会不会|是不是|能不能|可不可以|多少|哪里|在哪|有没有|什么是|是什么|how|can i|what is|is it|do you|where|which")
	conditions = text.List("如果|要是|假如|万一|若|是否|怕|担心|if|in case")
)

// negations counts the words right before place i that turn round what stands there: 1 in "不是很满意", 2 in
// "并没有不满意"; from is where the first of them begins. A verb that is doubled around its negation (是不是,
// 有没有) asks and turns nothing.
func negations(said []rune, i int) (count, from int) {
	from = i
	for i > 0 {
		for i > 0 && said[i-1] == ' ' {
			i--
		}
		if n := negators.Ending(said[:i]); n > 0 {
			if isDoubled(said, i-n) {
				return count, from
			}
			count++
			i -= n
			from = i
			continue
		}
		n := degrees.Ending(said[:i])
		if n == 0 {
			break
		}
		i -= n
	}
	return count, from
}

// isDoubled reports whether the same one or two characters stand before and behind the one at i.
func isDoubled(said []rune, i int) bool {
	for n := 1; n <= 2; n++ {
		if i >= n && i+n < len(said) && text.IsHan(said[i]) && slices.Equal(said[i-n:i], said[i+1:i+1+n]) {
			return true
		}
	}
	return false
}

// isHedged reports whether the term at said[from:to] is quoted, supposed or asked about, so that it says little
// about how the customer feels. Nobody asks whether to be insulting, and a threat lives on its "if".
func isHedged(said []rune, from, to int, k kind) bool {
	if isQuoted(said, from) {
		return true
	}
	for from > 0 && !endsClause(said[from-1]) {
		from--
	}
	for to < len(said) && !endsClause(said[to]) {
		to++
	}
	clause := said[from:to]
	switch k {
	case insult, anger:
		return conditions.In(clause)
	case threat:
		return questions.In(clause)
	}
	return questions.In(clause) || conditions.In(clause)
}

func endsClause(r rune) bool { return strings.ContainsRune(",.!?;:，。！？；：、…~\n", r) }

// isQuoted reports whether a quotation that was opened before i is still open there.
func isQuoted(said []rune, i int) bool {
	for i--; i >= 0; i-- {
		switch said[i] {
		case '“', '「', '『', '《', '【':
			return true
		case '”', '」', '』', '》', '】':
			return false
		}
	}
	return false
}

// shouts reports whether a text as it was written is loud: three marks in a row, or English in capitals.
func shouts(raw string) bool {
	marks, capitals, letters := 0, 0, 0
	for _, r := range raw {
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

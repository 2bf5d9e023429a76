// Package builtin words answers without a model, from the passages found for a question and nothing else.
package builtin

import (
	"cmp"
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"keliu/streams/desk"
)

// How much is said at most. A list counts as one sentence.
const (
	mostSentences = 3
	mostHan       = 160 // runes of an answer in Chinese
	mostLatin     = 400 // of one in English
)

// phrases are all the words that are not of a passage.
var phrases = map[desk.Lang]struct{ caring, foreign, nothing string }{
	desk.Chinese: {
		caring:  "很抱歉给您添麻烦了。",
		foreign: "这部分资料目前只有英文版：",
		nothing: "这个问题我手头的资料里没有写明，不敢随便答复您。需要的话，我可以为您转接人工客服。",
	},
	desk.English: {
		caring:  "I'm sorry for the trouble. ",
		foreign: "Our help page on this is in Chinese only: ",
		nothing: "I have no information on this and would rather not guess. I can connect you to a member of our team if you like.",
	},
}

// A Question is what Answer answers.
type Question struct {
	Text     string
	Lang     desk.Lang      // Chinese or English
	Passages []desk.Passage // best first
	Caring   bool           // open with an apology
}

// Answer words an answer: the few sentences of the passages that answer the question, as they stand there. It says
// nothing of its own but a lead-in, and the same question always gets the same answer.
func Answer(q Question) string {
	own := phrases[q.Lang]
	c := newComposer(q)
	chosen := c.choose()
	if len(chosen) == 0 {
		return own.nothing
	}
	var b strings.Builder
	if q.Caring {
		b.WriteString(own.caring)
	}
	if c.lang != q.Lang {
		b.WriteString(own.foreign)
	}
	b.WriteString(join(chosen))
	return b.String()
}

// Lang is the language a text is written in: English when hardly any of its letters are Han, else Chinese.
func Lang(text string) desk.Lang {
	if han, letters := script(text); letters > 0 && han*4 < letters {
		return desk.English
	}
	return desk.Chinese
}

// A composer weighs the sentences of the passages against a question.
type composer struct {
	lang     desk.Lang // of the passages it speaks from
	limit    int
	passages []desk.Passage
	all      []sentence
	weights  []float64 // of the question's terms; their sum is 1
	holds    []terms   // of the question, in each sentence
	titles   []terms   // of the question, in each passage's title and heading
	overlap  []float64 // how much of the question each sentence holds, 0–1
	score    []float64 // of each sentence
}

// terms are some of the question's terms, a bit for each.
type terms uint64

// mostTerms is how many terms of a question are looked at.
const mostTerms = 64

func newComposer(q Question) *composer {
	c := &composer{lang: q.Lang, limit: mostHan}
	written := func(lang desk.Lang) (some []desk.Passage) {
		for _, p := range q.Passages {
			if Lang(p.Text) == lang {
				some = append(some, p)
			}
		}
		return some
	}
	if c.passages = written(q.Lang); len(c.passages) == 0 {
		if c.lang = desk.English; q.Lang == desk.English {
			c.lang = desk.Chinese
		}
		c.passages = q.Passages
	}
	if c.lang == desk.English {
		c.limit = mostLatin
	}
	for i, p := range c.passages {
		if p.Score < c.passages[0].Score*0.6 {
			c.passages = c.passages[:i]
			break
		}
		c.all = append(c.all, split(i, p.Text)...)
	}
	c.weigh(q.Text)
	return c
}

// empty are the terms that say nothing about what is asked.
var empty = strings.Fields(`请问 可以 怎么 么样 多少 什么 是不 不是 我的 我想 想要 你们 们的 能不 不能 有没 没有 是否 一下 如何 需要 要多 的吗 了吗 的呢
	a an the is are was do does did can could i my me you your we our it its to of for on in at how what when where which will would if and or have has there any be please`)

// weigh finds what of the question the passages know, the rarer the weightier, and scores every sentence by it.
func (c *composer) weigh(question string) {
	wanted := map[string]int{}
	for t := range words(question) {
		if _, seen := wanted[t]; !seen && len(wanted) < mostTerms && !slices.Contains(empty, t) {
			wanted[t] = len(wanted)
		}
	}
	find := func(text string) (found terms) {
		for t := range words(text) {
			if i, ok := wanted[t]; ok {
				found |= 1 << i
			}
		}
		return found
	}
	for _, p := range c.passages {
		c.titles = append(c.titles, find(p.Title+"\n"+p.Heading))
	}
	for _, s := range c.all {
		c.holds = append(c.holds, find(s.text))
	}
	c.weights = make([]float64, len(wanted))
	total := 0.0
	for i := range c.weights {
		bearers, known := 0, false
		for _, held := range c.holds {
			bearers += int(held >> i & 1)
		}
		for _, held := range c.titles {
			known = known || held>>i&1 == 1
		}
		if bearers > 0 || known {
			c.weights[i] = math.Log(1 + float64(len(c.all)+1)/float64(bearers+1))
			total += c.weights[i]
		}
	}
	for i := range c.weights {
		c.weights[i] /= max(total, 1e-9)
	}
	bears := borne(question)
	for i, s := range c.all {
		topic := c.holds[i] & c.titles[s.passage] // what the title says already tells the sentences apart less
		c.overlap = append(c.overlap, c.weight(c.holds[i])-0.5*c.weight(topic))
		c.score = append(c.score, c.worth(i, s, bears))
	}
}

// weight is how much of the question some terms are, 0–1.
func (c *composer) weight(of terms) (sum float64) {
	for i, w := range c.weights {
		if of>>i&1 == 1 {
			sum += w
		}
	}
	return sum
}

// kinds tell by the words of a question what a sentence must bear to answer it.
var kinds = []struct{ asks, bears *regexp.Regexp }{
	{regexp.MustCompile(`多久|几天|多长时间|什么时候|何时|几点|(?i)how long|\bwhen\b`), regexp.MustCompile(`[\d一二两三四五六七八九十]\s*(?:个?工作日|天|日|小时|分钟|个?月|年|点|周)|\d{1,2}:\d{2}|(?i)\b(?:days?|hours?|minutes?|weeks?|months?|years?)\b`)},
	{regexp.MustCompile(`多少钱|几块|几元|什么价|(?i)how much|\b(?:cost|price|fee)s?\b`), regexp.MustCompile(`[¥￥$]|\d\s*(?:元|块|(?i)yuan)|免费|包邮|(?i)\bfree\b`)},
	{regexp.MustCompile(`谁|(?i)\bwho\b`), regexp.MustCompile(`承担|负责|由[您我商平]|(?i)\bpays?\b|\bwe\b|\byou\b`)},
	{regexp.MustCompile(`多少|几|(?i)\bhow many\b`), regexp.MustCompile(`\d`)},
}

// borne is what a sentence must bear to answer the question; nil when its words do not tell.
func borne(question string) *regexp.Regexp {
	for _, k := range kinds {
		if k.asks.MatchString(question) {
			return k.bears
		}
	}
	return nil
}

// worth scores a sentence: what it holds of the question, what its passage is about, how early it stands, and whether
// it bears what is asked for. A question is no answer, nor are a few words.
func (c *composer) worth(i int, s sentence, bears *regexp.Regexp) float64 {
	if strings.HasSuffix(s.text, "？") || strings.HasSuffix(s.text, "?") || s.thin() {
		return 0
	}
	worth := c.overlap[i] + 0.5*c.weight(c.titles[s.passage]) + 0.15/float64(1+s.place)
	if bears != nil && bears.MatchString(s.text) {
		worth += 0.25
	}
	return worth / (1 + 0.15*float64(s.passage))
}

// choose picks the sentences to say, in the order of the passages.
func (c *composer) choose() []sentence {
	taken := map[int]bool{}
	if len(c.passages) > 0 && len(c.passages[0].Phrasings) > 0 {
		c.recite(taken)
	} else {
		c.pick(taken)
	}
	var chosen []sentence
	for i, s := range c.all {
		if taken[i] {
			chosen = append(chosen, s)
		}
	}
	return chosen
}

// recite takes the answer to a stored question, which is the first passage, from its beginning as far as there is room;
// before that, the sentence that holds clearly more of what is asked than the beginning does.
func (c *composer) recite(taken map[int]bool) {
	end := 0
	for end < len(c.all) && c.all[end].passage == 0 {
		end++
	}
	if end == 0 {
		return
	}
	target := 0
	for i := range end {
		if c.overlap[i] > c.overlap[target] {
			target = i
		}
	}
	aimed := c.overlap[target] >= c.overlap[0]+0.1
	row := aimed && c.all[target].item // one row of a table is asked for, not the others
	every := make([]int, end)
	for i := range end {
		every[i] = i
	}
	if !row && c.take(taken, every) {
		return
	}
	if aimed {
		c.take(taken, c.withContext(target, taken))
	}
	for i := range end {
		s := c.all[i]
		if taken[i] || row && (s.item || s.open()) {
			continue
		}
		if !c.take(taken, c.withContext(i, taken)) {
			return
		}
	}
}

// pick takes the best sentences of all passages.
func (c *composer) pick(taken map[int]bool) {
	var ranked []int
	for i, score := range c.score {
		if score > 0 {
			ranked = append(ranked, i)
		}
	}
	slices.SortStableFunc(ranked, func(a, b int) int { return cmp.Compare(c.score[b], c.score[a]) })
	for _, i := range ranked {
		if !taken[i] && (len(taken) == 0 || c.adds(i, ranked[0], taken)) {
			c.take(taken, c.withContext(i, taken))
		}
	}
}

// take adds a group to what is taken if there is room, and always when nothing is taken yet and it is a single
// sentence with its context.
func (c *composer) take(taken map[int]bool, group []int) bool {
	size, count := c.measure(slices.Concat(slices.Collect(maps.Keys(taken)), group))
	if (size > c.limit || count > mostSentences) && (len(taken) > 0 || len(group) > 2) {
		return false
	}
	for _, g := range group {
		taken[g] = true
	}
	return true
}

// adds reports whether a sentence is worth saying beside the taken ones: it bears something asked for that none of
// them and none of their titles holds, or stands with the best one and answers nearly as well.
func (c *composer) adds(i, best int, taken map[int]bool) bool {
	fresh := c.holds[i]
	for j := range taken {
		fresh &^= c.holds[j] | c.titles[c.all[j].passage]
	}
	return c.weight(fresh) >= 0.2 ||
		c.all[i].passage == c.all[best].passage && c.overlap[i] > 0 && c.overlap[i] >= 0.7*c.overlap[best]
}

// withContext adds to a sentence what it cannot stand without: the line that introduces it, the items it
// introduces, the sentence it leans on.
func (c *composer) withContext(i int, taken map[int]bool) []int {
	s := c.all[i]
	at := i - s.place // of the passage's first sentence
	group := []int{i}
	switch {
	case s.item && s.intro >= 0:
		group = []int{at + s.intro, i}
	case s.open():
		size := utf8.RuneCountInString(s.text)
		for j := i + 1; j < len(c.all) && c.all[j].passage == s.passage && c.all[j].item; j++ {
			if size += utf8.RuneCountInString(c.all[j].text); size > c.limit {
				break
			}
			group = append(group, j)
		}
	case s.leans() && s.place > 0 && !c.all[i-1].item:
		group = []int{i - 1, i}
	}
	return slices.DeleteFunc(group, func(j int) bool { return taken[j] })
}

// measure returns the runes of a group and how many sentences it makes: a list is one.
func (c *composer) measure(group []int) (size, count int) {
	items := false
	for _, g := range group {
		s := c.all[g]
		size += utf8.RuneCountInString(s.text)
		switch {
		case s.item:
			items = true
		case !s.open():
			count++
		}
	}
	if items {
		count++
	}
	return size, count
}

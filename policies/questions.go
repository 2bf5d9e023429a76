package policies

import "keliu/policies/ask"

// The questions that the engine answers; see package ask, which can be imported without it.
type (
	// MayRun asks whether a function may act in this situation.
	MayRun = ask.MayRun
	// MayReveal asks what of a kind of data somebody may get to see.
	MayReveal = ask.MayReveal
	// MayRetrieve asks whether an article may be read for a purpose.
	MayRetrieve = ask.MayRetrieve
	// MayContact asks whether a customer may be contacted.
	MayContact = ask.MayContact
	// MaySee asks whether one of the staff may use a part of the product.
	MaySee = ask.MaySee
	// KeepFor asks how long a kind of record is kept.
	KeepFor = ask.KeepFor

	// An Action says how a value may be shown.
	Action = ask.Action
	// A Ruling is a decision and the rule it rests on. A refusal is a ruling, not an error.
	Ruling = ask.Ruling
)

// The actions, from open to closed.
const (
	Show = ask.Show
	Mask = ask.Mask
	Tail = ask.Tail
	Drop = ask.Drop
)

package gateway

import (
	"slices"
	"time"

	"keliu/edge/staff"
	"keliu/edge/staff/deliveries"
	"keliu/edge/staff/door"
	"keliu/edge/staff/inbox"
	"keliu/edge/staff/inbox/panel"
	"keliu/edge/staff/live"
	"keliu/edge/wire"
	"keliu/functions/store/leads"
	"keliu/functions/store/notes"
	"keliu/functions/store/presence"
	"keliu/functions/store/worklist"
)

// company is the staff's side: its rooms behind one door.
func (e *Edge) company() []wire.Route {
	h := e.House
	d := &door.Door{Logins: h.Store, Rules: h.Rules, Trail: h.Trail, Now: time.Now}
	list, book, register := worklist.Open(h.Store.DB), notes.Open(h.Store.DB), presence.Open(h.Store.DB)
	workbench := inbox.New(inbox.Room{
		Door: d, Store: h.Store, List: list, Book: book, Register: register, Inbound: h.Streams, Assistant: h.Assistant(), Live: e.outside,
		Addresses: h.Addresses, Ledger: leads.Open(h.Store.DB), Pictures: e.side.Pictures, Now: time.Now, Log: e.log,
	})
	e.screens = live.Open(live.Options{
		Door: d, Rows: workbench, People: h.Store, Register: register, Inbound: h.Streams, Whisper: e.side.Whisper, Now: time.Now, Log: e.log,
	})
	e.outside.screens.Store(e.screens)
	return slices.Concat(
		staff.New(staff.Side{
			Door: d, Store: h.Store, Rules: h.Rules, Trail: h.Trail, Library: h.Library, Meter: h.Meter, Now: time.Now, Log: e.log,
		}).Routes(),
		workbench.Routes(),
		(&panel.Room{Door: d, Store: h.Store, List: list, Book: book, Shop: h.Customers(), Live: e.outside, Now: time.Now}).Routes(),
		e.screens.Routes(),
		(&deliveries.Room{Door: d, Book: h.Addresses, Now: time.Now}).Routes(),
	)
}

package gateway

import (
	"path/filepath"
	"slices"
	"time"

	"keliu/edge/staff/cockpit"
	"keliu/edge/staff/deliveries"
	"keliu/edge/staff/door"
	"keliu/edge/staff/growth"
	"keliu/edge/staff/inbox"
	"keliu/edge/staff/inbox/panel"
	"keliu/edge/staff/knowledge"
	"keliu/edge/staff/live"
	"keliu/edge/staff/policy"
	"keliu/edge/staff/trail"
	"keliu/edge/wire"
	"keliu/functions/catalog"
	"keliu/functions/store/census"
	"keliu/functions/store/company"
	"keliu/functions/store/drafts"
	"keliu/functions/store/goals"
	"keliu/functions/store/notes"
	"keliu/functions/store/presence"
	"keliu/functions/store/worklist"
	"keliu/streams/score/lead"
)

// company is the staff's side: its rooms behind one door.
func (e *Edge) company(reader *lead.Reader) []wire.Route {
	h := e.House
	book := company.Open(h.Store.DB)
	d := &door.Door{Logins: company.Logins{Staff: h.Store, Book: book}, Rules: h.Rules, Trail: h.Trail, Now: time.Now}
	list, written, register := worklist.Open(h.Store.DB), notes.Open(h.Store.DB), presence.Open(h.Store.DB)
	workbench := inbox.New(inbox.Room{
		Door: d, Store: h.Store, List: list, Book: written, Register: register, Inbound: h.Streams, Assistant: h.Assistant(), Live: e.outside,
		Addresses: h.Addresses, Ledger: h.Leads, Scores: h.Scores, Pictures: e.side.Pictures, Now: time.Now, Log: e.log,
	})
	e.screens = live.Open(live.Options{
		Door: d, Rows: workbench, People: h.Store, Register: register, Inbound: h.Streams, Whisper: e.side.Whisper, Now: time.Now, Log: e.log,
	})
	e.outside.screens.Store(e.screens)
	return slices.Concat(
		workbench.Routes(),
		(&panel.Room{Door: d, Store: h.Store, List: list, Book: written, Shop: h.Customers(), Scores: h.Scores, Reader: reader, Live: e.outside, Now: time.Now}).Routes(),
		e.screens.Routes(),
		e.administration(d, book),
		(&knowledge.Room{Door: d, Library: h.Library, Book: book, Log: e.log}).Routes(),
		(&growth.Room{Door: d, Outreach: h.Outreach, Leads: h.Leads, Staff: h.Store, Now: time.Now}).Routes(),
		(&cockpit.Room{
			Door: d, Meter: census.Gather(h.Meter, h.Store.DB), Shelf: goals.Open(h.Store.DB), Teams: book, Staff: h.Store, Channels: catalog.Names("channels"),
			Intents: catalog.Names("intents"), Now: time.Now,
		}).Routes(),
		(&policy.Room{
			Door: d, Rules: h.Rules, Streams: h.Streams, Drafts: drafts.Open(h.Store.DB), Staff: h.Store, Now: time.Now,
		}).Routes(),
		(&trail.Room{Door: d, Trail: h.Trail, Folder: filepath.Join(h.Config.Dir, "audit"), Staff: h.Store, Now: time.Now}).Routes(),
		(&deliveries.Room{Door: d, Book: h.Addresses, Now: time.Now}).Routes(),
	)
}

package gateway

import (
	"slices"
	"time"

	"keliu/edge/staff"
	"keliu/edge/staff/admin"
	"keliu/edge/staff/admin/channels"
	"keliu/edge/staff/admin/settings"
	"keliu/edge/staff/door"
	"keliu/edge/staff/password"
	"keliu/edge/staff/tries"
	"keliu/edge/wire"
	"keliu/functions/catalog"
	"keliu/functions/store/company"
)

// administration is who is logged in, and the administrator's rooms.
func (e *Edge) administration(d *door.Door, book *company.Book) []wire.Route {
	h, guard := e.House, tries.New(time.Now)
	return slices.Concat(
		staff.New(staff.Side{Door: d, Store: h.Store, Company: book, Tries: guard, Now: time.Now}).Routes(),
		(&admin.Room{
			Door: d, Staff: h.Store, Book: book, Streams: h.Streams, Hash: password.Hash, Matches: password.Matches, Tries: guard, Now: time.Now,
		}).Routes(),
		(&channels.Room{Door: d, Book: book, Streams: h.Streams, Channels: e.settings, Ways: h.Channels, Networks: h.Platforms(), Now: time.Now}).Routes(),
		(&settings.Room{Door: d, Book: book, Providers: h.Models, Figures: h.Meter, Now: time.Now}).Routes(),
	)
}

// settings are what sets each channel up, by its name.
func (e *Edge) settings() map[string][]channels.Setting {
	all := map[string][]channels.Setting{}
	for channel, given := range e.House.Platforms().Given() {
		for _, s := range catalog.Settings() {
			if set, named := given[s.Name]; named {
				all[channel] = append(all[channel], channels.Setting{Name: s.Name, Meaning: s.Meaning, Set: set})
			}
		}
	}
	return all
}

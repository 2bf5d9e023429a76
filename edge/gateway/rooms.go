package gateway

import (
	"slices"
	"time"

	"keliu/edge/staff"
	"keliu/edge/staff/door"
	"keliu/edge/wire"
)

// company is the staff's side: its rooms behind one door.
func (e *Edge) company() []wire.Route {
	d := &door.Door{Logins: e.House.Store, Rules: e.House.Rules, Trail: e.House.Trail, Now: time.Now}
	return slices.Concat(
		staff.New(staff.Side{
			Door: d, Store: e.House.Store, Inbound: e.House.Streams, Rules: e.House.Rules, Trail: e.House.Trail, Library: e.House.Library,
			Meter: e.House.Meter, Now: time.Now, Log: e.log,
		}).Routes(),
	)
}

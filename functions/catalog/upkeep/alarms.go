package upkeep

import (
	"context"

	"keliu/functions/store/goals"
)

// Alarms records which metrics are worse than their alarms allow, and which are so no more.
func (r *Rounds) Alarms(ctx context.Context) error {
	return goals.Open(r.Store.DB).Watch(ctx, r.Meter, r.Now())
}

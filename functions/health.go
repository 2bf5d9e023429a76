package functions

import "time"

// Health is how a channel fares with its network since this process began.
type Health struct {
	Ready   bool      `json:"ready"`           // it has all the settings it needs
	Missing []string  `json:"missing"`         // settings without which it does not work, by their names in the environment
	Hook    time.Time `json:"hook,omitzero"`   // the latest webhook that was taken
	Hooks   int64     `json:"hooks"`           // webhooks taken
	Forged  int64     `json:"forged"`          // webhooks that were not signed, or wrongly
	Ignored int64     `json:"ignored"`         // webhooks of events that mean nothing to us
	Said    time.Time `json:"said,omitzero"`   // when the network took a message last
	Sent    int64     `json:"sent"`            // messages that the network took
	Failed  int64     `json:"failed"`          // messages that it did not take, or of which nobody knows
	Held    int64     `json:"held"`            // of these, those for which no window was open or its quota used up
	Error   string    `json:"error,omitempty"` // the latest failure, in words
	Erred   time.Time `json:"erred,omitzero"`  // when that was
}

// Healthy is a channel that knows how it fares.
type Healthy interface{ Health() Health }

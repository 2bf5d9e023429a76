package catalog

import (
	"context"
	"crypto/rand"
	"time"

	"keliu/functions/models"
	"keliu/policies"
	"keliu/streams/meter"
)

// denied measures a refusal of the rules.
func (h *House) denied(question string, r policies.Ruling) {
	rule := r.Rule
	if rule == "" {
		rule = question
	}
	h.measure(meter.Point{Name: meter.PolicyDenied, Value: 1, Tags: meter.Tags{Reason: rule}})
}

// called measures an attempt at a model.
func (h *House) called(c models.Call) {
	tags := meter.Tags{Model: c.Provider + "/" + c.Model, Intent: c.Intent}
	points := []meter.Point{
		{Name: meter.ModelCall, Value: float64(c.Latency.Milliseconds()), Tags: tags},
		{Name: meter.ModelTokens, Value: float64(c.TokensIn + c.TokensOut), Tags: tags},
		{Name: meter.ModelCost, Value: float64(c.MicroYuan), Tags: tags},
	}
	if c.Error != "" {
		failed := tags
		failed.Reason = c.Error
		points = append(points, meter.Point{Name: meter.ModelError, Value: 1, Tags: failed})
		h.outside.Log.Warn("a model failed", "model", tags.Model, "class", c.Error, "detail", c.Detail)
	}
	h.measure(points...)
}

// measure sends points on their way that belong to no record. It does not hold up who measures.
func (h *House) measure(points ...meter.Point) {
	now := h.now().UTC()
	for i := range points {
		points[i].At = now
	}
	go func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := meter.Points.Publish(ctx, h.Streams, "x_"+rand.Text(), "house", points); err != nil {
			h.outside.Log.Warn("points were lost", "error", err)
		}
	}()
}

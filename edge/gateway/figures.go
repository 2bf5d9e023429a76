package gateway

import (
	"context"
	"strconv"
	"time"

	"github.com/cloudwego/hertz/pkg/app"
	"github.com/cloudwego/hertz/pkg/common/adaptor"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"keliu/streams"
	"keliu/streams/embedded"
)

// figures are what the operators' monitoring reads. The business's metrics are in the cockpit.
type figures struct {
	handler  app.HandlerFunc
	duration *prometheus.HistogramVec
	requests *prometheus.CounterVec
}

func newFigures(e *Edge) *figures {
	f := &figures{
		duration: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "keliu_http_request_seconds", Help: "How long requests took, by route.", Buckets: prometheus.ExponentialBuckets(0.0005, 2, 14),
		}, []string{"route"}),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "keliu_http_requests_total", Help: "Requests by route and status."}, []string{"route", "status"}),
	}
	r := prometheus.NewRegistry()
	r.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), f.duration, f.requests, &state{edge: e})
	f.handler = adaptor.HertzHandler(promhttp.HandlerFor(r, promhttp.HandlerOpts{}))
	return f
}

func (f *figures) serve(ctx context.Context, c *app.RequestContext) error {
	f.handler(ctx, c)
	return nil
}

// timed measures a route. Its metrics are found once, not per request.
func (f *figures) timed(route string) app.HandlerFunc {
	duration := f.duration.WithLabelValues(route)
	ok := f.requests.WithLabelValues(route, "200")
	return func(ctx context.Context, c *app.RequestContext) {
		start := time.Now()
		c.Next(ctx)
		duration.Observe(time.Since(start).Seconds())
		if status := c.Response.StatusCode(); status != 200 {
			f.requests.WithLabelValues(route, strconv.Itoa(status)).Inc()
			return
		}
		ok.Inc()
	}
}

// state reads the state of the rooms when monitoring asks for it.
type state struct{ edge *Edge }

var (
	pending = prometheus.NewDesc("keliu_stream_pending", "Records published and not yet acknowledged.", []string{"topic", "subscription"}, nil)
	parked  = prometheus.NewDesc("keliu_stream_parked", "Records that wait behind or for a failing key.", []string{"topic", "subscription"}, nil)
	damaged = prometheus.NewDesc("keliu_stream_damaged_bytes", "Bytes of the log that are damaged and never served.", nil, nil)
	open    = prometheus.NewDesc("keliu_live_connections", "Customers' connections open now.", []string{"kind"}, nil)
	told    = prometheus.NewDesc("keliu_live_told_total", "Events handed to connections.", nil, nil)
	slow    = prometheus.NewDesc("keliu_live_slow_total", "Connections dropped because they lagged behind.", nil, nil)
	failed  = prometheus.NewDesc("keliu_policy_failures_total", "Decisions that could not be made and were refused.", nil, nil)
	missed  = prometheus.NewDesc("keliu_policy_unrecorded_total", "Decisions that could not be recorded for replays.", nil, nil)
)

// Describe implements prometheus.Collector.
func (s *state) Describe(out chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{pending, parked, damaged, open, told, slow, failed, missed} {
		out <- d
	}
}

// Collect implements prometheus.Collector.
func (s *state) Collect(out chan<- prometheus.Metric) {
	gauge := func(d *prometheus.Desc, v float64, labels ...string) {
		out <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
	}
	count := func(d *prometheus.Desc, v float64) {
		out <- prometheus.MustNewConstMetric(d, prometheus.CounterValue, v)
	}
	if o, ok := s.edge.House.Streams.(streams.Observer); ok {
		for _, b := range o.Backlogs() {
			gauge(pending, float64(b.Pending), b.Topic, b.Subscription)
			gauge(parked, float64(b.Parked), b.Topic, b.Subscription)
		}
	}
	if l, ok := s.edge.House.Streams.(*embedded.Log); ok {
		bytes := int64(0)
		for _, d := range l.Damage() {
			bytes += d.Bytes
		}
		gauge(damaged, float64(bytes))
	}
	if s.edge.hub != nil {
		c := s.edge.hub.Counters()
		gauge(open, float64(c.SSE), "sse")
		gauge(open, float64(c.WebSocket), "websocket")
		count(told, float64(c.Told))
		count(slow, float64(c.Slow))
	}
	count(failed, float64(s.edge.House.Rules.Failures()))
	count(missed, float64(s.edge.House.Rules.Unrecorded()))
}

package realtime

import "github.com/prometheus/client_golang/prometheus"

// metrics are what a Node counts, as parley_realtime_*.
type metrics struct {
	publications *prometheus.CounterVec // from: local, remote
	recoveries   *prometheus.CounterVec // recovered: true, false
	gaps         *prometheus.CounterVec // how: filled, resubscribed
	dropped      *prometheus.CounterVec // why: backlog, slow, redis
	refused      *prometheus.CounterVec // why: rate, address
	activities   prometheus.Counter
	gauges       []prometheus.Collector
}

func newMetrics(n *Node) *metrics {
	vec := func(name, help, label string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: "parley", Subsystem: "realtime", Name: name, Help: help}, []string{label})
	}
	gauge := func(name, help string, f func() float64) prometheus.Collector {
		return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Namespace: "parley", Subsystem: "realtime", Name: name, Help: help}, f)
	}
	return &metrics{
		publications: vec("publications_total", "Events published, on this node or heard from another.", "from"),
		recoveries:   vec("recoveries_total", "Clients that came back and were told what they missed, or that they must fetch.", "recovered"),
		gaps:         vec("gaps_total", "Holes in a stream put right from History.", "how"),
		dropped:      vec("dropped_total", "Publications that found no room, connections that were too slow.", "why"),
		refused:      vec("refused_total", "Connections not let in.", "why"),
		activities: prometheus.NewCounter(prometheus.CounterOpts{
			Namespace: "parley", Subsystem: "realtime", Name: "activity_events_total", Help: "Activity events sent to people.",
		}),
		gauges: []prometheus.Collector{
			gauge("connections", "Open connections.", func() float64 { return float64(n.hub.Hub().NumClients()) }),
			gauge("people", "People with a connection.", func() float64 { return float64(n.hub.Hub().NumUsers()) }),
			gauge("channels", "Channels with a listener.", func() float64 { return float64(n.hub.Hub().NumChannels()) }),
			gauge("joined", "1 when the other nodes are heard, or there are none.", func() float64 {
				if n.Joined() {
					return 1
				}
				return 0
			}),
		},
	}
}

func (m *metrics) all() []prometheus.Collector {
	return append([]prometheus.Collector{m.publications, m.recoveries, m.gaps, m.dropped, m.refused, m.activities}, m.gauges...)
}

// Describe implements prometheus.Collector.
func (m *metrics) Describe(ch chan<- *prometheus.Desc) {
	for _, c := range m.all() {
		c.Describe(ch)
	}
}

// Collect implements prometheus.Collector.
func (m *metrics) Collect(ch chan<- prometheus.Metric) {
	for _, c := range m.all() {
		c.Collect(ch)
	}
}

func (m *metrics) recovered(ok bool) {
	label := "false"
	if ok {
		label = "true"
	}
	m.recoveries.WithLabelValues(label).Inc()
}

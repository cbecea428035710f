package realtime

import (
	"encoding/json"
	"hash/maphash"
	"sync"

	"github.com/centrifugal/centrifuge"

	"github.com/parley-im/parley/internal/parley"
)

// item is one publication on its way to the listeners.
type item struct {
	channel string
	offset  uint64        // 0: without a place in a stream
	event   *parley.Event // of this node, told to the others too
	data    []byte        // of another node, encoded
}

// stream is a channel that has listeners on this node.
type stream struct {
	conversation parley.ID // None: nothing has a place in it
	known        bool      // last is set
	last         uint64    // what was delivered; once known only the shard's dispatcher changes it
}

// shard delivers the publications of some channels, one after the other.
type shard struct {
	node *Node
	wake chan struct{}

	mu       sync.Mutex
	channels map[string]*stream
	queue    []item
	behind   map[string]struct{} // to be compared with History
	later    map[string]struct{} // could not be read: again in a second
}

var seed = maphash.MakeSeed()

func (b *broker) shard(channel string) *shard {
	return b.shards[maphash.String(seed, channel)%uint64(len(b.shards))]
}

// enqueue returns at once. What finds no room is left to History, here and on the other nodes.
func (b *broker) enqueue(i item) {
	s := b.shard(i.channel)
	s.mu.Lock()
	defer s.mu.Unlock()
	st := s.channels[i.channel]
	if st == nil && (b.node.links == nil || i.event == nil) {
		return // nobody listens
	}
	if len(s.queue) >= b.node.options.Backlog {
		b.node.metrics.dropped.WithLabelValues("backlog").Inc()
		if st != nil && i.offset > 0 {
			s.behindLocked(i.channel)
		}
		if b.node.links != nil && i.event != nil {
			b.node.links.owe()
		}
		return
	}
	s.queue = append(s.queue, i)
	s.signal()
}

func (s *shard) signal() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

func (s *shard) behindLocked(channel string) {
	if s.behind == nil {
		s.behind = map[string]struct{}{}
	}
	s.behind[channel] = struct{}{}
	s.signal()
}

func (s *shard) run() {
	for {
		select {
		case <-s.node.ctx.Done():
			s.last()
			return
		case <-s.wake:
		}
		for {
			s.mu.Lock()
			batch, behind := s.queue, s.behind
			s.queue, s.behind = nil, nil
			s.mu.Unlock()
			if len(batch) == 0 && len(behind) == 0 {
				break
			}
			for _, i := range batch {
				s.dispatch(i)
			}
			for ch := range behind {
				s.fill(ch)
			}
		}
	}
}

// last tells the other nodes what is left when this one stops; here nobody is left.
func (s *shard) last() {
	s.mu.Lock()
	queue := s.queue
	s.queue = nil
	s.mu.Unlock()
	for _, i := range queue {
		s.encode(&i)
	}
}

// encode makes an event's JSON, once for all who listen, and tells the other nodes; false means that it cannot.
func (s *shard) encode(i *item) bool {
	if i.event == nil {
		return true // came encoded
	}
	var err error
	if i.data, err = json.Marshal(i.event); err != nil {
		s.node.log.Error("realtime.event_not_encoded", "channel", i.channel, "type", i.event.Type, "error", err)
		return false
	}
	if s.node.links != nil {
		s.node.links.publish(i.channel, i.offset, i.data)
	}
	return true
}

func (s *shard) dispatch(i item) {
	if !s.encode(&i) {
		return
	}
	s.mu.Lock()
	st := s.channels[i.channel]
	if st == nil {
		s.mu.Unlock()
		return
	}
	deliver, gap := i.offset == 0, false
	if !deliver && st.known { // else it is in what the first listener reads, see Subscribe
		switch {
		case i.offset == st.last+1:
			st.last, deliver = i.offset, true
		case i.offset > st.last:
			gap = true
		}
	}
	s.mu.Unlock()
	switch {
	case deliver:
		s.deliver(i.channel, i.offset, i.data)
	case gap:
		s.fill(i.channel)
		s.check(i.channel, i.offset)
	}
}

// check has a stream read again when History did not yet have what was published.
func (s *shard) check(channel string, offset uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if st := s.channels[channel]; st != nil && st.last < offset {
		s.laterLocked(channel)
	}
}

func (s *shard) laterLocked(channel string) {
	if s.later == nil {
		s.later = map[string]struct{}{}
	}
	s.later[channel] = struct{}{}
}

// tooMany is how many times Options.Recovery a stream may be behind and its listeners still be told each change. A
// dispatcher that is merely slower than a burst is some hundreds behind; a node that did not hear for long, thousands.
const tooMany = 4

// fill delivers what History has after what was delivered.
func (s *shard) fill(channel string) {
	for more := true; more; {
		more = s.fillPage(channel)
	}
}

func (s *shard) fillPage(channel string) (more bool) {
	s.mu.Lock()
	st := s.channels[channel]
	if st == nil || !st.known {
		s.mu.Unlock()
		return false
	}
	last := st.last
	s.mu.Unlock()

	limit := s.node.options.Recovery
	pubs, latest, err := s.node.broker.since(st.conversation, last, limit)
	if err != nil {
		s.node.log.Warn("realtime.gap_not_filled", "channel", channel, "error", err)
		s.mu.Lock()
		s.laterLocked(channel)
		s.mu.Unlock()
		return false
	}
	if latest <= last {
		return false
	}
	far := latest-last > uint64(limit*tooMany)
	if !far && len(pubs) == limit {
		latest, more = pubs[limit-1].Offset, true
	}
	s.mu.Lock()
	st.last = latest
	s.mu.Unlock()
	if far {
		// The hole makes them subscribe anew and hear that they must fetch.
		s.node.metrics.gaps.WithLabelValues("resubscribed").Inc()
		s.deliver(channel, latest, nothing)
		return false
	}
	s.node.metrics.gaps.WithLabelValues("filled").Inc()
	for _, p := range withoutHoles(pubs, last, latest) {
		s.deliver(channel, p.Offset, p.Data)
	}
	return more
}

// deliver hands one publication to the connections. The error is that of one channel's encoding, never of a client.
func (s *shard) deliver(channel string, offset uint64, data []byte) {
	position := centrifuge.StreamPosition{}
	if offset > 0 {
		position = centrifuge.StreamPosition{Offset: offset, Epoch: s.node.options.Epoch}
	}
	if err := s.node.hub.HandlePublication(channel, &centrifuge.Publication{Offset: offset, Data: data}, position, false, nil); err != nil {
		s.node.log.Error("realtime.not_delivered", "channel", channel, "error", err)
	}
}

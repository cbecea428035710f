package realtime

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/centrifugal/centrifuge"

	"github.com/parley-im/parley/internal/parley"
)

// History is where the streams are kept: the message table.
type History interface {
	// Since returns, by ascending offset, the publications of a conversation with an offset above the given one, at most
	// limit, and the newest offset there is. Each message appears once, with its newest state, so offsets have holes.
	// Publications are of one reading that begins after latest was read, or in the same snapshot. limit 0 asks for latest only.
	Since(ctx context.Context, conversation parley.ID, offset uint64, limit int) (pubs []Publication, latest uint64, err error)
}

// Publication is one event in a stream.
type Publication struct {
	Offset uint64
	Data   []byte // JSON of a parley.Event
}

// nothing stands where a message had a state that a later one has replaced.
var nothing = []byte(`{"type":"none"}`)

// broker gives centrifuge its streams and takes publications to who listens on this node.
//
// What it relies on, read in centrifuge v0.40.1:
//
//   - client.go subscribeCmd: a client is put into the hub and collects what comes (recovery.PubSubSync) before
//     History is called, so all that is published after our answer's snapshot is merged behind it. Broker.Subscribe is
//     called before, for a channel's first client (node.go addSubscription), never at once with Unsubscribe.
//   - isStreamRecovered: the first publication must have the offset asked for + 1, the last that of the stream's top;
//     none means recovered only if the client was at the top. With publications collected meanwhile,
//     recovery.MergePublications also refuses any hole between, and the whole connection is cut with 3010. So History
//     answers without holes: what has no row is filled with nothing.
//   - publicationDataUpdatePositionLocked: a live publication at or below a client's position is left out, one with a
//     hole before it makes that client subscribe anew (2500) and recover. So what we deliver never has holes, and
//     delivering one is how clients that are too far behind are sent to recover.
//   - a publication with offset 0 is sent to who is subscribed and dropped for who is just subscribing.
type broker struct {
	node   *Node
	shards [8]*shard
	reads  reads
}

var (
	_ centrifuge.Broker = (*broker)(nil)

	errNotHere = errors.New("realtime: clients publish by calls, not into channels")
)

func newBroker(n *Node) *broker {
	b := &broker{node: n}
	for i := range b.shards {
		b.shards[i] = &shard{node: n, channels: map[string]*stream{}, wake: make(chan struct{}, 1)}
	}
	return b
}

// conversation returns the conversation of a channel "c:...", None of others.
func conversation(channel string) parley.ID {
	s, ok := strings.CutPrefix(channel, "c:")
	if !ok {
		return parley.None
	}
	id, err := parley.ParseID(s)
	if err != nil || id.String() != s { // one name for each conversation
		return parley.None
	}
	return id
}

// RegisterBrokerEventHandler does nothing: the handler is the node, which we have.
func (b *broker) RegisterBrokerEventHandler(centrifuge.BrokerEventHandler) error { return nil }

// Subscribe is called when a channel has its first listener here. The stream's position is read after the channel is
// known to the dispatcher, and clients read History later than this. So a change is either in what the client reads, or
// comes through the dispatcher after the position is known. What came between is in what the client reads, since it was
// committed before; the dispatcher, not having delivered it, finds a hole at the next change and gets both from History.
func (b *broker) Subscribe(channels ...string) error {
	for _, ch := range channels {
		s, st := b.shard(ch), &stream{conversation: conversation(ch)}
		s.mu.Lock()
		if s.channels[ch] != nil { // its last listener went less than a second ago
			s.mu.Unlock()
			continue
		}
		s.channels[ch] = st
		s.mu.Unlock()
		if st.conversation == parley.None {
			continue
		}
		_, top, err := b.since(st.conversation, 0, 0)
		s.mu.Lock()
		if err != nil {
			delete(s.channels, ch)
			s.mu.Unlock()
			b.node.log.Warn("realtime.history_failed", "channel", ch, "error", err)
			return problem(err, nil) // temporary kinds are tried again by the client
		}
		st.last, st.known = top, true
		s.mu.Unlock()
	}
	return nil
}

// Unsubscribe is called a second after a channel has lost its last listener here.
func (b *broker) Unsubscribe(channels ...string) error {
	for _, ch := range channels {
		s := b.shard(ch)
		s.mu.Lock()
		delete(s.channels, ch)
		s.mu.Unlock()
	}
	return nil
}

// History answers what a subscribing client has missed, or where the stream stands.
func (b *broker) History(ch string, o centrifuge.HistoryOptions) ([]*centrifuge.Publication, centrifuge.StreamPosition, error) {
	position := centrifuge.StreamPosition{Epoch: b.node.options.Epoch}
	id := conversation(ch)
	if id == parley.None {
		return nil, centrifuge.StreamPosition{}, nil
	}
	since, limit := uint64(0), 0
	if f := o.Filter.Since; f != nil {
		since = f.Offset
		if (f.Epoch == "" || f.Epoch == position.Epoch) && !b.farBehind(ch, since) {
			limit = b.node.options.Recovery
		}
	}
	pubs, latest, err := b.since(id, since, limit)
	if err != nil {
		b.node.log.Warn("realtime.history_failed", "channel", ch, "error", err)
		return nil, centrifuge.StreamPosition{}, problem(err, nil)
	}
	position.Offset = latest
	if o.Filter.Since == nil {
		return nil, position, nil
	}
	var filled []*centrifuge.Publication
	recovered := limit > 0 && since <= latest && latest-since <= uint64(limit) &&
		size(pubs) <= b.node.options.QueueSize/2
	if recovered {
		filled = withoutHoles(pubs, since, latest)
	}
	b.node.metrics.recovered(recovered)
	return filled, position, nil
}

// farBehind spares the reading of messages that would not be sent.
func (b *broker) farBehind(ch string, since uint64) bool {
	s := b.shard(ch)
	s.mu.Lock()
	defer s.mu.Unlock()
	st := s.channels[ch]
	return st != nil && st.known && st.last > since && st.last-since > uint64(b.node.options.Recovery)
}

// since asks History, at once with all who ask the same. The newest offset is at least that of the last publication.
func (b *broker) since(id parley.ID, offset uint64, limit int) ([]Publication, uint64, error) {
	return b.reads.do(readKey{id, offset, limit}, func() ([]Publication, uint64, error) {
		ctx, cancel := context.WithTimeout(b.node.ctx, b.node.options.Read)
		defer cancel()
		pubs, latest, err := b.node.house.History.Since(ctx, id, offset, limit)
		if len(pubs) > 0 {
			latest = max(latest, pubs[len(pubs)-1].Offset)
		}
		return pubs, latest, err
	})
}

// size is what a client is sent at once when it recovers: were it more than its queue takes, it would be cut off as
// slow, come back, and be cut off again for ever.
func size(pubs []Publication) int {
	n := 0
	for _, p := range pubs {
		n += len(p.Data)
	}
	return n
}

// withoutHoles returns one publication for each offset above since up to latest.
func withoutHoles(pubs []Publication, since, latest uint64) []*centrifuge.Publication {
	out := make([]*centrifuge.Publication, 0, latest-since)
	for offset := since + 1; offset <= latest; offset++ {
		data := nothing
		if len(pubs) > 0 && pubs[0].Offset == offset {
			data, pubs = pubs[0].Data, pubs[1:]
		}
		out = append(out, &centrifuge.Publication{Offset: offset, Data: data})
	}
	return out
}

// ReliableDelivery tells centrifuge not to compare each client's position with the database every 40 s: resync does
// that once for each channel.
func (b *broker) ReliableDelivery() bool { return true }

// Publish is for clients that publish into channels; ours do not.
func (b *broker) Publish(string, []byte, centrifuge.PublishOptions) (centrifuge.PublishResult, error) {
	return centrifuge.PublishResult{}, errNotHere
}

// PublishJoin is not used.
func (b *broker) PublishJoin(string, *centrifuge.ClientInfo) error { return errNotHere }

// PublishLeave is not used.
func (b *broker) PublishLeave(string, *centrifuge.ClientInfo) error { return errNotHere }

// RemoveHistory is not used.
func (b *broker) RemoveHistory(string) error { return errNotHere }

// resync compares each listened-to stream with History from time to time, and tries again what could not be read.
func (b *broker) resync() {
	retry, all := time.NewTicker(time.Second), time.NewTicker(b.node.options.Resync)
	defer retry.Stop()
	defer all.Stop()
	for {
		select {
		case <-b.node.ctx.Done():
			return
		case <-retry.C:
			for _, s := range b.shards {
				s.mu.Lock()
				for ch := range s.later {
					s.behindLocked(ch)
				}
				s.later = nil
				s.mu.Unlock()
			}
		case <-all.C:
			b.catchUp()
		}
	}
}

// catchUp has every listened-to stream compared with History, soon.
func (b *broker) catchUp() {
	for _, s := range b.shards {
		s.mu.Lock()
		for ch, st := range s.channels {
			if st.known {
				s.behindLocked(ch)
			}
		}
		s.mu.Unlock()
	}
}

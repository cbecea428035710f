package realtime

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/parley-im/parley/internal/parley"
)

const announceEvery = 30 * time.Second // all of a node's people, for who missed a change

// Presence returns how people are, everywhere; who is not known is offline. Whether the asker may see them is the
// caller's to check.
func (n *Node) Presence(people []parley.ID) map[parley.ID]parley.Presence {
	return n.presence.of(people)
}

// Using says which of people use an app now: those who show no presence too, as far as they are connected here. It is for
// the house alone.
func (n *Node) Using(people []parley.ID) map[parley.ID]bool {
	return n.presence.using(people, time.Now())
}

// watchOver looks each second at who is there, and tells: watchers, the other nodes, the keeper of last seen.
func (n *Node) watchOver() {
	tick, all := time.NewTicker(time.Second), time.NewTicker(announceEvery)
	defer tick.Stop()
	defer all.Stop()
	for {
		select {
		case <-n.ctx.Done():
			return
		case <-all.C:
			n.announce()
		case now := <-tick.C:
			news := n.presence.tick(now, n.house.Hidden)
			if len(news.announce) > 0 {
				n.tell(notice{Kind: noticePresence, Presence: news.announce})
			}
			n.tellWatchers(news.tell)
			if n.house.Seen != nil {
				for id, at := range news.seen {
					n.house.Seen(id, at)
				}
			}
		}
	}
}

func (n *Node) announce() {
	n.tell(notice{Kind: noticePresence, Presence: n.presence.all(), Whole: true})
}

// tellWatchers sends each watcher one event on their own stream, here only: other nodes tell theirs.
func (n *Node) tellWatchers(byConn map[string]map[parley.ID]parley.Presence) {
	byPerson := map[parley.ID]map[string]parley.Presence{}
	n.mu.RLock()
	for id, news := range byConn {
		c := n.conns[id]
		if c == nil {
			continue
		}
		m := byPerson[c.caller.Person]
		if m == nil {
			m = map[string]parley.Presence{}
			byPerson[c.caller.Person] = m
		}
		for p, state := range news {
			m[p.String()] = state
		}
	}
	n.mu.RUnlock()
	for person, news := range byPerson {
		data, err := json.Marshal(parley.Event{Type: parley.EventPresence, Presence: news})
		if err != nil {
			n.log.Error("realtime.event_not_encoded", "type", parley.EventPresence, "error", err)
			continue
		}
		n.broker.enqueue(item{channel: PersonChannel(person), data: data})
	}
}

// watch serves {people: ID[]} -> {presence: {...}}: it replaces whom this connection watches.
func (n *Node) watch(ctx context.Context, caller Caller, data []byte, answer func(any, error)) {
	c := ctx.Value(connKey{}).(*conn) //nolint:forcetypeassert // call put it there
	n.mu.Lock()
	c.watched++
	turn := c.watched
	n.mu.Unlock()
	go func() { // Visible may ask the database
		people, err := n.watchable(ctx, caller, data)
		if err != nil {
			answer(nil, err)
			return
		}
		n.mu.RLock()
		defer n.mu.RUnlock()
		presence := n.presence.of(people)
		if c.watched == turn && n.conns[c.id] == c { // no later call has come, and the connection has not gone
			presence = n.presence.watch(c.id, people)
		}
		answer(map[string]any{"presence": presence}, nil)
	}()
}

func (n *Node) watchable(ctx context.Context, caller Caller, data []byte) ([]parley.ID, error) {
	var ask struct {
		People []parley.ID `json:"people"`
	}
	if err := decode(data, &ask); err != nil {
		return nil, err
	}
	if len(ask.People) > n.options.Watched {
		return nil, parley.Invalid("people", "too_many", fmt.Sprintf("at most %d", n.options.Watched))
	}
	ctx, cancel := context.WithTimeout(ctx, n.options.Read)
	defer cancel()
	return n.house.Visible(ctx, caller, ask.People)
}

// active serves {state: active|away} -> {}: the app says whether it is used.
func (n *Node) active(ctx context.Context, caller Caller, data []byte, answer func(any, error)) {
	c := ctx.Value(connKey{}).(*conn) //nolint:forcetypeassert // call put it there
	var say struct {
		State parley.Presence `json:"state"`
	}
	if err := decode(data, &say); err != nil {
		answer(nil, err)
		return
	}
	if say.State != parley.Active && say.State != parley.Away {
		answer(nil, parley.Invalid("state", "unknown", "active or away"))
		return
	}
	n.presence.use(caller.Person, c.id, say.State == parley.Active, time.Now())
	answer(struct{}{}, nil)
}

package realtime

import (
	"context"
	"encoding/json"
	"sync"
	"time"

	"github.com/centrifugal/centrifuge"

	"github.com/parley-im/parley/internal/parley"
)

const (
	membersKept = 5 * time.Minute        // an answer of House.Members, unless MembersChanged says otherwise
	perReceiver = 200 * time.Microsecond // a room's events are at least this far apart for each person told
)

// activity tells the members of a conversation, on their own streams, that it has moved on: bundled, so that a post in a
// room of thousands costs one entry here, and the room is told of many posts at once.
type activity struct {
	node *Node
	wake chan struct{}

	mu    sync.Mutex
	rooms map[parley.ID]*room
	ready []parley.ID // whose time has come
}

// room is what is kept of a conversation while things happen in it.
type room struct {
	newest    parley.Activity
	pending   bool
	ours      bool               // something of it happened on this node: the others are to be told
	mentioned map[parley.ID]bool // true: on this node
	told      int64              // newest change that was told
	next      time.Time          // not before
	members   []parley.ID
	asked     time.Time // zero: ask for the members
	changes   int       // of the members, so that an older answer is not kept
}

func newActivity(n *Node) *activity {
	return &activity{node: n, wake: make(chan struct{}, 1), rooms: map[parley.ID]*room{}}
}

// Touch tells the members of a conversation that it has moved on, and those mentioned that they were. It returns at
// once; events are bundled, at most one in Options.Bundle for each conversation, less often in rooms with many present.
func (n *Node) Touch(a parley.Activity, mentioned []parley.ID) {
	if n.started.Load() {
		n.activity.touch(a, mentioned, true, time.Now())
	}
}

func (a *activity) touch(news parley.Activity, mentioned []parley.ID, ours bool, now time.Time) {
	a.mu.Lock()
	defer a.mu.Unlock()
	r := a.rooms[news.Conversation]
	if r == nil {
		r = &room{}
		a.rooms[news.Conversation] = r
	}
	if news.LastChange <= r.told && len(mentioned) == 0 {
		return // heard from another node, in other words
	}
	if news.LastChange >= r.newest.LastChange {
		r.newest = news
	}
	if len(mentioned) > 0 && r.mentioned == nil {
		r.mentioned = map[parley.ID]bool{}
	}
	for _, p := range mentioned {
		r.mentioned[p] = r.mentioned[p] || ours
	}
	r.ours = r.ours || ours
	if r.pending {
		return
	}
	r.pending = true
	if wait := r.next.Sub(now); wait > 0 {
		time.AfterFunc(wait, func() { a.come(news.Conversation) })
		return
	}
	a.comeLocked(news.Conversation)
}

func (a *activity) come(id parley.ID) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.comeLocked(id)
}

func (a *activity) comeLocked(id parley.ID) {
	a.ready = append(a.ready, id)
	select {
	case a.wake <- struct{}{}:
	default:
	}
}

// forget makes the members be asked again.
func (a *activity) forget(id parley.ID) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if r := a.rooms[id]; r != nil {
		r.asked, r.members = time.Time{}, nil
		r.changes++
	}
}

// forgetAll is for a node that may not have heard of changes.
func (a *activity) forgetAll() {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, r := range a.rooms {
		r.asked, r.members = time.Time{}, nil
		r.changes++
	}
}

func (a *activity) run() {
	sweep := time.NewTicker(time.Minute)
	defer sweep.Stop()
	for {
		select {
		case <-a.node.ctx.Done():
			return
		case now := <-sweep.C:
			a.sweep(now)
		case <-a.wake:
			a.mu.Lock()
			ready := a.ready
			a.ready = nil
			a.mu.Unlock()
			for _, id := range ready {
				a.tell(id)
			}
		}
	}
}

// sweep forgets rooms in which nothing happens.
func (a *activity) sweep(now time.Time) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for id, r := range a.rooms {
		if !r.pending && now.Sub(r.next) > membersKept {
			delete(a.rooms, id)
		}
	}
}

// tell sends a room's newest state to those of its members who are connected here, and to the other nodes.
func (a *activity) tell(id parley.ID) {
	members, err := a.members(id)
	now := time.Now()
	a.mu.Lock()
	r := a.rooms[id]
	if r == nil {
		a.mu.Unlock()
		return
	}
	news, mentioned, ours := r.newest, r.mentioned, r.ours
	r.pending, r.ours, r.mentioned, r.told = false, false, nil, news.LastChange
	here := a.node.present(members)
	r.next = now.Add(max(a.node.options.Bundle, time.Duration(len(here))*perReceiver))
	a.mu.Unlock()
	if err != nil {
		a.node.log.Error("realtime.members_not_known", "conversation", id, "error", err)
		return
	}
	if ours {
		n := notice{Kind: noticeActivity, Activity: &news}
		for p, here := range mentioned {
			if here {
				n.People = append(n.People, p)
			}
		}
		a.node.tell(n)
	}
	var plain, named []byte
	for _, p := range here {
		_, isNamed := mentioned[p]
		data := &plain
		if isNamed {
			data = &named
		}
		if *data == nil {
			news.Mentioned = isNamed
			*data, _ = json.Marshal(parley.Event{Type: parley.EventActivity, Activity: &news}) // only strings and numbers
		}
		a.node.metrics.activities.Inc()
		_ = a.node.hub.HandlePublication(PersonChannel(p), &centrifuge.Publication{Data: *data}, centrifuge.StreamPosition{}, false, nil)
	}
}

func (a *activity) members(id parley.ID) ([]parley.ID, error) {
	a.mu.Lock()
	r := a.rooms[id]
	if r == nil || (!r.asked.IsZero() && time.Since(r.asked) < membersKept) {
		defer a.mu.Unlock()
		if r == nil {
			return nil, nil
		}
		return r.members, nil
	}
	changes := r.changes
	a.mu.Unlock()
	ctx, cancel := context.WithTimeout(a.node.ctx, a.node.options.Read)
	defer cancel()
	members, err := a.node.house.Members(ctx, id)
	if err != nil {
		return nil, err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if r.changes == changes {
		r.members, r.asked = members, time.Now()
	}
	return members, nil
}

// present returns those of people who have a connection on this node.
func (n *Node) present(people []parley.ID) []parley.ID {
	n.mu.RLock()
	defer n.mu.RUnlock()
	var here []parley.ID
	for _, p := range people {
		if len(n.people[p]) > 0 {
			here = append(here, p)
		}
	}
	return here
}

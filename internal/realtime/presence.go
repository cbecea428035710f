package realtime

import (
	"sync"
	"time"

	"github.com/parley-im/parley/internal/parley"
)

// presenceTimes are the delays of presence.
type presenceTimes struct {
	Idle   time.Duration // without a sign of use an open app is away
	Grace  time.Duration // after the last connection went, so that a reload is not seen
	Seen   time.Duration // between two reports of when a person was last at their app
	Remote time.Duration // without a word from another node its people are offline
}

// presence knows who is there: of the people connected to this node by what their connections say, of the others by
// what their nodes say. It reads no clock and talks to nobody: tick tells what has changed.
type presence struct {
	times presenceTimes

	mu       sync.Mutex
	here     map[parley.ID]*person
	nodes    map[string]*otherNode
	shown    map[parley.ID]parley.Presence     // what watchers were told; absent: offline
	changed  map[parley.ID]struct{}            // said by other nodes since the last tick
	watches  map[string]map[parley.ID]struct{} // whom a connection watches
	watchers map[parley.ID]map[string]struct{} // by which connections a person is watched
}

// person is somebody connected here, or gone a moment ago.
type person struct {
	conns    map[string]time.Time // when each was last used; zero: its app said that it is not
	lastUsed time.Time
	goneAt   time.Time
	state    parley.Presence // what other nodes were told
	reported time.Time       // when lastUsed was last reported
	seen     time.Time       // and what it was
}

type otherNode struct {
	heard  time.Time
	people map[parley.ID]parley.Presence // absent: offline
}

// presenceNews is what a tick has found.
type presenceNews struct {
	announce map[parley.ID]parley.Presence            // to the other nodes
	tell     map[string]map[parley.ID]parley.Presence // by connection: of whom it watches
	seen     map[parley.ID]time.Time                  // to the keeper of last seen
}

func newPresence(t presenceTimes) *presence {
	return &presence{
		times: t, here: map[parley.ID]*person{}, nodes: map[string]*otherNode{}, shown: map[parley.ID]parley.Presence{},
		changed: map[parley.ID]struct{}{}, watches: map[string]map[parley.ID]struct{}{}, watchers: map[parley.ID]map[string]struct{}{},
	}
}

func (p *presence) connect(id parley.ID, conn string, now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	h := p.here[id]
	if h == nil {
		h = &person{conns: map[string]time.Time{}, state: parley.Offline}
		p.here[id] = h
	}
	h.conns[conn], h.lastUsed, h.goneAt = now, now, time.Time{}
}

func (p *presence) disconnect(id parley.ID, conn string, now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.watchLocked(conn, nil)
	h := p.here[id]
	if h == nil {
		return
	}
	delete(h.conns, conn)
	if len(h.conns) == 0 {
		h.goneAt = now
	}
}

// use notes that a connection's app is used, or that it is not.
func (p *presence) use(id parley.ID, conn string, used bool, now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	h := p.here[id]
	if h == nil {
		return
	}
	if _, ok := h.conns[conn]; !ok {
		return
	}
	if !used {
		h.conns[conn] = time.Time{}
		return
	}
	h.conns[conn], h.lastUsed = now, now
}

// watch replaces whom a connection watches, and returns how they are.
func (p *presence) watch(conn string, people []parley.ID) map[parley.ID]parley.Presence {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.watchLocked(conn, people)
	return p.ofLocked(people)
}

func (p *presence) watchLocked(conn string, people []parley.ID) {
	for id := range p.watches[conn] {
		delete(p.watchers[id], conn)
		if len(p.watchers[id]) == 0 {
			delete(p.watchers, id)
		}
	}
	delete(p.watches, conn)
	if len(people) == 0 {
		return
	}
	set := make(map[parley.ID]struct{}, len(people))
	for _, id := range people {
		set[id] = struct{}{}
		if p.watchers[id] == nil {
			p.watchers[id] = map[string]struct{}{}
		}
		p.watchers[id][conn] = struct{}{}
	}
	p.watches[conn] = set
}

func (p *presence) of(people []parley.ID) map[parley.ID]parley.Presence {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.ofLocked(people)
}

func (p *presence) ofLocked(people []parley.ID) map[parley.ID]parley.Presence {
	m := make(map[parley.ID]parley.Presence, len(people))
	for _, id := range people {
		m[id] = parley.Offline
		if s, ok := p.shown[id]; ok {
			m[id] = s
		}
	}
	return m
}

// using says who of people uses an app.
func (p *presence) using(people []parley.ID, now time.Time) map[parley.ID]bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	used := map[parley.ID]bool{}
	for _, id := range people {
		h := p.here[id]
		if h != nil && h.at(now, p.times.Idle) == parley.Active || p.everywhere(id) == parley.Active {
			used[id] = true
		}
	}
	return used
}

// hear takes what another node says of its people; whole says that all others of it are offline.
func (p *presence) hear(node string, people map[parley.ID]parley.Presence, whole bool, now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	o := p.nodes[node]
	if o == nil {
		o = &otherNode{people: map[parley.ID]parley.Presence{}}
		p.nodes[node] = o
	}
	o.heard = now
	if whole {
		for id := range o.people {
			p.changed[id] = struct{}{}
		}
		clear(o.people)
	}
	for id, s := range people {
		p.changed[id] = struct{}{}
		if o.people[id] = s; s != parley.Active && s != parley.Away {
			delete(o.people, id)
		}
	}
}

// leave notes that a node stops: its people have the grace to connect to another.
func (p *presence) leave(node string, now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if o := p.nodes[node]; o != nil {
		o.heard = now.Add(p.times.Grace - p.times.Remote)
	}
}

// all returns what other nodes should know of the people here.
func (p *presence) all() map[parley.ID]parley.Presence {
	p.mu.Lock()
	defer p.mu.Unlock()
	m := make(map[parley.ID]parley.Presence, len(p.here))
	for id, h := range p.here {
		if h.state != parley.Offline {
			m[id] = h.state
		}
	}
	return m
}

// tick looks at everybody and returns what has changed since the last one. hidden says who does not show themselves.
func (p *presence) tick(now time.Time, hidden func(parley.ID) bool) presenceNews {
	p.mu.Lock()
	defer p.mu.Unlock()
	news := presenceNews{
		announce: map[parley.ID]parley.Presence{}, tell: map[string]map[parley.ID]parley.Presence{}, seen: map[parley.ID]time.Time{},
	}
	for id, h := range p.here {
		gone := len(h.conns) == 0 && now.Sub(h.goneAt) >= p.times.Grace
		state := h.at(now, p.times.Idle)
		switch {
		case gone, hidden != nil && hidden(id):
			state = parley.Offline
		case len(h.conns) == 0:
			state = h.state // within the grace
		}
		if state != h.state {
			h.state = state
			news.announce[id] = state
			p.changed[id] = struct{}{}
		}
		if h.lastUsed.After(h.seen) && (gone || now.Sub(h.reported) >= p.times.Seen) {
			news.seen[id] = h.lastUsed
			h.seen, h.reported = h.lastUsed, now
		}
		if gone {
			delete(p.here, id)
		}
	}
	for name, o := range p.nodes {
		if now.Sub(o.heard) >= p.times.Remote {
			for id := range o.people {
				p.changed[id] = struct{}{}
			}
			delete(p.nodes, name)
		}
	}
	for id := range p.changed {
		state := p.everywhere(id)
		if before, ok := p.shown[id]; before == state || (!ok && state == parley.Offline) {
			continue
		}
		if p.shown[id] = state; state == parley.Offline {
			delete(p.shown, id)
		}
		for conn := range p.watchers[id] {
			if news.tell[conn] == nil {
				news.tell[conn] = map[parley.ID]parley.Presence{}
			}
			news.tell[conn][id] = state
		}
	}
	clear(p.changed)
	return news
}

func (h *person) at(now time.Time, idle time.Duration) parley.Presence {
	for _, used := range h.conns {
		if !used.IsZero() && now.Sub(used) < idle {
			return parley.Active
		}
	}
	return parley.Away
}

// everywhere is the best of what the nodes say.
func (p *presence) everywhere(id parley.ID) parley.Presence {
	best := parley.Offline
	better := func(s parley.Presence) {
		if s == parley.Active || (s == parley.Away && best == parley.Offline) {
			best = s
		}
	}
	if h := p.here[id]; h != nil {
		better(h.state)
	}
	for _, o := range p.nodes {
		better(o.people[id])
	}
	return best
}

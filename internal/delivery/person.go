package delivery

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

// someone is as much of a person as their deliveries depend on.
type someone struct {
	id       parley.ID
	human    bool // and not deactivated
	zone     *time.Location
	hours    []parley.Hours
	reach    parley.Reach
	active   bool
	ways     map[parley.AddressKind]bool
	language string
}

// someones reads people, with whether they use an app now, and the ways by which they can be reached.
func (s *Service) someones(ctx context.Context, r store.Reader, ids []parley.ID) (map[parley.ID]*someone, error) {
	found := make(map[parley.ID]*someone, len(ids))
	for part := range slices.Chunk(ids, 500) {
		list, err := store.All(ctx, r, scanSomeone, `SELECT p.id, p.kind = 'human' AND p.deactivated_at = 0, p.zone, p.hours, p.language,
			COALESCE(x.settings, ''), COALESCE(x.version, 0) FROM person p LEFT JOIN reach x ON x.person_id = p.id
			WHERE p.id IN (`+store.Marks(len(part))+`)`, store.Args(part)...)
		if err != nil {
			return nil, fmt.Errorf("people to be reached: %w", err)
		}
		for _, p := range list {
			found[p.id] = p
		}
	}
	using := s.live.Using(ids)
	for id, p := range found {
		p.active = using[id]
		p.ways = s.reached.of(ctx, s, id)
	}
	return found, nil
}

func scanSomeone(row store.Scanner) (*someone, error) {
	var p someone
	var zone, hours, settings string
	var version int64
	if err := row.Scan(&p.id, &p.human, &zone, &hours, &p.language, &settings, &version); err != nil {
		return nil, err
	}
	var err error
	if p.zone, err = zoneOf(zone); err != nil {
		p.zone = time.UTC
	}
	if err := json.Unmarshal([]byte(hours), &p.hours); err != nil {
		return nil, fmt.Errorf("hours of %s: %w", p.id, err)
	}
	p.reach, err = readReach(settings, version)
	return &p, err
}

var zones sync.Map // name to *time.Location: to read one takes longer than to plan

func zoneOf(name string) (*time.Location, error) {
	if z, ok := zones.Load(name); ok {
		return z.(*time.Location), nil
	}
	z, err := time.LoadLocation(name)
	if err == nil {
		zones.Store(name, z)
	}
	return z, err
}

// calendar is when they may be disturbed.
func (p *someone) calendar() Calendar {
	c := Calendar{Zone: p.zone, Hours: p.hours, Quiet: p.reach.Quiet}
	if p.reach.Focus != nil {
		c.Focus = *p.reach.Focus
	}
	if l := p.reach.Leave; l != nil {
		c.Leave = []Span{{l.From, l.To}}
	}
	for _, day := range p.reach.Off {
		if t, err := time.Parse(time.DateOnly, day); err == nil {
			c.Off = append(c.Off, dateOf(t))
		}
	}
	return c
}

// recipient is the person as the planner sees them, for a message of author's.
func (p *someone) recipient(relation Relation, author parley.ID) Recipient {
	r := Recipient{Relation: relation, Calendar: p.calendar(), Active: p.active, Ladder: p.rungs(p.reach.Ladder), Alarm: p.rungs(p.reach.Alarm)}
	through := func(rule string) bool {
		return rule == everyone || rule == somePeople && slices.Contains(p.reach.Through.People, author)
	}
	r.AtNight = through(p.reach.Through.Quiet)
	r.Open = through(p.reach.Through.Waking) || r.AtNight
	if l := p.reach.Leave; l != nil && l.Deputy != parley.None && l.Deputy != author {
		r.Deputies = append(r.Deputies, l.Deputy)
	}
	for _, d := range p.reach.Deputies {
		if d != author && d != p.id && !slices.Contains(r.Deputies, d) {
			r.Deputies = append(r.Deputies, d)
		}
	}
	if p.reach.Digest && p.ways[parley.AddressEmail] {
		r.Digest = parley.AddressEmail
	}
	return r
}

// rungs are those of a ladder that the person can be reached by.
func (p *someone) rungs(ladder []parley.Rung) (rungs []Rung) {
	for _, r := range ladder {
		if p.ways[r.Way] {
			rungs = append(rungs, Rung{Way: r.Way, After: time.Duration(r.After) * time.Minute})
		}
	}
	return rungs
}

// reached remembers for a moment by which ways people can be reached.
type reached struct {
	clock func() time.Time

	mu    sync.Mutex
	known map[parley.ID]reachedBy
}

type reachedBy struct {
	ways  map[parley.AddressKind]bool
	until time.Time
}

const (
	reachedFor  = 20 * time.Second
	reachedSome = 20_000 // people who are remembered
)

func (c *reached) of(ctx context.Context, s *Service, id parley.ID) map[parley.AddressKind]bool {
	if len(s.ways) == 0 {
		return nil
	}
	now := c.clock()
	c.mu.Lock()
	known, ok := c.known[id]
	c.mu.Unlock()
	if ok && now.Before(known.until) {
		return known.ways
	}
	ways := map[parley.AddressKind]bool{}
	for kind, way := range s.ways {
		list, err := way.Addresses(ctx, id)
		if err != nil {
			s.log.Warn("delivery.addresses", "way", kind, "person", id, "error", err)
		}
		ways[kind] = len(list) > 0
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.known == nil || len(c.known) > reachedSome {
		c.known = map[parley.ID]reachedBy{}
	}
	c.known[id] = reachedBy{ways, now.Add(reachedFor)}
	return ways
}

func (c *reached) forget(id parley.ID) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.known, id)
}

package delivery

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/parley-im/parley/internal/conversation"
	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/job"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

// Live is where news for open apps go; internal/realtime has it.
type Live interface {
	Publish(channel string, offset uint64, e parley.Event)
	// Using says which of the people use an app now, on whatever node.
	Using(people []parley.ID) map[parley.ID]bool
}

// Way is a way to reach people beside the app.
type Way interface {
	parley.Transport
	// Addresses returns where a person can be reached by it, proven; none: not by this way.
	Addresses(ctx context.Context, person parley.ID) ([]parley.Address, error)
}

// Options are the parts that a Service works with.
type Options struct {
	DB            *store.DB
	Conversations *conversation.Service
	People        *identity.Service
	Jobs          *job.Queue
	Live          Live
	Clock         func() time.Time // default time.Now
	Logger        *slog.Logger
}

// Hold is how long what is not urgent is kept from the ways beside the app, so that it can be taken back unseen.
const Hold = 10 * time.Second

// Service carries plans out: it writes the deliveries of what is said, does each step when it is due unless the fact
// has come that makes it needless, and answers what people want to know of it. A person's open deliveries are their
// Inbox.
//
// A post leaves only a mark (table unplanned) in its own transaction. The deliveries follow from it at once, in
// transactions of their own, so that a room of thousands delays nobody; the mark goes with the last of them. For each
// instant at which something is due there is one job.
type Service struct {
	// AtOnce is how many people are told at the same time. Default 16. It may be changed before Start.
	AtOnce int

	db            *store.DB
	conversations *conversation.Service
	people        *identity.Service
	jobs          *job.Queue
	live          Live
	clock         func() time.Time
	log           *slog.Logger
	ways          map[parley.AddressKind]Way

	eager   eager
	reached reached
	tallies tallies

	wake    chan struct{}
	recalls chan row
	cancel  context.CancelFunc
	loops   sync.WaitGroup
}

// New returns a Service, and has o.Conversations deliver by it. Tell it the ways there are, by Use, before Start.
func New(o Options) *Service {
	s := &Service{
		db: o.DB, conversations: o.Conversations, people: o.People, jobs: o.Jobs, live: o.Live, clock: o.Clock, log: o.Logger,
		AtOnce: 16, ways: map[parley.AddressKind]Way{}, wake: make(chan struct{}, 1), recalls: make(chan row, 1024),
	}
	if s.clock == nil {
		s.clock = time.Now
	}
	if s.log == nil {
		s.log = slog.Default()
	}
	s.reached.clock, s.eager.clock, s.tallies.wake = s.clock, s.clock, make(chan struct{}, 1)
	o.Conversations.DeliverBy(s)
	job.Register(s.jobs, s.work)
	job.Register(s.jobs, s.replan)
	job.Register(s.jobs, s.sendScheduled)
	job.Register(s.jobs, s.remind)
	job.Register(s.jobs, s.mornings)
	return s
}

// Use adds a way to reach people.
func (s *Service) Use(w Way) { s.ways[w.Kind()] = w }

// Start begins to plan what is said.
func (s *Service) Start(ctx context.Context) error {
	ctx, s.cancel = context.WithCancel(context.WithoutCancel(ctx))
	s.loops.Go(func() { s.planAll(ctx) })
	s.loops.Go(func() { s.tellAuthors(ctx) })
	for range recallers {
		s.loops.Go(func() { s.recallAll(ctx) })
	}
	return s.beginMornings(ctx)
}

// Stop ends it; what is not planned yet is planned at the next start.
func (s *Service) Stop(context.Context) error {
	if s.cancel != nil {
		s.cancel()
		s.loops.Wait()
	}
	return nil
}

// Now is the time by which things are due.
func (s *Service) Now() time.Time { return s.now() }

// now is the instant that is written down: to the millisecond, as the database keeps it.
func (s *Service) now() time.Time { return s.clock().UTC().Truncate(time.Millisecond) }

func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func instant(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

func instantOrNil(ms int64) *time.Time {
	if ms == 0 {
		return nil
	}
	t := instant(ms)
	return &t
}

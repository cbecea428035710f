// Package inbox is how people use internal/delivery: their Inbox, what they have caught up with, how they want to be
// reached, what they send later or want to be reminded of, and how far what they sent has come.
//
// Way in: HTTP operations (described by OpenAPI). Way out: the events of a person's own stream, which internal/delivery
// publishes. It knows HTTP and JSON; it must not know when anything is due.
package inbox

import (
	"context"

	"github.com/parley-im/parley/internal/api"
	"github.com/parley-im/parley/internal/conversation"
	"github.com/parley-im/parley/internal/delivery"
	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/parley"
)

// Parts are what the mode works with.
type Parts struct {
	API           *api.API
	Conversations *conversation.Service
	People        *identity.Service
	Delivery      *delivery.Service
}

// Mode offers the operations.
type Mode struct {
	conversations *conversation.Service
	people        *identity.Service
	delivery      *delivery.Service
	changed       chan parley.Person
	stop          context.CancelFunc
	done          chan struct{}
}

// New registers the mode's operations.
func New(p Parts) *Mode {
	m := &Mode{
		conversations: p.Conversations, people: p.People, delivery: p.Delivery,
		changed: make(chan parley.Person, 1024), done: make(chan struct{}),
	}
	m.offerInbox(p.API)
	m.offerReach(p.API)
	m.offerLater(p.API)
	m.offerForecast(p.API)
	told := p.People.Hooks.PersonChanged
	p.People.Hooks.PersonChanged = func(person parley.Person) {
		if told != nil {
			told(person)
		}
		select {
		case m.changed <- person:
		default: // the next change of theirs, or of their settings, finds what this one left
		}
	}
	return m
}

// Start begins to carry plans out.
func (m *Mode) Start(ctx context.Context) error {
	var life context.Context
	life, m.stop = context.WithCancel(context.WithoutCancel(ctx))
	go func() {
		defer close(m.done)
		m.follow(life)
	}()
	return m.delivery.Start(ctx)
}

// Stop ends it. What is not done yet is done after the next start.
func (m *Mode) Stop(ctx context.Context) error {
	m.stop()
	<-m.done
	return m.delivery.Stop(ctx)
}

// follow has what is under way to people follow their hours and zones.
func (m *Mode) follow(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case p := <-m.changed:
			_ = m.delivery.PersonChanged(ctx, p.ID) // the worker asks for the facts anyway
		}
	}
}

// by is who asks.
func by(ctx context.Context) parley.Person { return api.CallerFrom(ctx).Person }

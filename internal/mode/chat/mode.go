// Package chat is instant messaging: conversations in the web app, and for bots and programs.
//
// Way in: HTTP operations (described by OpenAPI) and the same posts over the live socket; Slack-compatible incoming
// webhooks. Way out: the live streams, which internal/realtime carries. It knows HTTP, JSON and the socket's
// methods; it must not know how anything is stored or who is awake.
package chat

import (
	"context"
	"log/slog"

	"github.com/parley-im/parley/internal/api"
	"github.com/parley-im/parley/internal/blob"
	"github.com/parley-im/parley/internal/conversation"
	"github.com/parley-im/parley/internal/delivery"
	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/realtime"
	"github.com/parley-im/parley/internal/store"
)

// Parts are what the mode works with.
type Parts struct {
	API           *api.API
	Conversations *conversation.Service
	People        *identity.Service
	Delivery      *delivery.Service
	Node          *realtime.Node
	DB            *store.DB
	Blobs         *blob.Store
	Log           *slog.Logger
}

// Mode offers the operations and socket methods of instant messaging.
type Mode struct {
	api           *api.API
	conversations *conversation.Service
	people        *identity.Service
	delivery      *delivery.Service
	db            *store.DB
	blobs         *blob.Store
	node          *realtime.Node
	log           *slog.Logger
	hiding        *hiding

	changed chan parley.Person // of whom guests are still to be told
	stop    context.CancelFunc
	done    chan struct{}
}

// New registers the mode's operations and socket methods.
func New(p Parts) *Mode {
	m := &Mode{
		api: p.API, conversations: p.Conversations, people: p.People, delivery: p.Delivery, db: p.DB, blobs: p.Blobs, node: p.Node, log: p.Log,
		hiding:  &hiding{people: p.People, known: map[parley.ID]hidden{}},
		changed: make(chan parley.Person, 1024), done: make(chan struct{}),
	}
	m.offerBoot(p.API)
	m.offerConversations(p.API)
	m.offerMembers(p.API)
	m.offerMessages(p.API)
	m.offerMine(p.API)
	m.offerFiles(p.API)
	m.offerHooks(p.API)
	m.listen(p.Node)
	m.hear(p.Node)
	p.API.Mux.Handle("GET "+api.Base+"/socket", p.API.MayAsk(p.Node.Handler()))
	return m
}

// Start opens the live connections.
func (m *Mode) Start(ctx context.Context) error {
	var life context.Context
	life, m.stop = context.WithCancel(context.WithoutCancel(ctx))
	go func() {
		defer close(m.done)
		m.tellGuests(life, m.node)
	}()
	return m.node.Start(ctx, m.house())
}

// Stop tells the live connections to come again, and ends them.
func (m *Mode) Stop(ctx context.Context) error {
	err := m.node.Stop(ctx)
	m.stop()
	<-m.done
	return err
}

// by is who asks.
func by(ctx context.Context) parley.Person { return api.CallerFrom(ctx).Person }

// some makes no list an empty one, for JSON.
func some[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

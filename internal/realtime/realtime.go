// Package realtime keeps the browsers' live connections: who is connected, who listens to what, who is there.
//
// It speaks the centrifuge protocol (JSON over WebSocket) by the library centrifuge, with a broker of its own that
// keeps no history: a conversation's stream is asked of History, whose offsets are the conversation's change counter
// (docs/decisions/0003-realtime-state-stream.md). Events without an offset (typing, read marks, a person's own
// stream) are told to who is there and forgotten.
//
// It knows channels, connections, offsets and people's ids. It must not know what a message means, who may do what,
// or how anything is stored: House answers for that.
package realtime

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/centrifugal/centrifuge"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/parley-im/parley/internal/parley"
)

// Options are the settings of a Node. The zero value of each means its default.
type Options struct {
	Epoch    string                // names the database's streams: db.Epoch(). Required
	RedisURL string                // redis://[user:password@]host:port/db joins nodes by PUB/SUB; empty: this node is alone
	Prefix   string                // of the PUB/SUB channel, so that several Parleys can share one Redis; "parley"
	Origins  []string              // origins allowed besides the server's own, "https://chat.example.org"
	Logger   *slog.Logger          // slog.Default()
	Metrics  prometheus.Registerer // nil: not registered anywhere

	// Address says where a request comes from, for PerAddress; the host of RemoteAddr. Set it behind a proxy.
	Address func(*http.Request) string

	PerPerson    int           // connections of one person on one node; 50
	PerAddress   int           // connections from one address on one node; 1,000. Below 0: no limit
	PerSecond    int           // new connections in a second on one node, with bursts of as many; 2,000
	Channels     int           // conversations that one connection listens to; 512
	InFlight     int           // calls of one connection that wait for their answer, then it is not read further; 256
	Watched      int           // people whose presence one connection watches; 500
	MessageSize  int           // bytes of one frame from a client: 64 KiB of body and what JSON adds; 128 KiB
	QueueSize    int           // bytes that wait to be sent to one client before it is cut off as slow; 1 MiB
	Backlog      int           // publications that wait in one of the 8 dispatchers; then they are read from History; 65,536
	Recovery     int           // changes that a reconnecting client is told one by one; beyond it is told to fetch; 500
	WriteTimeout time.Duration // of one write to a client; 5 s
	Ping         time.Duration // between pings to a client, which has a third of it to answer; 25 s
	Resync       time.Duration // between comparisons of each listened-to stream with History; 60 s
	Renewal      time.Duration // over which clients are asked to connect anew after Redis was away; 10 s
	Bundle       time.Duration // least time between two activity events of one conversation; 100 ms
	Read         time.Duration // longest question to the House; 10 s
}

func (o Options) withDefaults() Options {
	set := func(v *int, d int) {
		if *v == 0 {
			*v = d
		}
	}
	last := func(v *time.Duration, d time.Duration) {
		if *v == 0 {
			*v = d
		}
	}
	set(&o.PerPerson, 50)
	set(&o.PerAddress, 1000)
	set(&o.PerSecond, 2000)
	set(&o.Channels, 512)
	set(&o.InFlight, 256)
	set(&o.Watched, 500)
	set(&o.MessageSize, 128<<10)
	set(&o.QueueSize, 1<<20)
	set(&o.Backlog, 1<<16)
	set(&o.Recovery, 500)
	last(&o.WriteTimeout, 5*time.Second)
	last(&o.Ping, 25*time.Second)
	last(&o.Resync, time.Minute)
	last(&o.Renewal, 10*time.Second)
	last(&o.Bundle, 100*time.Millisecond)
	last(&o.Read, 10*time.Second)
	if o.Prefix == "" {
		o.Prefix = "parley"
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	if o.Address == nil {
		o.Address = remoteHost
	}
	return o
}

// Caller is who is at the other end of a connection.
type Caller struct {
	Person    parley.ID
	Session   parley.ID // what SignOut ends: a browser's session or a token
	Guest     bool
	ExpiresAt time.Time // the connection is closed then and must be made anew; zero: never
}

// House is what the floors above answer. Functions may be called from many goroutines at once; those with a context
// get one that ends after Options.Read. Errors wrap a kind of package parley.
type House struct {
	History History // required

	// FromRequest says who opens a connection, by cookie or header; ErrUnknown lets them still say it by a token. Required.
	FromRequest func(*http.Request) (Caller, error)
	// FromToken says whose token was sent as {"token": ...} in the data of the connect command. nil: no tokens.
	FromToken func(ctx context.Context, token string) (Caller, error)
	// Authorize returns nil when the caller may read the conversation. Required.
	Authorize func(ctx context.Context, caller Caller, conversation parley.ID) error
	// Members returns who is told of a conversation's activity. Answers are kept until MembersChanged. Required.
	Members func(ctx context.Context, conversation parley.ID) ([]parley.ID, error)
	// Visible returns those of people whose presence the caller may see. Required.
	Visible func(ctx context.Context, caller Caller, people []parley.ID) ([]parley.ID, error)
	// Hidden says that a person does not show presence: to others they are offline. It is asked each second for each
	// connected person, so it must be quick. nil: nobody hides.
	Hidden func(person parley.ID) bool
	// Seen is told when a person was last at their app: at most once a minute, and when they have gone. nil: nobody asks.
	Seen func(person parley.ID, at time.Time)
	// Detail words an error for a client. nil: the text of a FieldError, else a sentence for the kind.
	Detail func(error) string
}

// Node is one server's live connections. Make it with New; Publish, Touch and the other verbs may be called from then
// on and reach nobody until Start.
type Node struct {
	options Options
	log     *slog.Logger
	house   House
	hub     *centrifuge.Node
	broker  *broker
	links   *link // nil: alone
	metrics *metrics
	door    *door

	activity *activity
	presence *presence

	mu       sync.RWMutex
	handlers map[string]Handler
	conns    map[string]*conn               // by the id that centrifuge gave
	signed   map[signedMark]time.Time       // sessions signed out a moment ago: who was connecting meanwhile
	people   map[parley.ID]map[string]*conn // connections by person

	started atomic.Bool
	ready   chan struct{} // closed by Start
	ctx     context.Context
	cancel  context.CancelFunc
	group   sync.WaitGroup
	shards  sync.WaitGroup
}

// MembersChannel is the stream of all members of the organisation: people, groups, settings. Guests do not have it.
const MembersChannel = "o:members"

// ConversationChannel returns the name of a conversation's stream.
func ConversationChannel(id parley.ID) string { return "c:" + id.String() }

// PersonChannel returns the name of a person's own stream.
func PersonChannel(id parley.ID) string { return "p:" + id.String() }

// New returns a Node that waits for Start. The error wraps ErrInvalid.
func New(o Options) (*Node, error) {
	o = o.withDefaults()
	if o.Epoch == "" {
		return nil, fmt.Errorf("realtime: no epoch: %w", parley.ErrInvalid)
	}
	ctx, cancel := context.WithCancel(context.Background())
	n := &Node{
		options: o, log: o.Logger, ctx: ctx, cancel: cancel, ready: make(chan struct{}),
		handlers: map[string]Handler{}, conns: map[string]*conn{}, signed: map[signedMark]time.Time{},
		people: map[parley.ID]map[string]*conn{},
	}
	hub, err := centrifuge.New(centrifuge.Config{
		Name:                        "parley",
		LogLevel:                    centrifuge.LogLevelInfo,
		LogHandler:                  n.logLibrary,
		ClientStaleCloseDelay:       10 * time.Second,
		ClientQueueMaxSize:          o.QueueSize,
		ClientChannelLimit:          o.Channels,
		UserConnectionLimit:         o.PerPerson,
		ChannelMaxLength:            len(ConversationChannel(parley.NewID())),
		RecoveryMaxPublicationLimit: o.Recovery,
		// A registry of its own: the library's names are not ours, and two nodes in one process must not meet in it.
		Metrics: centrifuge.MetricsConfig{RegistererGatherer: prometheus.NewRegistry()},
		// UseSingleFlight stays off: its group is one per process, so it mixes nodes, and it lets a client join a
		// reading that began before the client listened. See reads.
	})
	if err != nil {
		return nil, fmt.Errorf("realtime: %w", err)
	}
	n.hub = hub
	n.metrics = newMetrics(n)
	if o.Metrics != nil {
		if err := o.Metrics.Register(n.metrics); err != nil {
			return nil, fmt.Errorf("realtime: %w", err)
		}
	}
	n.broker = newBroker(n)
	hub.SetBroker(n.broker)
	n.door = newDoor(n)
	n.activity = newActivity(n)
	n.presence = newPresence(presenceTimes{Idle: 5 * time.Minute, Grace: 15 * time.Second, Seen: time.Minute, Remote: 75 * time.Second})
	if o.RedisURL != "" {
		if n.links, err = newLink(n); err != nil {
			return nil, err
		}
	}
	hub.OnConnecting(n.connecting)
	hub.OnConnect(n.connected)
	n.handlers["watch"] = n.watch
	n.handlers["active"] = n.active
	return n, nil
}

// Start opens the node for connections.
func (n *Node) Start(_ context.Context, h House) error {
	if h.History == nil || h.FromRequest == nil || h.Authorize == nil || h.Members == nil || h.Visible == nil {
		return fmt.Errorf("realtime: the house does not answer all questions: %w", parley.ErrInvalid)
	}
	if n.started.Swap(true) {
		return fmt.Errorf("realtime: started twice: %w", parley.ErrConflict)
	}
	n.house = h
	if err := n.hub.Run(); err != nil {
		return fmt.Errorf("realtime: %w", err)
	}
	for _, s := range n.broker.shards {
		n.shards.Go(s.run)
	}
	n.group.Go(n.broker.resync)
	n.group.Go(n.activity.run)
	n.group.Go(n.watchOver)
	if n.links != nil {
		n.group.Go(n.links.run)
	}
	close(n.ready)
	return nil
}

// Stop tells the clients to connect anew (elsewhere, or here when this was a restart), and waits until all connections
// and goroutines have ended, or ctx.
func (n *Node) Stop(ctx context.Context) error {
	n.door.close()
	err := n.hub.Shutdown(ctx)
	if werr := n.door.wait(ctx); err == nil {
		err = werr
	}
	n.cancel()
	done := make(chan struct{})
	go func() { n.shards.Wait(); n.group.Wait(); close(done) }()
	select {
	case <-done:
	case <-ctx.Done():
		err = errors.Join(err, ctx.Err())
	}
	if err != nil {
		return fmt.Errorf("stop realtime: %w: %w", err, parley.ErrUnavailable)
	}
	return nil
}

// Publish sends e to who listens on the channel, here and on the other nodes, and returns at once; e must not be changed
// afterwards. An offset above 0 is the event's place in the channel's stream: call it after the commit, in the order of
// commits. What is published out of order, twice, or not at all is put right from History.
func (n *Node) Publish(channel string, offset uint64, e parley.Event) {
	if !n.started.Load() {
		return
	}
	n.metrics.publications.WithLabelValues("local").Inc()
	n.broker.enqueue(item{channel: channel, offset: offset, event: &e})
}

// Joined says whether this node hears the others; always true for a node that is alone.
func (n *Node) Joined() bool { return n.links == nil || n.links.joined.Load() }

func (n *Node) logLibrary(e centrifuge.LogEntry) {
	level := slog.LevelDebug // who disconnects and mistypes is no news
	if e.Level >= centrifuge.LogLevelError {
		level = slog.LevelError
	}
	if !n.log.Enabled(n.ctx, level) {
		return
	}
	attrs := make([]slog.Attr, 0, 4)
	attrs = append(attrs, slog.String("what", e.Message))
	for _, k := range []string{"channel", "user", "error"} { // never "command": it has what people wrote
		if v, ok := e.Fields[k]; ok {
			attrs = append(attrs, slog.Any(k, v))
		}
	}
	n.log.LogAttrs(n.ctx, level, "realtime.library", attrs...)
}

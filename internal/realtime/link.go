package realtime

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/redis/rueidis"

	"github.com/parley-im/parley/internal/parley"
)

// link joins the nodes by PUB/SUB of Redis or Valkey: one channel for everything, so that there is nothing to subscribe
// when a listener comes, and a node's messages arrive in their order. Each node hears all and leaves out what nobody
// here listens to; that costs one map lookup, little beside what one database can accept.
//
// PUB/SUB forgets what finds nobody. So a node that could not hear for a while compares its streams with History, and
// asks its clients to connect anew over Options.Renewal: they sign in again (they may have been signed out elsewhere),
// may listen again to what they may read (they may have been removed), and fetch what their own streams missed. A node
// that could not speak tells the others that they missed something, and they do the same.
type link struct {
	node    *Node
	option  rueidis.ClientOption
	channel string
	self    uint64
	wake    chan struct{}
	joined  atomic.Bool
	hearing atomic.Bool // heard before: a new subscription is a return

	mu     sync.Mutex
	queue  []string
	owes   bool // something was not sent
	client rueidis.Client
}

func newLink(n *Node) (*link, error) {
	option, err := rueidis.ParseURL(n.options.RedisURL)
	if err != nil {
		return nil, fmt.Errorf("realtime: Redis URL: %w: %w", err, parley.ErrInvalid)
	}
	option.DisableCache = true // client-side caching is not used, and old servers do not have it
	option.DisableRetry = true
	option.ConnWriteTimeout = 5 * time.Second
	option.ClientName = "parley"
	return &link{
		node: n, option: option, channel: n.options.Prefix + ":realtime:" + n.options.Epoch,
		self: rand.Uint64(), wake: make(chan struct{}, 1), //nolint:gosec // tells nodes apart; no secret
	}, nil
}

// run hears and sends until the node stops, and then sends what is left.
func (l *link) run() {
	var listening sync.WaitGroup
	listening.Go(l.listen)
	l.send()
	l.node.shards.Wait()
	listening.Wait()
	l.node.tell(notice{Kind: noticeGone})
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	for l.sendOnce(ctx) {
	}
	if l.client != nil {
		l.client.Close()
	}
}

// listen keeps a subscription for as long as the node runs.
func (l *link) listen() {
	for wait := 100 * time.Millisecond; ; wait = min(2*wait, 2*time.Second) {
		err := l.hear(func() { wait = 100 * time.Millisecond })
		if l.node.ctx.Err() != nil {
			return
		}
		if l.joined.Swap(false) || !l.hearing.Load() {
			l.node.log.Warn("realtime.redis_away", "error", err)
		}
		select {
		case <-l.node.ctx.Done():
			return
		case <-time.After(wait):
		}
	}
}

// hear subscribes and returns when the connection is lost.
func (l *link) hear(subscribed func()) error {
	client, err := l.connect()
	if err != nil {
		return err
	}
	c, release := client.Dedicate()
	defer release()
	lost := c.SetPubSubHooks(rueidis.PubSubHooks{
		OnMessage: func(m rueidis.PubSubMessage) { l.take([]byte(m.Message)) },
	})
	if err := c.Do(l.node.ctx, c.B().Subscribe().Channel(l.channel).Build()).Error(); err != nil {
		return err
	}
	subscribed()
	l.joined.Store(true)
	l.node.log.Info("realtime.redis_joined")
	l.node.broker.catchUp()
	if l.hearing.Swap(true) {
		l.renewAll()
	}
	l.node.tell(notice{Kind: noticeHello})
	l.node.announce()
	select {
	case err := <-lost:
		return err
	case <-l.node.ctx.Done():
		return l.node.ctx.Err()
	}
}

func (l *link) connect() (rueidis.Client, error) {
	l.mu.Lock()
	client := l.client
	l.mu.Unlock()
	if client != nil {
		return client, nil
	}
	client, err := rueidis.NewClient(l.option)
	if err != nil {
		return nil, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.client = client
	l.signal()
	return client, nil
}

// take hears one message.
func (l *link) take(b []byte) {
	h, err := decodeWire(b)
	if err != nil {
		l.node.log.Warn("realtime.node_not_understood", "error", err)
		return
	}
	if h.from == l.self {
		return
	}
	if h.notice != nil {
		l.notice(h.from, *h.notice)
		return
	}
	l.node.metrics.publications.WithLabelValues("remote").Inc()
	l.node.broker.enqueue(h.item)
}

func (l *link) notice(from uint64, m notice) {
	n := l.node
	switch m.Kind {
	case noticeSignOut:
		n.signOut(m.Person, m.Session)
	case noticeRenew:
		n.renew(m.Person)
	case noticeUnsubscribe:
		n.unsubscribe(m.Person, m.Conversation)
	case noticeMembers:
		n.activity.forget(m.Conversation)
		for _, p := range m.People {
			n.unsubscribe(p, m.Conversation)
		}
	case noticeActivity:
		n.activity.touch(*m.Activity, m.People, false, time.Now())
	case noticePresence:
		n.presence.hear(strconv.FormatUint(from, 36), m.Presence, m.Whole, time.Now())
	case noticeGone:
		n.presence.leave(strconv.FormatUint(from, 36), time.Now())
	case noticeHello:
		n.announce()
	case noticeMissed:
		n.broker.catchUp()
		l.renewAll()
	}
}

// renewAll asks every client to connect anew, spread over Options.Renewal.
func (l *link) renewAll() {
	n := l.node
	n.activity.forgetAll()
	n.mu.RLock()
	clients := make([]*conn, 0, len(n.conns))
	for _, c := range n.conns {
		clients = append(clients, c)
	}
	n.mu.RUnlock()
	n.log.Info("realtime.clients_renewed", "connections", len(clients))
	for _, c := range clients {
		time.AfterFunc(rand.N(n.options.Renewal), func() { c.client.Disconnect(closedRenew) }) //nolint:gosec // spreads them; no secret
	}
}

// publish tells the other nodes, in order, and returns at once.
func (l *link) publish(channel string, offset uint64, data []byte) {
	l.push(encodePublication(l.self, channel, offset, data))
}

// tell tells the other nodes, if there are any.
func (n *Node) tell(m notice) {
	if n.links == nil {
		return
	}
	b, err := encodeNotice(n.links.self, m)
	if err != nil {
		n.log.Error("realtime.notice_not_encoded", "kind", m.Kind, "error", err)
		return
	}
	n.links.push(b)
}

func (l *link) push(b []byte) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.owes || len(l.queue) >= l.node.options.Backlog {
		l.owes = true // it will be said that something is missing
		l.node.metrics.dropped.WithLabelValues("redis").Inc()
	} else {
		l.queue = append(l.queue, rueidis.BinaryString(b))
	}
	l.signal()
}

// owe notes that the others miss something.
func (l *link) owe() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.owes = true
	l.signal()
}

func (l *link) signal() {
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

// send sends what is queued, as many at once as there are.
func (l *link) send() {
	for {
		select {
		case <-l.node.ctx.Done():
			return
		case <-l.wake:
		}
		for l.sendOnce(l.node.ctx) {
		}
	}
}

const sendAtOnce = 256

// sendOnce returns whether there may be more to send.
func (l *link) sendOnce(ctx context.Context) bool {
	l.mu.Lock()
	client, queue, owes := l.client, l.queue, l.owes
	if client == nil {
		if len(queue) > 0 { // nobody has heard anything yet, and who comes will not have missed it
			l.queue, l.owes = nil, true
		}
		l.mu.Unlock()
		return false
	}
	n := min(len(queue), sendAtOnce)
	l.queue = queue[n:]
	l.mu.Unlock()
	batch := queue[:n]
	if n == 0 {
		if !owes {
			return false
		}
		missed, err := encodeNotice(l.self, notice{Kind: noticeMissed})
		if err != nil {
			return false
		}
		batch = []string{rueidis.BinaryString(missed)}
		l.mu.Lock()
		l.owes = false // what is pushed from here on comes after it
		l.mu.Unlock()
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	cmds := make([]rueidis.Completed, len(batch))
	for i, m := range batch {
		cmds[i] = client.B().Publish().Channel(l.channel).Message(m).Build()
	}
	for _, r := range client.DoMulti(ctx, cmds...) {
		if err := r.Error(); err != nil {
			l.mu.Lock()
			l.node.metrics.dropped.WithLabelValues("redis").Add(float64(len(l.queue) + 1))
			l.queue, l.owes = nil, true
			l.mu.Unlock()
			time.AfterFunc(250*time.Millisecond, func() { // try again
				l.mu.Lock()
				defer l.mu.Unlock()
				l.signal()
			})
			return false
		}
	}
	return true
}

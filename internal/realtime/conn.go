package realtime

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/centrifugal/centrifuge"

	"github.com/parley-im/parley/internal/parley"
)

// Why a connection is closed. Clients connect anew after 3000 to 3499 and 4000 to 4499, and not after the rest.
var (
	closedSignedOut = centrifuge.Disconnect{Code: 4501, Reason: "signed out"}
	closedRenew     = centrifuge.Disconnect{Code: 4001, Reason: "connect anew"}
)

// conn is one connection of a caller.
type conn struct {
	id      string
	client  *centrifuge.Client
	caller  Caller
	ctx     context.Context // ends with the connection
	cancel  context.CancelFunc
	slots   chan struct{} // calls in flight
	watched int           // counts calls of watch, so that the last one counts. Under Node.mu
}

type arrivalKey struct{}

// arrival is what the door found out before the connection became a WebSocket.
type arrival struct {
	caller Caller
	err    error
	at     time.Time // before the credentials were looked at
}

// connecting says who it is. The library calls it with the request's context, and sends the error as the answer to
// the connect command: the client gives up, or tries again when it is temporary.
func (n *Node) connecting(ctx context.Context, e centrifuge.ConnectEvent) (centrifuge.ConnectReply, error) {
	a, ok := ctx.Value(arrivalKey{}).(arrival)
	if !ok {
		return centrifuge.ConnectReply{}, problem(parley.ErrUnknown, nil)
	}
	if token := tokenOf(e.Data); token != "" {
		a.caller, a.err = Caller{}, parley.ErrUnknown
		if n.house.FromToken != nil {
			tctx, cancel := context.WithTimeout(ctx, n.options.Read)
			a.caller, a.err = n.house.FromToken(tctx, token)
			cancel()
		}
	}
	if a.err == nil && a.caller.Person == parley.None {
		a.err = parley.ErrUnknown
	}
	if a.err != nil {
		return centrifuge.ConnectReply{}, n.problem("connect", a.err)
	}
	r := centrifuge.ConnectReply{
		Context:       context.WithValue(ctx, arrivalKey{}, a),
		Credentials:   &centrifuge.Credentials{UserID: a.caller.Person.String()},
		Subscriptions: map[string]centrifuge.SubscribeOptions{PersonChannel(a.caller.Person): {}},
	}
	if !a.caller.Guest {
		r.Subscriptions[MembersChannel] = centrifuge.SubscribeOptions{}
	}
	if at := a.caller.ExpiresAt; !at.IsZero() {
		if !at.After(time.Now()) {
			return centrifuge.ConnectReply{}, problem(parley.ErrUnknown, nil)
		}
		r.Credentials.ExpireAt = at.Unix() + 1
	}
	return r, nil
}

func tokenOf(data []byte) string {
	var d struct {
		Token string `json:"token"`
	}
	if len(data) == 0 || json.Unmarshal(data, &d) != nil {
		return ""
	}
	return d.Token
}

// connected takes a connection up. The client has its own streams by now and can be reached by who signs it out.
func (n *Node) connected(client *centrifuge.Client) {
	a := client.Context().Value(arrivalKey{}).(arrival) //nolint:forcetypeassert // connecting put it there
	c := &conn{id: client.ID(), client: client, caller: a.caller, slots: make(chan struct{}, n.options.InFlight)}
	c.ctx, c.cancel = context.WithCancel(n.ctx)

	client.OnSubscribe(func(e centrifuge.SubscribeEvent, answer centrifuge.SubscribeCallback) {
		answer(n.subscribe(c, e.Channel))
	})
	client.OnRPC(func(e centrifuge.RPCEvent, answer centrifuge.RPCCallback) { n.call(c, e, answer) })
	client.OnDisconnect(func(e centrifuge.DisconnectEvent) { n.gone(c, e) })

	n.mu.Lock()
	n.conns[c.id] = c
	mine := n.people[c.caller.Person]
	if mine == nil {
		mine = map[string]*conn{}
		n.people[c.caller.Person] = mine
	}
	mine[c.id] = c
	late := n.signedSinceLocked(c.caller, a.at)
	n.mu.Unlock()
	n.presence.connect(c.caller.Person, c.id, time.Now())
	if late {
		go client.Disconnect(closedSignedOut) // not from within its own handler
	}
}

func (n *Node) gone(c *conn, e centrifuge.DisconnectEvent) {
	c.cancel()
	n.mu.Lock()
	delete(n.conns, c.id)
	if mine := n.people[c.caller.Person]; mine != nil {
		delete(mine, c.id)
		if len(mine) == 0 {
			delete(n.people, c.caller.Person)
		}
	}
	n.mu.Unlock()
	n.presence.disconnect(c.caller.Person, c.id, time.Now())
	if e.Code == centrifuge.DisconnectSlow.Code || e.Code == centrifuge.DisconnectWriteError.Code {
		n.metrics.dropped.WithLabelValues("slow").Inc()
	}
}

// subscribe lets a caller listen to a conversation. What they may not read does not exist: same answer.
func (n *Node) subscribe(c *conn, channel string) (centrifuge.SubscribeReply, error) {
	id := conversation(channel)
	if id == parley.None {
		return centrifuge.SubscribeReply{}, centrifuge.ErrorPermissionDenied
	}
	ctx, cancel := context.WithTimeout(c.ctx, n.options.Read)
	defer cancel()
	switch err := n.house.Authorize(ctx, c.caller, id); {
	case err == nil:
		return centrifuge.SubscribeReply{Options: centrifuge.SubscribeOptions{EnablePositioning: true, EnableRecovery: true}}, nil
	case errors.Is(err, parley.ErrForbidden), errors.Is(err, parley.ErrNotFound):
		return centrifuge.SubscribeReply{}, centrifuge.ErrorPermissionDenied
	default:
		return centrifuge.SubscribeReply{}, n.problem("subscribe", err)
	}
}

// problem words an error for the client; one without a kind is a defect and is logged.
func (n *Node) problem(doing string, err error) *centrifuge.Error {
	if !known(err) && !errors.Is(err, context.Canceled) {
		n.log.Error("realtime.failed", "doing", doing, "error", err)
	}
	return problem(err, n.house.Detail)
}

// signedMark names what was signed out; no session means all of the person's.
type signedMark struct{ person, session parley.ID }

const signedKept = time.Minute // longer than a connection may take from credentials to connected

func (n *Node) signedSinceLocked(c Caller, at time.Time) bool {
	return n.signed[signedMark{c.Person, c.Session}].After(at) || n.signed[signedMark{c.Person, parley.None}].After(at)
}

// SignOut ends the connections of a person's session on all nodes, None: of all their sessions. Clients do not connect
// anew by themselves.
func (n *Node) SignOut(person, session parley.ID) {
	n.signOut(person, session)
	n.tell(notice{Kind: noticeSignOut, Person: person, Session: session})
}

func (n *Node) signOut(person, session parley.ID) {
	now := time.Now()
	n.mu.Lock()
	for mark, at := range n.signed {
		if now.Sub(at) > signedKept {
			delete(n.signed, mark)
		}
	}
	n.signed[signedMark{person, session}] = now
	conns := n.ofLocked(person, session)
	n.mu.Unlock()
	for _, c := range conns {
		go c.client.Disconnect(closedSignedOut) // waits for calls of the library's; callers should not
	}
}

// Renew has all clients of a person connect anew, on all nodes: their role has changed.
func (n *Node) Renew(person parley.ID) {
	n.renew(person)
	n.tell(notice{Kind: noticeRenew, Person: person})
}

func (n *Node) renew(person parley.ID) {
	n.mu.RLock()
	conns := n.ofLocked(person, parley.None)
	n.mu.RUnlock()
	for _, c := range conns {
		go c.client.Disconnect(closedRenew)
	}
}

func (n *Node) ofLocked(person, session parley.ID) []*conn {
	var list []*conn
	for _, c := range n.people[person] {
		if session == parley.None || c.caller.Session == session {
			list = append(list, c)
		}
	}
	return list
}

// Unsubscribe ends a person's listening to a conversation, on all nodes.
func (n *Node) Unsubscribe(person, conversation parley.ID) {
	n.unsubscribe(person, conversation)
	n.tell(notice{Kind: noticeUnsubscribe, Person: person, Conversation: conversation})
}

func (n *Node) unsubscribe(person, conversation parley.ID) {
	// By the library's hub, which also has who is just connecting; it waits for a subscribing that is under way.
	go func() {
		if err := n.hub.Unsubscribe(person.String(), ConversationChannel(conversation)); err != nil {
			n.log.Error("realtime.not_unsubscribed", "error", fmt.Errorf("%s from %s: %w", person, conversation, err))
		}
	}()
}

// MembersChanged makes who is in the conversation be asked again, on all nodes, and ends the listening of those who have
// gone; who may still read it can listen anew.
func (n *Node) MembersChanged(conversation parley.ID, gone ...parley.ID) {
	n.activity.forget(conversation)
	for _, p := range gone {
		n.unsubscribe(p, conversation)
	}
	n.tell(notice{Kind: noticeMembers, Conversation: conversation, People: gone})
}

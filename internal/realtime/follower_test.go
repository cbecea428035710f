package realtime_test

import (
	"fmt"

	"github.com/gorilla/websocket"

	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/realtime"
)

// follower follows a conversation over connections that it ends as it likes. It is one goroutine's own, and does
// nothing but what it is told. (centrifuge-go 0.12.1, by which the other tests connect, cannot be told to disconnect
// and connect while a subscription is under way: Client.send reads the field that Client.startReconnecting writes.)
type follower struct {
	tab          *table
	url          string
	conversation parley.ID

	conn      *raw
	commands  int
	epoch     string
	last      uint64
	heard     int
	recovered int
	state     map[int64]parley.Message
}

func newFollower(url string, tab *table, conversation parley.ID) *follower {
	return &follower{url: url, tab: tab, conversation: conversation, state: map[int64]parley.Message{}}
}

// come connects and subscribes.
func (f *follower) come() (err error) {
	if f.conn, err = dialOnce(f.url, parley.NewID()); err != nil {
		return err
	}
	f.commands = 1
	return f.subscribe()
}

// vanish ends the connection as a lost network does.
func (f *follower) vanish() { _ = f.conn.Close() }

// subscribe continues from where the follower is.
func (f *follower) subscribe() error {
	from := ""
	if f.epoch != "" {
		from = fmt.Sprintf(`,"recover":true,"epoch":%q,"offset":%d`, f.epoch, f.last)
	}
	reply, err := f.ask(fmt.Sprintf(`"subscribe":{"channel":%q%s}`, realtime.ConversationChannel(f.conversation), from))
	if err != nil {
		return err
	}
	s := reply.Subscribe
	f.epoch = s.Epoch
	if s.Recovered {
		if f.recovered++; s.Offset != f.last {
			return fmt.Errorf("recovered from %d, and not from %d", s.Offset, f.last)
		}
		for _, pub := range s.Publications {
			if err := f.apply(pub); err != nil {
				return err
			}
		}
	} else {
		f.last, f.state = s.Offset, f.tab.state(f.conversation) // after the position, so nothing is missed
	}
	return nil
}

func (f *follower) unsubscribe() error {
	_, err := f.ask(fmt.Sprintf(`"unsubscribe":{"channel":%q}`, realtime.ConversationChannel(f.conversation)))
	return err
}

// ask sends a command and hears what comes until it is answered.
func (f *follower) ask(command string) (rawReply, error) {
	f.commands++
	if err := f.conn.WriteMessage(websocket.TextMessage, fmt.Appendf(nil, `{"id":%d,%s}`, f.commands, command)); err != nil {
		return rawReply{}, err
	}
	for {
		next, err := f.conn.next()
		if err == nil && next.ID == 0 {
			err = f.take(next)
		}
		if err != nil || next.ID > 0 {
			if next.Error != nil {
				err = fmt.Errorf("%s is refused with %d", command, next.Error.Code)
			}
			return next, err
		}
	}
}

// listen hears what comes until enough.
func (f *follower) listen(enough func() bool) error {
	for !enough() {
		next, err := f.conn.next()
		if err != nil {
			return err
		}
		if err := f.take(next); err != nil {
			return err
		}
	}
	return nil
}

func (f *follower) take(r rawReply) error {
	switch {
	case r.Push == nil:
		return nil
	case r.Push.Unsubscribe != nil || r.Push.Disconnect != nil:
		return fmt.Errorf("sent away: %s%s", r.Push.Unsubscribe, r.Push.Disconnect)
	case r.Push.Pub != nil:
		return f.apply(*r.Push.Pub)
	}
	return nil
}

func (f *follower) apply(pub rawPub) error {
	if pub.Offset != f.last+1 {
		return fmt.Errorf("change %d came after %d", pub.Offset, f.last)
	}
	f.last = pub.Offset
	f.heard++
	if m := pub.Data.Message; m != nil && f.state[m.Seq].Change < m.Change {
		f.state[m.Seq] = *m
	}
	return nil
}

// complete hears all that has happened and compares it with the table.
func (f *follower) complete() error {
	f.tab.mu.Lock()
	top := f.tab.changes[f.conversation]
	f.tab.mu.Unlock()
	if err := f.listen(func() bool { return f.last >= top }); err != nil {
		return err
	}
	want := f.tab.state(f.conversation)
	if len(want) != len(f.state) {
		return fmt.Errorf("has %d messages, want %d", len(f.state), len(want))
	}
	for seq, m := range want {
		if f.state[seq].Change != m.Change || f.state[seq].Body != m.Body {
			return fmt.Errorf("message %d: has %+v, want %+v", seq, f.state[seq], m)
		}
	}
	return nil
}

package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"time"
)

const (
	burst  = 60 // messages, back to back, whose deliveries are counted
	missed = 20 // messages that each client of the storm has to be told
)

// listener is one connection of the crowd: it knows where it stands in the stream.
type listener struct {
	person person
	socket *socket
	at     position
}

// crowd is thousands of connections that listen to one room.
type crowd struct {
	place     *place
	channel   string
	listeners []*listener
	writer    *socket
	posted    int64
	delivered atomic.Int64
	wrong     atomic.Int64 // deliveries that were not the next in the stream
}

// measureCrowd measures fan-out, the memory of a connection, and the return of everybody at once.
func measureCrowd(ctx context.Context, b *bench) error {
	if err := raiseFiles(uint64(b.connections) + 500); err != nil {
		return err
	}
	p, err := b.open(ctx, "crowd")
	if err != nil {
		return err
	}
	defer p.stop()
	c := &crowd{place: p}
	if err := c.gather(ctx, b.people, b.connections); err != nil {
		return err
	}
	defer c.leave()
	if err := settle(ctx, 3*time.Second); err != nil {
		return err
	}
	before, err := p.resident(ctx)
	if err != nil {
		return err
	}
	took, err := c.connect(ctx, false)
	if err != nil {
		return err
	}
	if err := settle(ctx, 5*time.Second); err != nil {
		return err
	}
	after, err := p.resident(ctx)
	if err != nil {
		return err
	}
	what := thousands(float64(b.connections)) + " connections: "
	b.report.add(what+"memory of one", series{(after - before) / float64(b.connections)}, kibibytes, "", "20 KiB")
	b.report.add(what+"connected and listening", series{float64(b.connections) / took.Seconds()}, perSecond, "", "")

	var rates, storms series
	for range b.rounds {
		rate, err := c.fanOut(ctx)
		if err != nil {
			return err
		}
		rates = append(rates, rate)
	}
	b.report.add(what+"fan-out of one room, deliveries", rates, perSecond, "near bare", "118,000/s")
	for range b.rounds {
		took, err := c.storm(ctx)
		if err != nil {
			return err
		}
		storms = append(storms, took.Seconds())
	}
	b.report.add(what+fmt.Sprintf("all return, %d missed messages each", missed), storms, seconds, "near bare", "1.0 s")
	return nil
}

// gather makes the people and the room.
func (c *crowd) gather(ctx context.Context, people, connections int) error {
	list, err := c.place.people(ctx, people)
	if err != nil {
		return err
	}
	if c.channel, err = c.place.channel(ctx, "crowd", list); err != nil {
		return err
	}
	for i := range connections {
		c.listeners = append(c.listeners, &listener{person: list[i%people]})
	}
	c.writer, err = c.place.connect(ctx, c.place.owner, nil)
	return err
}

// connect opens all connections; with back, each is told what it missed, which is checked by seq.
func (c *crowd) connect(ctx context.Context, back bool) (time.Duration, error) {
	began := time.Now()
	err := atOnce(len(c.listeners), 64, func(i int) error {
		l := c.listeners[i]
		for try := 0; ; try++ {
			var err error
			if l.socket, err = c.place.connect(ctx, l.person, func(push []byte) { c.heard(l, push) }); err == nil {
				break
			}
			if try == 100 || !strings.Contains(err.Error(), "503") {
				return err
			}
			time.Sleep(rand.N(200 * time.Millisecond)) //nolint:gosec // the door asks to come again; no secret
		}
		if !back {
			at, _, err := l.socket.subscribe(c.channel, nil)
			l.at = at
			return err
		}
		_, reply, err := l.socket.subscribe(c.channel, &l.at)
		if err != nil {
			return err
		}
		offsets := numbers(reply, `"change":`)
		if len(offsets) != missed {
			return fmt.Errorf("recovered %d messages instead of %d", len(offsets), missed)
		}
		for _, o := range offsets {
			if o != l.at.offset+1 {
				return fmt.Errorf("recovered %d after %d", o, l.at.offset)
			}
			l.at.offset = o
		}
		return nil
	})
	return time.Since(began), err
}

// heard runs in the connection's reader.
func (c *crowd) heard(l *listener, push []byte) {
	if _, ok := number(push, `"body":"`+marker); !ok {
		return
	}
	at, _ := number(push, `"change":`)
	if at != l.at.offset+1 {
		c.wrong.Add(1)
	}
	l.at.offset = at
	c.delivered.Add(1)
}

// post sends n messages back to back and returns when all are durable.
func (c *crowd) post(n int) error {
	acked := make(chan error, n)
	for range n {
		c.posted++
		key := "crowd-" + strconv.FormatInt(c.posted, 10)
		if err := c.writer.post(c.channel, body(c.posted), key, func(err error) { acked <- err }); err != nil {
			return err
		}
	}
	for range n {
		select {
		case err := <-acked:
			if err != nil {
				return err
			}
		case <-c.writer.closed:
			return c.writer.err
		}
	}
	return nil
}

// fanOut returns deliveries in a second, from the first message's sending until the last connection has the last one.
func (c *crowd) fanOut(ctx context.Context) (float64, error) {
	c.delivered.Store(0)
	all := int64(burst * len(c.listeners))
	began := time.Now()
	if err := c.post(burst); err != nil {
		return 0, err
	}
	if err := c.await(ctx, all); err != nil {
		return 0, err
	}
	return float64(all) / time.Since(began).Seconds(), nil
}

func (c *crowd) await(ctx context.Context, deliveries int64) error {
	for deadline := time.Now().Add(60 * time.Second); c.delivered.Load() < deliveries; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) || ctx.Err() != nil {
			return fmt.Errorf("%d of %d deliveries came", c.delivered.Load(), deliveries)
		}
	}
	if n := c.wrong.Load(); n > 0 || c.delivered.Load() > deliveries {
		return fmt.Errorf("%d deliveries were out of order, %d too many", n, c.delivered.Load()-deliveries)
	}
	return nil
}

// storm cuts all connections, says something meanwhile, and lets everybody come back at once.
func (c *crowd) storm(ctx context.Context) (time.Duration, error) {
	for _, l := range c.listeners {
		_ = l.socket.conn.Close()
	}
	for _, l := range c.listeners {
		<-l.socket.closed
	}
	if err := c.post(missed); err != nil {
		return 0, err
	}
	took, err := c.connect(ctx, true)
	if err != nil {
		return 0, err
	}
	// One more message must come to everybody as the next one: nothing lost, nothing doubled.
	c.delivered.Store(0)
	if err := c.post(1); err != nil {
		return 0, err
	}
	return took, c.await(ctx, int64(len(c.listeners)))
}

func (c *crowd) leave() {
	for _, l := range c.listeners {
		if l.socket != nil {
			_ = l.socket.conn.Close()
		}
	}
	for _, l := range c.listeners {
		if l.socket != nil {
			<-l.socket.closed
		}
	}
	c.writer.close()
}

// raiseFiles lets this process, and the server it starts, have so many files open.
func raiseFiles(n uint64) error {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		return err
	}
	if limit.Cur >= n {
		return nil
	}
	if limit.Cur = min(n, limit.Max); limit.Cur < n {
		return fmt.Errorf("%d open files are needed, %d are allowed (ulimit -n)", n, limit.Max)
	}
	return syscall.Setrlimit(syscall.RLIMIT_NOFILE, &limit)
}

// settle gives the server time to tidy up, so that its memory is that of rest.
func settle(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

package realtime_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/realtime"
)

// redis is a server of the test's own, which can be stopped and started again at the same address.
type redis struct {
	url, port, dir string
	cmd            *exec.Cmd
}

// needRedis returns the server of PARLEY_TEST_REDIS, or starts one.
func needRedis(t testing.TB) *redis {
	t.Helper()
	if url := os.Getenv("PARLEY_TEST_REDIS"); url != "" {
		return &redis{url: url}
	}
	return ownRedis(t)
}

func ownRedis(t testing.TB) *redis {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(l.Addr().String())
	_ = l.Close()
	r := &redis{url: "redis://127.0.0.1:" + port, port: port, dir: t.TempDir()}
	r.start(t)
	t.Cleanup(r.stop)
	return r
}

func (r *redis) start(t testing.TB) {
	t.Helper()
	r.cmd = exec.Command("redis-server", "--port", r.port, "--bind", "127.0.0.1", "--save", "", "--dir", r.dir)
	out, err := r.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := r.cmd.Start(); err != nil {
		t.Fatalf("redis-server (Debian: redis-server): %v", err)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if strings.Contains(lines.Text(), "Ready to accept connections") {
			go func() {
				for lines.Scan() {
				}
			}()
			return
		}
	}
	t.Fatal("redis-server did not start")
}

func (r *redis) stop() {
	if r.cmd != nil {
		_ = r.cmd.Process.Kill()
		_ = r.cmd.Wait()
		r.cmd = nil
	}
}

func two(t testing.TB, r *redis, o realtime.Options, h realtime.House) (a, b *server) {
	t.Helper()
	o.RedisURL, o.Prefix = r.url, parley.NewID().String()
	a, b = start(t, o, h), start(t, o, h)
	a.joins(t, true)
	b.joins(t, true)
	return a, b
}

func TestTwoNodesTellEachOther(t *testing.T) {
	tab, room, ana := newTable(), parley.NewID(), parley.NewID()
	a, b := two(t, needRedis(t), realtime.Options{}, house(tab))
	ca, cb := connect(t, a.url, ana), connect(t, b.url, parley.NewID())
	la, lb := ca.listen(t, tab, room), cb.listen(t, tab, room)
	la.until(t, "subscription", func() bool { return la.subscribed == 1 })
	lb.until(t, "subscription", func() bool { return lb.subscribed == 1 })
	var posting sync.WaitGroup
	for _, s := range []*server{a, b} {
		posting.Go(func() {
			for i := range 500 {
				tab.post(s.Node, room, int64(i%30), "from both")
			}
		})
	}
	posting.Wait()
	la.has(t, tab, room)
	lb.has(t, tab, room)
	if la.resubs+lb.resubs > 0 {
		t.Errorf("%d, %d times subscribed anew", la.resubs, lb.resubs)
	}
	b.Publish(realtime.PersonChannel(ana), 0, parley.Event{Type: parley.EventGone, Gone: room})
	ca.until(t, "own event of the other node", func() bool { return len(ca.events) == 1 && ca.events[0].Gone == room })
}

func TestNothingIsLostWhileRedisIsAway(t *testing.T) {
	tab, room := newTable(), parley.NewID()
	r := ownRedis(t)
	a, b := two(t, r, realtime.Options{Renewal: 50 * time.Millisecond}, house(tab))
	la := connect(t, a.url, parley.NewID()).listen(t, tab, room)
	lb := connect(t, b.url, parley.NewID()).listen(t, tab, room)
	la.until(t, "subscription", func() bool { return la.subscribed == 1 })
	lb.until(t, "subscription", func() bool { return lb.subscribed == 1 })
	tab.post(a.Node, room, 0, "before")
	la.has(t, tab, room)
	lb.has(t, tab, room)

	r.stop()
	a.joins(t, false)
	b.joins(t, false)
	for i := range 20 {
		tab.post(a.Node, room, 0, fmt.Sprint("only here ", i))
	}
	la.has(t, tab, room) // who is here goes on
	lb.mu.Lock()
	if len(lb.state) != 1 {
		t.Errorf("the other node has %d messages", len(lb.state))
	}
	lb.mu.Unlock()

	r.start(t)
	lb.has(t, tab, room)
	a.joins(t, true)
	b.joins(t, true)
	tab.post(b.Node, room, 0, "after")
	la.has(t, tab, room)
	lb.has(t, tab, room)
}

func TestANodeStartsWithoutRedisAndJoinsLater(t *testing.T) {
	tab, room := newTable(), parley.NewID()
	r := ownRedis(t)
	r.stop()
	o := realtime.Options{RedisURL: r.url, Renewal: 50 * time.Millisecond}
	a, b := start(t, o, house(tab)), start(t, o, house(tab))
	la := connect(t, a.url, parley.NewID()).listen(t, tab, room)
	lb := connect(t, b.url, parley.NewID()).listen(t, tab, room)
	lb.until(t, "subscription", func() bool { return lb.subscribed == 1 })
	tab.post(a.Node, room, 0, "alone")
	la.has(t, tab, room)
	r.start(t)
	lb.has(t, tab, room)
}

func TestSigningOutAndRemovingReachTheOtherNode(t *testing.T) {
	tab, room, ana := newTable(), parley.NewID(), parley.NewID()
	one, other := parley.NewID(), parley.NewID()
	a, b := two(t, needRedis(t), realtime.Options{}, house(tab))
	c := connect(t, b.url, ana, "Session", one.String())
	keeps := connect(t, b.url, ana, "Session", other.String())
	l, k := c.listen(t, tab, room), keeps.listen(t, tab, room)
	l.until(t, "subscription", func() bool { return l.subscribed == 1 })
	k.until(t, "subscription", func() bool { return k.subscribed == 1 })
	a.SignOut(ana, one)
	c.until(t, "to be signed out", func() bool { return c.closed == 4501 })
	a.MembersChanged(room, ana)
	k.until(t, "to be unsubscribed", func() bool { return k.ended == 2000 })
	keeps.connected(t)
}

func TestPresenceIsSeenFromTheOtherNode(t *testing.T) {
	tab, ana, ben := newTable(), parley.NewID(), parley.NewID()
	a, b := two(t, needRedis(t), realtime.Options{}, house(tab))
	at := map[parley.ID]*client{ana: connect(t, a.url, ana).connected(t), ben: connect(t, b.url, ben).connected(t)}
	for who, whom := range map[parley.ID]parley.ID{ana: ben, ben: ana} {
		c := at[who]
		told, err := c.RPC(context.Background(), "watch", []byte(`{"people":["`+whom.String()+`"]}`))
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(told.Data, []byte(`"active"`)) {
			continue // the nodes had told each other before it was asked
		}
		c.until(t, "to see who is at the other node", func() bool {
			return slices.ContainsFunc(c.events, func(e parley.Event) bool { return e.Presence[whom.String()] == parley.Active })
		})
	}
	if got := b.Presence([]parley.ID{ana})[ana]; got != parley.Active {
		t.Errorf("seen from the other node: %s", got)
	}
}

package realtime

import (
	"bufio"
	"context"
	"maps"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/centrifugal/centrifuge"
	"golang.org/x/time/rate"
)

// door lets requests become connections, and counts them until their sockets are closed.
type door struct {
	node    *Node
	rate    *rate.Limiter
	sockets http.Handler
	origins map[string]bool

	mu        sync.Mutex
	closed    bool
	addresses map[string]int
	open      int
	taken     map[*countedConn]struct{} // the sockets, for who does not close theirs when the node stops
	empty     chan struct{}             // closed when the last socket closes after close
}

func newDoor(n *Node) *door {
	o := n.options
	d := &door{
		node: n, rate: rate.NewLimiter(rate.Limit(o.PerSecond), o.PerSecond),
		addresses: map[string]int{}, taken: map[*countedConn]struct{}{}, origins: map[string]bool{}, empty: make(chan struct{}),
	}
	for _, origin := range o.Origins {
		d.origins[strings.ToLower(strings.TrimSuffix(origin, "/"))] = true
	}
	d.sockets = centrifuge.NewWebsocketHandler(n.hub, centrifuge.WebsocketConfig{
		CheckOrigin:        func(*http.Request) bool { return true }, // allowed did it
		MessageSizeLimit:   o.MessageSize,
		WriteTimeout:       o.WriteTimeout,
		UseWriteBufferPool: true,
		// Half of a silent connection's stack, for a goroutine start per frame.
		ProcessCommandsOffReadLoop: true,
		PingPongConfig:             centrifuge.PingPongConfig{PingInterval: o.Ping, PongTimeout: o.Ping / 3},
	})
	return d
}

// Handler serves the socket: GET /api/v1/socket. Who asks must be of the same origin or of one that Options name, since
// browsers send the session's cookie from everywhere; programs send no Origin.
func (n *Node) Handler() http.Handler { return n.door }

func (d *door) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !d.allowed(r) {
		http.Error(w, "this origin may not connect", http.StatusForbidden)
		return
	}
	if !d.node.started.Load() || !d.rate.Allow() {
		d.refuse(w, "rate")
		return
	}
	address := d.node.options.Address(r)
	release, ok := d.enter(address)
	if !ok {
		d.refuse(w, "address")
		return
	}
	a := arrival{at: time.Now()}
	a.caller, a.err = d.node.house.FromRequest(r)
	u := &upgrade{ResponseWriter: w, door: d, release: release}
	d.sockets.ServeHTTP(u, r.WithContext(context.WithValue(r.Context(), arrivalKey{}, a)))
	if !u.taken {
		release()
	}
}

func (d *door) refuse(w http.ResponseWriter, why string) {
	d.node.metrics.refused.WithLabelValues(why).Inc()
	w.Header().Set("Retry-After", "2")
	http.Error(w, "too many connections, try again", http.StatusServiceUnavailable)
}

func (d *door) allowed(r *http.Request) bool {
	origin := r.Header.Get("Origin")
	if origin == "" {
		return true
	}
	u, err := url.Parse(origin)
	if err != nil || u.Host == "" {
		return false
	}
	return strings.EqualFold(u.Host, r.Host) || d.origins[strings.ToLower(u.Scheme+"://"+u.Host)]
}

// enter counts a connection until release is called.
func (d *door) enter(address string) (release func(), ok bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if limit := d.node.options.PerAddress; d.closed || (limit > 0 && d.addresses[address] >= limit) {
		return nil, false
	}
	d.addresses[address]++
	d.open++
	return sync.OnceFunc(func() {
		d.mu.Lock()
		defer d.mu.Unlock()
		if d.addresses[address]--; d.addresses[address] == 0 {
			delete(d.addresses, address)
		}
		if d.open--; d.open == 0 && d.closed {
			close(d.empty)
		}
	}), true
}

func (d *door) close() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed {
		return
	}
	d.closed = true
	if d.open == 0 {
		close(d.empty)
	}
}

// goodbye is how long clients have to answer the closing of their connection.
const goodbye = time.Second

// wait returns when all sockets are closed. Those that have not said who they are do not know that they should, and some
// clients have gone without a word: after a goodbye they are cut.
func (d *door) wait(ctx context.Context) error {
	select {
	case <-d.empty:
		return nil
	case <-ctx.Done():
	case <-time.After(goodbye):
	}
	d.mu.Lock()
	rest := slices.Collect(maps.Keys(d.taken))
	d.mu.Unlock()
	for _, c := range rest {
		_ = c.Close()
	}
	select {
	case <-d.empty:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func remoteHost(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// upgrade hands out a connection that tells when it is closed: the library says so only of those that came to connect.
type upgrade struct {
	http.ResponseWriter
	door    *door
	release func()
	taken   bool
}

// Hijack implements http.Hijacker.
func (u *upgrade) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	c, rw, err := http.NewResponseController(u.ResponseWriter).Hijack()
	if err != nil {
		return nil, nil, err
	}
	u.taken = true
	counted := &countedConn{Conn: c, door: u.door, release: u.release}
	u.door.mu.Lock()
	defer u.door.mu.Unlock()
	u.door.taken[counted] = struct{}{}
	return counted, rw, nil
}

type countedConn struct {
	net.Conn
	door    *door
	release func()
}

func (c *countedConn) Close() error {
	err := c.Conn.Close()
	c.door.mu.Lock()
	delete(c.door.taken, c)
	c.door.mu.Unlock()
	c.release()
	return err
}

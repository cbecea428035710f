package process_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/centrifugal/centrifuge-go"

	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
	"github.com/parley-im/parley/internal/store/storetest"
)

// redis starts a server at an address of its own.
func redis(t testing.TB, port string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command("redis-server", "--bind", "127.0.0.1", "--port", port, "--save", "", "--appendonly", "no", "--dir", t.TempDir())
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if strings.Contains(lines.Text(), "Ready to accept connections") {
			go io.Copy(io.Discard, out) //nolint:errcheck // ends with the server
			return cmd
		}
	}
	t.Fatal("redis-server does not start")
	return nil
}

func freePort(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, port, _ := net.SplitHostPort(l.Addr().String())
	return port
}

// app is a person's live connection; it keeps what it hears.
type app struct {
	*centrifuge.Client
	mu       sync.Mutex
	own      []parley.Event
	messages map[int64]parley.Message
	order    []int64 // seq of new messages as they came
	closed   uint32
	news     chan struct{}
}

func (u *user) connect(c parley.ID) *app {
	u.t.Helper()
	a := &app{messages: map[int64]parley.Message{}, news: make(chan struct{}, 1)}
	header := http.Header{}
	if u.token != "" {
		header.Set("Authorization", "Bearer "+u.token)
	} else {
		at, _ := url.Parse(u.url)
		for _, cookie := range u.http.Jar.Cookies(at) {
			header.Set("Cookie", cookie.Name+"="+cookie.Value)
		}
	}
	a.Client = centrifuge.NewJsonClient("ws"+strings.TrimPrefix(u.url, "http")+"/api/v1/socket", centrifuge.Config{
		Header: header, MinReconnectDelay: 10 * time.Millisecond, MaxReconnectDelay: 200 * time.Millisecond,
	})
	a.OnPublication(func(e centrifuge.ServerPublicationEvent) {
		var event parley.Event
		if err := json.Unmarshal(e.Data, &event); err != nil {
			u.t.Errorf("%s: %v", e.Data, err)
		}
		a.mu.Lock()
		a.own = append(a.own, event)
		a.mu.Unlock()
		a.signal()
	})
	a.OnDisconnected(func(e centrifuge.DisconnectedEvent) {
		a.mu.Lock()
		a.closed = e.Code
		a.mu.Unlock()
		a.signal()
	})
	sub, err := a.NewSubscription("c:"+c.String(), centrifuge.SubscriptionConfig{Recoverable: true, Positioned: true, MaxResubscribeDelay: 200 * time.Millisecond})
	if err != nil {
		u.t.Fatal(err)
	}
	subscribed := make(chan struct{}, 1)
	sub.OnSubscribed(func(centrifuge.SubscribedEvent) {
		select {
		case subscribed <- struct{}{}:
		default:
		}
	})
	sub.OnPublication(func(e centrifuge.PublicationEvent) {
		var event parley.Event
		if err := json.Unmarshal(e.Data, &event); err != nil {
			u.t.Errorf("%s: %v", e.Data, err)
		}
		a.mu.Lock()
		defer a.mu.Unlock()
		if m := event.Message; m != nil {
			if _, known := a.messages[m.Seq]; !known {
				a.order = append(a.order, m.Seq)
			}
			a.messages[m.Seq] = *m
		}
		a.signal()
	})
	u.t.Cleanup(a.Close)
	if err := a.Connect(); err != nil {
		u.t.Fatal(err)
	}
	if err := sub.Subscribe(); err != nil {
		u.t.Fatal(err)
	}
	select {
	case <-subscribed:
	case <-time.After(20 * time.Second):
		u.t.Fatal("cannot listen")
	}
	return a
}

func (a *app) signal() {
	select {
	case a.news <- struct{}{}:
	default:
	}
}

func (a *app) until(t testing.TB, what string, ok func() bool) {
	t.Helper()
	deadline := time.After(60 * time.Second)
	for {
		a.mu.Lock()
		done := ok()
		a.mu.Unlock()
		if done {
			return
		}
		select {
		case <-a.news:
		case <-deadline:
			t.Fatalf("waited in vain for %s", what)
		}
	}
}

func TestTwoNodesJoinedByRedisAreOneParley(t *testing.T) {
	o := storetest.Options(t, store.Postgres)
	port := freePort(t)
	server := redis(t, port)
	node := func() *process {
		return serve(t, []string{"--data", t.TempDir(), "--database", o.URL, "--redis", "redis://127.0.0.1:" + port + "/0", "--listen=localhost:0"})
	}
	a := node()
	owner := a.found()
	bo := owner.invited("Bo")
	c := owner.channel("log", bo)
	b := node()
	here, there := owner.connect(c), bo.program(b.url).connect(c)
	awayFromHome := newUser(t, b.url) // bo's browser, at the other node
	awayFromHome.http.Jar, awayFromHome.me = bo.http.Jar, bo.me
	browser := awayFromHome.connect(c)

	path, n := "/conversations/"+c.String()+"/messages", 0
	say := func(many int) {
		for range many {
			n++
			owner.must("POST", path, map[string]any{"body": fmt.Sprint("message ", n)}, nil)
		}
	}
	heard := func(what string) {
		t.Helper()
		for _, x := range []*app{here, there, browser} {
			x.until(t, what, func() bool { return len(x.order) >= n })
			x.mu.Lock()
			for i := 1; i < len(x.order); i++ {
				if x.order[i] != x.order[i-1]+1 {
					t.Errorf("%s: %d comes after %d", what, x.order[i], x.order[i-1])
				}
			}
			x.mu.Unlock()
		}
	}
	say(20)
	heard("messages of the other node")

	// Presence crosses over.
	answer, err := here.RPC(t.Context(), "watch", []byte(`{"people":["`+bo.me.ID.String()+`"]}`))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(answer.Data), `"active"`) {
		here.until(t, "bo's presence", func() bool {
			for _, e := range here.own {
				if e.Presence[bo.me.ID.String()] == parley.Active {
					return true
				}
			}
			return false
		})
	}
	// Signing out at one node ends the connection at the other.
	bo.must("DELETE", "/sessions/current", nil, nil)
	browser.until(t, "being signed out", func() bool { return browser.closed == 4501 })
	browser = there

	// Redis goes and comes back in the middle.
	say(10)
	_ = server.Process.Kill()
	_ = server.Wait()
	say(30)
	redis(t, port)
	say(10)
	heard("messages after Redis was away")
	for _, u := range []*user{owner} {
		if list := u.all(c); len(list) != n+1 { // and one that tells of the channel
			t.Errorf("%d messages, want %d", len(list), n+1)
		}
	}
}

// wire is a way to a database that can be cut.
type wire struct {
	listener net.Listener
	mu       sync.Mutex
	cut      bool
	conns    map[net.Conn]bool
}

// wireTo returns a way to the PostgreSQL that is behind a socket, and its URL.
func wireTo(t testing.TB, database string) (*wire, string) {
	t.Helper()
	u, err := url.Parse(database)
	if err != nil {
		t.Fatal(err)
	}
	network, address := "tcp", u.Host
	if host := u.Query().Get("host"); strings.HasPrefix(host, "/") {
		network, address = "unix", host+"/.s.PGSQL.5432"
	}
	w := &wire{conns: map[net.Conn]bool{}}
	if w.listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.listener.Close(); w.sever(true) })
	go func() {
		for {
			in, err := w.listener.Accept()
			if err != nil {
				return
			}
			out, err := net.Dial(network, address)
			if err != nil {
				t.Error(err)
				return
			}
			w.mu.Lock()
			if w.cut {
				in.Close()
				out.Close()
			}
			w.conns[in], w.conns[out] = true, true
			w.mu.Unlock()
			go func() { _, _ = io.Copy(in, out); in.Close() }()
			go func() { _, _ = io.Copy(out, in); out.Close() }()
		}
	}()
	u.Host, u.RawQuery = w.listener.Addr().String(), "sslmode=disable"
	if u.User == nil {
		u.User = url.User("postgres")
	}
	return w, u.String()
}

// sever cuts the way, or opens it again.
func (w *wire) sever(cut bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.cut = cut; cut {
		for c := range w.conns {
			c.Close()
		}
		clear(w.conns)
	}
}

func TestADatabaseThatIsAwayIsToldAndComesBack(t *testing.T) {
	o := storetest.Options(t, store.Postgres)
	way, database := wireTo(t, o.URL)
	p := serve(t, []string{"--data", t.TempDir(), "--database", database, "--listen=localhost:0"})
	owner := p.found()
	c := owner.channel("log")
	path := "/conversations/" + c.String() + "/messages"
	status := func(of string) int {
		t.Helper()
		r, err := http.Get(p.url + of)
		if err != nil {
			t.Fatal(err)
		}
		r.Body.Close()
		return r.StatusCode
	}
	if got := status("/readyz"); got != 200 {
		t.Errorf("/readyz: %d", got)
	}
	w := &writers{acked: map[string]int64{}}
	w.post(owner, c, 4, 20, func() { way.sever(true) })
	if h, r := status("/healthz"), status("/readyz"); h != 200 || r != 503 {
		t.Errorf("without a database /healthz says %d and /readyz %d", h, r)
	}
	code, text, err := owner.ask("POST", path, map[string]any{"body": "x"})
	if err != nil || code != 503 || !strings.Contains(string(text), "problems/unavailable") || strings.Contains(string(text), "127.0.0.1") {
		t.Errorf("a post is answered with %d %s, %v", code, text, err)
	}
	way.sever(false)
	for deadline := time.Now().Add(30 * time.Second); status("/readyz") != 200; {
		if time.Now().After(deadline) {
			t.Fatal("it does not come back")
		}
	}
	w.settle(owner, c)
	w.check(t, owner.all(c))
	if m := p.get("/metrics"); !strings.Contains(m, "parley_http_requests_total") || !strings.Contains(m, "go_goroutines") {
		t.Errorf("/metrics says %.300s", m)
	}
}

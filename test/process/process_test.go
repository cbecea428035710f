// Package process_test runs the built parley, as whoever hosts it does: starts it, kills it, fills its disk, joins two
// of them. It speaks the public API alone.
package process_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/parley-im/parley/internal/parley"
)

var binary string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "parley-process-")
	if err != nil {
		panic(err)
	}
	binary = filepath.Join(dir, "parley")
	// By the flags of `make build`, so that what it has compiled is not compiled again.
	build := exec.Command("go", "build", "-trimpath", "-o", binary, "github.com/parley-im/parley/cmd/parley")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "build parley: %v\n%s", err, out)
		os.Exit(1)
	}
	code := m.Run()
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

// process is one running parley.
type process struct {
	t     testing.TB
	cmd   *exec.Cmd
	url   string
	setup string // token of the first start; empty when somebody is there
	mu    sync.Mutex
	log   bytes.Buffer
	ended chan struct{}
	err   error
}

// serve starts a parley that is killed when the test ends, and takes its link for the first owner. before is what to run
// it by: a mount namespace, perhaps.
func serve(t testing.TB, args []string, before ...string) *process {
	t.Helper()
	p, told := launch(t, args, before...)
	if needed := p.get("/api/v1/setup"); strings.Contains(needed, `"needed":true`) {
		select {
		case p.setup = <-told:
		case <-time.After(10 * time.Second):
			t.Fatalf("no link is printed\n%s", p.said())
		}
	}
	return p
}

// launch starts a parley that is killed when the test ends; on told comes the token of the first start.
func launch(t testing.TB, args []string, before ...string) (*process, <-chan string) {
	t.Helper()
	line := append(append(before, binary, "serve", "--limit-writes=0"), args...)
	p := &process{t: t, cmd: exec.Command(line[0], line[1:]...), ended: make(chan struct{})}
	stdout, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	stderr, err := p.cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	started, told := make(chan string, 1), make(chan string, 1)
	var reading sync.WaitGroup
	read := func(r io.Reader, find *regexp.Regexp, found chan string) {
		reading.Go(func() {
			for lines := bufio.NewScanner(r); lines.Scan(); {
				p.mu.Lock()
				p.log.WriteString(lines.Text() + "\n")
				p.mu.Unlock()
				if m := find.FindStringSubmatch(lines.Text()); m != nil {
					select {
					case found <- m[1]:
					default:
					}
				}
			}
		})
	}
	read(stderr, regexp.MustCompile(`server\.started.*url=(\S+)`), started)
	read(stdout, regexp.MustCompile(`/setup#(\S+)`), told)
	go func() {
		reading.Wait()
		p.err = p.cmd.Wait()
		close(p.ended)
	}()
	t.Cleanup(p.kill)
	select {
	case p.url = <-started:
	case <-p.ended:
		t.Fatalf("parley ended: %v\n%s", p.err, p.said())
	case <-time.After(60 * time.Second):
		t.Fatalf("parley does not start\n%s", p.said())
	}
	return p, told
}

func (p *process) said() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.log.String()
}

func (p *process) kill() {
	_ = p.cmd.Process.Kill()
	<-p.ended
}

// stop ends it as systemd does.
func (p *process) stop() error {
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-p.ended:
		return p.err
	case <-time.After(60 * time.Second):
		p.t.Fatalf("does not stop\n%s", p.said())
		return nil
	}
}

func (p *process) get(path string) string {
	p.t.Helper()
	r, err := http.Get(p.url + path)
	if err != nil {
		p.t.Fatal(err)
	}
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return string(b)
}

// user is somebody with a browser, or a program with a token.
type user struct {
	t     testing.TB
	url   string
	token string
	http  http.Client
	me    parley.Person
}

const password = "a quiet harbour at dawn"

// found makes the owner.
func (p *process) found() *user {
	p.t.Helper()
	u := newUser(p.t, p.url)
	var in struct{ Me parley.Person }
	u.must("POST", "/setup", account("Olga Owner", map[string]any{"token": p.setup, "organisation": "Harbour"}), &in)
	u.me = in.Me
	return u
}

func newUser(t testing.TB, url string) *user {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &user{t: t, url: url, http: http.Client{Jar: jar, Timeout: 20 * time.Second}}
}

func account(name string, more map[string]any) map[string]any {
	a := map[string]any{
		"name": name, "email": strings.ReplaceAll(strings.ToLower(name), " ", ".") + "@harbour.example", "password": password,
		"zone": "Europe/Berlin", "language": "en",
	}
	for k, v := range more {
		a[k] = v
	}
	return a
}

// program is the same person by a token, at perhaps another node.
func (u *user) program(url string) *user {
	u.t.Helper()
	var made struct{ Token string }
	u.must("POST", "/tokens", map[string]any{"name": "test"}, &made)
	other := newUser(u.t, url)
	other.token, other.me = made.Token, u.me
	return other
}

// invited is somebody else.
func (u *user) invited(name string) *user {
	u.t.Helper()
	var inv struct{ URL string }
	u.must("POST", "/invitations", map[string]any{"role": "member"}, &inv)
	_, token, _ := strings.Cut(inv.URL, "#")
	fresh := newUser(u.t, u.url)
	var in struct{ Me parley.Person }
	fresh.must("POST", "/invitations/"+token+"/accept", account(name, nil), &in)
	fresh.me = in.Me
	return fresh
}

// ask sends a request; err is of the network only.
func (u *user) ask(method, path string, body any) (status int, text []byte, err error) {
	var content io.Reader
	switch b := body.(type) {
	case nil:
	case io.Reader:
		content = b
	default:
		j, err := json.Marshal(b)
		if err != nil {
			return 0, nil, err
		}
		content = bytes.NewReader(j)
	}
	r, err := http.NewRequestWithContext(context.Background(), method, u.url+"/api/v1"+path, content)
	if err != nil {
		return 0, nil, err
	}
	r.Header.Set("Content-Type", "application/json")
	if u.token != "" {
		r.Header.Set("Authorization", "Bearer "+u.token)
	}
	answer, err := u.http.Do(r)
	if err != nil {
		return 0, nil, err
	}
	defer answer.Body.Close()
	text, err = io.ReadAll(answer.Body)
	return answer.StatusCode, text, err
}

func (u *user) must(method, path string, body, v any) {
	u.t.Helper()
	status, text, err := u.ask(method, path, body)
	if err != nil || status >= 300 {
		u.t.Fatalf("%s %s: %d %s, %v", method, path, status, text, err)
	}
	if v != nil {
		if err := json.Unmarshal(text, v); err != nil {
			u.t.Fatalf("%s %s: %v: %s", method, path, err, text)
		}
	}
}

func (u *user) channel(name string, people ...*user) parley.ID {
	u.t.Helper()
	ids := []parley.ID{}
	for _, p := range people {
		ids = append(ids, p.me.ID)
	}
	var c parley.Conversation
	u.must("POST", "/conversations", map[string]any{"kind": "channel", "visibility": "private", "name": name, "people": ids}, &c)
	return c.ID
}

// all reads a conversation page by page.
func (u *user) all(c parley.ID) (list []parley.Message) {
	u.t.Helper()
	path := fmt.Sprintf("/conversations/%s/messages?limit=200&around=1", c)
	for {
		var page struct {
			Messages []parley.Message
			Last     bool
		}
		u.must("GET", path, nil, &page)
		list = append(list, page.Messages...)
		if page.Last || len(page.Messages) == 0 {
			return list
		}
		path = fmt.Sprintf("/conversations/%s/messages?limit=200&after=%d", c, list[len(list)-1].Seq)
	}
}

// writers post at once, each message with a key, and remember what was acknowledged.
type writers struct {
	mu      sync.Mutex
	acked   map[string]int64 // key -> seq
	pending []string         // sent, and not acknowledged
	next    int
}

// post has n writers post until each fails, and calls enough once when so many more are acknowledged.
func (w *writers) post(u *user, c parley.ID, n, many int, enough func()) {
	var all sync.WaitGroup
	goal, once := len(w.acked)+many, sync.Once{}
	for range n {
		all.Go(func() {
			for {
				w.mu.Lock()
				var key string
				if k := len(w.pending); k > 0 {
					key, w.pending = w.pending[k-1], w.pending[:k-1]
				} else {
					w.next++
					key = fmt.Sprint("key", w.next)
				}
				w.mu.Unlock()
				status, text, err := u.ask("POST", "/conversations/"+c.String()+"/messages", map[string]any{"body": "body of " + key, "key": key})
				var m parley.Message
				ok := err == nil && (status == 201 || status == 200) && json.Unmarshal(text, &m) == nil
				w.mu.Lock()
				if ok {
					w.acked[key] = m.Seq
				} else {
					w.pending = append(w.pending, key)
				}
				reached := len(w.acked) >= goal
				w.mu.Unlock()
				if reached {
					once.Do(enough)
				}
				if !ok {
					return
				}
			}
		})
	}
	all.Wait()
}

// settle sends again what was not acknowledged.
func (w *writers) settle(u *user, c parley.ID) {
	for _, key := range w.pending {
		var m parley.Message
		u.must("POST", "/conversations/"+c.String()+"/messages", map[string]any{"body": "body of " + key, "key": key}, &m)
		w.acked[key] = m.Seq
	}
	w.pending = nil
}

// check compares what was acknowledged with what is there.
func (w *writers) check(t testing.TB, list []parley.Message) {
	t.Helper()
	found := map[string]int64{}
	for i, m := range list {
		if m.Seq != int64(i+1) {
			t.Fatalf("message %d has seq %d", i+1, m.Seq)
		}
		if key, is := strings.CutPrefix(m.Body, "body of "); is {
			if found[key] != 0 {
				t.Errorf("%s is there twice: %d and %d", key, found[key], m.Seq)
			}
			found[key] = m.Seq
		}
	}
	for key, seq := range w.acked {
		if found[key] != seq {
			t.Errorf("%s was acknowledged at %d, and stands at %d", key, seq, found[key])
		}
	}
	for key := range found {
		if w.acked[key] == 0 {
			t.Errorf("%s is there and was not acknowledged", key)
		}
	}
}

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
)

// place is a Parley as its clients see it.
type place struct {
	url   string
	owner person
	http  *http.Client
	stop  func()
}

// person is somebody there; token is that of a session, or an access token.
type person struct {
	ID     string `json:"id"`
	Handle string `json:"handle"`
	token  string
}

// open returns the Parley that is measured: the one of -url, or a new one in a folder of its own.
func (b *bench) open(ctx context.Context, name string) (*place, error) {
	if b.url != "" {
		p := newPlace(strings.TrimSuffix(b.url, "/"))
		p.owner.token = b.token
		return p, p.call(ctx, p.owner, http.MethodGet, "/me", nil, &p.owner)
	}
	return b.openAt(ctx, filepath.Join(b.temp, name))
}

// openAt starts a Parley on a folder, and founds it when it is new.
func (b *bench) openAt(ctx context.Context, folder string) (*place, error) {
	s, err := b.start(ctx, folder)
	if err != nil {
		return nil, err
	}
	p := newPlace(s.url)
	p.stop = s.stop
	key := filepath.Join(folder, "founded") // the owner's session, for the next start
	if s.setup == "" {
		token, err := os.ReadFile(key)
		p.owner.token = string(token)
		return p, err
	}
	p.owner, err = p.enter(ctx, "/setup", map[string]any{"token": s.setup, "organisation": "Load", "name": "Olga Owner", "email": "owner@example.org"})
	if err == nil {
		err = os.WriteFile(key, []byte(p.owner.token), 0o600)
	}
	if err != nil {
		p.stop()
	}
	return p, err
}

func newPlace(url string) *place {
	transport := http.DefaultTransport.(*http.Transport).Clone() //nolint:forcetypeassert // documented
	transport.MaxIdleConnsPerHost = 64
	return &place{url: url, http: &http.Client{Transport: transport}, stop: func() {}}
}

// call asks one operation of the interface.
func (p *place) call(ctx context.Context, by person, method, path string, in, out any) error {
	_, err := p.ask(ctx, by, method, path, in, out)
	return err
}

// ask returns the cookies of the answer too: they are what signs in.
func (p *place) ask(ctx context.Context, by person, method, path string, in, out any) ([]*http.Cookie, error) {
	var body io.Reader
	if in != nil {
		text, err := json.Marshal(in)
		if err != nil {
			return nil, err
		}
		body = bytes.NewReader(text)
	}
	r, err := http.NewRequestWithContext(ctx, method, p.url+"/api/v1"+path, body)
	if err != nil {
		return nil, err
	}
	if by.token != "" {
		r.Header.Set("Authorization", "Bearer "+by.token)
	}
	if in != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	a, err := p.http.Do(r)
	if err != nil {
		return nil, err
	}
	defer a.Body.Close()
	text, err := io.ReadAll(a.Body)
	if err != nil {
		return nil, err
	}
	if a.StatusCode >= 300 {
		return nil, fmt.Errorf("%s %s: %s: %.300s", method, path, a.Status, text)
	}
	if out != nil {
		err = json.Unmarshal(text, out)
	}
	return a.Cookies(), err
}

// enter makes an account without a password, as one may who registers a passkey next, and returns its session. So a
// thousand people cost no thousand password hashes.
func (p *place) enter(ctx context.Context, path string, account map[string]any) (person, error) {
	account["zone"], account["language"] = "Europe/Berlin", "en"
	var welcome struct {
		Me person `json:"me"`
	}
	cookies, err := p.ask(ctx, person{}, http.MethodPost, path, account, &welcome)
	if err != nil {
		return person{}, err
	}
	for _, c := range cookies {
		if c.Name == "parley_session" {
			welcome.Me.token = c.Value
		}
	}
	return welcome.Me, nil
}

// entered counts people, so that each has an address of their own.
var entered atomic.Int64

// people brings n people in by an invitation.
func (p *place) people(ctx context.Context, n int) ([]person, error) {
	list := make([]person, n)
	for from := 0; from < n; from += 1000 {
		var invitation struct {
			URL string `json:"url"`
		}
		some := min(n-from, 1000)
		if err := p.call(ctx, p.owner, http.MethodPost, "/invitations", map[string]any{"role": "member", "uses": some}, &invitation); err != nil {
			return nil, err
		}
		_, token, _ := strings.Cut(invitation.URL, "#")
		err := atOnce(some, 32, func(i int) (err error) {
			number := entered.Add(1)
			list[from+i], err = p.enter(ctx, "/invitations/"+token+"/accept", map[string]any{
				"name": "Person " + strconv.FormatInt(number, 10), "email": fmt.Sprintf("person%d@example.org", number),
			})
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return list, nil
}

// channel makes a private channel with people in it.
func (p *place) channel(ctx context.Context, name string, people []person) (string, error) {
	var c struct {
		ID string `json:"id"`
	}
	ids := make([]string, len(people))
	for i, one := range people {
		ids[i] = one.ID
	}
	first := ids[:min(len(ids), 400)]
	err := p.call(ctx, p.owner, http.MethodPost, "/conversations", map[string]any{
		"kind": "channel", "visibility": "private", "name": name, "people": first,
	}, &c)
	for rest := ids[len(first):]; err == nil && len(rest) > 0; {
		some := rest[:min(len(rest), 400)]
		rest = rest[len(some):]
		err = p.call(ctx, p.owner, http.MethodPost, "/conversations/"+c.ID+"/members", map[string]any{"people": some}, nil)
	}
	return c.ID, err
}

// lastSeq asks how many messages a conversation has, system messages too.
func (p *place) lastSeq(ctx context.Context, id string) (n int64, err error) {
	var c struct {
		LastSeq int64 `json:"last_seq"`
	}
	err = p.call(ctx, p.owner, http.MethodGet, "/conversations/"+id, nil, &c)
	return c.LastSeq, err
}

// metric reads one number of /metrics.
func (p *place) metric(ctx context.Context, name string) (float64, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, p.url+"/metrics", nil)
	if err != nil {
		return 0, err
	}
	a, err := p.http.Do(r)
	if err != nil {
		return 0, err
	}
	defer a.Body.Close()
	text, err := io.ReadAll(a.Body)
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(text)) {
		if value, ok := strings.CutPrefix(line, name+" "); ok {
			return strconv.ParseFloat(strings.TrimSpace(value), 64)
		}
	}
	return 0, fmt.Errorf("/metrics has no %s (%s)", name, a.Status)
}

// resident is how much of the server is in memory.
func (p *place) resident(ctx context.Context) (float64, error) {
	return p.metric(ctx, "process_resident_memory_bytes")
}

// worked is how many seconds of processor the server has used.
func (p *place) worked(ctx context.Context) (float64, error) {
	return p.metric(ctx, "process_cpu_seconds_total")
}

// atOnce does n things, some at once, and returns the first error.
func atOnce(n, workers int, do func(i int) error) error {
	var next atomic.Int64
	var group sync.WaitGroup
	failed := make(chan error, 1)
	for range min(n, workers) {
		group.Go(func() {
			for i := int(next.Add(1)) - 1; i < n && len(failed) == 0; i = int(next.Add(1)) - 1 {
				if err := do(i); err != nil {
					select {
					case failed <- err:
					default:
					}
				}
			}
		})
	}
	group.Wait()
	select {
	case err := <-failed:
		return err
	default:
		return nil
	}
}

func freePort() (string, error) {
	l, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	_, port, err := net.SplitHostPort(l.Addr().String())
	return port, err
}

package peers_test

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/parley-im/parley/internal/clock"
	"github.com/parley-im/parley/internal/config"
	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/server"
)

// served is a Parley with an owner and a channel.
type served struct {
	t     testing.TB
	url   string
	token string // of the owner, or of who was invited
	me    parley.ID
	in    parley.ID
	said  chan parley.Message

	people *identity.Service
}

func serve(t testing.TB) *served {
	t.Helper()
	return serveWith(t, func(*config.Config) {}, nil)
}

// serveWith serves with more settings, and with a clock that the test moves.
func serveWith(t testing.TB, set func(*config.Config), own *clock.Clock) *served {
	t.Helper()
	c := &config.Config{Data: t.TempDir(), Listen: "localhost:0"}
	c.Limit.Stop = 5 * time.Second
	set(c)
	s, err := server.New(t.Context(), c, "test", slog.New(slog.DiscardHandler), own)
	if err != nil {
		t.Fatal(err)
	}
	p := &served{t: t, url: s.URL, people: s.People, said: make(chan parley.Message, 64)}
	before := s.Conversations.Hooks.Said
	s.Conversations.Hooks.Said = func(m parley.Message) {
		if before != nil {
			before(m)
		}
		p.said <- m
	}
	if err := s.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Stop(context.Background()); err != nil {
			t.Error(err)
		}
	})
	setup, _, err := s.People.Setup(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	owner, err := s.People.Found(t.Context(), setup, "Harbour", identity.Account{
		Name: "Olga Owner", Email: "olga@harbour.example", Password: "a quiet harbour at dawn", Zone: "Europe/Berlin", Language: "en",
	}, identity.Client{})
	if err != nil {
		t.Fatal(err)
	}
	p.token, p.me = owner.Token, owner.Me.ID
	var channel parley.Conversation
	p.ask("/conversations", map[string]any{"kind": "channel", "visibility": "public", "name": "alerts"}, &channel)
	p.in = channel.ID
	return p
}

// invited is the same Parley for somebody who comes by an invitation.
func (p *served) invited(name, address, language string) *served {
	p.t.Helper()
	var invitation struct{ URL string }
	p.ask("/invitations", map[string]any{"role": "member"}, &invitation)
	_, token, _ := strings.Cut(invitation.URL, "#")
	entry, err := p.people.Accept(p.t.Context(), token, identity.Account{
		Name: name, Email: address, Password: "a quiet harbour at dawn", Zone: "Europe/Berlin", Language: language,
	}, identity.Client{})
	if err != nil {
		p.t.Fatal(err)
	}
	return &served{t: p.t, url: p.url, token: entry.Token, me: entry.Me.ID, people: p.people, said: p.said}
}

// always has mail come at any hour, and at once.
func (p *served) always() {
	p.t.Helper()
	var hours []map[string]any
	for day := range 7 {
		hours = append(hours, map[string]any{"day": day + 1, "from": "00:00", "to": "24:00"})
	}
	mail := []map[string]any{{"way": "email", "after": 0}}
	p.send(http.MethodPatch, "/me", map[string]any{"hours": hours}, http.StatusOK, nil)
	p.send(http.MethodPatch, "/reach", map[string]any{"quiet": []any{}, "ladder": mail, "alarm": mail}, http.StatusOK, nil)
}

// ask posts to the API.
func (p *served) ask(path string, body, into any) {
	p.t.Helper()
	p.send(http.MethodPost, path, body, 0, into)
}

// send sends a request to the API, which must be answered with that status; 0: with any that says yes.
func (p *served) send(method, path string, body any, status int, into any) {
	p.t.Helper()
	b, err := json.Marshal(body)
	if err != nil {
		p.t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(p.t.Context(), method, p.url+"/api/v1"+path, bytes.NewReader(b))
	if err != nil {
		p.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.AddCookie(&http.Cookie{Name: "parley_session", Value: p.token})
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		p.t.Fatal(err)
	}
	defer answer.Body.Close()
	var text bytes.Buffer
	if _, err := text.ReadFrom(answer.Body); err != nil || status == 0 && answer.StatusCode >= 300 || status != 0 && answer.StatusCode != status {
		p.t.Fatalf("%s %s: %s %s, %v", method, path, answer.Status, &text, err)
	}
	if into == nil {
		return
	}
	if err := json.Unmarshal(text.Bytes(), into); err != nil {
		p.t.Fatal(err)
	}
}

// webhook makes one in the channel and returns its address.
func (p *served) webhook(name string) string {
	p.t.Helper()
	var hook struct{ URL string }
	p.ask("/conversations/"+p.in.String()+"/webhooks", map[string]any{"name": name}, &hook)
	if !strings.HasPrefix(hook.URL, p.url+"/hooks/") {
		p.t.Fatalf("the webhook is at %q", hook.URL)
	}
	return hook.URL
}

// hear waits for what somebody says in the channel.
func (p *served) hear() parley.Message {
	p.t.Helper()
	for deadline := time.After(30 * time.Second); ; {
		select {
		case m := <-p.said:
			if m.Conversation == p.in && m.Kind == parley.Text {
				return m
			}
		case <-deadline:
			p.t.Fatal("nothing is said")
		}
	}
}

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

	"github.com/parley-im/parley/internal/config"
	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/server"
)

// served is a Parley with an owner and a channel.
type served struct {
	t     testing.TB
	url   string
	token string // of the owner
	in    parley.ID
	said  chan parley.Message
}

func serve(t testing.TB) *served {
	t.Helper()
	c := &config.Config{Data: t.TempDir(), Listen: "localhost:0"}
	c.Limit.Stop = 5 * time.Second
	s, err := server.New(t.Context(), c, "test", slog.New(slog.DiscardHandler), nil)
	if err != nil {
		t.Fatal(err)
	}
	p := &served{t: t, url: s.URL, said: make(chan parley.Message, 64)}
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
	p.token = owner.Token
	var channel parley.Conversation
	p.ask("/conversations", map[string]any{"kind": "channel", "visibility": "public", "name": "alerts"}, &channel)
	p.in = channel.ID
	return p
}

// ask posts to the API as the owner.
func (p *served) ask(path string, body, into any) {
	p.t.Helper()
	b, err := json.Marshal(body)
	if err != nil {
		p.t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(p.t.Context(), http.MethodPost, p.url+"/api/v1"+path, bytes.NewReader(b))
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
	if _, err := text.ReadFrom(answer.Body); err != nil || answer.StatusCode >= 300 {
		p.t.Fatalf("POST %s: %s %s, %v", path, answer.Status, &text, err)
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

package chat_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/centrifugal/centrifuge-go"

	"github.com/parley-im/parley/internal/api"
	"github.com/parley-im/parley/internal/parley"
)

// live is a connection that keeps what it hears.
type live struct {
	*centrifuge.Client
	h      *house
	mu     sync.Mutex
	events []parley.Event // of own streams and of conversations
	ended  map[string]uint32
	news   chan struct{}
}

func (u *user) connect() *live {
	u.h.t.Helper()
	l := &live{h: u.h, ended: map[string]uint32{}, news: make(chan struct{}, 1)}
	header := http.Header{}
	if u.bearer != "" {
		header.Set("Authorization", "Bearer "+u.bearer)
	} else {
		header.Set("Cookie", api.SessionCookie+"="+u.cookie)
	}
	l.Client = centrifuge.NewJsonClient("ws"+strings.TrimPrefix(u.h.url, "http")+api.Base+"/socket", centrifuge.Config{
		Header: header, MinReconnectDelay: 5 * time.Millisecond, MaxReconnectDelay: 50 * time.Millisecond,
	})
	l.OnPublication(func(e centrifuge.ServerPublicationEvent) { l.hear(e.Data) })
	connected := make(chan struct{}, 8)
	l.OnConnected(func(centrifuge.ConnectedEvent) {
		select {
		case connected <- struct{}{}:
		default:
		}
	})
	u.h.t.Cleanup(l.Close)
	if err := l.Connect(); err != nil {
		u.h.t.Fatal(err)
	}
	select {
	case <-connected:
	case <-time.After(20 * time.Second):
		u.h.t.Fatal("does not connect")
	}
	return l
}

func (l *live) hear(data []byte) {
	var e parley.Event
	if err := json.Unmarshal(data, &e); err != nil {
		l.h.t.Errorf("%s: %v", data, err)
	}
	l.mu.Lock()
	l.events = append(l.events, e)
	l.mu.Unlock()
	l.signal()
}

func (l *live) signal() {
	select {
	case l.news <- struct{}{}:
	default:
	}
}

// listen subscribes to a conversation and returns the code of the refusal, 0 when there is none.
func (l *live) listen(c string) uint32 {
	l.h.t.Helper()
	sub, err := l.NewSubscription("c:"+c, centrifuge.SubscriptionConfig{Recoverable: true, Positioned: true})
	if err != nil {
		l.h.t.Fatal(err)
	}
	done := make(chan uint32, 4)
	sub.OnSubscribed(func(centrifuge.SubscribedEvent) { done <- 0 })
	sub.OnUnsubscribed(func(e centrifuge.UnsubscribedEvent) {
		l.mu.Lock()
		l.ended[c] = e.Code
		l.mu.Unlock()
		l.signal()
		select {
		case done <- e.Code:
		default:
		}
	})
	sub.OnPublication(func(e centrifuge.PublicationEvent) { l.hear(e.Data) })
	if err := sub.Subscribe(); err != nil {
		l.h.t.Fatal(err)
	}
	select {
	case code := <-done:
		return code
	case <-time.After(20 * time.Second):
		l.h.t.Fatal("no answer")
		return 0
	}
}

func (l *live) until(what string, ok func() bool) {
	l.h.t.Helper()
	deadline := time.After(20 * time.Second)
	for {
		l.mu.Lock()
		done := ok()
		l.mu.Unlock()
		if done {
			return
		}
		select {
		case <-l.news:
		case <-deadline:
			l.h.t.Fatalf("waited in vain for %s", what)
		}
	}
}

// says waits for a message with that body.
func (l *live) says(body string) {
	l.h.t.Helper()
	l.until(body, func() bool {
		for _, e := range l.events {
			if e.Message != nil && e.Message.Body == body {
				return true
			}
		}
		return false
	})
}

func (l *live) call(method string, data any) (code uint32, answer []byte) {
	l.h.t.Helper()
	b, err := json.Marshal(data)
	if err != nil {
		l.h.t.Fatal(err)
	}
	got, err := l.RPC(l.h.t.Context(), method, b)
	var refused *centrifuge.Error
	if errors.As(err, &refused) {
		return refused.Code, []byte(refused.Message)
	}
	if err != nil {
		l.h.t.Fatal(err)
	}
	return 0, got.Data
}

func TestABotWithATokenSpeaksAndHearsOverTheSocket(t *testing.T) {
	each(t, func(h *house) {
		var bot parley.Person
		h.owner.must(http.MethodPost, "/bots", map[string]any{"name": "Robo", "handle": "robo"}, http.StatusCreated, &bot)
		var made struct{ Token string }
		h.owner.must(http.MethodPost, "/bots/"+bot.ID.String()+"/tokens", map[string]any{"name": "test"}, http.StatusCreated, &made)
		robo := h.nobody()
		robo.bearer, robo.me = made.Token, bot
		c := h.owner.channel("private", "c", robo)
		l := robo.connect()
		if code := l.listen(c); code != 0 {
			t.Fatalf("refused with %d", code)
		}
		h.owner.say(c, "hello @robo")
		l.says("hello @robo")
		l.until("activity that mentions it", func() bool {
			for _, e := range l.events {
				if e.Activity != nil && e.Activity.Mentioned && strings.HasPrefix(e.Activity.Excerpt, "hello @") {
					return true
				}
			}
			return false
		})
		post := map[string]any{"conversation": c, "body": "hello olga", "key": "k"}
		var first, again parley.Message
		for _, into := range []*parley.Message{&first, &again} {
			code, answer := l.call("post", post)
			if code != 0 || json.Unmarshal(answer, into) != nil {
				t.Fatalf("post: %d %s", code, answer)
			}
		}
		if first.ID != again.ID || first.Via != parley.ViaAPI || first.Author != bot.ID {
			t.Errorf("%+v, %+v", first, again)
		}
		l.says("hello olga")
		for method, cases := range map[string]map[uint32]any{
			"post": {
				1004: map[string]any{"conversation": h.owner.channel("private", "other"), "body": "x"},
				1022: map[string]any{"conversation": c, "body": " "},
				1029: map[string]any{"conversation": c, "body": strings.Repeat("x", parley.MaxBody+1)},
			},
			"typing": {1004: map[string]any{"conversation": parley.NewID()}, 1022: "?"},
			"nosuch": {104: map[string]any{}},
		} {
			for want, data := range cases {
				if code, answer := l.call(method, data); code != want || strings.Contains(string(answer), "internal/") {
					t.Errorf("%s: %d %s, want %d", method, code, answer, want)
				}
			}
		}
	})
}

func TestWhoMayNoLongerSeeHearsNoMore(t *testing.T) {
	each(t, func(h *house) {
		ana, bo, cy := h.comes(parley.MemberRole, "ana"), h.comes(parley.MemberRole, "bo"), h.comes(parley.MemberRole, "cy")
		open, secret := ana.channel("public", "open"), ana.channel("private", "secret", bo)
		inside, outside := bo.connect(), cy.connect()
		if a, b := outside.listen(secret), outside.listen(parley.NewID().String()); a == 0 || a != b {
			t.Errorf("what is secret is refused with %d, what is not with %d", a, b)
		}
		if a, b := inside.listen(secret), outside.listen(open); a != 0 || b != 0 {
			t.Fatalf("refused with %d, %d", a, b)
		}
		ana.say(secret, "you too")
		inside.says("you too")
		ana.must(http.MethodDelete, "/conversations/"+secret+"/members/"+bo.me.ID.String(), nil, http.StatusNoContent, nil)
		inside.until("the end of listening", func() bool { return inside.ended[secret] != 0 })
		// A channel that is closed is closed for who listened without being a member.
		ana.say(open, "for all")
		outside.says("for all")
		ana.must(http.MethodPatch, "/conversations/"+open, map[string]any{"visibility": "private"}, http.StatusOK, nil)
		outside.until("the end of listening", func() bool { return outside.ended[open] != 0 })
		ana.say(secret, "without you")
		ana.say(open, "without you")
		// Both hear something later; what was said meanwhile is not among what they heard.
		for _, l := range []*live{inside, outside} {
			ana.must(http.MethodPatch, "/me", map[string]any{"title": "Told " + string(l.State())}, http.StatusOK, nil)
			l.until("something else", func() bool {
				for _, e := range l.events {
					if e.Person != nil && e.Person.ID == ana.me.ID && e.Person.Title != "" {
						return true
					}
				}
				return false
			})
			l.mu.Lock()
			for _, e := range l.events {
				if e.Message != nil && e.Message.Body == "without you" || e.Activity != nil && e.Activity.Excerpt == "without you" {
					t.Errorf("hears %+v", e)
				}
			}
			l.mu.Unlock()
		}
		// Who has become a guest listens anew, as a guest.
		other := ana.channel("public", "other")
		if code := outside.listen(other); code != 0 {
			t.Fatalf("refused with %d", code)
		}
		h.owner.must(http.MethodPatch, "/people/"+cy.me.ID.String(), map[string]any{"role": "guest"}, http.StatusOK, nil)
		outside.until("the end of listening", func() bool { return outside.ended[other] != 0 })
	})
}

package chat

import (
	"context"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/parley-im/parley/internal/api"
	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/realtime"
)

// house answers what the live connections ask.
func (m *Mode) house() realtime.House {
	return realtime.House{
		History: m.conversations,
		FromRequest: func(r *http.Request) (realtime.Caller, error) {
			c := api.CallerFrom(r.Context())
			if c.Person.ID == parley.None {
				return realtime.Caller{}, parley.ErrUnknown
			}
			return connected(c), nil
		},
		FromToken: func(ctx context.Context, token string) (realtime.Caller, error) {
			c, err := m.people.Authenticate(ctx, token)
			return connected(c), err
		},
		Authorize: func(ctx context.Context, c realtime.Caller, id parley.ID) error {
			p, err := m.people.Find(ctx, c.Person)
			if err != nil {
				return err
			}
			return m.conversations.MayListen(ctx, p, id)
		},
		Members: m.conversations.MemberIDs,
		Visible: func(ctx context.Context, c realtime.Caller, people []parley.ID) ([]parley.ID, error) {
			if !c.Guest {
				return people, nil
			}
			return m.known(ctx, c.Person, people)
		},
		Hidden: m.hiding.hides,
		Seen: func(person parley.ID, at time.Time) {
			ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
			defer cancel()
			if err := m.people.Seen(ctx, person, at); err != nil {
				m.log.Warn("chat.seen", "person", person, "error", err)
			}
		},
	}
}

func connected(c identity.Caller) realtime.Caller {
	session := c.Session
	if session == parley.None {
		session = c.Token
	}
	return realtime.Caller{Person: c.Person.ID, Session: session, Guest: c.Person.Role == parley.Guest}
}

// known returns those of people whom a guest has met.
func (m *Mode) known(ctx context.Context, guest parley.ID, people []parley.ID) ([]parley.ID, error) {
	p, err := m.people.Find(ctx, guest)
	if err != nil {
		return nil, err
	}
	met, err := m.people.People(ctx, p)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(slices.Clone(people), func(id parley.ID) bool {
		return !slices.ContainsFunc(met, func(p parley.Person) bool { return p.ID == id })
	}), nil
}

// hiding knows who shows no presence. It is asked every second for everybody who is connected, so it remembers.
type hiding struct {
	people *identity.Service

	mu    sync.Mutex
	known map[parley.ID]hidden
}

type hidden struct {
	hides bool
	until time.Time
}

// hidingFor is how long a changed mind may take.
const hidingFor = 30 * time.Second

func (h *hiding) hides(person parley.ID) bool {
	now := time.Now()
	h.mu.Lock()
	k, ok := h.known[person]
	h.mu.Unlock()
	if ok && now.Before(k.until) {
		return k.hides
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	preferences, err := h.people.Preferences(ctx, person)
	if err == nil {
		k.hides = preferences["show_presence"] == false
	} else if !ok {
		k.hides = true // nobody is shown who may not want it
	}
	k.until = now.Add(hidingFor)
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.known) > 50_000 {
		clear(h.known)
	}
	h.known[person] = k
	return k.hides
}

package demo_test

import (
	"context"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/parley-im/parley/internal/config"
	"github.com/parley-im/parley/internal/conversation"
	"github.com/parley-im/parley/internal/demo"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/server"
)

// sample is a server with the sample in it, as `parley demo` makes one.
func sample(t testing.TB) (*server.Server, *demo.Demo) {
	t.Helper()
	c := &config.Config{Data: t.TempDir(), Listen: "localhost:0"}
	c.Limit.Stop = 5 * time.Second
	ctx := context.Background()
	log := slog.New(slog.DiscardHandler)
	s, err := server.New(ctx, c, "test", log, nil)
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	d, err := demo.New(ctx, demo.Parts{
		URL: s.URL, API: s.API, People: s.People, Conversations: s.Conversations, Blobs: s.Blobs, DB: s.DB, Web: s.Web, Log: log,
		Pace: 200 * time.Millisecond,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("seeded in %s", time.Since(began))
	if err := s.Start(ctx); err != nil {
		t.Fatal(err)
	}
	d.Start(ctx)
	t.Cleanup(func() {
		d.Stop()
		if err := s.Stop(ctx); err != nil {
			t.Error(err)
		}
	})
	return s, d
}

// everything is what the sample holds, and what each person sees of it.
type everything struct {
	people   []parley.Person
	messages map[parley.ID]parley.Message
	in       map[parley.ID]parley.Conversation
	mine     map[string][]parley.Conversation
}

func all(t *testing.T, s *server.Server) everything {
	t.Helper()
	ctx := context.Background()
	e := everything{messages: map[parley.ID]parley.Message{}, in: map[parley.ID]parley.Conversation{}, mine: map[string][]parley.Conversation{}}
	people, err := s.People.People(ctx, parley.Person{ID: 1, Kind: parley.Human, Role: parley.Owner})
	if err != nil {
		t.Fatal(err)
	}
	e.people = people
	for _, p := range people {
		mine, err := s.Conversations.Mine(ctx, p)
		if err != nil {
			t.Fatal(err)
		}
		e.mine[p.Handle] = mine
		for _, c := range mine {
			if _, ok := e.in[c.ID]; ok {
				continue
			}
			e.in[c.ID] = c
			page, err := s.Conversations.Messages(ctx, p, c.ID, conversation.Range{Limit: parley.MaxPageSize})
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range page.Messages {
				e.messages[m.ID] = m
			}
		}
	}
	return e
}

func TestTheSampleShowsEveryFeature(t *testing.T) {
	s, _ := sample(t)
	ctx := context.Background()
	e := all(t, s)
	some := func(is func(parley.Message) bool) bool {
		return slices.ContainsFunc(slices.Collect(maps.Values(e.messages)), is)
	}
	says := func(part string) bool {
		return some(func(m parley.Message) bool { return strings.Contains(m.HTML, part) })
	}
	place := func(is func(parley.Conversation) bool) bool {
		return slices.ContainsFunc(slices.Collect(maps.Values(e.in)), is)
	}
	anybody := func(has func(parley.Person) bool) bool { return slices.ContainsFunc(e.people, has) }
	for feature, there := range map[string]bool{
		"several hundred messages": len(e.messages) >= 300,
		"a dozen people":           len(e.people) >= 13,
		"a guest":                  anybody(func(p parley.Person) bool { return p.Role == parley.Guest }),
		"a bot":                    anybody(func(p parley.Person) bool { return p.Kind == parley.Bot }),
		"a status":                 anybody(func(p parley.Person) bool { return p.Status != nil }),
		"an avatar":                anybody(func(p parley.Person) bool { return p.Avatar != "" }),
		"hours":                    anybody(func(p parley.Person) bool { return len(p.Hours) > 0 }),
		"a public channel":         place(func(c parley.Conversation) bool { return c.Kind == parley.Channel && c.Visibility == parley.Public }),
		"a private channel":        place(func(c parley.Conversation) bool { return c.Kind == parley.Channel && c.Visibility == parley.Private }),
		"an archived channel":      place(func(c parley.Conversation) bool { return c.ArchivedAt != nil }),
		"a direct conversation":    place(func(c parley.Conversation) bool { return c.Kind == parley.Direct && c.Members == 2 }),
		"notes to oneself":         place(func(c parley.Conversation) bool { return c.Kind == parley.Direct && c.Members == 1 }),
		"a group":                  place(func(c parley.Conversation) bool { return c.Kind == parley.Group }),
		"a thread":                 some(func(m parley.Message) bool { return m.Replies > 2 }),
		"a mention":                some(func(m parley.Message) bool { return len(m.Mentions) == 1 }),
		"a mention of a group":     says("@Field leads"),
		"a mention of everyone":    some(func(m parley.Message) bool { return m.Everyone }),
		"a reaction":               some(func(m parley.Message) bool { return len(m.Reactions) > 1 }),
		"an edit":                  some(func(m parley.Message) bool { return m.EditedAt != nil }),
		"a deleted message":        some(func(m parley.Message) bool { return m.DeletedAt != nil }),
		"a pinned message":         some(func(m parley.Message) bool { return m.PinnedAt != nil }),
		"a moved message":          some(func(m parley.Message) bool { return m.Kind == parley.Moved }),
		"an alarm by webhook":      some(func(m parley.Message) bool { return m.Via == parley.ViaWebhook && m.As != nil }),
		"a preview":                some(func(m parley.Message) bool { return len(m.Previews) > 0 }),
		"a picture":                some(func(m parley.Message) bool { return len(m.Files) > 0 && m.Files[0].Thumb }),
		"a table of numbers":       some(func(m parley.Message) bool { return len(m.Files) > 0 && strings.HasSuffix(m.Files[0].Name, ".csv") }),
		"a text file":              some(func(m parley.Message) bool { return len(m.Files) > 0 && strings.HasSuffix(m.Files[0].Name, ".txt") }),
		"a long message":           some(func(m parley.Message) bool { return len(m.Body) > 600 }),
		"code":                     says("<pre"),
		"a table":                  says("<table"),
		"math":                     says("math"),
		"a spoiler":                says("spoiler"),
		"a quote":                  says("<blockquote"),
		"a list to tick":           says("☑"),
		"a time":                   says("<time"),
		"German":                   says("Guten Morgen"),
	} {
		if !there {
			t.Errorf("there is not %s", feature)
		}
	}
	drafts, saved := 0, 0
	for _, p := range e.people {
		if p.Kind == parley.Bot {
			continue
		}
		unread := slices.ContainsFunc(e.mine[p.Handle], func(c parley.Conversation) bool { return c.Me.ReadSeq < c.LastSeq })
		if !unread {
			t.Errorf("%s has read everything", p.Handle)
		}
		d, err := s.Conversations.Drafts(ctx, p)
		if err != nil {
			t.Fatal(err)
		}
		kept, err := s.Conversations.SavedIDs(ctx, p)
		if err != nil {
			t.Fatal(err)
		}
		drafts, saved = drafts+len(d), saved+len(kept)
	}
	if drafts == 0 || saved == 0 {
		t.Errorf("%d drafts, %d saved", drafts, saved)
	}
}

func TestEverybodySpeaksInTheirHoursInThePastAndInOrder(t *testing.T) {
	s, _ := sample(t)
	began := time.Now()
	e := all(t, s)
	author := map[parley.ID]parley.Person{}
	for _, p := range e.people {
		author[p.ID] = p
	}
	kept := 0
	for id := range e.in {
		var last parley.Message
		for _, m := range slices.SortedFunc(maps.Values(e.messages), func(a, b parley.Message) int { return int(a.Seq - b.Seq) }) {
			if m.Conversation != id || m.Kind != parley.Text || strings.HasPrefix(m.Key, "demo-") || m.Via != parley.ViaApp {
				continue
			}
			if m.CreatedAt.After(began) || began.Sub(m.CreatedAt) > 60*24*time.Hour {
				t.Errorf("%q was said at %s", m.Body, m.CreatedAt)
			}
			if p := author[m.Author]; len(p.Hours) > 0 {
				kept++
				if !worksAt(t, p, m.CreatedAt) {
					t.Errorf("%s said %q at %s, %s", p.Name, m.Body, m.CreatedAt, p.Zone)
				}
			}
			if m.CreatedAt.Before(last.CreatedAt) && !strings.Contains(m.Body, "chamfer") { // which was moved
				t.Errorf("%q was said before %q", m.Body, last.Body)
			}
			last = m
		}
	}
	if kept < 200 {
		t.Errorf("only %d were said by people who have hours", kept)
	}
}

// worksAt says whether a moment is within a person's working hours.
func worksAt(t *testing.T, p parley.Person, at time.Time) bool {
	zone, err := time.LoadLocation(p.Zone)
	if err != nil {
		t.Fatal(err)
	}
	local := at.In(zone)
	return slices.ContainsFunc(p.Hours, func(h parley.Hours) bool {
		now := local.Format("15:04")
		return h.Day == (int(local.Weekday())+6)%7+1 && h.From <= now && now < h.To
	})
}

func TestEverybodyCanBeEntered(t *testing.T) {
	s, _ := sample(t)
	door := func(host, path, cookie string) *http.Response {
		q := httptest.NewRequest(http.MethodGet, "http://"+host+path, nil)
		if cookie != "" {
			q.AddCookie(&http.Cookie{Name: "parley_session", Value: cookie})
		}
		w := httptest.NewRecorder()
		s.API.ServeHTTP(w, q)
		return w.Result()
	}
	if w := door("localhost:8080", "/", ""); w.Header.Get("Location") != "http://localhost:8080/demo" {
		t.Errorf("nobody is led to %q", w.Header.Get("Location"))
	}
	page := door("localhost:8080", "/demo", "")
	text, _ := io.ReadAll(page.Body)
	if policy := page.Header.Get("Content-Security-Policy"); !strings.HasPrefix(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") {
		t.Errorf("policy is %q", policy)
	}
	entered := 0
	for _, p := range all(t, s).people {
		if p.Kind == parley.Bot {
			continue
		}
		link := "http://" + p.Handle + ".localhost:8080/demo/enter/" + p.Handle
		if !strings.Contains(string(text), link) {
			t.Errorf("the page has no %s", link)
		}
		w := door(p.Handle+".localhost:8080", "/demo/enter/"+p.Handle, "")
		if len(w.Cookies()) != 1 || w.Cookies()[0].Domain != "" || w.StatusCode != http.StatusSeeOther {
			t.Fatalf("%s: %d, cookies %v", p.Handle, w.StatusCode, w.Cookies())
		}
		me := door(p.Handle+".localhost:8080", "/api/v1/me", w.Cookies()[0].Value)
		if body, _ := io.ReadAll(me.Body); !strings.Contains(string(body), p.ID.String()) {
			t.Errorf("%s is %s", p.Handle, body)
		}
		if picture := door("localhost:8080", "/demo/pictures/"+p.Handle, ""); picture.StatusCode != http.StatusOK {
			t.Errorf("%s has no picture: %d", p.Handle, picture.StatusCode)
		}
		entered++
	}
	if entered != 12 {
		t.Errorf("%d people", entered)
	}
	if w := door("heron.localhost:8080", "/demo/enter/heron", ""); w.StatusCode != http.StatusNotFound {
		t.Errorf("the bot was entered: %d", w.StatusCode)
	}
	if w := door("10.0.0.1:8080", "/demo", ""); w.StatusCode == http.StatusOK {
		if text, _ := io.ReadAll(w.Body); !strings.Contains(string(text), "http://10.0.0.1:8080/demo/enter/ines") {
			t.Error("from elsewhere there is no way in")
		}
	}
}

func TestWhoSpeaksIsAnswered(t *testing.T) {
	s, _ := sample(t)
	ctx := context.Background()
	e := all(t, s)
	i := slices.IndexFunc(e.people, func(p parley.Person) bool { return p.Handle == "ines" })
	ines := e.people[i]
	heard := make(chan parley.Message, 64)
	before := s.Conversations.Hooks.Said
	s.Conversations.Hooks.Said = func(m parley.Message) { before(m); heard <- m }
	var in parley.ID
	for _, c := range e.mine["ines"] {
		if c.Kind == parley.Direct && c.Members == 2 {
			in = c.ID
		}
	}
	if _, err := s.Conversations.Post(ctx, ines, conversation.Draft{Conversation: in, Body: "Are you there?", Via: parley.ViaApp}); err != nil {
		t.Fatal(err)
	}
	for {
		select {
		case m := <-heard:
			if m.Conversation == in && m.Author != ines.ID {
				return
			}
		case <-time.After(20 * time.Second):
			t.Fatal("nobody answered")
		}
	}
}

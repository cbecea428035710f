package inbox_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/parley-im/parley/internal/api"
	"github.com/parley-im/parley/internal/conversation"
	"github.com/parley-im/parley/internal/delivery"
	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/job"
	"github.com/parley-im/parley/internal/mode/inbox"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
	"github.com/parley-im/parley/internal/store/storetest"
)

const site = "https://parley.harbour.example"

// house is a Parley with the mode, in which three people talk.
type house struct {
	t             *testing.T
	api           *api.API
	conversations *conversation.Service
	listed        chan parley.ID // messages that came into an Inbox
	owner         *user
}

func (h *house) Publish(_ string, _ uint64, e parley.Event) {
	if e.Type == parley.EventInbox {
		h.listed <- e.Item.Message.ID
	}
}
func (*house) Touch(parley.Activity, []parley.ID)          {}
func (*house) MembersChanged(parley.ID, ...parley.ID)      {}
func (*house) Using(people []parley.ID) map[parley.ID]bool { return nil }

func each(t *testing.T, test func(h *house)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, db *store.DB) { test(build(t, db)) })
}

func build(t *testing.T, db *store.DB) *house {
	t.Helper()
	quiet := slog.New(slog.DiscardHandler)
	h := &house{t: t, listed: make(chan parley.ID, 100)}
	people, err := identity.New(t.Context(), identity.Options{DB: db, URL: site, Logger: quiet})
	h.must(err)
	jobs := job.New(db, quiet)
	h.conversations = conversation.New(conversation.Options{DB: db, Live: h, Rules: people, Jobs: jobs, Logger: quiet})
	people.Hooks.Welcome = h.conversations.Welcome
	deliveries := delivery.New(delivery.Options{DB: db, Conversations: h.conversations, People: people, Jobs: jobs, Live: h, Logger: quiet})
	h.api, err = api.New(api.Options{Identity: people, URL: site, Logger: quiet, WriteBurst: 1000})
	h.must(err)
	mode := inbox.New(inbox.Parts{API: h.api, Conversations: h.conversations, People: people, Delivery: deliveries})
	h.must(mode.Start(t.Context()))
	t.Cleanup(func() { h.must(mode.Stop(context.Background())) })
	token, _, err := people.Setup(t.Context())
	h.must(err)
	h.owner = h.enter("/setup", map[string]any{"token": token, "organisation": "Harbour"}, "olga")
	return h
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// user is somebody signed in.
type user struct {
	h      *house
	cookie string
	me     parley.Person
}

func (h *house) enter(path string, more map[string]any, name string) *user {
	h.t.Helper()
	body := map[string]any{"name": name, "email": name + "@harbour.example", "password": "a quiet harbour at dawn", "zone": "Europe/Berlin", "language": "en"}
	for k, v := range more {
		body[k] = v
	}
	u := &user{h: h}
	var in struct{ Me parley.Person }
	u.do(http.MethodPost, path, body, http.StatusCreated, &in)
	u.me = in.Me
	return u
}

func (h *house) comes(name string) *user {
	h.t.Helper()
	var inv struct{ URL string }
	h.owner.do(http.MethodPost, "/invitations", map[string]any{"role": "member"}, http.StatusCreated, &inv)
	_, token, _ := strings.Cut(inv.URL, "#")
	return h.enter("/invitations/"+token+"/accept", nil, name)
}

func (u *user) ask(method, path string, body any) (int, []byte) {
	u.h.t.Helper()
	var content io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		u.h.must(err)
		content = bytes.NewReader(text)
	}
	r := httptest.NewRequest(method, site+api.Base+path, content)
	r.Header.Set("Content-Type", "application/json")
	if u.cookie != "" {
		r.AddCookie(&http.Cookie{Name: api.SessionCookie, Value: u.cookie})
	}
	w := httptest.NewRecorder()
	u.h.api.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		if c.Name == api.SessionCookie {
			u.cookie = c.Value
		}
	}
	return w.Code, w.Body.Bytes()
}

func (u *user) do(method, path string, body any, status int, v any) {
	u.h.t.Helper()
	code, text := u.ask(method, path, body)
	if code != status {
		u.h.t.Fatalf("%s %s: %d %s, want %d", method, path, code, text, status)
	}
	if v != nil {
		u.h.must(json.Unmarshal(text, v))
	}
}

// say posts in a direct conversation and waits until it has come into the other's Inbox.
func (h *house) say(from, to *user, d conversation.Draft) parley.Message {
	h.t.Helper()
	c, err := h.conversations.Create(context.Background(), from.me, conversation.Beginning{Kind: parley.Direct, People: []parley.ID{to.me.ID}})
	h.must(err)
	d.Conversation, d.Via = c.ID, parley.ViaApp
	m, err := h.conversations.Post(context.Background(), from.me, d)
	h.must(err)
	for id := range h.listed {
		if id == m.ID {
			break
		}
	}
	return m.Message
}

func TestAnInboxIsWorkedOffByHTTP(t *testing.T) {
	each(t, func(h *house) {
		ana, ben := h.comes("ana"), h.comes("ben")
		m := h.say(ana, ben, conversation.Draft{Body: "which of the two?", Need: parley.AnswerBy, By: time.Now().Add(5 * time.Hour)})
		item := "/inbox/" + m.ID.String()
		place := fmt.Sprintf("/conversations/%s/messages/%d", m.Conversation, m.Seq)
		var in delivery.Inbox
		look := func(items, later int) {
			t.Helper()
			ben.do(http.MethodGet, "/inbox", nil, http.StatusOK, &in)
			if len(in.Items) != items || len(in.Later) != later {
				t.Errorf("%d items and %d put off, want %d and %d", len(in.Items), len(in.Later), items, later)
			}
		}
		look(1, 0)
		ben.do(http.MethodPost, item+"/snooze", map[string]any{"at": time.Now().Add(time.Hour)}, http.StatusNoContent, nil)
		look(0, 1)
		ben.do(http.MethodPost, item+"/undone", nil, http.StatusNoContent, nil)
		look(1, 0)
		ben.do(http.MethodPost, item+"/done", nil, http.StatusNoContent, nil)
		look(0, 0)
		var asked struct{ Asked []parley.Asked }
		ana.do(http.MethodGet, "/asked", nil, http.StatusOK, &asked)
		if len(asked.Asked) != 1 || asked.Asked[0].Total != 1 || asked.Asked[0].Answered != 0 {
			t.Errorf("asked %+v", asked)
		}
		ben.do(http.MethodPost, item+"/acknowledge", nil, http.StatusNoContent, nil)
		var trace delivery.Trace
		ana.do(http.MethodGet, place+"/deliveries", nil, http.StatusOK, &trace)
		if trace.Total != 1 || trace.Tally[parley.DeliveryAcknowledged] != 1 || len(trace.Deliveries) != 1 {
			t.Errorf("trace %+v", trace)
		}
		var up parley.CatchUp
		ben.do(http.MethodGet, "/catch-up?since="+time.Now().Add(-time.Hour).UTC().Format(time.RFC3339), nil, http.StatusOK, &up)
		if len(up.Settled) != 1 {
			t.Errorf("catch up %+v", up)
		}
		ben.do(http.MethodPost, "/catch-up/read", map[string]any{"conversations": map[string]int64{m.Conversation.String(): m.Seq}}, http.StatusNoContent, nil)
	})
}

func TestWhatIsLaterIsKeptByHTTP(t *testing.T) {
	each(t, func(h *house) {
		ana, ben := h.comes("ana"), h.comes("ben")
		m := h.say(ana, ben, conversation.Draft{Body: "hello"})
		var s parley.Scheduled
		ana.do(http.MethodPost, "/scheduled", map[string]any{"conversation": m.Conversation, "body": "good morning", "at": time.Now().Add(time.Hour)}, http.StatusCreated, &s)
		ana.do(http.MethodPatch, "/scheduled/"+s.ID.String(), map[string]any{"body": "good evening"}, http.StatusOK, &s)
		if s.Body != "good evening" {
			t.Errorf("scheduled %+v", s)
		}
		ben.do(http.MethodPost, "/scheduled/"+s.ID.String()+"/send", nil, http.StatusNotFound, nil)
		ben.do(http.MethodDelete, "/scheduled/"+s.ID.String(), nil, http.StatusNotFound, nil)
		var said parley.Message
		ana.do(http.MethodPost, "/scheduled/"+s.ID.String()+"/send", nil, http.StatusOK, &said)
		if said.Body != "good evening" {
			t.Errorf("said %+v", said)
		}
		var list struct{ Scheduled []parley.Scheduled }
		if ana.do(http.MethodGet, "/scheduled", nil, http.StatusOK, &list); len(list.Scheduled) != 0 {
			t.Errorf("still to be sent: %+v", list)
		}
		var r parley.Reminder
		ben.do(http.MethodPost, "/reminders", map[string]any{"conversation": m.Conversation, "seq": m.Seq, "at": time.Now().Add(time.Hour), "every": "week"}, http.StatusCreated, &r)
		ana.do(http.MethodDelete, "/reminders/"+r.ID.String(), nil, http.StatusNotFound, nil)
		ben.do(http.MethodDelete, "/reminders/"+r.ID.String(), nil, http.StatusNoContent, nil)
	})
}

func TestHowOneIsReachedIsSetByHTTPAndOnesOwn(t *testing.T) {
	each(t, func(h *house) {
		ana, ben := h.comes("ana"), h.comes("ben")
		var r parley.Reach
		ben.do(http.MethodGet, "/reach", nil, http.StatusOK, &r)
		if len(r.Quiet) != 14 || r.Through.Quiet != "nobody" {
			t.Errorf("by default %+v", r)
		}
		ben.do(http.MethodPatch, "/reach", map[string]any{"quiet": []any{}, "through": map[string]any{"waking": "people", "quiet": "nobody", "people": []any{ana.me.ID}}}, http.StatusOK, &r)
		ben.do(http.MethodPut, "/reach/focus", map[string]any{"hours": 2}, http.StatusOK, &r)
		if len(r.Quiet) != 0 || r.Focus == nil || r.Version != 2 {
			t.Errorf("then %+v", r)
		}
		ben.do(http.MethodDelete, "/reach/focus", nil, http.StatusNoContent, nil)
		var others parley.Reach
		if ana.do(http.MethodGet, "/reach", nil, http.StatusOK, &others); len(others.Quiet) != 14 {
			t.Errorf("ana's has changed too: %+v", others)
		}
		for field, body := range map[string]map[string]any{
			"quiet[0].to":     {"quiet": []any{map[string]any{"day": 1, "from": "22:00", "to": "07:00"}}},
			"off[0]":          {"off": []any{"25.12."}},
			"leave.to":        {"leave": map[string]any{"from": time.Now(), "to": time.Now().Add(-time.Hour)}},
			"leave.deputy":    {"leave": map[string]any{"from": time.Now(), "to": time.Now().Add(time.Hour), "deputy": ben.me.ID}},
			"ladder[1].after": {"ladder": []any{map[string]any{"way": "push", "after": 10}, map[string]any{"way": "email", "after": 5}}},
			"deputies":        {"deputies": []any{ben.me.ID}},
			"people":          {"deputies": []any{parley.NewID()}},
		} {
			var problem api.Problem
			ben.do(http.MethodPatch, "/reach", body, http.StatusUnprocessableEntity, &problem)
			if len(problem.Errors) != 1 || problem.Errors[0].Location != "body."+field {
				t.Errorf("%s: %+v", field, problem)
			}
		}
	})
}

func TestNobodySeesAnothersInbox(t *testing.T) {
	each(t, func(h *house) {
		ana, ben, eve := h.comes("ana"), h.comes("ben"), h.comes("eve")
		m := h.say(ana, ben, conversation.Draft{Body: "sesame", Need: parley.Urgent, Reason: "fire"})
		place := fmt.Sprintf("/conversations/%s/messages/%d", m.Conversation, m.Seq)
		for _, c := range []struct {
			method, path string
			body         any
		}{
			{http.MethodPost, "/inbox/" + m.ID.String() + "/done", nil},
			{http.MethodPost, "/inbox/" + m.ID.String() + "/undone", nil},
			{http.MethodPost, "/inbox/" + m.ID.String() + "/acknowledge", nil},
			{http.MethodPost, "/inbox/" + m.ID.String() + "/snooze", map[string]any{"work": true}},
			{http.MethodPost, "/inbox/" + m.ID.String() + "/hand-over", map[string]any{"person": ana.me.ID}},
			{http.MethodGet, place + "/deliveries", nil},
			{http.MethodPost, "/forecast", map[string]any{"conversation": m.Conversation, "body": "x"}},
			{http.MethodPost, "/scheduled", map[string]any{"conversation": m.Conversation, "body": "x", "at": time.Now().Add(time.Hour)}},
			{http.MethodPost, "/reminders", map[string]any{"conversation": m.Conversation, "seq": m.Seq, "at": time.Now().Add(time.Hour)}},
		} {
			if code, text := eve.ask(c.method, c.path, c.body); code != http.StatusNotFound || strings.Contains(string(text), "sesame") {
				t.Errorf("%s %s: eve gets %d %s", c.method, c.path, code, text)
			}
			if code, _ := (&user{h: h}).ask(c.method, c.path, c.body); code != http.StatusUnauthorized {
				t.Errorf("%s %s: nobody gets %d", c.method, c.path, code)
			}
		}
		for _, path := range []string{"/inbox", "/asked", "/catch-up", "/scheduled", "/reminders", "/budget"} {
			if code, text := eve.ask(http.MethodGet, path, nil); code != http.StatusOK || strings.Contains(string(text), "sesame") {
				t.Errorf("%s: eve gets %d %s", path, code, text)
			}
		}
	})
}

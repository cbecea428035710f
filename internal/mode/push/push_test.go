package push_test

import (
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/parley-im/parley/internal/conversation"
	"github.com/parley-im/parley/internal/mode/push"
	"github.com/parley-im/parley/internal/parley"
)

func TestABrowserIsToldWhatOnlyItCanRead(t *testing.T) {
	each(t, func(h *house) {
		ana, ben := h.comes("ana", "en"), h.comes("ben", "de")
		b := ben.subscribe()
		m := h.say(ana, conversation.Draft{Conversation: h.direct(ana, ben), Body: "**Lunch** at `noon`?"})
		h.must(h.tell(ben, parley.NoticeTell, false, m))
		got := h.service.all()
		if len(got) != 1 || got[0].to != b {
			t.Fatalf("pushed %+v", got)
		}
		p := got[0].payload
		if p.What != "tell" || p.Title != "Ana" || p.Body != "Lunch at noon?" || p.URL != "/c/"+m.Conversation.String()+"/"+"2" && p.URL != "/c/"+m.Conversation.String()+"/1" ||
			p.Tag != m.Conversation.String() || p.Lang != "de" || p.Urgent || p.Take != "" {
			t.Errorf("payload %+v", p)
		}
		key, devices := ben.devices()
		if got[0].signer != key {
			t.Errorf("signed by %s, the server's key is %s", got[0].signer, key)
		}
		if len(devices) != 1 || !devices[0].This || devices[0].LastUsedAt == nil {
			t.Errorf("devices %+v", devices)
		}
		if got[0].header.Get("Urgency") != "normal" || len(got[0].header.Get("Topic")) != 32 || strings.Contains(got[0].header.Get("Topic"), m.Conversation.String()) {
			t.Errorf("header %v", got[0].header)
		}
	})
}

func TestWhatIsUrgentIsSaidSoAndCanBeAcknowledged(t *testing.T) {
	each(t, func(h *house) {
		ana, ben := h.comes("ana", "en"), h.comes("ben", "de")
		ben.subscribe()
		m := h.say(ana, conversation.Draft{Conversation: h.direct(ana, ben), Body: "the shop is down", Need: parley.Urgent, Reason: "nobody can pay"})
		h.must(h.tell(ben, parley.NoticeTell, true, m))
		got := h.service.all()
		if p := got[0].payload; !p.Urgent || p.Title != "Dringend: Ana" || !strings.Contains(p.Body, "nobody can pay") || p.Take != "Zur Kenntnis genommen" || p.Message != m.ID.String() {
			t.Errorf("payload %+v", p)
		}
		if got[0].header.Get("Urgency") != "high" {
			t.Errorf("header %v", got[0].header)
		}
		h.must(h.Recall(t.Context(), parley.Envelope{
			Person: ben.me.ID, To: parley.Address{Kind: parley.AddressPush, Value: got[0].to.ID.String()},
			Notes: []parley.Note{{Message: m.ID, Place: parley.Place{Conversation: m.Conversation, Seq: m.Seq}}},
		}))
		if again := h.service.all(); len(again) != 1 || again[0].payload.What != "close" || again[0].payload.Message != got[0].payload.Message {
			t.Errorf("recalled by %+v", again)
		}
	})
}

func TestWhatWasHeldBackComesAsOne(t *testing.T) {
	each(t, func(h *house) {
		ana, ben := h.comes("ana", "en"), h.comes("ben", "en")
		ben.subscribe()
		dm := h.direct(ana, ben)
		var list []parley.Message
		for range 7 {
			list = append(list, h.say(ana, conversation.Draft{Conversation: dm, Body: "and another thing " + strings.Repeat("x", 300)}))
		}
		h.must(h.tell(ben, parley.NoticeBundle, false, list...))
		got := h.service.all()
		if len(got) != 1 || got[0].payload.Title != "7 messages" || !strings.HasSuffix(got[0].payload.Body, "and 2 more") || got[0].payload.URL != "/inbox" {
			t.Errorf("pushed %+v", got)
		}
	})
}

func TestWhatIsTooLongIsToldInShort(t *testing.T) {
	each(t, func(h *house) {
		ana, ben := h.comes("ana", "en"), h.comes("ben", "en")
		ben.subscribe()
		family := strings.Repeat("👨‍👩‍👧‍👦", 400) // each is one character, and 25 bytes
		dm := h.direct(ana, ben)
		m := h.say(ana, conversation.Draft{Conversation: dm, Body: family})
		h.must(h.tell(ben, parley.NoticeTell, false, m))
		h.must(h.tell(ben, parley.NoticeBundle, false, m, h.say(ana, conversation.Draft{Conversation: dm, Body: family})))
		got := h.service.all()
		if len(got) != 2 || !strings.HasPrefix(got[0].payload.Body, "👨‍👩‍👧‍👦👨‍👩‍👧‍👦") || got[1].payload.Title != "2 messages" {
			t.Errorf("pushed %+v", got)
		}
	})
}

func TestABrowserWhoseSessionIsOverIsToldNothing(t *testing.T) {
	each(t, func(h *house) {
		ben := h.comes("ben", "en")
		ben.subscribe()
		h.now = time.Now().Add(91 * 24 * time.Hour)
		if list, err := h.Addresses(t.Context(), ben.me.ID); err != nil || len(list) != 0 {
			t.Errorf("told at %v %v", list, err)
		}
	})
}

func TestWhatAPersonMayNotSeeIsNotPushed(t *testing.T) {
	each(t, func(h *house) {
		ana, ben, cy := h.comes("ana", "en"), h.comes("ben", "en"), h.comes("cy", "en")
		cy.subscribe()
		dm := h.direct(ana, ben)
		secret := h.say(ana, conversation.Draft{Conversation: dm, Body: "our secret"})
		if err := h.tell(cy, parley.NoticeTell, false, secret); !errors.Is(err, parley.ErrNotFound) {
			t.Errorf("told of what cy may not see: %v", err)
		}
		urgent := h.say(ana, conversation.Draft{Conversation: dm, Body: "our urgent secret", Need: parley.Urgent, Reason: "fire"})
		if err := h.tell(cy, parley.NoticeTell, true, urgent); !errors.Is(err, parley.ErrNotFound) {
			t.Errorf("told of what is urgent for others: %v", err)
		}
		h.must(h.deliver(cy, parley.Envelope{Person: cy.me.ID, What: parley.NoticeTell, Urgent: true, Notes: []parley.Note{{
			Message: urgent.ID, Place: parley.Place{Conversation: dm, Seq: urgent.Seq}, Need: parley.Urgent, Deputy: true,
		}}}))
		got := h.service.all()
		if len(got) != 1 || strings.Contains(got[0].payload.Title+got[0].payload.Body, "secret") || got[0].payload.Body != "fire" {
			t.Errorf("pushed %+v", got)
		}
		gone := h.say(ana, conversation.Draft{Conversation: dm, Body: "oops"})
		h.must(h.conversations.Delete(t.Context(), ana.me, parley.Place{Conversation: dm, Seq: gone.Seq}))
		ben.subscribe()
		if err := h.tell(ben, parley.NoticeTell, false, gone); !errors.Is(err, parley.ErrNotFound) || len(h.service.all()) != 0 {
			t.Errorf("told of what was deleted: %v", err)
		}
	})
}

func TestAPushServicesAnswerDecides(t *testing.T) {
	each(t, func(h *house) {
		ana, ben := h.comes("ana", "en"), h.comes("ben", "en")
		m := h.say(ana, conversation.Draft{Conversation: h.direct(ana, ben), Body: "hello"})
		for _, c := range []struct {
			status int
			want   error
			stays  bool
		}{
			{http.StatusNotFound, parley.ErrNotFound, false},
			{http.StatusGone, parley.ErrNotFound, false},
			{http.StatusTooManyRequests, parley.ErrLimited, true},
			{http.StatusServiceUnavailable, parley.ErrUnavailable, true},
			{http.StatusRequestEntityTooLarge, parley.ErrInvalid, true},
			{http.StatusFound, parley.ErrInvalid, true},
		} {
			b := ben.subscribe()
			h.service.answers(c.status)
			if err := h.tell(ben, parley.NoticeTell, false, m); !errors.Is(err, c.want) {
				t.Errorf("status %d: %v, want %v", c.status, err, c.want)
			}
			h.service.answers(http.StatusCreated)
			_, devices := ben.devices()
			if stays := len(devices) == 1; stays != c.stays {
				t.Errorf("status %d: %d devices are left", c.status, len(devices))
			}
			if c.stays {
				ben.do(http.MethodDelete, "/push/"+b.ID.String(), nil, http.StatusNoContent, nil)
			}
		}
		ben.subscribe()
		h.service.Close()
		if err := h.tell(ben, parley.NoticeTell, false, m); !errors.Is(err, parley.ErrUnavailable) {
			t.Errorf("a service that is away: %v", err)
		}
	})
}

func TestASubscriptionIsItsSessionsAndItsBrowsers(t *testing.T) {
	each(t, func(h *house) {
		ana, ben := h.comes("ana", "en"), h.comes("ben", "en")
		b := ana.subscribe()
		second := ana.again()
		second.subscribe()
		if _, devices := ana.devices(); len(devices) != 2 {
			t.Fatalf("devices %+v", devices)
		}
		second.do(http.MethodDelete, "/sessions/current", nil, http.StatusNoContent, nil)
		if _, devices := ana.devices(); len(devices) != 1 || devices[0].ID != b.ID {
			t.Errorf("after signing out there: %+v", devices)
		}
		ben.do(http.MethodPost, "/push", b.subscription(h.service.URL), http.StatusCreated, nil) // the same browser is his now
		if _, devices := ana.devices(); len(devices) != 0 {
			t.Errorf("ana is still told in ben's browser: %+v", devices)
		}
		ben.do(http.MethodDelete, "/push/"+b.ID.String(), nil, http.StatusNotFound, nil)
		for range 25 {
			ana.again().subscribe()
		}
		if _, devices := ana.devices(); len(devices) != 20 {
			t.Errorf("%d devices, at most 20", len(devices))
		}
	})
}

func TestWhatNoBrowserGivesIsRefused(t *testing.T) {
	each(t, func(h *house) {
		for field, spoil := range map[string]func(map[string]any){
			"endpoint":    func(s map[string]any) { s["endpoint"] = "http://push.example/1" },
			"endpoint ":   func(s map[string]any) { s["endpoint"] = "https://push.example/" + strings.Repeat("x", 2050) },
			"endpoint  ":  func(s map[string]any) { s["endpoint"] = "https://user:pass@push.example/" },
			"keys.p256dh": func(s map[string]any) { s["keys"].(map[string]any)["p256dh"] = strings.Repeat("A", 87) },
			"keys.auth":   func(s map[string]any) { s["keys"].(map[string]any)["auth"] = "AAAA" },
		} {
			s := newBrowser(t).subscription(h.service.URL)
			spoil(s)
			var problem struct{ Errors []struct{ Location string } }
			h.owner.do(http.MethodPost, "/push", s, http.StatusUnprocessableEntity, &problem)
			if len(problem.Errors) != 1 || problem.Errors[0].Location != "body."+strings.TrimSpace(field) {
				t.Errorf("%s: %+v", field, problem)
			}
		}
	})
}

func TestNothingIsPushedIntoOnesOwnNetwork(t *testing.T) {
	each(t, func(h *house) {
		guarded, err := push.New(t.Context(), push.Parts{API: h.api2(), DB: h.db, Conversations: h.conversations, People: h.people, Log: slog.New(slog.DiscardHandler)})
		h.must(err)
		ana, ben := h.comes("ana", "en"), h.comes("ben", "en")
		b := ben.subscribe()
		m := h.say(ana, conversation.Draft{Conversation: h.direct(ana, ben), Body: "hello"})
		_, err = guarded.Deliver(t.Context(), parley.Envelope{
			Person: ben.me.ID, To: parley.Address{Kind: parley.AddressPush, Value: b.ID.String()}, What: parley.NoticeTell,
			Notes: []parley.Note{{Message: m.ID, Place: parley.Place{Conversation: m.Conversation, Seq: m.Seq}}},
		})
		if !errors.Is(err, parley.ErrForbidden) || len(h.service.all()) != 0 {
			t.Errorf("pushed to this machine: %v", err)
		}
	})
}

func TestTheKeysStay(t *testing.T) {
	each(t, func(h *house) {
		before, _ := h.owner.devices()
		again, err := push.New(t.Context(), push.Parts{API: h.api2(), DB: h.db, Conversations: h.conversations, People: h.people, Clock: time.Now, Log: slog.New(slog.DiscardHandler)})
		h.must(err)
		if after := again.PublicKey(); after != before || len(after) != 87 {
			t.Errorf("the key was %s, after a restart %s", before, after)
		}
	})
}

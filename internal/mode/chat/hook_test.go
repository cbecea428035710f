package chat_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/parley-im/parley/internal/api"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
	"github.com/parley-im/parley/internal/store/storetest"
)

// What Alertmanager 0.25 posts for its default Slack template (notify/slack/slack.go), and Grafana 10 for its Slack
// contact point (alerting/receivers/slack/slack.go).
const (
	alertmanager = `{"channel":"#alerts","username":"Alertmanager","attachments":[{"title":"[FIRING:1] HighLoad (node-1 critical)",` +
		`"title_link":"http://am.example:9093/#/alerts?receiver=slack","text":"","fallback":"[FIRING:1] HighLoad | http://am.example:9093/",` +
		`"callback_id":"","footer":"","color":"danger","mrkdwn_in":["fallback","pretext","text"]}]}`
	grafana = `{"channel":"#alerts","username":"Grafana","icon_emoji":":chart:","attachments":[{"color":"#D63232","title":"[FIRING:1] CPU (prod)",` +
		`"title_link":"http://grafana.example/alerting/list","text":"**Firing**\n\nValue: A=92\nLabels:\n - alertname = CPU\n","fallback":"[FIRING:1] CPU",` +
		`"fields":[{"title":"Severity","value":"page","short":true}],"footer":"Grafana v10.4.1","footer_icon":"https://grafana.com/icon.png","ts":1700000000}]}`
)

func TestWebhooksTakeWhatMonitorsSend(t *testing.T) {
	each(t, func(h *house) {
		ana := h.comes(parley.MemberRole, "ana")
		c := h.owner.channel("public", "alerts", ana)
		path := "/conversations/" + c + "/webhooks"
		for who, status := range map[*user]int{ana: http.StatusForbidden, h.comes(parley.Guest, "gus"): http.StatusNotFound} {
			if answer, text := who.do(http.MethodPost, path, map[string]any{"name": "x"}); answer.StatusCode != status {
				t.Errorf("%s makes a webhook: %d %s", who.me.Name, answer.StatusCode, text)
			}
		}
		var hook struct {
			ID  parley.ID
			URL string
		}
		h.owner.must(http.MethodPost, path, map[string]any{"name": "Monitor"}, http.StatusCreated, &hook)
		at, err := url.Parse(hook.URL)
		if err != nil {
			t.Fatal(err)
		}
		form := http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}
		for name, of := range map[string]struct {
			path, payload string
			header        http.Header
			status        int
			word, shown   string
		}{
			"Alertmanager":       {at.Path, alertmanager, nil, 200, "ok", "[FIRING:1] HighLoad (node-1 critical)"},
			"Grafana":            {at.Path, grafana, nil, 200, "ok", "Value: A=92"},
			"a form":             {at.Path, "payload=" + url.QueryEscape(`{"text":"from a form"}`), form, 200, "ok", "from a form"},
			"plain text":         {at.Path, "hello", nil, 400, "invalid_payload", ""},
			"nothing":            {at.Path, `{}`, nil, 400, "no_text", ""},
			"an empty form":      {at.Path, "x=y", form, 400, "invalid_payload", ""},
			"another type":       {at.Path, `{"text":{"a":1}}`, nil, 400, "invalid_payload", ""},
			"too long":           {at.Path, `{"text":"` + strings.Repeat("x", parley.MaxBody+1) + `"}`, nil, 413, "msg_too_long", ""},
			"much too long":      {at.Path, `{"text":"` + strings.Repeat("x", 1<<20) + `"}`, nil, 413, "msg_too_long", ""},
			"a link that is not": {"/hooks/none", `{"text":"x"}`, nil, 404, "no_service", ""},
			"a script":           {at.Path, `{"text":"<script>alert(1)</script><http://x.example/|y>","username":"<b>\u0000"}`, nil, 200, "ok", "alert(1)"},
		} {
			u := h.nobody()
			u.header = of.header
			answer, text := u.do(http.MethodPost, "!"+of.path, of.payload)
			if answer.StatusCode != of.status || string(text) != of.word {
				t.Errorf("%s: %d %s, want %d %s", name, answer.StatusCode, text, of.status, of.word)
				continue
			}
			var page struct{ Messages []parley.Message }
			ana.must(http.MethodGet, "/conversations/"+c+"/messages?limit=1", nil, 200, &page)
			m := page.Messages[0]
			if of.shown != "" && (!strings.Contains(m.Body, of.shown) && !strings.Contains(strings.ReplaceAll(m.Body, `\`, ""), of.shown) || m.Via != parley.ViaWebhook || strings.Contains(m.HTML, "<script")) {
				t.Errorf("%s: shown as %+v", name, m)
			}
		}
		h.owner.must(http.MethodPatch, "/conversations/"+c, map[string]any{"archived": true}, 200, nil)
		if answer, text := h.nobody().do(http.MethodPost, "!"+at.Path, `{"text":"x"}`); answer.StatusCode != 403 || string(text) != "action_prohibited" {
			t.Errorf("archived: %d %s", answer.StatusCode, text)
		}
		var before, after struct{ People []parley.Person }
		h.owner.must(http.MethodGet, "/boot", nil, 200, &before)
		if answer, text := h.owner.do(http.MethodPost, path, map[string]any{"name": "late"}); answer.StatusCode != 403 {
			t.Errorf("a webhook for what is archived: %d %s", answer.StatusCode, text)
		}
		h.owner.must(http.MethodGet, "/boot", nil, 200, &after)
		if len(before.People) != len(after.People) {
			t.Error("a bot was made in vain")
		}
		h.owner.must(http.MethodDelete, "/webhooks/"+hook.ID.String(), nil, http.StatusNoContent, nil)
		if answer, text := h.nobody().do(http.MethodPost, "!"+at.Path, `{"text":"x"}`); answer.StatusCode != 404 || string(text) != "no_service" {
			t.Errorf("deleted: %d %s", answer.StatusCode, text)
		}
	})
}

func TestAWebhookThatPostsTooOftenHasToWait(t *testing.T) {
	h := build(t, storetest.Open(t, storetest.Options(t, store.SQLite)), func(o *api.Options) { o.Writes, o.WriteBurst = 0.001, 5 })
	c := h.owner.channel("public", "alerts")
	posts := func(address string, want ...int) {
		t.Helper()
		for i, want := range want {
			answer, text := h.nobody().do(http.MethodPost, "!"+address, `{"text":"x"}`)
			if answer.StatusCode != want || (want == 429) != (answer.Header.Get("Retry-After") != "") {
				t.Errorf("post %d: %d %s %v", i+1, answer.StatusCode, text, answer.Header)
			}
		}
	}
	var addresses []string
	for range 2 {
		var hook struct{ URL string }
		h.owner.must(http.MethodPost, "/conversations/"+c+"/webhooks", map[string]any{"name": "Monitor"}, http.StatusCreated, &hook)
		at, err := url.Parse(hook.URL)
		if err != nil {
			t.Fatal(err)
		}
		addresses = append(addresses, at.Path)
	}
	posts(addresses[0], 200, 200, 200, 200, 200, 429, 429)
	posts(addresses[1], 200)
	// What comes over the socket counts as what comes over HTTP.
	l := h.owner.connect()
	h.owner.say(c, "the fourth change of the owner's")
	for i, want := range []uint32{0, 1029, 1029} {
		if code, text := l.call("post", map[string]any{"conversation": c, "body": "x"}); code != want {
			t.Errorf("post %d over the socket: %d %s", i+1, code, text)
		}
	}
}

func TestWhoManagesAChannelMakesItsWebhooks(t *testing.T) {
	each(t, func(h *house) {
		ana, bo, gus := h.comes(parley.MemberRole, "ana"), h.comes(parley.MemberRole, "bo"), h.comes(parley.Guest, "gus")
		c := ana.channel("private", "builds", bo, gus) // so that ana manages it
		path := "/conversations/" + c + "/webhooks"
		h.owner.must(http.MethodPost, path, map[string]any{"name": "x"}, http.StatusNotFound, nil)
		bo.must(http.MethodPost, path, map[string]any{"name": "x"}, http.StatusForbidden, nil)
		ana.must(http.MethodPatch, "/conversations/"+c+"/members/"+gus.me.ID.String(), map[string]any{"role": "manager"}, http.StatusNoContent, nil)
		gus.must(http.MethodPost, path, map[string]any{"name": "x"}, http.StatusForbidden, nil) // who is a guest makes no members
		var hook struct {
			ID, Person parley.ID
			URL        string
		}
		ana.must(http.MethodPost, path, map[string]any{"name": "Builds"}, http.StatusCreated, &hook)
		at, err := url.Parse(hook.URL)
		if err != nil {
			h.t.Fatal(err)
		}
		if answer, text := h.nobody().do(http.MethodPost, "!"+at.Path, `{"text":"Build 12 is done"}`); answer.StatusCode != 200 {
			h.t.Fatalf("it answers %d %s", answer.StatusCode, text)
		}
		var page struct{ Messages []parley.Message }
		bo.must(http.MethodGet, "/conversations/"+c+"/messages?limit=1", nil, 200, &page)
		if m := page.Messages[0]; m.Author != hook.Person || m.Body != "Build 12 is done" {
			h.t.Errorf("said %+v", m)
		}
		// Managing a webhook is not managing its bot.
		ana.must(http.MethodPost, "/bots/"+hook.Person.String()+"/tokens", map[string]any{"name": "x"}, http.StatusForbidden, nil)
		ana.must(http.MethodPost, "/bots", map[string]any{"name": "x"}, http.StatusForbidden, nil)
		bo.must(http.MethodDelete, "/webhooks/"+hook.ID.String(), nil, http.StatusForbidden, nil)

		// Many at once do not pass the limit, and those that were too many leave no bot behind.
		var making sync.WaitGroup
		var made, refused atomic.Int64
		for i := range 30 {
			making.Go(func() {
				switch answer, text := ana.do(http.MethodPost, path, map[string]any{"name": fmt.Sprint("Hook ", i)}); answer.StatusCode {
				case http.StatusCreated:
					made.Add(1)
				case http.StatusTooManyRequests:
					refused.Add(1)
				default:
					h.t.Errorf("one is answered %d %s", answer.StatusCode, text)
				}
			})
		}
		making.Wait()
		var list struct{ Webhooks []struct{ ID parley.ID } }
		ana.must(http.MethodGet, path, nil, 200, &list)
		active := func() (n int) {
			var people []parley.Person
			ana.must(http.MethodGet, "/people", nil, 200, &people)
			for _, p := range people {
				if p.Kind == parley.Bot && p.DeactivatedAt == nil {
					n++
				}
			}
			return n
		}
		if made.Load() != 19 || refused.Load() != 11 || len(list.Webhooks) != 20 || active() != 20 {
			h.t.Errorf("%d more were made, %d are there, with %d bots", made.Load(), len(list.Webhooks), active())
		}
		ana.must(http.MethodDelete, "/webhooks/"+hook.ID.String(), nil, http.StatusNoContent, nil)
		if n := active(); n != 19 {
			h.t.Errorf("%d bots are left", n)
		}
		if answer, _ := h.nobody().do(http.MethodPost, "!"+at.Path, `{"text":"late"}`); answer.StatusCode != 404 {
			h.t.Errorf("what was deleted answers %d", answer.StatusCode)
		}
	})
}

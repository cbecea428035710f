package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/parley-im/parley/internal/api"
	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
	"github.com/parley-im/parley/internal/store/storetest"
)

func TestFirstStart(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		old, _, err := h.people.Setup(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		token, _, err := h.people.Setup(t.Context()) // the server was started again
		if err != nil {
			t.Fatal(err)
		}
		body := func(token string) map[string]any {
			b := account("Olga Owner")
			b["token"], b["organisation"] = token, "Harbour"
			return b
		}
		var state struct {
			Needed       bool
			Organisation string
		}
		h.stranger().must(http.MethodGet, "/setup", nil, 200, &state)
		if !state.Needed {
			t.Error("no owner is needed in an empty house")
		}
		h.stranger().refused(http.MethodPost, "/setup", body("wrong"), 403)
		h.stranger().refused(http.MethodPost, "/setup", body(old), 403)

		// Ten come with the same link at once.
		var wg sync.WaitGroup
		status := make([]int, 10)
		for i := range status {
			wg.Go(func() {
				b := body(token)
				b["email"] = fmt.Sprintf("olga%d@harbour.example", i)
				answer, _ := h.stranger().do(http.MethodPost, "/setup", b)
				status[i] = answer.StatusCode
			})
		}
		wg.Wait()
		made := 0
		for _, s := range status {
			if s == 201 {
				made++
			} else if s != 403 {
				t.Errorf("one was answered %d", s)
			}
		}
		if made != 1 {
			t.Errorf("%d owners were made", made)
		}
		h.stranger().must(http.MethodGet, "/setup", nil, 200, &state)
		if state.Needed || state.Organisation != "Harbour" {
			t.Errorf("afterwards: %+v", state)
		}
		if token, needed, err := h.people.Setup(t.Context()); token != "" || needed || err != nil {
			t.Errorf("the next start: %q %v %v", token, needed, err)
		}
		h.stranger().refused(http.MethodPost, "/setup", body(token), 403)
	})
}

func TestSetupNamesTheWrongField(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := open(t, db)
		token, _, err := h.people.Setup(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for field, value := range map[string]any{
			"organisation": " ", "name": "\u202eeve", "email": "nobody", "password": "1234567890", "zone": "Mars", "language": "!!",
			"hours[0].to": []any{map[string]any{"day": 1, "from": "17:00", "to": "09:00"}},
		} {
			body := account("Olga Owner")
			body["token"], body["organisation"] = token, "Harbour"
			body[strings.Split(field, "[")[0]] = value
			p := h.stranger().refused(http.MethodPost, "/setup", body, 422)
			if len(p.Errors) != 1 || p.Errors[0].Location != "body."+field {
				t.Errorf("%s: %+v", field, p.Errors)
			}
		}
		h.found() // nothing of it was half done
	})
}

func TestSignIn(t *testing.T) {
	each(t, func(t *testing.T, h *house, owner *guest) {
		var me identity.Me
		owner.must(http.MethodGet, "/me", nil, 200, &me)
		if me.Role != parley.Owner || me.Email != "olga@harbour.example" || me.Handle != "olga" || len(me.Hours) != 1 || !me.HasPassword {
			t.Errorf("the owner is %+v", me)
		}
		g := h.stranger()
		answer, _ := g.do(http.MethodPost, "/sessions", map[string]any{"email": " Olga@HARBOUR.example", "password": password})
		if answer.StatusCode != 201 || len(answer.Cookies()) != 1 {
			t.Fatalf("sign in: %d", answer.StatusCode)
		}
		c := answer.Cookies()[0]
		if c.Name != "parley_session" || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Secure || c.MaxAge < 90*24*3600 {
			t.Errorf("the cookie is %+v", c)
		}
		g.must(http.MethodGet, "/me", nil, 200, &me)

		unknown := h.stranger().refused(http.MethodPost, "/sessions", map[string]any{"email": "nobody@harbour.example", "password": password}, 401)
		wrong := h.stranger().refused(http.MethodPost, "/sessions", map[string]any{"email": "olga@harbour.example", "password": "not it at all"}, 401)
		if unknown.Detail != wrong.Detail || unknown.Code != wrong.Code {
			t.Errorf("strangers learn who has an account: %q, %q", unknown.Detail, wrong.Detail)
		}
		h.stranger().refused(http.MethodPost, "/sessions", map[string]any{"email": "olga@harbour.example", "password": strings.Repeat("x", 2000)}, 401)
		h.stranger().refused(http.MethodPost, "/sessions", map[string]any{"email": "olga@harbour.example"}, 422)

		if strings.Contains(h.log.String(), password) || strings.Contains(h.log.String(), g.cookie) {
			t.Error("a secret is in the log")
		}
	})
}

func TestHTTPSCookiesAreForHTTPSAlone(t *testing.T) {
	db := storetest.Open(t, storetest.Options(t, store.SQLite))
	h := open(t, db, func(o *api.Options) { o.URL = "https://parley.example" })
	h.found()
	answer, _ := h.stranger().do(http.MethodPost, "/sessions", map[string]any{"email": "olga@harbour.example", "password": password})
	if c := answer.Cookies(); len(c) != 1 || !c[0].Secure {
		t.Errorf("the cookie is %+v", c)
	}
}

func TestGuessingHasToWaitLongerEachTime(t *testing.T) {
	each(t, func(t *testing.T, h *house, _ *guest) {
		try := func(password string) int {
			answer, _ := h.stranger().do(http.MethodPost, "/sessions", map[string]any{"email": "olga@harbour.example", "password": password})
			if answer.StatusCode == 429 && answer.Header.Get("Retry-After") == "" {
				t.Error("429 without Retry-After")
			}
			return answer.StatusCode
		}
		for range 5 {
			if got := try("guess guess"); got != 401 {
				t.Fatalf("a guess: %d", got)
			}
		}
		for wait := time.Second; wait < time.Minute; wait *= 2 {
			h.clock.pass(wait - 100*time.Millisecond)
			if got := try(password); got != 429 {
				t.Fatalf("within %s: %d", wait, got)
			}
			h.clock.pass(100 * time.Millisecond)
			if got := try("guess guess"); got != 401 {
				t.Fatalf("after %s: %d", wait, got)
			}
		}
		h.clock.pass(15 * time.Minute)
		if got := try(password); got != 201 {
			t.Errorf("the right one, after the wait: %d", got)
		}
		if got := try("guess guess"); got != 401 {
			t.Errorf("success did not forgive: %d", got)
		}
	})
}

func TestGuessingAtManyAccountsHasToWait(t *testing.T) {
	each(t, func(t *testing.T, h *house, _ *guest) {
		limited := 0
		for i := range 25 {
			answer, _ := h.stranger().do(http.MethodPost, "/sessions", map[string]any{"email": fmt.Sprintf("u%d@harbour.example", i), "password": "guess guess"})
			if answer.StatusCode == 429 {
				limited++
			}
		}
		if limited != 5 {
			t.Errorf("%d of 25 guesses at different accounts had to wait, want 5", limited)
		}
	})
}

func TestManySignInsAtOnceCountEach(t *testing.T) {
	db := storetest.Open(t, storetest.Options(t, store.SQLite))
	h := open(t, db)
	h.found()
	var wg sync.WaitGroup
	status := make([]int, 30)
	for i := range status {
		wg.Go(func() {
			answer, _ := h.stranger().do(http.MethodPost, "/sessions", map[string]any{"email": "olga@harbour.example", "password": fmt.Sprint("guess number ", i)})
			status[i] = answer.StatusCode
		})
	}
	wg.Wait()
	tried := 0
	for _, s := range status {
		if s == 401 {
			tried++
		}
	}
	if tried != 5 {
		t.Errorf("%d guesses at once were heard, want 5", tried)
	}
}

func TestSessions(t *testing.T) {
	each(t, func(t *testing.T, h *house, owner *guest) {
		type told struct{ person, credential parley.ID }
		var revoked []told
		h.people.Hooks.Revoked = func(p, c parley.ID) { revoked = append(revoked, told{p, c}) }
		signIn := func(agent string) *guest {
			g := h.stranger()
			g.header.Set("User-Agent", agent)
			g.must(http.MethodPost, "/sessions", map[string]any{"email": "olga@harbour.example", "password": password}, 201, nil)
			h.clock.pass(time.Second)
			return g
		}
		phone, laptop := signIn("Phone"), signIn("Laptop\u202e")
		var list []identity.Session
		phone.must(http.MethodGet, "/sessions", nil, 200, &list)
		if len(list) != 3 || list[0].UserAgent != "Laptop" || list[1].UserAgent != "Phone" || !list[1].Current || list[0].Current || list[1].IP == "" {
			t.Fatalf("sessions: %+v", list)
		}
		laptop.must(http.MethodGet, "/me", nil, 200, nil)
		phone.must(http.MethodDelete, "/sessions/"+list[0].ID.String(), nil, 204, nil)
		laptop.refused(http.MethodGet, "/me", nil, 401) // at once, whatever was remembered
		phone.refused(http.MethodDelete, "/sessions/"+list[0].ID.String(), nil, 404)
		phone.refused(http.MethodDelete, "/sessions/nonsense", nil, 422)

		other := owner.invited(parley.MemberRole, "Ana Member")
		other.refused(http.MethodDelete, "/sessions/"+list[1].ID.String(), nil, 404)

		phone.must(http.MethodDelete, "/sessions", nil, 204, nil)
		owner.refused(http.MethodGet, "/me", nil, 401)
		phone.must(http.MethodGet, "/sessions", nil, 200, &list)
		if len(list) != 1 {
			t.Errorf("after ending the others: %+v", list)
		}
		cookie := phone.cookie
		phone.must(http.MethodDelete, "/sessions/current", nil, 204, nil)
		if phone.cookie != "" {
			t.Error("signing out leaves the cookie")
		}
		phone.cookie = cookie
		phone.refused(http.MethodGet, "/me", nil, 401)
		if len(revoked) != 3 || revoked[2] != (told{owner.me.ID, list[0].ID}) {
			t.Errorf("told of %+v", revoked)
		}
	})
}

func TestSessionsEnd90DaysAfterTheirLastUse(t *testing.T) {
	each(t, func(t *testing.T, h *house, owner *guest) {
		for range 3 {
			h.clock.pass(89 * 24 * time.Hour)
			owner.must(http.MethodGet, "/me", nil, 200, nil)
		}
		var me identity.Me
		owner.must(http.MethodGet, "/me", nil, 200, &me)
		if me.LastSeenAt == nil || h.clock.Now().Sub(*me.LastSeenAt) > time.Minute {
			t.Errorf("last seen at %v", me.LastSeenAt)
		}
		h.clock.pass(90*24*time.Hour + time.Second)
		owner.refused(http.MethodGet, "/me", nil, 401)
	})
}

func TestForgedTokens(t *testing.T) {
	each(t, func(t *testing.T, h *house, owner *guest) {
		last := owner.cookie[len(owner.cookie)-1]
		for _, forged := range []string{
			"", "x", owner.cookie[:len(owner.cookie)-1], owner.cookie + "A", owner.cookie[:42] + string('A'+(last-'A'+4)%26), strings.Repeat("A", 43),
			strings.Repeat("A", 5000), "' OR 1=1 --", "parley_" + owner.cookie,
		} {
			g := h.stranger()
			g.cookie = forged
			g.refused(http.MethodGet, "/me", nil, 401)
			g = h.stranger()
			g.bearer = forged + " "
			g.refused(http.MethodGet, "/me", nil, 401)
		}
		g := h.stranger() // a header counts alone, even beside a good cookie
		g.cookie, g.bearer = owner.cookie, "parley_forged"
		g.refused(http.MethodGet, "/me", nil, 401)
	})
}

func TestPasswordChange(t *testing.T) {
	each(t, func(t *testing.T, h *house, owner *guest) {
		elsewhere := h.stranger()
		elsewhere.must(http.MethodPost, "/sessions", map[string]any{"email": "olga@harbour.example", "password": password}, 201, nil)
		p := owner.refused(http.MethodPut, "/me/password", map[string]any{"current": "wrong one, sorry", "new": "a lighthouse in the fog"}, 403)
		if len(p.Errors) != 1 || p.Errors[0].Location != "body.current" {
			t.Errorf("a wrong current one: %+v", p)
		}
		p = owner.refused(http.MethodPut, "/me/password", map[string]any{"current": password, "new": "password1234"}, 422)
		if len(p.Errors) != 1 || p.Errors[0].Location != "body.new" || p.Code != "common" {
			t.Errorf("a common one: %+v", p)
		}
		owner.must(http.MethodPut, "/me/password", map[string]any{"current": password, "new": "a lighthouse in the fog"}, 204, nil)
		owner.must(http.MethodGet, "/me", nil, 200, nil)
		elsewhere.refused(http.MethodGet, "/me", nil, 401)
		h.stranger().refused(http.MethodPost, "/sessions", map[string]any{"email": "olga@harbour.example", "password": password}, 401)
		h.stranger().must(http.MethodPost, "/sessions", map[string]any{"email": "olga@harbour.example", "password": "a lighthouse in the fog"}, 201, nil)

		if err := h.people.ResetPassword(t.Context(), "olga@harbour.example", "three gulls on the pier"); err != nil {
			t.Fatal(err)
		}
		owner.refused(http.MethodGet, "/me", nil, 401)
		h.stranger().must(http.MethodPost, "/sessions", map[string]any{"email": "olga@harbour.example", "password": "three gulls on the pier"}, 201, nil)
	})
}

func TestASessionOfWhoIsDeactivatedIsWorthNothing(t *testing.T) {
	each(t, func(t *testing.T, h *house, owner *guest) {
		ana := owner.invited(parley.MemberRole, "Ana Member")
		owner.must(http.MethodPatch, "/people/"+ana.me.ID.String(), map[string]any{"deactivated": true}, 200, nil)
		ana.refused(http.MethodGet, "/me", nil, 401)
		e, err := h.people.Admit(t.Context(), ana.me.ID, identity.Client{}) // made in the moment of deactivation, say
		if err != nil {
			t.Fatal(err)
		}
		ana.cookie = e.Token
		ana.refused(http.MethodGet, "/me", nil, 401)
	})
}

package api_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

const fresh = "seven herons over the weir"

// recovery has g make the recovery link of somebody and returns its token.
func (g *guest) recovery(of *guest) string {
	g.h.t.Helper()
	var made struct {
		URL       string
		ExpiresAt time.Time `json:"expires_at"`
	}
	g.must(http.MethodPost, "/people/"+of.me.ID.String()+"/recovery", nil, 201, &made)
	if !strings.HasPrefix(made.URL, g.h.url+"/recover#") || len(fragment(made.URL)) != 43 || made.ExpiresAt.Sub(g.h.clock.Now()) > 24*time.Hour {
		g.h.t.Errorf("the link is %+v", made)
	}
	return fragment(made.URL)
}

func with(token string) map[string]any { return map[string]any{"token": token, "password": fresh} }

func signInAs(g *guest, password string) map[string]any {
	return map[string]any{"email": strings.ToLower(strings.ReplaceAll(g.me.Name, " ", ".")) + "@harbour.example", "password": password}
}

func TestARecoveryLinkOpensAnAccountOnce(t *testing.T) {
	each(t, func(t *testing.T, h *house, owner *guest) {
		ana := owner.invited(parley.MemberRole, "Ana Member")
		var token struct{ Token string }
		ana.must(http.MethodPost, "/tokens", map[string]any{"name": "program"}, 201, &token)
		for range 6 { // locked out by guessing, too
			h.stranger().do(http.MethodPost, "/sessions", signInAs(ana, "guess guess"))
		}
		void := owner.recovery(ana)
		link := owner.recovery(ana)
		var offer identity.RecoveryOffer
		h.stranger().must(http.MethodPost, "/recovery/offer", map[string]any{"token": link}, 200, &offer)
		if offer != (identity.RecoveryOffer{Organisation: "Harbour", Name: "Ana Member", Email: "ana.member@harbour.example"}) {
			t.Errorf("the offer is %+v", offer)
		}
		if p := h.stranger().refused(http.MethodPost, "/recovery", with(void), 404); p.Code != "recovery" {
			t.Errorf("one that was replaced: %+v", p)
		}
		for body, code := range map[string]string{"": "too_short", "password1234": "common", "ana.member@harbour.example": "own_name"} {
			p := h.stranger().refused(http.MethodPost, "/recovery", map[string]any{"token": link, "password": body}, 422)
			if p.Code != code || len(p.Errors) != 1 || p.Errors[0].Location != "body.password" {
				t.Errorf("%q: %+v", body, p)
			}
		}
		ana.must(http.MethodGet, "/me", nil, 200, nil) // nothing has happened yet

		back := h.stranger()
		back.enter("/recovery", with(link))
		if back.me.ID != ana.me.ID {
			t.Errorf("opened %+v", back.me)
		}
		back.must(http.MethodGet, "/me", nil, 200, nil)
		ana.refused(http.MethodGet, "/me", nil, 401)
		h.stranger().refused(http.MethodPost, "/sessions", signInAs(ana, password), 401)
		h.stranger().must(http.MethodPost, "/sessions", signInAs(ana, fresh), 201, nil)
		h.stranger().refused(http.MethodPost, "/recovery", with(link), 404)
		h.stranger().refused(http.MethodPost, "/recovery/offer", map[string]any{"token": link}, 404)

		for _, event := range []string{"identity.recovery_made", "identity.recovered"} {
			if !strings.Contains(h.log.String(), event) {
				t.Errorf("the log has no %s", event)
			}
		}
		if strings.Contains(h.log.String(), link) || strings.Contains(h.log.String(), fresh) {
			t.Error("a secret is in the log")
		}
	})
}

func TestARecoveryLinkTakesAPasskeyInstead(t *testing.T) {
	each(t, func(t *testing.T, h *house, owner *guest) {
		ana := owner.invited(parley.MemberRole, "Ana Member")
		link := owner.recovery(ana)

		question := func() json.RawMessage {
			var q struct{ Options json.RawMessage }
			h.stranger().must(http.MethodPost, "/recovery/passkey/begin", map[string]any{"token": link}, 200, &q)
			return q.Options
		}
		key := newAuthenticator(t, h.url)
		evil := *key
		evil.origin = "https://evil.example"
		h.stranger().refused(http.MethodPost, "/recovery", map[string]any{"token": link, "credential": evil.create(question())}, 422)
		// A question that was asked of somebody else is not theirs.
		other := newAuthenticator(t, h.url).create(owner.question("/passkeys/begin"))
		h.stranger().refused(http.MethodPost, "/recovery", map[string]any{"token": link, "credential": other}, 422)

		back := h.stranger()
		back.enter("/recovery", map[string]any{"token": link, "name": "Phone", "credential": key.create(question())})
		var me identity.Me
		back.must(http.MethodGet, "/me", nil, 200, &me)
		if me.ID != ana.me.ID || me.HasPassword || me.Passkeys != 1 {
			t.Errorf("recovered as %+v", me)
		}
		h.stranger().refused(http.MethodPost, "/sessions", signInAs(ana, password), 401) // what was forgotten is void
		h.stranger().must(http.MethodPost, "/sessions/passkey", map[string]any{"credential": key.get(h.stranger().question("/sessions/passkey/begin"))}, 201, nil)
		h.stranger().refused(http.MethodPost, "/recovery/passkey/begin", map[string]any{"token": link}, 404)
	})
}

func TestRecoveryLinksThatAreVoid(t *testing.T) {
	each(t, func(t *testing.T, h *house, owner *guest) {
		admin := owner.invited(parley.Admin, "Adam Admin")
		n := 0
		change := func(of *guest, what map[string]any) {
			owner.must(http.MethodPatch, "/people/"+of.me.ID.String(), what, 200, nil)
		}
		for name, spoil := range map[string]func(ana *guest){
			"a day later":                 func(*guest) { h.clock.pass(24 * time.Hour) },
			"whose person is deactivated": func(ana *guest) { change(ana, map[string]any{"deactivated": true}) },
			"whose person was away between": func(ana *guest) {
				change(ana, map[string]any{"deactivated": true})
				change(ana, map[string]any{"deactivated": false})
			},
			"whose person is above who made it by now": func(ana *guest) { change(ana, map[string]any{"role": "owner"}) },
			"whose maker is no admin any more":         func(*guest) { change(admin, map[string]any{"role": "member"}) },
			"whose maker is deactivated":               func(*guest) { change(admin, map[string]any{"deactivated": true}) },
			"whose person has found the password": func(ana *guest) {
				ana.must(http.MethodPut, "/me/password", map[string]any{"current": password, "new": "a lighthouse in the fog"}, 204, nil)
			},
		} {
			n++
			ana := owner.invited(parley.MemberRole, fmt.Sprintf("Ana %c", 'A'+n))
			link := admin.recovery(ana)
			h.stranger().must(http.MethodPost, "/recovery/offer", map[string]any{"token": link}, 200, nil)
			spoil(ana)
			if answer, text := h.stranger().do(http.MethodPost, "/recovery/offer", map[string]any{"token": link}); answer.StatusCode != 404 {
				t.Errorf("one %s offers: %d %s", name, answer.StatusCode, text)
			}
			if answer, text := h.stranger().do(http.MethodPost, "/recovery", with(link)); answer.StatusCode != 404 {
				t.Errorf("one %s opens: %d %s", name, answer.StatusCode, text)
			}
			change(admin, map[string]any{"role": "admin", "deactivated": false})
			admin.must(http.MethodPost, "/sessions", signInAs(admin, password), 201, nil)
		}
	})
}

func TestWhoMayMakeRecoveryLinks(t *testing.T) {
	each(t, func(t *testing.T, h *house, owner *guest) {
		admin, member := owner.invited(parley.Admin, "Adam Admin"), owner.invited(parley.MemberRole, "Mia Member")
		gus := owner.invited(parley.Guest, "Gus Guest")
		var bot parley.Person
		owner.must(http.MethodPost, "/bots", map[string]any{"name": "Robo"}, 201, &bot)
		of := func(p parley.Person) string { return "/people/" + p.ID.String() + "/recovery" }
		admin.recovery(member)
		admin.recovery(gus)
		admin.refused(http.MethodPost, of(owner.me), nil, 403)
		admin.refused(http.MethodPost, of(admin.me), nil, 403)
		owner.refused(http.MethodPost, of(owner.me), nil, 403)
		owner.refused(http.MethodPost, of(bot), nil, 403)
		member.refused(http.MethodPost, of(gus.me), nil, 403)
		gus.refused(http.MethodPost, of(member.me), nil, 404)
		h.stranger().refused(http.MethodPost, of(member.me), nil, 401)
		owner.refused(http.MethodPost, "/people/"+parley.NewID().String()+"/recovery", nil, 404)
		// An access token that somebody finds makes no lasting way in.
		var made struct{ Token string }
		owner.must(http.MethodPost, "/tokens", map[string]any{"name": "found"}, 201, &made)
		program := h.stranger()
		program.bearer = made.Token
		program.refused(http.MethodPost, of(member.me), nil, 403)
		program.refused(http.MethodPut, "/me/email", map[string]any{"email": "x@harbour.example", "current": password}, 403)
	})
}

func TestARecoveryLinkIsUsedOnceByManyAtOnce(t *testing.T) {
	each(t, func(t *testing.T, h *house, owner *guest) {
		ana := owner.invited(parley.MemberRole, "Ana Member")
		link := owner.recovery(ana)
		status := make([]int, 8)
		var all sync.WaitGroup
		for i := range status {
			all.Go(func() {
				answer, _ := h.stranger().do(http.MethodPost, "/recovery", map[string]any{"token": link, "password": fmt.Sprint(fresh, i)})
				status[i] = answer.StatusCode
			})
		}
		all.Wait()
		opened := 0
		for i, s := range status {
			switch s {
			case 201:
				opened++
				h.stranger().must(http.MethodPost, "/sessions", signInAs(ana, fmt.Sprint(fresh, i)), 201, nil)
			case 404:
			default:
				t.Errorf("one was answered %d", s)
			}
		}
		if opened != 1 {
			t.Errorf("%d came in by one link", opened)
		}
	})
}

func TestGuessingAtRecoveryLinksHasToWait(t *testing.T) {
	each(t, func(t *testing.T, h *house, owner *guest) {
		ana := owner.invited(parley.MemberRole, "Ana Member")
		link := owner.recovery(ana)
		limited := 0
		for i := range 25 {
			body := map[string]any{"token": fmt.Sprint("guess", i)}
			path := []string{"/recovery", "/recovery/offer", "/recovery/passkey/begin"}[i%3]
			if path == "/recovery" {
				body["password"] = fresh
			}
			if answer, _ := h.stranger().do(http.MethodPost, path, body); answer.StatusCode == 429 {
				limited++
			}
		}
		if limited != 5 {
			t.Errorf("%d of 25 guesses had to wait, want 5", limited)
		}
		h.stranger().refused(http.MethodPost, "/recovery", with(link), 429) // from there, the right one too
		h.clock.pass(time.Hour)
		for range 25 { // good ones are not counted
			h.stranger().must(http.MethodPost, "/recovery/offer", map[string]any{"token": link}, 200, nil)
		}
	})
}

func TestWhoHasTheMachineMakesARecoveryLinkForAnybody(t *testing.T) {
	each(t, func(t *testing.T, h *house, owner *guest) {
		_, url, err := h.people.MakeRecoveryOf(t.Context(), "Olga@Harbour.example")
		if err != nil {
			t.Fatal(err)
		}
		back := h.stranger()
		back.enter("/recovery", with(fragment(url)))
		if back.me.Role != parley.Owner {
			t.Errorf("opened %+v", back.me)
		}
		owner.refused(http.MethodGet, "/me", nil, 401)
		if _, _, err := h.people.MakeRecoveryOf(t.Context(), "nobody@harbour.example"); err == nil {
			t.Error("a link was made for nobody")
		}
	})
}

func TestTheMailAddressIsChangedByWhoseItIs(t *testing.T) {
	each(t, func(t *testing.T, h *house, owner *guest) {
		ana := owner.invited(parley.MemberRole, "Ana Member")
		to := func(more map[string]any) map[string]any {
			body := map[string]any{"email": " New.Ana@Harbour.example"}
			for k, v := range more {
				body[k] = v
			}
			return body
		}
		for field, body := range map[string]map[string]any{
			"body.current": to(map[string]any{"current": "not it at all"}),
			"body.email":   {"email": "nobody", "current": password},
		} {
			status := map[string]int{"body.current": 403, "body.email": 422}[field]
			if p := ana.refused(http.MethodPut, "/me/email", body, status); len(p.Errors) != 1 || p.Errors[0].Location != field {
				t.Errorf("%s: %+v", field, p)
			}
		}
		p := ana.refused(http.MethodPut, "/me/email", map[string]any{"email": "olga@harbour.example", "current": password}, 409)
		if len(p.Errors) != 1 || p.Errors[0].Location != "body.email" || strings.Contains(strings.ToLower(p.Detail), "olga") {
			t.Errorf("another's: %+v", p)
		}
		h.stranger().must(http.MethodPost, "/sessions", signInAs(ana, password), 201, nil) // a refused change changes nothing

		var me identity.Me
		ana.must(http.MethodPut, "/me/email", to(map[string]any{"current": password}), 200, &me)
		if me.Email != "new.ana@harbour.example" {
			t.Errorf("changed to %q", me.Email)
		}
		h.stranger().refused(http.MethodPost, "/sessions", signInAs(ana, password), 401)
		h.stranger().must(http.MethodPost, "/sessions", map[string]any{"email": "new.ana@harbour.example", "password": password}, 201, nil)

		// By a passkey, one's own.
		key, others := newAuthenticator(t, h.url), newAuthenticator(t, h.url)
		ana.register(key, "Phone")
		owner.register(others, "Key")
		answer := func(a *authenticator) map[string]any {
			return map[string]any{"email": "third@harbour.example", "credential": a.get(h.stranger().question("/sessions/passkey/begin"))}
		}
		if p := ana.refused(http.MethodPut, "/me/email", answer(others), 403); len(p.Errors) != 1 || p.Errors[0].Location != "body.credential" {
			t.Errorf("by another's passkey: %+v", p)
		}
		ana.must(http.MethodPut, "/me/email", answer(key), 200, &me)
		if me.Email != "third@harbour.example" {
			t.Errorf("changed to %q", me.Email)
		}
		// Guessing at the password of an open session has to wait.
		limited := 0
		for range 8 {
			if answer, _ := ana.do(http.MethodPut, "/me/email", to(map[string]any{"current": "guess guess"})); answer.StatusCode == 429 {
				limited++
			}
		}
		if limited == 0 {
			t.Error("guesses do not have to wait")
		}
	})
}

func TestTheDatabaseOpensNothing(t *testing.T) {
	each(t, func(t *testing.T, h *house, owner *guest) {
		var made struct{ Token string }
		owner.must(http.MethodPost, "/tokens", map[string]any{"name": "program"}, 201, &made)
		secrets := map[string]string{
			"session": owner.cookie, "access_token": made.Token, "invitation": fragment(owner.invite(map[string]any{"role": "member"}).URL),
			"recovery": owner.recovery(owner.invited(parley.MemberRole, "Ana Member")),
		}
		for table, secret := range secrets {
			kept, err := store.All(t.Context(), h.db, store.Value[string], `SELECT token_hash FROM `+table)
			if err != nil || len(kept) == 0 {
				t.Fatalf("%s: %q, %v", table, kept, err)
			}
			for _, hash := range kept {
				if len(hash) != 64 || strings.Contains(hash, secret) || strings.Contains(secret, hash) {
					t.Errorf("%s keeps %q", table, hash)
				}
			}
		}
	})
}

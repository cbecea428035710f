package api_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/parley"
)

func (g *guest) question(path string) json.RawMessage {
	g.h.t.Helper()
	var q struct{ Options json.RawMessage }
	g.must(http.MethodPost, path, nil, 200, &q)
	return q.Options
}

func (g *guest) register(a *authenticator, name string) identity.Passkey {
	g.h.t.Helper()
	var p identity.Passkey
	g.must(http.MethodPost, "/passkeys", map[string]any{"name": name, "credential": a.create(g.question("/passkeys/begin"))}, 201, &p)
	return p
}

func TestPasskeys(t *testing.T) {
	each(t, func(t *testing.T, h *house, owner *guest) {
		// An account without a password, whose passkey is made at once.
		inv := owner.invite(map[string]any{"role": "member"})
		body := account("Ana Member")
		delete(body, "password")
		ana := h.stranger()
		ana.enter("/invitations/"+fragment(inv.URL)+"/accept", body)
		phone := newAuthenticator(t, h.url)
		made := ana.register(phone, "Phone")
		var list []identity.Passkey
		ana.must(http.MethodGet, "/passkeys", nil, 200, &list)
		if len(list) != 1 || list[0].Name != "Phone" || list[0].LastUsedAt != nil {
			t.Errorf("passkeys: %+v", list)
		}
		h.stranger().refused(http.MethodPost, "/sessions", map[string]any{"email": "ana.member@harbour.example", "password": ""}, 401)

		g := h.stranger()
		answer := phone.get(g.question("/sessions/passkey/begin"))
		var in struct{ Me identity.Me }
		g.must(http.MethodPost, "/sessions/passkey", map[string]any{"credential": answer}, 201, &in)
		if in.Me.ID != ana.me.ID || in.Me.HasPassword || in.Me.Passkeys != 1 {
			t.Errorf("signed in as %+v", in.Me)
		}
		g.must(http.MethodGet, "/passkeys", nil, 200, &list)
		if list[0].LastUsedAt == nil {
			t.Error("its use is not written down")
		}

		// The only way in stays, until there is another.
		if p := g.refused(http.MethodDelete, "/passkeys/"+made.ID.String(), nil, 409); p.Code != "only_way_in" {
			t.Errorf("the only way in: %+v", p)
		}
		owner.refused(http.MethodDelete, "/passkeys/"+made.ID.String(), nil, 404)
		g.must(http.MethodPut, "/me/password", map[string]any{"new": "a lighthouse in the fog"}, 204, nil)
		g.must(http.MethodDelete, "/passkeys/"+made.ID.String(), nil, 204, nil)
		again := phone.get(h.stranger().question("/sessions/passkey/begin"))
		h.stranger().refused(http.MethodPost, "/sessions/passkey", map[string]any{"credential": again}, 401)
	})
}

func TestPasskeysThatAreRefused(t *testing.T) {
	each(t, func(t *testing.T, h *house, owner *guest) {
		ana := owner.invited(parley.MemberRole, "Ana Member")
		key := newAuthenticator(t, h.url)
		ana.register(key, "")
		begin := func() json.RawMessage { return h.stranger().question("/sessions/passkey/begin") }
		refused := func(why string, credential any, status int) {
			t.Helper()
			if p := h.stranger().refused(http.MethodPost, "/sessions/passkey", map[string]any{"credential": credential}, status); p.Detail == "" {
				t.Errorf("%s: %+v", why, p)
			}
		}
		good := key.get(begin())
		h.stranger().must(http.MethodPost, "/sessions/passkey", map[string]any{"credential": good}, 201, nil)
		refused("the same answer twice", good, 422)

		late := key.get(begin())
		h.clock.pass(5*time.Minute + time.Second)
		refused("too late", late, 422)

		ours := begin()
		var o map[string]any
		if err := json.Unmarshal(ours, &o); err != nil {
			t.Fatal(err)
		}
		challenge := o["challenge"].(string)
		o["challenge"] = strings.Repeat("A", len(challenge))
		forged, _ := json.Marshal(o)
		refused("a challenge of their own", key.get(forged), 422)

		// A challenge to add a passkey is none to sign in, nor another person's to add one.
		var creation map[string]any
		if err := json.Unmarshal(ana.question("/passkeys/begin"), &creation); err != nil {
			t.Fatal(err)
		}
		o["challenge"] = creation["challenge"]
		mixed, _ := json.Marshal(o)
		refused("a challenge for something else", key.get(mixed), 422)
		stolen := newAuthenticator(t, h.url).create(ana.question("/passkeys/begin"))
		owner.refused(http.MethodPost, "/passkeys", map[string]any{"credential": stolen}, 422)

		evil := *key
		evil.origin = "https://evil.example"
		refused("another site's", evil.get(begin()), 401)
		evil = *key
		evil.rp = "evil.example"
		refused("for another site", evil.get(begin()), 401)
		evil = *key
		evil.key = newAuthenticator(t, h.url).key
		refused("signed by another key", evil.get(begin()), 401)
		evil = *key
		evil.user = []byte(owner.me.ID.String())
		refused("for another person", evil.get(begin()), 401)
		evil = *key
		evil.user = []byte("nobody")
		refused("for nobody", evil.get(begin()), 401)
		evil = *key
		evil.count = 0
		refused("of a copy, whose counter went back", evil.get(begin()), 401)
		for _, nonsense := range []any{nil, "x", map[string]any{}, map[string]any{"id": "AAAA", "type": "public-key"}, []any{1}} {
			refused("nonsense", nonsense, 422)
		}
		key.count = 100
		h.stranger().must(http.MethodPost, "/sessions/passkey", map[string]any{"credential": key.get(begin())}, 201, nil)

		twice := newAuthenticator(t, h.url)
		ana.register(twice, "Key")
		owner.refused(http.MethodPost, "/passkeys", map[string]any{"credential": twice.create(owner.question("/passkeys/begin"))}, 409)
		owner.must(http.MethodPatch, "/people/"+ana.me.ID.String(), map[string]any{"deactivated": true}, 200, nil)
		key.count = 200
		refused("of who is deactivated", key.get(begin()), 401)
	})
}

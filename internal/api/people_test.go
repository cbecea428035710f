package api_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/parley-im/parley/internal/blob"
	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
	"github.com/parley-im/parley/internal/store/storetest"
)

func names(people []parley.Person) (all []string) {
	for _, p := range people {
		all = append(all, p.Name)
	}
	return all
}

func TestAGuestSeesOnlyWhomTheyMay(t *testing.T) {
	each(t, func(t *testing.T, h *house, owner *guest) {
		ana, ben := owner.invited(parley.MemberRole, "Ana Member"), owner.invited(parley.MemberRole, "Ben Member")
		gus := owner.invited(parley.Guest, "Gus Guest")
		h.channel(ana, "private", gus)
		h.channel(ben, "public")
		var people []parley.Person
		gus.must(http.MethodGet, "/people", nil, 200, &people)
		if got := names(people); !slices.Equal(got, []string{"Ana Member", "Gus Guest"}) {
			t.Errorf("the guest sees %v", got)
		}
		gus.must(http.MethodGet, "/people/"+ana.me.ID.String(), nil, 200, nil)
		gus.refused(http.MethodGet, "/people/"+ben.me.ID.String(), nil, 404)
		gus.refused(http.MethodGet, "/people/"+ben.me.ID.String()+"/avatar", nil, 404)
		gus.refused(http.MethodPatch, "/people/"+ben.me.ID.String(), map[string]any{"title": "x"}, 404)
		gus.refused(http.MethodPatch, "/people/"+ana.me.ID.String(), map[string]any{"title": "x"}, 403)
		gus.refused(http.MethodGet, "/people/"+parley.NewID().String(), nil, 404)
		ben.must(http.MethodGet, "/people", nil, 200, &people)
		if len(people) != 4 {
			t.Errorf("a member sees %v", names(people))
		}
		owner.must(http.MethodPost, "/groups", map[string]any{"handle": "crew", "name": "Crew"}, 201, nil)
		var groups []parley.PersonGroup
		gus.must(http.MethodGet, "/groups", nil, 200, &groups)
		if len(groups) != 0 {
			t.Errorf("the guest sees groups %v", groups)
		}
	})
}

func TestProfile(t *testing.T) {
	each(t, func(t *testing.T, h *house, owner *guest) {
		ana := owner.invited(parley.MemberRole, "Ana Member")
		var told []parley.Person
		h.people.Hooks.PersonChanged = func(p parley.Person) { told = append(told, p) }
		var me identity.Me
		ana.must(http.MethodPatch, "/me", map[string]any{
			"name": " Ana  Núñez ", "handle": "nunez", "title": "Pilot", "zone": "America/Lima", "language": "es_pe",
			"hours": []any{map[string]any{"day": 5, "from": "08:00", "to": "12:00"}, map[string]any{"day": 1, "from": "08:00", "to": "24:00"}},
		}, 200, &me)
		if me.Name != "Ana Núñez" || me.Handle != "nunez" || me.Title != "Pilot" || me.Zone != "America/Lima" || me.Language != "es-PE" ||
			len(me.Hours) != 2 || me.Hours[0].Day != 1 || me.Version <= ana.me.Version || me.Email != "ana.member@harbour.example" {
			t.Errorf("changed to %+v", me)
		}
		if len(told) != 1 || told[0].Handle != "nunez" || told[0].Version != me.Version {
			t.Errorf("told of %+v", told)
		}
		owner.must(http.MethodPost, "/groups", map[string]any{"handle": "crew", "name": "Crew"}, 201, nil)
		for body, want := range map[string]struct {
			status int
			field  string
		}{
			`{"handle":"olga"}`:      {409, "body.handle"},
			`{"handle":"crew"}`:      {409, "body.handle"},
			`{"handle":"everyone"}`:  {422, "body.handle"},
			`{"name":""}`:            {422, "body.name"},
			`{"zone":"Local"}`:       {422, "body.zone"},
			`{"language":"?"}`:       {422, "body.language"},
			`{"name":7}`:             {422, "body.name"},
			`{"hours":[{"day":9}]}`:  {422, "body.hours[0]"},
			`{"title":"\u202eevil"}`: {422, "body.title"},
			`{"title":"` + strings.Repeat("x", 101) + `"}`: {422, "body.title"},
		} {
			p := ana.refused(http.MethodPatch, "/me", body, want.status)
			if len(p.Errors) == 0 || !strings.HasPrefix(p.Errors[0].Location, want.field) {
				t.Errorf("%s: %+v", body, p)
			}
		}
		ana.must(http.MethodPatch, "/me", map[string]any{"handle": "nunez"}, 200, nil) // one's own
		ana.refused(http.MethodPatch, "/me", `{"name":`, 400)

		var p parley.Person
		until := h.clock.Now().Add(time.Hour)
		ana.must(http.MethodPut, "/me/status", map[string]any{"emoji": "🌴", "text": "on leave", "until": until}, 200, &p)
		owner.must(http.MethodGet, "/people/"+ana.me.ID.String(), nil, 200, &p)
		if p.Status == nil || p.Status.Text != "on leave" || p.Status.Until == nil {
			t.Errorf("the status is %+v", p.Status)
		}
		h.clock.pass(time.Hour)
		var later parley.Person
		owner.must(http.MethodGet, "/people/"+ana.me.ID.String(), nil, 200, &later)
		if later.Status != nil {
			t.Errorf("after its end the status is %+v", later.Status)
		}
		ana.refused(http.MethodPut, "/me/status", map[string]any{"text": "x", "until": until}, 422)
		ana.refused(http.MethodPut, "/me/status", map[string]any{"text": " "}, 422)
		ana.must(http.MethodPut, "/me/status", map[string]any{"text": "back"}, 200, nil)
		ana.must(http.MethodDelete, "/me/status", nil, 204, nil)
	})
}

func TestPreferences(t *testing.T) {
	each(t, func(t *testing.T, h *house, owner *guest) {
		ana := owner.invited(parley.MemberRole, "Ana Member")
		var set map[string]any
		ana.must(http.MethodGet, "/me/preferences", nil, 200, &set)
		if len(set) != 0 {
			t.Errorf("at first: %v", set)
		}
		ana.must(http.MethodPatch, "/me/preferences", map[string]any{"theme": "dark", "show_presence": false, "mine": map[string]any{"a": 1, "b": 2}}, 200, nil)
		ana.must(http.MethodPatch, "/me/preferences", map[string]any{"theme": nil, "mine": map[string]any{"a": nil}}, 200, nil)
		set = nil
		ana.must(http.MethodGet, "/me/preferences", nil, 200, &set)
		if fmt.Sprint(set) != "map[mine:map[b:2] show_presence:false]" {
			t.Errorf("merged: %v", set)
		}
		for _, wrong := range []string{`{"theme":"pink"}`, `{"read_receipts":1}`, `[]`, `{"x":"` + strings.Repeat("x", 17<<10) + `"}`, `{"x":"\u0000"}`} {
			ana.refused(http.MethodPatch, "/me/preferences", wrong, 422)
		}
		// Who hides their presence is not seen to have been there, but by themselves.
		h.clock.pass(time.Hour)
		var me identity.Me
		ana.must(http.MethodGet, "/me", nil, 200, nil)
		ana.must(http.MethodGet, "/me", nil, 200, &me)
		var p parley.Person
		owner.must(http.MethodGet, "/people/"+ana.me.ID.String(), nil, 200, &p)
		if p.LastSeenAt != nil || me.LastSeenAt == nil {
			t.Errorf("others see %v, she sees %v", p.LastSeenAt, me.LastSeenAt)
		}
	})
}

func TestRoles(t *testing.T) {
	each(t, func(t *testing.T, h *house, owner *guest) {
		admin, ana := owner.invited(parley.Admin, "Adam Admin"), owner.invited(parley.MemberRole, "Ana Member")
		path := func(g *guest) string { return "/people/" + g.me.ID.String() }
		var p parley.Person
		admin.must(http.MethodPatch, path(ana), map[string]any{"role": "admin", "title": "Deputy"}, 200, &p)
		if p.Role != parley.Admin || p.Title != "Deputy" {
			t.Errorf("changed to %+v", p)
		}
		admin.refused(http.MethodPatch, path(ana), map[string]any{"role": "owner"}, 403)
		admin.refused(http.MethodPatch, path(owner), map[string]any{"role": "member"}, 403)
		admin.refused(http.MethodPatch, path(owner), map[string]any{"deactivated": true}, 403)
		admin.refused(http.MethodPatch, path(owner), map[string]any{"name": "Oleg"}, 403)
		owner.refused(http.MethodPatch, path(ana), map[string]any{"role": "king"}, 422)
		owner.must(http.MethodPatch, path(ana), map[string]any{"role": "member"}, 200, nil)
		ana.refused(http.MethodPatch, path(admin), map[string]any{"role": "guest"}, 403)

		if got := owner.refused(http.MethodPatch, path(owner), map[string]any{"role": "member"}, 403); got.Detail != "there must be an owner" {
			t.Errorf("the last owner is told %q", got.Detail)
		}
		owner.refused(http.MethodPatch, path(owner), map[string]any{"deactivated": true}, 403)

		// Two owners who depose each other at once leave one.
		owner.must(http.MethodPatch, path(ana), map[string]any{"role": "owner"}, 200, nil)
		var wg sync.WaitGroup
		wg.Go(func() { owner.do(http.MethodPatch, path(ana), map[string]any{"role": "member"}) })
		wg.Go(func() { ana.do(http.MethodPatch, path(owner), map[string]any{"role": "member"}) })
		wg.Wait()
		left := 0
		var people []parley.Person
		admin.must(http.MethodGet, "/people", nil, 200, &people)
		for _, p := range people {
			if p.Role == parley.Owner {
				left++
			}
		}
		if left != 1 {
			t.Errorf("%d owners are left", left)
		}
	})
}

func TestWhoIsDeactivatedIsOut(t *testing.T) {
	each(t, func(t *testing.T, h *house, owner *guest) {
		ana := owner.invited(parley.MemberRole, "Ana Member")
		var token struct{ Token string }
		ana.must(http.MethodPost, "/tokens", map[string]any{"name": "script"}, 201, &token)
		script := h.stranger()
		script.bearer = token.Token
		script.must(http.MethodGet, "/me", nil, 200, nil)
		var all []parley.ID
		h.people.Hooks.Revoked = func(p, c parley.ID) {
			if c == parley.None {
				all = append(all, p)
			}
		}
		owner.must(http.MethodPatch, "/people/"+ana.me.ID.String(), map[string]any{"deactivated": true}, 200, nil)
		ana.refused(http.MethodGet, "/me", nil, 401)
		script.refused(http.MethodGet, "/me", nil, 401)
		h.stranger().refused(http.MethodPost, "/sessions", map[string]any{"email": "ana.member@harbour.example", "password": password}, 401)
		if !slices.Equal(all, []parley.ID{ana.me.ID}) {
			t.Errorf("told of %v", all)
		}
		var p parley.Person
		owner.must(http.MethodGet, "/people/"+ana.me.ID.String(), nil, 200, &p)
		if p.DeactivatedAt == nil {
			t.Error("others do not see that she has gone")
		}
		owner.must(http.MethodPatch, "/people/"+ana.me.ID.String(), map[string]any{"deactivated": false}, 200, nil)
		h.stranger().must(http.MethodPost, "/sessions", map[string]any{"email": "ana.member@harbour.example", "password": password}, 201, nil)
		ana.refused(http.MethodGet, "/me", nil, 401)
	})
}

func TestGroups(t *testing.T) {
	each(t, func(t *testing.T, h *house, owner *guest) {
		ana, ben := owner.invited(parley.MemberRole, "Ana Member"), owner.invited(parley.MemberRole, "Ben Member")
		var told []string
		h.people.Hooks.GroupChanged = func(g parley.PersonGroup, gone bool) { told = append(told, fmt.Sprint(g.Handle, len(g.Members), gone)) }
		var g parley.PersonGroup
		owner.must(http.MethodPost, "/groups", map[string]any{"handle": "crew", "name": "The crew", "members": []any{ben.me.ID, ana.me.ID, ana.me.ID}}, 201, &g)
		if len(g.Members) != 2 {
			t.Errorf("made %+v", g)
		}
		path := "/groups/" + g.ID.String()
		owner.must(http.MethodPatch, path, map[string]any{"name": "Crew", "members": []any{ana.me.ID}}, 200, &g)
		var all []parley.PersonGroup
		ana.must(http.MethodGet, "/groups", nil, 200, &all)
		if len(all) != 1 || all[0].Name != "Crew" || all[0].Handle != "crew" || !slices.Equal(all[0].Members, []parley.ID{ana.me.ID}) {
			t.Errorf("ana sees %+v", all)
		}
		owner.refused(http.MethodPost, "/groups", map[string]any{"handle": "ana", "name": "x"}, 409)
		owner.refused(http.MethodPost, "/groups", map[string]any{"handle": "crew", "name": "x"}, 409)
		owner.refused(http.MethodPost, "/groups", map[string]any{"handle": "here", "name": "x"}, 422)
		owner.refused(http.MethodPost, "/groups", map[string]any{"handle": "x"}, 422)
		owner.refused(http.MethodPost, "/groups", map[string]any{"handle": "x", "name": "x", "members": []any{parley.NewID()}}, 422)
		owner.must(http.MethodPost, "/groups", map[string]any{"handle": "x", "name": "x"}, 201, nil) // of the refused nothing is left
		owner.refused(http.MethodPatch, "/groups/"+parley.NewID().String(), map[string]any{"name": "x"}, 404)
		ana.refused(http.MethodPost, "/groups", map[string]any{"handle": "mine", "name": "Mine"}, 403)
		ana.refused(http.MethodPatch, path, map[string]any{"name": "Mine"}, 403)
		ana.refused(http.MethodDelete, path, nil, 403)
		owner.must(http.MethodDelete, path, nil, 204, nil)
		owner.refused(http.MethodDelete, path, nil, 404)
		if want := "[crew2 false crew1 false x0 false crew1 true]"; fmt.Sprint(told) != want {
			t.Errorf("told of %v, want %s", told, want)
		}
	})
}

func TestTokensAndBots(t *testing.T) {
	each(t, func(t *testing.T, h *house, owner *guest) {
		ana := owner.invited(parley.MemberRole, "Ana Member")
		type token struct {
			ID        parley.ID
			Token     string
			ExpiresAt *time.Time `json:"expires_at"`
		}
		var mine, once token
		ana.must(http.MethodPost, "/tokens", map[string]any{"name": "script"}, 201, &mine)
		ana.must(http.MethodPost, "/tokens", map[string]any{"name": "for a day", "expires_in_days": 1}, 201, &once)
		if !strings.HasPrefix(mine.Token, "parley_") || mine.ExpiresAt != nil || once.ExpiresAt == nil {
			t.Errorf("made %+v and %+v", mine, once)
		}
		script, brief := h.stranger(), h.stranger()
		script.bearer, brief.bearer = mine.Token, once.Token
		var me identity.Me
		script.must(http.MethodGet, "/me", nil, 200, &me)
		if me.ID != ana.me.ID {
			t.Errorf("the script is %+v", me)
		}
		brief.must(http.MethodGet, "/me", nil, 200, nil)
		var list []identity.AccessToken
		h.clock.pass(time.Hour)
		script.must(http.MethodGet, "/tokens", nil, 200, &list)
		script.must(http.MethodGet, "/tokens", nil, 200, &list)
		if len(list) != 2 || list[1].LastUsedAt == nil {
			t.Errorf("tokens: %+v", list)
		}
		// What is found in a script must not become a lasting way in.
		for _, r := range [][3]string{
			{"POST", "/tokens", `{"name":"x"}`},
			{"PUT", "/me/password", `{"new":"a lighthouse in the fog"}`},
			{"POST", "/passkeys/begin", ""},
			{"POST", "/passkeys", `{"credential":{}}`},
			{"DELETE", "/sessions", ""},
			{"DELETE", "/sessions/current", ""},
		} {
			if p := script.refused(r[0], r[1], r[2], 403); p.Code != "session_needed" {
				t.Errorf("%v: %+v", r, p)
			}
		}
		h.clock.pass(24 * time.Hour)
		brief.refused(http.MethodGet, "/me", nil, 401)
		owner.refused(http.MethodDelete, "/tokens/"+mine.ID.String(), nil, 404)
		ana.must(http.MethodDelete, "/tokens/"+mine.ID.String(), nil, 204, nil)
		ana.refused(http.MethodDelete, "/tokens/"+mine.ID.String(), nil, 404)
		script.refused(http.MethodGet, "/me", nil, 401)
		ana.refused(http.MethodPost, "/tokens", map[string]any{"name": ""}, 422)

		var bot parley.Person
		owner.must(http.MethodPost, "/bots", map[string]any{"name": "Alert Bot", "handle": "alerts"}, 201, &bot)
		if bot.Kind != parley.Bot || bot.Role != parley.MemberRole || bot.Handle != "alerts" || bot.Zone != "Europe/Berlin" {
			t.Errorf("the bot is %+v", bot)
		}
		ana.refused(http.MethodPost, "/bots", map[string]any{"name": "Hers"}, 403)
		ana.refused(http.MethodGet, "/bots", nil, 403)
		ana.refused(http.MethodPost, "/bots/"+bot.ID.String()+"/tokens", map[string]any{"name": "x"}, 403)
		owner.refused(http.MethodPost, "/bots/"+ana.me.ID.String()+"/tokens", map[string]any{"name": "x"}, 404)
		owner.refused(http.MethodDelete, "/bots/"+ana.me.ID.String(), nil, 404)
		owner.refused(http.MethodPatch, "/people/"+bot.ID.String(), map[string]any{"role": "admin"}, 403)
		var key token
		owner.must(http.MethodPost, "/bots/"+bot.ID.String()+"/tokens", map[string]any{"name": "alertmanager"}, 201, &key)
		robot := h.stranger()
		robot.bearer = key.Token
		robot.must(http.MethodGet, "/me", nil, 200, &me)
		if me.ID != bot.ID {
			t.Errorf("the bot's token is %+v", me)
		}
		owner.must(http.MethodGet, "/bots/"+bot.ID.String()+"/tokens", nil, 200, &list)
		if len(list) != 1 {
			t.Errorf("the bot's tokens: %+v", list)
		}
		owner.must(http.MethodDelete, "/bots/"+bot.ID.String(), nil, 204, nil)
		robot.refused(http.MethodGet, "/me", nil, 401)
		var bots []parley.Person
		owner.must(http.MethodGet, "/bots", nil, 200, &bots)
		if len(bots) != 0 {
			t.Errorf("bots: %+v", bots)
		}
	})
}

func TestOrganisation(t *testing.T) {
	each(t, func(t *testing.T, h *house, owner *guest) {
		ana := owner.invited(parley.MemberRole, "Ana Member")
		var told parley.Organisation
		h.people.Hooks.OrganisationChanged = func(o parley.Organisation) { told = o }
		var o parley.Organisation
		owner.must(http.MethodPatch, "/organisation", map[string]any{"name": "Haven", "create_channels": "admin", "zone": "UTC", "language": "en", "urgent": 5}, 200, &o)
		ana.must(http.MethodGet, "/organisation", nil, 200, &o)
		want := parley.Organisation{Name: "Haven", Zone: "UTC", Language: "en", CreateChannels: "admin", MentionEveryone: "admin", Invite: "member", Urgent: 5}
		if o != want || told != want {
			t.Errorf("it is %+v, told %+v", o, told)
		}
		ana.refused(http.MethodPatch, "/organisation", map[string]any{"name": "Hers"}, 403)
		for _, wrong := range []string{`{"invite":"guest"}`, `{"name":" "}`, `{"zone":"x"}`, `{"language":"?"}`, `{"urgent":-1}`, `{"urgent":101}`} {
			owner.refused(http.MethodPatch, "/organisation", wrong, 422)
		}
	})
}

func TestAvatar(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		blobs, err := blob.Open(t.Context(), "file://"+t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = blobs.Close() })
		h := openWith(t, db, identity.Options{Blobs: blobs})
		owner := h.found()
		var picture bytes.Buffer
		if err := png.Encode(&picture, image.NewRGBA(image.Rect(0, 0, 300, 200))); err != nil {
			t.Fatal(err)
		}
		var p parley.Person
		owner.must(http.MethodPut, "/me/avatar", picture.String(), 200, &p)
		if !strings.HasPrefix(p.Avatar, "/avatars/") {
			t.Fatalf("the avatar is %q", p.Avatar)
		}
		answer, body := owner.do(http.MethodGet, "!"+p.Avatar, nil)
		if answer.StatusCode != 200 || answer.Header.Get("Content-Type") != "image/png" || !strings.Contains(answer.Header.Get("Cache-Control"), "immutable") {
			t.Errorf("the picture: %d %v", answer.StatusCode, answer.Header)
		}
		if shown, err := png.Decode(bytes.NewReader(body)); err != nil || shown.Bounds().Dx() != shown.Bounds().Dy() {
			t.Errorf("the picture is no square: %v", err)
		}
		if answer, _ := owner.do(http.MethodGet, "/people/"+owner.me.ID.String()+"/avatar", nil); answer.StatusCode != 200 || answer.Request.URL.Path != p.Avatar {
			t.Errorf("a person's picture is at %s, %d", answer.Request.URL, answer.StatusCode)
		}
		h.stranger().refused(http.MethodGet, "!"+p.Avatar, nil, 401)
		other, err := blobs.Put(t.Context(), strings.NewReader("a secret file"), 100)
		if err != nil {
			t.Fatal(err)
		}
		owner.refused(http.MethodGet, "!/avatars/"+other.Hash, nil, 404)
		owner.refused(http.MethodGet, "!/avatars/..%2fparley.db", nil, 404)
		if bad := owner.refused(http.MethodPut, "/me/avatar", "<svg onload=alert(1)>", 422); bad.Code != "image" {
			t.Errorf("an SVG: %+v", bad)
		}
		owner.refused(http.MethodPut, "/me/avatar", strings.Repeat("x", identity.MaxAvatar+1), 413)
		owner.must(http.MethodDelete, "/me/avatar", nil, 204, nil)
		owner.refused(http.MethodGet, "!"+p.Avatar, nil, 404)
		owner.refused(http.MethodGet, "/people/"+owner.me.ID.String()+"/avatar", nil, 404)
	})
}

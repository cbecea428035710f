package api_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

type invitation struct {
	ID  parley.ID
	URL string
}

func (g *guest) invite(order map[string]any) invitation {
	g.h.t.Helper()
	var inv invitation
	g.must(http.MethodPost, "/invitations", order, 201, &inv)
	if !strings.HasPrefix(inv.URL, g.h.url+"/join#") || len(fragment(inv.URL)) != 43 {
		g.h.t.Errorf("the link is %s", inv.URL)
	}
	return inv
}

func TestInvitation(t *testing.T) {
	each(t, func(t *testing.T, h *house, owner *guest) {
		var offer identity.Offer
		inv := owner.invite(map[string]any{"role": "admin", "note": "for Ana"})
		h.stranger().must(http.MethodGet, "/invitations/"+fragment(inv.URL)+"/offer", nil, 200, &offer)
		if offer.Organisation != "Harbour" || offer.InvitedBy != "Olga Owner" || offer.Role != parley.Admin || offer.Zone != "Europe/Berlin" {
			t.Errorf("the offer is %+v", offer)
		}
		ana := h.stranger()
		ana.enter("/invitations/"+fragment(inv.URL)+"/accept", account("Ana María"))
		if ana.me.Role != parley.Admin || ana.me.Handle != "ana" || ana.me.Zone != "Asia/Tokyo" {
			t.Errorf("who came is %+v", ana.me)
		}
		h.stranger().refused(http.MethodGet, "/invitations/"+fragment(inv.URL)+"/offer", nil, 404)
		h.stranger().refused(http.MethodPost, "/invitations/"+fragment(inv.URL)+"/accept", account("Second One"), 404)
		h.stranger().refused(http.MethodPost, "/invitations/nonsense/accept", account("Third One"), 404)
		if strings.Contains(h.log.String(), fragment(inv.URL)) {
			t.Error("the link is in the log")
		}
	})
}

func TestInvitationEnds(t *testing.T) {
	each(t, func(t *testing.T, h *house, owner *guest) {
		admin := owner.invited(parley.Admin, "Adam Admin")
		member := owner.invited(parley.MemberRole, "Mia Member")
		expired := owner.invite(map[string]any{"role": "member", "expires_in_days": 1})
		revoked := owner.invite(map[string]any{"role": "member"})
		ofWhoWent := admin.invite(map[string]any{"role": "member"})
		many := member.invite(map[string]any{"role": "member", "uses": 3, "expires_in_days": 30})

		var list []identity.Invitation
		owner.must(http.MethodGet, "/invitations", nil, 200, &list)
		if len(list) != 4 {
			t.Errorf("the owner sees %+v", list)
		}
		member.must(http.MethodGet, "/invitations", nil, 200, &list)
		if len(list) != 1 || list[0].ID != many.ID || list[0].UsesLeft != 3 {
			t.Errorf("the member sees %+v", list)
		}
		member.refused(http.MethodDelete, "/invitations/"+revoked.ID.String(), nil, 404)
		owner.must(http.MethodDelete, "/invitations/"+revoked.ID.String(), nil, 204, nil)
		owner.refused(http.MethodDelete, "/invitations/"+revoked.ID.String(), nil, 404)
		owner.must(http.MethodPatch, "/people/"+admin.me.ID.String(), map[string]any{"deactivated": true}, 200, nil)
		h.clock.pass(25 * time.Hour)
		for _, over := range []invitation{expired, revoked, ofWhoWent} {
			h.stranger().refused(http.MethodGet, "/invitations/"+fragment(over.URL)+"/offer", nil, 404)
			h.stranger().refused(http.MethodPost, "/invitations/"+fragment(over.URL)+"/accept", account("Late Comer"), 404)
		}

		var wg sync.WaitGroup
		status := make([]int, 8)
		for i := range status {
			wg.Go(func() {
				answer, _ := h.stranger().do(http.MethodPost, "/invitations/"+fragment(many.URL)+"/accept", account("Guest "+string(rune('A'+i))))
				status[i] = answer.StatusCode
			})
		}
		wg.Wait()
		slices.Sort(status)
		if !slices.Equal(status, []int{201, 201, 201, 404, 404, 404, 404, 404}) {
			t.Errorf("eight with three uses: %v", status)
		}
		member.must(http.MethodGet, "/people", nil, 200, &[]parley.Person{})
	})
}

func TestNobodyInvitesAboveThemselves(t *testing.T) {
	each(t, func(t *testing.T, h *house, owner *guest) {
		admin := owner.invited(parley.Admin, "Adam Admin")
		member := owner.invited(parley.MemberRole, "Mia Member")
		guest := owner.invited(parley.Guest, "Gus Guest")
		admin.refused(http.MethodPost, "/invitations", map[string]any{"role": "owner"}, 403)
		member.refused(http.MethodPost, "/invitations", map[string]any{"role": "admin"}, 403)
		guest.refused(http.MethodPost, "/invitations", map[string]any{"role": "guest"}, 403)
		owner.refused(http.MethodPost, "/invitations", map[string]any{"role": "king"}, 422)
		owner.refused(http.MethodPost, "/invitations", map[string]any{"role": "member", "uses": 1001}, 422)
		owner.refused(http.MethodPost, "/invitations", map[string]any{"role": "member", "conversations": []string{parley.NewID().String()}}, 422)
		owner.must(http.MethodPatch, "/organisation", map[string]any{"invite": "admin"}, 200, nil)
		member.refused(http.MethodPost, "/invitations", map[string]any{"role": "guest"}, 403)
		admin.invite(map[string]any{"role": "guest"})
	})
}

func TestInvitationBringsIntoConversations(t *testing.T) {
	each(t, func(t *testing.T, h *house, owner *guest) {
		channel := h.channel(owner, "private")
		member := owner.invited(parley.MemberRole, "Mia Member")
		p := member.refused(http.MethodPost, "/invitations", map[string]any{"role": "guest", "conversations": []string{channel.String()}}, 422)
		if len(p.Errors) != 1 || p.Errors[0].Location != "body.conversations[0]" {
			t.Errorf("a conversation that she does not see: %+v", p)
		}
		var welcomed []parley.ID
		h.people.Hooks.Welcome = func(_ context.Context, _ *store.Tx, _ parley.Person, conversations []parley.ID) error {
			welcomed = conversations
			return nil
		}
		inv := owner.invite(map[string]any{"role": "guest", "conversations": []string{channel.String()}})
		h.stranger().enter("/invitations/"+fragment(inv.URL)+"/accept", account("Gus Guest"))
		if !slices.Equal(welcomed, []parley.ID{channel}) {
			t.Errorf("welcomed into %v", welcomed)
		}
		h.people.Hooks.Welcome = func(context.Context, *store.Tx, parley.Person, []parley.ID) error { return parley.ErrUnavailable }
		inv = owner.invite(map[string]any{"role": "guest"})
		h.stranger().refused(http.MethodPost, "/invitations/"+fragment(inv.URL)+"/accept", account("Una Unlucky"), 503)
		h.people.Hooks.Welcome = nil
		h.stranger().enter("/invitations/"+fragment(inv.URL)+"/accept", account("Una Unlucky")) // nothing was half done
	})
}

func TestOneAddressIsOnePersons(t *testing.T) {
	each(t, func(t *testing.T, h *house, owner *guest) {
		inv := owner.invite(map[string]any{"role": "member", "uses": 5})
		twin := account("Olga Twin")
		twin["email"] = "OLGA@harbour.EXAMPLE"
		p := h.stranger().refused(http.MethodPost, "/invitations/"+fragment(inv.URL)+"/accept", twin, 409)
		if strings.Contains(strings.ToLower(p.Detail), "olga") || len(p.Errors) != 1 || p.Errors[0].Location != "body.email" {
			t.Errorf("told: %+v", p)
		}
		twin["email"] = "twin@harbour.example"
		g := h.stranger()
		g.enter("/invitations/"+fragment(inv.URL)+"/accept", twin)
		if g.me.Handle != "olga.twin" {
			t.Errorf("the second Olga is %s", g.me.Handle)
		}
		// Without an invitation the address is not even looked at.
		twin["email"] = "olga@harbour.example"
		h.stranger().refused(http.MethodPost, "/invitations/wrong/accept", twin, 404)
	})
}

// channel makes a channel with by as its manager.
func (h *house) channel(by *guest, visibility string, others ...*guest) parley.ID {
	h.t.Helper()
	id := parley.NewID()
	err := h.db.Write(h.t.Context(), id, func(ctx context.Context, tx *store.Tx) error {
		if _, err := tx.Exec(ctx, `INSERT INTO conversation (id, kind, visibility, created_by, created_at) VALUES (?, 'channel', ?, ?, 1)`, id, visibility, by.me.ID); err != nil {
			return err
		}
		for i, g := range append([]*guest{by}, others...) {
			role := "member"
			if i == 0 {
				role = "manager"
			}
			if _, err := tx.Exec(ctx, `INSERT INTO member (person_id, conversation_id, role, joined_at) VALUES (?, ?, ?, 1)`, g.me.ID, id, role); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return id
}

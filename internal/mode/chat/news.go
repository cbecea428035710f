package chat

import (
	"context"
	"time"

	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/realtime"
)

// hear makes changes of people, groups and the organisation known to the apps that show them.
func (m *Mode) hear(node *realtime.Node) {
	hooks := &m.people.Hooks
	hooks.PersonChanged = func(p parley.Person) {
		e := parley.Event{Type: parley.EventPerson, Person: &p}
		node.Publish(realtime.MembersChannel, 0, e)
		node.Publish(realtime.PersonChannel(p.ID), 0, e)
		select {
		case m.changed <- p:
		default: // guests see it when they load the app again
		}
	}
	hooks.GroupChanged = func(g parley.PersonGroup, gone bool) {
		if gone {
			g.Members = nil
		}
		node.Publish(realtime.MembersChannel, 0, parley.Event{Type: parley.EventGroup, Group: &g})
	}
	hooks.OrganisationChanged = func(parley.Organisation) {
		node.Publish(realtime.MembersChannel, 0, parley.Event{Type: parley.EventOrganisation})
	}
	hooks.RoleChanged = node.Renew // they listen anew, to what they may listen to now
	hooks.Revoked = node.SignOut
}

// tellGuests tells the guests who have met a person that they changed. Guests have no stream of the organisation.
func (m *Mode) tellGuests(ctx context.Context, node *realtime.Node) {
	for {
		select {
		case <-ctx.Done():
			return
		case p := <-m.changed:
			ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
			guests, err := m.conversations.GuestsWith(ctx, p.ID)
			cancel()
			if err != nil {
				m.log.Warn("chat.tell_guests", "person", p.ID, "error", err)
			}
			for _, g := range guests {
				node.Publish(realtime.PersonChannel(g), 0, parley.Event{Type: parley.EventPerson, Person: &p})
			}
		}
	}
}

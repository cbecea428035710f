package identity_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/parley"
)

const (
	meID, otherID = parley.ID(1), parley.ID(2)
	yes           = "yes"
	no            = "forbidden"
	unseen        = "not found"
)

var gone = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

func person(role parley.Role) parley.Person {
	return parley.Person{ID: meID, Role: role, Kind: parley.Human}
}

func bot(role parley.Role) parley.Person {
	return parley.Person{ID: meID, Role: role, Kind: parley.Bot}
}

// place is a conversation, as a member, as its manager or from outside.
func place(kind parley.ConversationKind, v parley.Visibility, as parley.MemberPower, change ...func(*parley.Conversation)) *parley.Conversation {
	c := &parley.Conversation{ID: 9, Kind: kind, Visibility: v, Members: 3}
	if as != "" {
		c.Me = &parley.Membership{Role: as}
	}
	for _, f := range change {
		f(c)
	}
	return c
}

func archived(c *parley.Conversation) { c.ArchivedAt = &gone }
func large(c *parley.Conversation)    { c.Members = parley.LargeRoom }

func said(by parley.ID, change ...func(*parley.Message)) *parley.Message {
	m := &parley.Message{ID: 8, Author: by, Kind: parley.Text}
	for _, f := range change {
		f(m)
	}
	return m
}

func answered(m *parley.Message) { m.Replies = 1 }
func deleted(m *parley.Message)  { m.DeletedAt = &gone }
func system(m *parley.Message)   { m.Kind = parley.System }

func verdict(err error) string {
	switch {
	case err == nil:
		return yes
	case errors.Is(err, parley.ErrForbidden) && !errors.Is(err, parley.ErrNotFound):
		return no
	case errors.Is(err, parley.ErrNotFound) && !errors.Is(err, parley.ErrForbidden):
		return unseen
	}
	return fmt.Sprint("an error of no kind: ", err)
}

// Each row is a verb and an object; the columns are what an owner, an admin, a member, a guest and a bot of role
// member may. The conversation is as each of them sees it, with that membership.
func TestMayIn(t *testing.T) {
	const manager, member, outside = parley.ConversationManager, parley.ConversationMember, parley.MemberPower("")
	public := func(as parley.MemberPower, change ...func(*parley.Conversation)) *parley.Conversation {
		return place(parley.Channel, parley.Public, as, change...)
	}
	private := func(as parley.MemberPower, change ...func(*parley.Conversation)) *parley.Conversation {
		return place(parley.Channel, parley.Private, as, change...)
	}
	direct := func(as parley.MemberPower, change ...func(*parley.Conversation)) *parley.Conversation {
		return place(parley.Direct, parley.Private, as, change...)
	}
	group := func(as parley.MemberPower) *parley.Conversation { return place(parley.Group, parley.Private, as) }
	const (
		see, join, leave, add, remove     = identity.SeeConversation, identity.JoinConversation, identity.LeaveConversation, identity.AddPeople, identity.RemovePeople
		manage, archive, hooks            = identity.ManageConversation, identity.ArchiveConversation, identity.ManageWebhooks
		post, edit, del, react, pin, move = identity.PostMessage, identity.EditMessage, identity.DeleteMessage, identity.React, identity.PinMessage, identity.MoveMessage
		everyone                          = identity.MentionEveryone
	)
	for _, row := range []struct {
		name                             string
		verb                             identity.Verb
		c                                *parley.Conversation
		m                                *parley.Message
		owner, admin, member, guest, bot string
	}{
		{"see a public channel from outside", see, public(outside), nil, yes, yes, yes, unseen, yes},
		{"see a public channel as a member", see, public(member), nil, yes, yes, yes, yes, yes},
		{"see a private channel from outside", see, private(outside), nil, unseen, unseen, unseen, unseen, unseen},
		{"see a private channel as a member", see, private(member), nil, yes, yes, yes, yes, yes},
		{"see others' direct conversation", see, direct(outside), nil, unseen, unseen, unseen, unseen, unseen},
		{"see one's group", see, group(member), nil, yes, yes, yes, yes, yes},
		{"see an archived channel", see, public(outside, archived), nil, yes, yes, yes, unseen, yes},
		{"see no conversation", see, nil, nil, unseen, unseen, unseen, unseen, unseen},

		{"join a public channel", join, public(outside), nil, yes, yes, yes, unseen, yes},
		{"join a private channel", join, private(outside), nil, unseen, unseen, unseen, unseen, unseen},
		{"join an archived channel", join, public(outside, archived), nil, no, no, no, unseen, no},
		{"leave a channel", leave, private(member), nil, yes, yes, yes, yes, yes},
		{"leave an archived channel", leave, public(member, archived), nil, yes, yes, yes, yes, yes},
		{"leave a channel that one is not in", leave, public(outside), nil, no, no, no, unseen, no},
		{"leave a direct conversation", leave, direct(member), nil, no, no, no, no, no},
		{"leave a group", leave, group(member), nil, no, no, no, no, no},

		{"add people as a member", add, public(member), nil, yes, yes, yes, no, yes},
		{"add people as a manager", add, private(manager), nil, yes, yes, yes, yes, yes},
		{"add people from outside", add, public(outside), nil, yes, yes, no, unseen, no},
		{"add people to a private channel from outside", add, private(outside), nil, unseen, unseen, unseen, unseen, unseen},
		{"add people to an archived channel", add, public(manager, archived), nil, no, no, no, no, no},
		{"add people to a group", add, group(member), nil, no, no, no, no, no},
		{"remove people as a member", remove, public(member), nil, yes, yes, no, no, no},
		{"remove people as a manager", remove, private(manager), nil, yes, yes, yes, yes, yes},
		{"remove people from a direct conversation", remove, direct(member), nil, no, no, no, no, no},

		{"manage a channel as a member", manage, public(member), nil, yes, yes, no, no, no},
		{"manage a channel as a manager", manage, public(manager), nil, yes, yes, yes, yes, yes},
		{"manage a private channel from outside", manage, private(outside), nil, unseen, unseen, unseen, unseen, unseen},
		{"manage a public channel from outside", manage, public(outside), nil, yes, yes, no, unseen, no},
		{"manage an archived channel", manage, public(manager, archived), nil, no, no, no, no, no},
		{"manage a group", manage, group(manager), nil, no, no, no, no, no},
		{"archive a channel as a member", archive, public(member), nil, yes, yes, no, no, no},
		{"bring a channel back as a manager", archive, public(manager, archived), nil, yes, yes, yes, yes, yes},
		{"archive a direct conversation", archive, direct(member), nil, no, no, no, no, no},
		{"webhooks as a member", hooks, public(member), nil, yes, yes, no, no, no},
		{"webhooks as a manager", hooks, private(manager), nil, yes, yes, yes, no, no},
		{"webhooks of a direct conversation", hooks, direct(member), nil, no, no, no, no, no},
		{"webhooks of what is not seen", hooks, private(outside), nil, unseen, unseen, unseen, unseen, unseen},

		{"post as a member", post, private(member), nil, yes, yes, yes, yes, yes},
		{"post without having joined", post, public(outside), nil, no, no, no, unseen, no},
		{"post where one sees nothing", post, private(outside), nil, unseen, unseen, unseen, unseen, unseen},
		{"post in an archived channel", post, public(manager, archived), nil, no, no, no, no, no},

		{"edit one's own", edit, public(member), said(meID), yes, yes, yes, yes, yes},
		{"edit another's as a manager", edit, public(manager), said(otherID), no, no, no, no, no},
		{"edit one's own after having left", edit, public(outside), said(meID), no, no, no, unseen, no},
		{"edit what was deleted", edit, public(member), said(meID, deleted), no, no, no, no, no},
		{"edit what nobody said", edit, public(member), said(meID, system), no, no, no, no, no},
		{"edit in an archived channel", edit, public(member, archived), said(meID), no, no, no, no, no},
		{"edit no message", edit, public(member), nil, unseen, unseen, unseen, unseen, unseen},
		{"edit where one sees nothing", edit, private(outside), said(meID), unseen, unseen, unseen, unseen, unseen},

		{"delete one's own", del, direct(member), said(meID), yes, yes, yes, yes, yes},
		{"delete another's in a channel", del, public(member), said(otherID), yes, yes, no, no, no},
		{"delete another's as a manager", del, private(manager), said(otherID), yes, yes, yes, yes, yes},
		{"delete another's in a direct conversation", del, direct(member), said(otherID), no, no, no, no, no},
		{"delete what was deleted", del, public(manager), said(meID, deleted), no, no, no, no, no},

		{"react as a member", react, direct(member), said(otherID), yes, yes, yes, yes, yes},
		{"react from outside", react, public(outside), said(otherID), no, no, no, unseen, no},
		{"react to what was deleted", react, public(member), said(otherID, deleted), no, no, no, no, no},
		{"pin as a member", pin, group(member), said(otherID), yes, yes, yes, yes, yes},
		{"pin from outside", pin, public(outside), said(otherID), no, no, no, unseen, no},

		{"move one's own", move, direct(member), said(meID), yes, yes, yes, yes, yes},
		{"move one's own with what others answered", move, public(member), said(meID, answered), yes, yes, no, no, no},
		{"move another's as a member", move, public(member), said(otherID), yes, yes, no, no, no},
		{"move another's as a manager", move, private(manager), said(otherID, answered), yes, yes, yes, yes, yes},
		{"move another's out of a direct conversation", move, direct(member), said(otherID), no, no, no, no, no},

		{"mention everyone in a small room", everyone, public(member), nil, yes, yes, yes, yes, yes},
		{"mention everyone in a large room", everyone, public(member, large), nil, yes, yes, no, no, no},
		{"mention everyone in a large room as its manager", everyone, private(manager, large), nil, yes, yes, yes, yes, yes},
		{"mention everyone from outside", everyone, public(outside), nil, no, no, no, unseen, no},
	} {
		for _, column := range []struct {
			by   parley.Person
			want string
		}{
			{person(parley.Owner), row.owner},
			{person(parley.Admin), row.admin},
			{person(parley.MemberRole), row.member},
			{person(parley.Guest), row.guest},
			{bot(parley.MemberRole), row.bot},
		} {
			t.Run(fmt.Sprintf("%s: %s %s", row.name, column.by.Role, column.by.Kind), func(t *testing.T) {
				o := identity.Object{Conversation: row.c, Message: row.m}
				if got := verdict(identity.May(column.by, row.verb, o)); got != column.want {
					t.Errorf("%s, want %s", got, column.want)
				}
				column.by.DeactivatedAt = &gone
				if got := verdict(identity.May(column.by, row.verb, o)); got == yes {
					t.Error("who is deactivated may it too")
				}
			})
		}
	}
}

func TestMayTo(t *testing.T) {
	strict := parley.Organisation{CreateChannels: parley.Admin, MentionEveryone: parley.Admin, Invite: parley.Admin}
	loose := parley.Organisation{CreateChannels: parley.MemberRole, MentionEveryone: parley.MemberRole, Invite: parley.MemberRole}
	other := func(r parley.Role, change ...func(*parley.Person)) *parley.Person {
		p := &parley.Person{ID: otherID, Role: r, Kind: parley.Human}
		for _, f := range change {
			f(p)
		}
		return p
	}
	aBot := func(p *parley.Person) { p.Kind = parley.Bot }
	away := func(p *parley.Person) { p.DeactivatedAt = &gone }
	myself := func(p *parley.Person) { p.ID = meID }
	type object = identity.Object
	for _, row := range []struct {
		name                             string
		verb                             identity.Verb
		o                                object
		owner, admin, member, guest, bot string
	}{
		{"see somebody never met", identity.SeePerson, object{Person: other(parley.MemberRole)}, yes, yes, yes, unseen, yes},
		{"see somebody met", identity.SeePerson, object{Person: other(parley.Owner), Met: true}, yes, yes, yes, yes, yes},
		{"see oneself", identity.SeePerson, object{Person: other(parley.Guest, myself)}, yes, yes, yes, yes, yes},
		{"see who has gone", identity.SeePerson, object{Person: other(parley.MemberRole, away), Met: true}, yes, yes, yes, yes, yes},
		{"see everyone", identity.SeeEveryone, object{}, yes, yes, yes, no, yes},
		{"browse", identity.BrowseConversations, object{}, yes, yes, yes, no, yes},
		{"write to somebody never met", identity.StartConversation, object{Person: other(parley.MemberRole)}, yes, yes, yes, unseen, yes},
		{"write to somebody met", identity.StartConversation, object{Person: other(parley.MemberRole), Met: true}, yes, yes, yes, yes, yes},
		{"write to who has gone", identity.StartConversation, object{Person: other(parley.MemberRole, away), Met: true}, no, no, no, no, no},

		{"create a public channel", identity.CreatePublicChannel, object{Organisation: loose}, yes, yes, yes, no, yes},
		{"create a public channel where admins do", identity.CreatePublicChannel, object{Organisation: strict}, yes, yes, no, no, no},
		{"create a private channel", identity.CreatePrivateChannel, object{}, yes, yes, yes, no, yes},
		{"create a private channel where admins do", identity.CreatePrivateChannel, object{Organisation: strict}, yes, yes, no, no, no},
		{"mention everyone anywhere", identity.MentionEveryone, object{}, yes, yes, no, no, no},
		{"mention everyone anywhere where members do", identity.MentionEveryone, object{Organisation: loose}, yes, yes, yes, no, yes},

		{"invite", identity.Invite, object{}, yes, yes, yes, no, no},
		{"invite where admins do", identity.Invite, object{Organisation: strict}, yes, yes, no, no, no},
		{"invite an owner", identity.Invite, object{Role: parley.Owner}, yes, no, no, no, no},
		{"invite an admin", identity.Invite, object{Role: parley.Admin}, yes, yes, no, no, no},
		{"invite a member", identity.Invite, object{Role: parley.MemberRole}, yes, yes, yes, no, no},
		{"invite a guest", identity.Invite, object{Role: parley.Guest}, yes, yes, yes, no, no},
		{"invite something else", identity.Invite, object{Role: "king"}, no, no, no, no, no},

		{"edit oneself", identity.EditPerson, object{Person: other(parley.Owner, myself)}, yes, yes, yes, yes, yes},
		{"edit a member", identity.EditPerson, object{Person: other(parley.MemberRole), Met: true}, yes, yes, no, no, no},
		{"edit an owner", identity.EditPerson, object{Person: other(parley.Owner), Met: true}, yes, no, no, no, no},
		{"make a member an admin", identity.ChangeRole, object{Person: other(parley.MemberRole), Role: parley.Admin, Met: true}, yes, yes, no, no, no},
		{"make a member an owner", identity.ChangeRole, object{Person: other(parley.MemberRole), Role: parley.Owner, Met: true}, yes, no, no, no, no},
		{"make an owner a member", identity.ChangeRole, object{Person: other(parley.Owner), Role: parley.MemberRole, Met: true}, yes, no, no, no, no},
		{"make the last owner a member", identity.ChangeRole, object{Person: other(parley.Owner, myself), Role: parley.MemberRole, LastOwner: true}, no, no, no, no, no},
		{"raise oneself", identity.ChangeRole, object{Person: other(parley.MemberRole, myself), Role: parley.Owner}, yes, no, no, no, no},
		{"make a bot an admin", identity.ChangeRole, object{Person: other(parley.MemberRole, aBot), Role: parley.Admin, Met: true}, no, no, no, no, no},
		{"make a bot a guest", identity.ChangeRole, object{Person: other(parley.MemberRole, aBot), Role: parley.Guest, Met: true}, yes, yes, no, no, no},
		{"give no role", identity.ChangeRole, object{Person: other(parley.MemberRole), Role: "king", Met: true}, no, no, no, no, no},
		{"change the role of somebody never met", identity.ChangeRole, object{Person: other(parley.MemberRole), Role: parley.Guest}, yes, yes, no, unseen, no},
		{"deactivate a member", identity.Deactivate, object{Person: other(parley.MemberRole), Met: true}, yes, yes, no, no, no},
		{"deactivate an owner", identity.Deactivate, object{Person: other(parley.Owner), Met: true}, yes, no, no, no, no},
		{"deactivate the last owner", identity.Deactivate, object{Person: other(parley.Owner, myself), LastOwner: true}, no, no, no, no, no},
		{"recover a member", identity.Recover, object{Person: other(parley.MemberRole), Met: true}, yes, yes, no, no, no},
		{"recover an admin", identity.Recover, object{Person: other(parley.Admin), Met: true}, yes, yes, no, no, no},
		{"recover an owner", identity.Recover, object{Person: other(parley.Owner), Met: true}, yes, no, no, no, no},
		{"recover somebody never met", identity.Recover, object{Person: other(parley.MemberRole)}, yes, yes, no, unseen, no},
		{"recover oneself", identity.Recover, object{Person: other(parley.Guest, myself)}, no, no, no, no, no},
		{"recover who has gone", identity.Recover, object{Person: other(parley.MemberRole, away), Met: true}, no, no, no, no, no},
		{"recover a bot", identity.Recover, object{Person: other(parley.MemberRole, aBot), Met: true}, no, no, no, no, no},
		{"manage bots", identity.ManageBots, object{}, yes, yes, no, no, no},
		{"manage groups", identity.ManageGroups, object{}, yes, yes, no, no, no},
		{"manage the organisation", identity.ManageOrganisation, object{}, yes, yes, no, no, no},
		{"do what has no name", identity.Verb("fly"), object{}, no, no, no, no, no},
	} {
		for _, column := range []struct {
			by   parley.Person
			want string
		}{
			{person(parley.Owner), row.owner},
			{person(parley.Admin), row.admin},
			{person(parley.MemberRole), row.member},
			{person(parley.Guest), row.guest},
			{bot(parley.MemberRole), row.bot},
		} {
			t.Run(fmt.Sprintf("%s: %s %s", row.name, column.by.Role, column.by.Kind), func(t *testing.T) {
				if got := verdict(identity.May(column.by, row.verb, row.o)); got != column.want {
					t.Errorf("%s, want %s", got, column.want)
				}
				column.by.DeactivatedAt = &gone
				if got := verdict(identity.May(column.by, row.verb, row.o)); got == yes {
					t.Error("who is deactivated may it too")
				}
			})
		}
	}
	for _, nobody := range []parley.Person{{}, {ID: meID}, {ID: meID, Role: "king"}} {
		if rights := identity.Rights(nobody, loose); len(rights) > 0 {
			t.Errorf("%+v has rights %v", nobody, rights)
		}
	}
	for _, b := range []parley.Role{parley.Owner, parley.Admin} {
		if verdict(identity.May(bot(b), identity.ManageOrganisation, object{})) != no {
			t.Errorf("a bot of role %s rules", b)
		}
	}
}

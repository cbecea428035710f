package identity

import (
	"fmt"

	"github.com/parley-im/parley/internal/parley"
)

// Verb is something that a person may or may not do.
type Verb string

// What may be done in a conversation. All but BrowseConversations and the creating verbs need Object.Conversation,
// with Me set for its members; those on a message need Object.Message too.
const (
	SeeConversation      Verb = "see_conversation" // and read its messages
	BrowseConversations  Verb = "browse_conversations"
	CreatePublicChannel  Verb = "create_public_channel"
	CreatePrivateChannel Verb = "create_private_channel"
	StartConversation    Verb = "start_conversation" // direct or group, with Object.Person
	JoinConversation     Verb = "join_conversation"
	LeaveConversation    Verb = "leave_conversation"
	AddPeople            Verb = "add_people"          // Object.Person, when given, must be one whom the person sees
	RemovePeople         Verb = "remove_people"       // others; oneself leaves
	ManageConversation   Verb = "manage_conversation" // name, purpose, visibility, who manages it
	ArchiveConversation  Verb = "archive_conversation"
	ManageWebhooks       Verb = "manage_webhooks"
	PostMessage          Verb = "post_message"
	EditMessage          Verb = "edit_message"
	DeleteMessage        Verb = "delete_message"
	React                Verb = "react"
	PinMessage           Verb = "pin_message"
	MoveMessage          Verb = "move_message"     // away from Object.Conversation; PostMessage is asked of where it goes
	MentionEveryone      Verb = "mention_everyone" // without a conversation: in large rooms
)

// What may be done to people and to the organisation.
const (
	SeePerson          Verb = "see_person"    // Object.Person; guests see whom they share a conversation with
	SeeEveryone        Verb = "see_everyone"  // people and groups without having met
	EditPerson         Verb = "edit_person"   // name and title of Object.Person
	ChangeRole         Verb = "change_role"   // of Object.Person to Object.Role; without a person: of anybody
	Deactivate         Verb = "deactivate"    // and reactivate Object.Person
	Recover            Verb = "recover"       // give Object.Person, who is locked out, a new way in
	Invite             Verb = "invite"        // somebody who will be Object.Role; without a role: anybody
	ManageBots         Verb = "manage_bots"   //
	ManageGroups       Verb = "manage_groups" //
	ManageOrganisation Verb = "manage_organisation"
)

// organisationWide are the verbs that need no object: what the app shows or hides as a whole.
var organisationWide = []Verb{
	BrowseConversations, CreatePublicChannel, CreatePrivateChannel, MentionEveryone,
	SeeEveryone, EditPerson, ChangeRole, Deactivate, Recover, Invite, ManageBots, ManageGroups, ManageOrganisation,
}

// Object is what a verb is done to: as much of it as the decision needs.
type Object struct {
	Organisation parley.Organisation  // for the verbs that a setting decides; without, its default does
	Conversation *parley.Conversation // with Me, when the person is a member of it
	Message      *parley.Message
	Person       *parley.Person // another person, or oneself
	Role         parley.Role
	Met          bool // the person shares a conversation with Person
	LastOwner    bool // Person is the only active owner
}

// May says whether p may do v to o. The error wraps ErrNotFound when p may not even know of o, ErrForbidden when
// they may see it but not do this. It is the only place that decides such things, and it reads nothing but its
// arguments.
//
// Private conversations are their members' alone: not even owners see others'. Owners and admins act as managers of
// the channels that they see. Bots take part like people, but do not rule over them.
func May(p parley.Person, v Verb, o Object) error {
	if p.ID == parley.None || p.DeactivatedAt != nil {
		return no(v, "the account is deactivated")
	}
	switch v {
	case SeeConversation, JoinConversation, LeaveConversation, AddPeople, RemovePeople, ManageConversation,
		ArchiveConversation, ManageWebhooks, PostMessage, EditMessage, DeleteMessage, React, PinMessage, MoveMessage:
		return mayIn(p, v, o)
	case MentionEveryone:
		if o.Conversation != nil {
			return mayIn(p, v, o)
		}
		return need(v, atLeast(p.Role, setting(o.Organisation.MentionEveryone, parley.Admin)))
	case BrowseConversations, SeeEveryone:
		return need(v, atLeast(p.Role, parley.MemberRole))
	case CreatePublicChannel, CreatePrivateChannel:
		return need(v, atLeast(p.Role, setting(o.Organisation.CreateChannels, parley.MemberRole)))
	case ManageBots, ManageGroups, ManageOrganisation:
		return need(v, rules(p))
	case Invite:
		return mayInvite(p, o)
	case SeePerson, StartConversation, EditPerson, ChangeRole, Deactivate, Recover:
		return mayTo(p, v, o)
	}
	return no(v, "nobody may")
}

// Rights returns the verbs that p may do without an object, for an app to show and hide what it offers.
func Rights(p parley.Person, organisation parley.Organisation) []Verb {
	rights := []Verb{}
	for _, v := range organisationWide {
		if May(p, v, Object{Organisation: organisation}) == nil {
			rights = append(rights, v)
		}
	}
	return rights
}

// mayIn decides what is done in a conversation.
func mayIn(p parley.Person, v Verb, o Object) error {
	c := o.Conversation
	if c == nil || !(c.Me != nil || c.Visibility == parley.Public && atLeast(p.Role, parley.MemberRole)) {
		return fmt.Errorf("%s: %w", v, parley.ErrNotFound)
	}
	member := c.Me != nil
	channel := c.Kind == parley.Channel
	manages := channel && (member && c.Me.Role == parley.ConversationManager || rules(p))
	switch v {
	case SeeConversation:
		return nil
	case LeaveConversation:
		return need(v, member && channel)
	case ArchiveConversation:
		return need(v, manages)
	case ManageWebhooks: // each has a bot, which is a member of the organisation: guests and bots make none
		return need(v, manages && p.Kind != parley.Bot && atLeast(p.Role, parley.MemberRole))
	}
	if c.ArchivedAt != nil {
		return no(v, "the conversation is archived")
	}
	switch v {
	case JoinConversation:
		return need(v, member || channel)
	case PostMessage:
		return need(v, member)
	case ManageConversation, RemovePeople:
		return need(v, manages)
	case MentionEveryone:
		large := c.Members >= parley.LargeRoom
		return need(v, member && (!large || manages || atLeast(p.Role, setting(o.Organisation.MentionEveryone, parley.Admin))))
	case AddPeople:
		if o.Person != nil {
			if err := mayTo(p, StartConversation, o); err != nil {
				return err
			}
		}
		return need(v, channel && (manages || member && atLeast(p.Role, parley.MemberRole)))
	}
	return mayWith(p, v, o.Message, member, manages)
}

// mayWith decides what is done with one message of a conversation that p sees.
func mayWith(p parley.Person, v Verb, m *parley.Message, member, manages bool) error {
	if m == nil {
		return fmt.Errorf("%s: %w", v, parley.ErrNotFound)
	}
	if m.Kind != parley.Text || m.DeletedAt != nil {
		return no(v, "only what somebody said, and has not been deleted")
	}
	own := member && m.Author == p.ID
	switch v {
	case EditMessage:
		return need(v, own)
	case DeleteMessage:
		return need(v, own || manages)
	case React, PinMessage:
		return need(v, member)
	case MoveMessage: // a thread takes what others answered along
		return need(v, manages || own && m.Replies == 0)
	}
	return no(v, "nobody may")
}

// mayTo decides what is done to another person, or to oneself.
func mayTo(p parley.Person, v Verb, o Object) error {
	other := o.Person
	if other == nil {
		return need(v, rules(p))
	}
	self := other.ID == p.ID
	if !self && !o.Met && !atLeast(p.Role, parley.MemberRole) {
		return fmt.Errorf("%s: %w", v, parley.ErrNotFound)
	}
	above := rules(p) && atLeast(p.Role, other.Role)
	switch v {
	case SeePerson:
		return nil
	case StartConversation:
		return need(v, other.DeactivatedAt == nil)
	case EditPerson:
		return need(v, self || above)
	case Deactivate:
		if o.LastOwner {
			return no(v, "there must be an owner")
		}
		return need(v, above)
	case Recover: // nobody's session, once stolen, makes a lasting way in of itself
		return need(v, above && !self && other.Kind == parley.Human && other.DeactivatedAt == nil)
	case ChangeRole:
		if o.LastOwner && o.Role != parley.Owner {
			return no(v, "there must be an owner")
		}
		if other.Kind == parley.Bot && atLeast(o.Role, parley.Admin) {
			return no(v, "bots do not rule")
		}
		return need(v, above && rank(o.Role) > 0 && atLeast(p.Role, o.Role))
	}
	return no(v, "nobody may")
}

func mayInvite(p parley.Person, o Object) error {
	if p.Kind == parley.Bot || !atLeast(p.Role, setting(o.Organisation.Invite, parley.MemberRole)) {
		return no(Invite, "")
	}
	if o.Role == parley.RoleUnknown {
		return nil
	}
	return need(Invite, rank(o.Role) > 0 && atLeast(p.Role, o.Role))
}

// rules says whether p runs the organisation.
func rules(p parley.Person) bool { return p.Kind != parley.Bot && atLeast(p.Role, parley.Admin) }

func rank(r parley.Role) int {
	switch r {
	case parley.Owner:
		return 4
	case parley.Admin:
		return 3
	case parley.MemberRole:
		return 2
	case parley.Guest:
		return 1
	}
	return 0
}

// atLeast says whether r is a role, and not below least.
func atLeast(r, least parley.Role) bool { return rank(r) > 0 && rank(r) >= rank(least) }

// setting is the role that a rule names. Guests are never meant.
func setting(r, byDefault parley.Role) parley.Role {
	if rank(r) < rank(parley.MemberRole) {
		return byDefault
	}
	return r
}

func need(v Verb, allowed bool) error {
	if allowed {
		return nil
	}
	return no(v, "")
}

func no(v Verb, why string) error {
	if why == "" {
		return fmt.Errorf("%s: %w", v, parley.ErrForbidden)
	}
	return fmt.Errorf("%s: %w", v, parley.Refuse(parley.ErrForbidden, string(v), why))
}

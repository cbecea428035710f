package chat

import (
	"context"

	"github.com/parley-im/parley/internal/api"
	"github.com/parley-im/parley/internal/parley"
)

type memberList struct {
	Members []parley.Member `json:"members" nullable:"false"`
}

type addMembers struct {
	api.ByID
	Body struct {
		People []parley.ID `json:"people" minItems:"1" nullable:"false"`
	}
}

// ByMember names a member in the path.
type ByMember struct {
	api.ByID
	Person parley.ID `path:"person"`
}

type changeMember struct {
	ByMember
	Body struct {
		Role parley.MemberPower `json:"role" enum:"manager,member"`
	}
}

func (m *Mode) offerMembers(a *api.API) {
	api.Post(a, "/conversations/{id}/join", "Join a public channel", func(ctx context.Context, in *api.ByID) (parley.Conversation, error) {
		return m.conversations.Join(ctx, by(ctx), in.ID)
	})
	api.Post(a, "/conversations/{id}/leave", "Leave a channel", func(ctx context.Context, in *api.ByID) (api.Nothing, error) {
		return api.Nothing{}, m.conversations.Leave(ctx, by(ctx), in.ID)
	})
	api.Get(a, "/conversations/{id}/members", "Who is in a conversation", func(ctx context.Context, in *api.ByID) (memberList, error) {
		list, err := m.conversations.Members(ctx, by(ctx), in.ID)
		return memberList{some(list)}, err
	})
	api.Post(a, "/conversations/{id}/members", "Add people to a channel", func(ctx context.Context, in *addMembers) (memberList, error) {
		if err := m.conversations.Add(ctx, by(ctx), in.ID, in.Body.People); err != nil {
			return memberList{}, err
		}
		list, err := m.conversations.Members(ctx, by(ctx), in.ID)
		return memberList{some(list)}, err
	})
	api.Patch(a, "/conversations/{id}/members/{person}", "Make a member a manager of the channel, or no longer", func(ctx context.Context, in *changeMember) (api.Nothing, error) {
		return api.Nothing{}, m.conversations.SetPower(ctx, by(ctx), in.ID, in.Person, in.Body.Role)
	})
	api.Delete(a, "/conversations/{id}/members/{person}", "Remove somebody from a channel", func(ctx context.Context, in *ByMember) (api.Nothing, error) {
		return api.Nothing{}, m.conversations.Remove(ctx, by(ctx), in.ID, in.Person)
	})
}

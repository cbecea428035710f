package chat

import (
	"context"

	"github.com/parley-im/parley/internal/api"
	"github.com/parley-im/parley/internal/conversation"
	"github.com/parley-im/parley/internal/parley"
)

type conversationList struct {
	Conversations []parley.Conversation `json:"conversations" nullable:"false"`
}

type createConversation struct {
	Body struct {
		Kind       parley.ConversationKind `json:"kind" enum:"direct,group,channel"`
		Visibility parley.Visibility       `json:"visibility,omitempty" enum:"public,private" doc:"Of a channel"`
		Name       string                  `json:"name,omitempty" doc:"Of a channel"`
		Purpose    string                  `json:"purpose,omitempty"`
		People     []parley.ID             `json:"people,omitempty" doc:"Beside yourself"`
	}
}

type changeConversation struct {
	api.ByID
	Body struct {
		Name       *string            `json:"name,omitempty"`
		Purpose    *string            `json:"purpose,omitempty"`
		Visibility *parley.Visibility `json:"visibility,omitempty" enum:"public,private"`
		Archived   *bool              `json:"archived,omitempty"`
	}
}

type changeMine struct {
	api.ByID
	Body struct {
		Level   *parley.Level `json:"level,omitempty" enum:",all,mentions,nothing"`
		Muted   *bool         `json:"muted,omitempty"`
		Section *string       `json:"section,omitempty"`
	}
}

type readUpTo struct {
	api.ByID
	Body struct {
		Seq int64 `json:"seq" minimum:"0"`
	}
}

func (m *Mode) offerConversations(a *api.API) {
	api.Get(a, "/conversations", "My conversations, the one that moved last first", func(ctx context.Context, _ *struct{}) (conversationList, error) {
		list, err := m.conversations.Mine(ctx, by(ctx))
		return conversationList{some(list)}, err
	})
	api.Get(a, "/conversations/browse", "Public channels that I could join", func(ctx context.Context, _ *struct{}) (conversationList, error) {
		list, err := m.conversations.Browse(ctx, by(ctx))
		return conversationList{some(list)}, err
	})
	api.Post(a, "/conversations", "Begin a conversation, or get the one there is for the same people", func(ctx context.Context, in *createConversation) (parley.Conversation, error) {
		return m.conversations.Create(ctx, by(ctx), conversation.Beginning{
			Kind: in.Body.Kind, Visibility: in.Body.Visibility, Name: in.Body.Name, Purpose: in.Body.Purpose, People: in.Body.People,
		})
	}, api.Created)
	api.Get(a, "/conversations/{id}", "One conversation", func(ctx context.Context, in *api.ByID) (parley.Conversation, error) {
		return m.conversations.Get(ctx, by(ctx), in.ID)
	})
	api.Patch(a, "/conversations/{id}", "Rename, publish, close, archive a channel", func(ctx context.Context, in *changeConversation) (parley.Conversation, error) {
		return m.conversations.Update(ctx, by(ctx), in.ID, conversation.Change(in.Body))
	})
	api.Patch(a, "/conversations/{id}/me", "How I have a conversation: level, muted, section", func(ctx context.Context, in *changeMine) (parley.Conversation, error) {
		return m.conversations.SetMine(ctx, by(ctx), in.ID, conversation.Mine(in.Body))
	})
	api.Put(a, "/conversations/{id}/read", "I have read up to here; back to keep something unread", func(ctx context.Context, in *readUpTo) (parley.Conversation, error) {
		return m.conversations.Read(ctx, by(ctx), in.ID, in.Body.Seq)
	})
}

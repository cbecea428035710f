package chat

import (
	"context"

	"github.com/parley-im/parley/internal/api"
	"github.com/parley-im/parley/internal/conversation"
	"github.com/parley-im/parley/internal/parley"
)

type draftList struct {
	Drafts []parley.Draft `json:"drafts" nullable:"false"`
}

type saveDraft struct {
	api.ByID
	Body struct {
		Thread int64       `json:"thread,omitempty" minimum:"0"`
		Body   string      `json:"body"`
		Files  []parley.ID `json:"files,omitempty"`
	}
}

type searchFor struct {
	Query  string    `query:"q" maxLength:"500" doc:"Words, \"phrases\", from:@handle in:#name has:link|file|image|reaction before:2026-11-01 after:2026-10-01 is:pinned|saved|thread"`
	Limit  int       `query:"limit" minimum:"0" maximum:"100" doc:"30 when absent"`
	Before parley.ID `query:"before" doc:"The id of the last message of the page before"`
}

type renderBody struct {
	Body struct {
		Body string `json:"body"`
	}
}

type rendered struct {
	HTML string `json:"html"`
}

func (m *Mode) offerMine(a *api.API) {
	api.Get(a, "/saved", "What I have saved for later", func(ctx context.Context, _ *struct{}) (messageList, error) {
		list, err := m.conversations.Saved(ctx, by(ctx))
		return messageList{some(list)}, err
	})
	api.Put(a, "/saved/{id}", "Save a message for later", func(ctx context.Context, in *api.ByID) (api.Nothing, error) {
		return api.Nothing{}, m.conversations.Save(ctx, by(ctx), in.ID, true)
	})
	api.Delete(a, "/saved/{id}", "Save a message no longer", func(ctx context.Context, in *api.ByID) (api.Nothing, error) {
		return api.Nothing{}, m.conversations.Save(ctx, by(ctx), in.ID, false)
	})
	api.Get(a, "/drafts", "What I have begun to write", func(ctx context.Context, _ *struct{}) (draftList, error) {
		list, err := m.conversations.Drafts(ctx, by(ctx))
		return draftList{some(list)}, err
	})
	api.Put(a, "/conversations/{id}/draft", "Keep a draft for all my devices; empty removes it", func(ctx context.Context, in *saveDraft) (parley.Draft, error) {
		return m.conversations.SaveDraft(ctx, by(ctx), conversation.Draft{
			Conversation: in.ID, Thread: in.Body.Thread, Body: in.Body.Body, Files: in.Body.Files,
		})
	})
	api.Get(a, "/search", "Search all that I may see, the newest first", func(ctx context.Context, in *searchFor) (conversation.Found, error) {
		return m.conversations.Search(ctx, by(ctx), in.Query, in.Before, in.Limit)
	})
	api.Post(a, "/render", "How a body will look", func(ctx context.Context, in *renderBody) (rendered, error) {
		html, err := m.conversations.Render(ctx, by(ctx), in.Body.Body)
		return rendered{html}, err
	})
}

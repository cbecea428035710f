package chat

import (
	"context"
	"time"

	"github.com/parley-im/parley/internal/api"
	"github.com/parley-im/parley/internal/delivery"
	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/parley"
)

// boot is all that an app shows before a conversation is opened.
type boot struct {
	Me            identity.Me           `json:"me"`
	Preferences   map[string]any        `json:"preferences"`
	Organisation  parley.Organisation   `json:"organisation"`
	People        []parley.Person       `json:"people" nullable:"false" doc:"Whom I may see"`
	Groups        []parley.PersonGroup  `json:"groups" nullable:"false"`
	Conversations []parley.Conversation `json:"conversations" nullable:"false" doc:"Those I am in"`
	Drafts        []parley.Draft        `json:"drafts" nullable:"false"`
	Saved         []parley.ID           `json:"saved" nullable:"false" doc:"Ids of the messages I have saved"`
	May           []identity.Verb       `json:"may" nullable:"false" doc:"What I may do beside what a conversation allows"`
	Inbox         delivery.Inbox        `json:"inbox"`
	Reach         parley.Reach          `json:"reach"`
	Scheduled     []parley.Scheduled    `json:"scheduled" nullable:"false" doc:"What I have written to be sent later"`
	Now           time.Time             `json:"now" doc:"What the server's clock says"`
	Version       string                `json:"version" doc:"Of the server; another one means that the app should be loaded again"`
}

func (m *Mode) offerBoot(a *api.API) {
	api.Get(a, "/boot", "All that an app shows first: me, people, my conversations, drafts",
		func(ctx context.Context, _ *struct{}) (b boot, err error) {
			p := by(ctx)
			get := func(read func() error) {
				if err == nil {
					err = read()
				}
			}
			get(func() error { b.Me, err = m.people.Me(ctx, p.ID); return err })
			get(func() error { b.Preferences, err = m.people.Preferences(ctx, p.ID); return err })
			get(func() error { b.Organisation, err = m.people.Organisation(ctx); return err })
			get(func() error { b.People, err = m.people.People(ctx, p); return err })
			get(func() error { b.Groups, err = m.people.Groups(ctx, p); return err })
			get(func() error { b.Conversations, err = m.conversations.Mine(ctx, p); return err })
			get(func() error { b.Drafts, err = m.conversations.Drafts(ctx, p); return err })
			get(func() error { b.Inbox, err = m.delivery.Inbox(ctx, p); return err })
			get(func() error { b.Reach, err = m.delivery.Reach(ctx, p.ID); return err })
			get(func() error { b.Scheduled, err = m.delivery.Scheduled(ctx, p); return err })
			get(func() error { b.Saved, err = m.conversations.SavedIDs(ctx, p); return err })
			b.People, b.Groups, b.Conversations, b.Drafts, b.Saved = some(b.People), some(b.Groups), some(b.Conversations), some(b.Drafts), some(b.Saved)
			b.May = identity.Rights(p, b.Organisation)
			b.Version, b.Now = a.Version(), m.delivery.Now()
			return b, err
		})
}

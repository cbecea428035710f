package inbox

import (
	"context"
	"time"

	"github.com/parley-im/parley/internal/api"
	"github.com/parley-im/parley/internal/delivery"
	"github.com/parley-im/parley/internal/parley"
)

// ByMessage names a message in the path by its id.
type ByMessage struct {
	Message parley.ID `path:"message" example:"06ypzck8e7000"`
}

// until says when something is to come back.
type until struct {
	At   *time.Time `json:"at,omitempty"`
	Work bool       `json:"work,omitempty" doc:"When my next day of work begins"`
}

func (u until) time() time.Time {
	if u.At == nil {
		return time.Time{}
	}
	return *u.At
}

type snooze struct {
	ByMessage
	Body until
}

type handOver struct {
	ByMessage
	Body struct {
		Person parley.ID `json:"person"`
		Note   string    `json:"note,omitempty" maxLength:"800"`
	}
}

type askedList struct {
	Asked []parley.Asked `json:"asked" nullable:"false"`
}

type catchUpSince struct {
	Since time.Time `query:"since" doc:"Absent: since I last worked, as my hours say"`
}

type caughtUp struct {
	Body struct {
		Conversations map[string]int64 `json:"conversations" doc:"By id: the seq up to which all is read"`
	}
}

func (m *Mode) offerInbox(a *api.API) {
	api.Get(a, "/inbox", "What wants something from me, the most needed first", func(ctx context.Context, _ *struct{}) (delivery.Inbox, error) {
		return m.delivery.Inbox(ctx, by(ctx))
	})
	api.Post(a, "/inbox/{message}/done", "Take a message from my Inbox; I am not told of it again", func(ctx context.Context, in *ByMessage) (api.Nothing, error) {
		return api.Nothing{}, m.delivery.Done(ctx, by(ctx), in.Message)
	})
	api.Post(a, "/inbox/{message}/undone", "Bring it back", func(ctx context.Context, in *ByMessage) (api.Nothing, error) {
		return api.Nothing{}, m.delivery.Undone(ctx, by(ctx), in.Message)
	})
	api.Post(a, "/inbox/{message}/snooze", "Put a message off", func(ctx context.Context, in *snooze) (api.Nothing, error) {
		return api.Nothing{}, m.delivery.Snooze(ctx, by(ctx), in.Message, in.Body.time(), in.Body.Work)
	})
	api.Post(a, "/inbox/{message}/hand-over", "Give to another member what a message wants of me", func(ctx context.Context, in *handOver) (api.Nothing, error) {
		return api.Nothing{}, m.delivery.HandOver(ctx, by(ctx), in.Message, in.Body.Person, in.Body.Note)
	})
	api.Post(a, "/inbox/{message}/acknowledge", "Say that I have taken note, also in another's place", func(ctx context.Context, in *ByMessage) (api.Nothing, error) {
		return api.Nothing{}, m.delivery.Acknowledge(ctx, by(ctx), in.Message)
	})
	api.Get(a, "/asked", "My messages that wait on others", func(ctx context.Context, _ *struct{}) (askedList, error) {
		list, err := m.delivery.Asked(ctx, by(ctx))
		return askedList{list}, err
	})
	api.Get(a, "/catch-up", "What has happened since I last worked", func(ctx context.Context, in *catchUpSince) (parley.CatchUp, error) {
		return m.delivery.CatchUp(ctx, by(ctx), in.Since)
	})
	api.Post(a, "/catch-up/read", "Mark conversations as read up to here", func(ctx context.Context, in *caughtUp) (api.Nothing, error) {
		if len(in.Body.Conversations) > 1000 {
			return api.Nothing{}, parley.Refuse(parley.ErrLimited, "too_many", "at most 1000 conversations at once")
		}
		for text, seq := range in.Body.Conversations {
			id, err := parley.ParseID(text)
			if err != nil {
				return api.Nothing{}, parley.Invalid("conversations", "id", "must be by ids of conversations")
			}
			if _, err := m.conversations.Read(ctx, by(ctx), id, seq); err != nil {
				return api.Nothing{}, err
			}
		}
		return api.Nothing{}, nil
	})
}

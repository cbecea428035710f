package inbox

import (
	"context"
	"time"

	"github.com/parley-im/parley/internal/api"
	"github.com/parley-im/parley/internal/conversation"
	"github.com/parley-im/parley/internal/delivery"
	"github.com/parley-im/parley/internal/parley"
)

type schedule struct {
	Body struct {
		Conversation parley.ID   `json:"conversation"`
		Thread       int64       `json:"thread,omitempty" minimum:"0"`
		Body         string      `json:"body"`
		Files        []parley.ID `json:"files,omitempty"`
		Need         parley.Need `json:"need,omitempty" enum:"whenever,normal,answer,urgent"`
		By           *time.Time  `json:"by,omitempty"`
		Reason       string      `json:"reason,omitempty" maxLength:"800"`
		At           *time.Time  `json:"at,omitempty" doc:"When it is sent"`
		Work         bool        `json:"work,omitempty" doc:"Instead: when the others start work"`
	}
}

type changeScheduled struct {
	api.ByID
	Body struct {
		Body   *string      `json:"body,omitempty"`
		Need   *parley.Need `json:"need,omitempty" enum:"whenever,normal,answer,urgent"`
		By     *time.Time   `json:"by,omitempty"`
		Reason *string      `json:"reason,omitempty" maxLength:"800"`
		At     *time.Time   `json:"at,omitempty"`
		Work   *bool        `json:"work,omitempty"`
	}
}

type scheduledList struct {
	Scheduled []parley.Scheduled `json:"scheduled" nullable:"false"`
}

type remindOf struct {
	Body struct {
		Conversation parley.ID `json:"conversation"`
		Seq          int64     `json:"seq" minimum:"1"`
		At           time.Time `json:"at"`
		Every        string    `json:"every,omitempty" enum:",day,workday,week,month"`
		Note         string    `json:"note,omitempty" maxLength:"800"`
	}
}

type reminderList struct {
	Reminders []parley.Reminder `json:"reminders" nullable:"false"`
}

func (m *Mode) offerLater(a *api.API) {
	api.Post(a, "/scheduled", "Have something said later", func(ctx context.Context, in *schedule) (parley.Scheduled, error) {
		b := in.Body
		if (b.At == nil) == !b.Work {
			return parley.Scheduled{}, parley.Invalid("at", "required", "says when, or work that it is when they start work")
		}
		d := conversation.Draft{Conversation: b.Conversation, Thread: b.Thread, Body: b.Body, Files: b.Files, Need: b.Need, Reason: b.Reason, Via: parley.ViaApp}
		if b.By != nil {
			d.By = *b.By
		}
		return m.delivery.Schedule(ctx, by(ctx), d, delivery.Later{At: until{At: b.At}.time(), Work: b.Work})
	}, api.Created)
	api.Get(a, "/scheduled", "What I have written to be sent later, the next first", func(ctx context.Context, _ *struct{}) (scheduledList, error) {
		list, err := m.delivery.Scheduled(ctx, by(ctx))
		return scheduledList{list}, err
	})
	api.Patch(a, "/scheduled/{id}", "Change what is sent later, or when", func(ctx context.Context, in *changeScheduled) (parley.Scheduled, error) {
		b := in.Body
		change := delivery.ScheduledChange{Body: b.Body, Need: b.Need, By: b.By, Reason: b.Reason}
		if b.At != nil || b.Work != nil {
			change.When = &delivery.Later{At: until{At: b.At}.time(), Work: b.Work != nil && *b.Work}
		}
		return m.delivery.ChangeScheduled(ctx, by(ctx), in.ID, change)
	})
	api.Delete(a, "/scheduled/{id}", "Throw away what was to be sent later", func(ctx context.Context, in *api.ByID) (api.Nothing, error) {
		return api.Nothing{}, m.delivery.Unschedule(ctx, by(ctx), in.ID)
	})
	api.Post(a, "/scheduled/{id}/send", "Send it now", func(ctx context.Context, in *api.ByID) (parley.Message, error) {
		return m.delivery.SendNow(ctx, by(ctx), in.ID)
	})
	api.Post(a, "/reminders", "Be reminded of a message", func(ctx context.Context, in *remindOf) (parley.Reminder, error) {
		b := in.Body
		return m.delivery.Remind(ctx, by(ctx), parley.Place{Conversation: b.Conversation, Seq: b.Seq}, b.At, b.Every, b.Note)
	}, api.Created)
	api.Get(a, "/reminders", "What I will be reminded of, the next first", func(ctx context.Context, _ *struct{}) (reminderList, error) {
		list, err := m.delivery.Reminders(ctx, by(ctx))
		return reminderList{list}, err
	})
	api.Delete(a, "/reminders/{id}", "Be reminded no more", func(ctx context.Context, in *api.ByID) (api.Nothing, error) {
		return api.Nothing{}, m.delivery.Forget(ctx, by(ctx), in.ID)
	})
}

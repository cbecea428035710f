package inbox

import (
	"context"
	"time"

	"github.com/parley-im/parley/internal/api"
	"github.com/parley-im/parley/internal/conversation"
	"github.com/parley-im/parley/internal/delivery"
	"github.com/parley-im/parley/internal/parley"
)

type forecast struct {
	Body struct {
		Conversation parley.ID   `json:"conversation"`
		Thread       int64       `json:"thread,omitempty" minimum:"0"`
		Body         string      `json:"body" doc:"As far as it is written: whom it mentions counts"`
		Need         parley.Need `json:"need,omitempty" enum:"whenever,normal,answer,urgent"`
		By           *time.Time  `json:"by,omitempty"`
	}
}

// ByPlace names a message in the path by its place.
type ByPlace struct {
	api.ByID
	Seq int64 `path:"seq" minimum:"1"`
}

func (m *Mode) offerForecast(a *api.API) {
	api.Post(a, "/forecast", "How a message would reach its recipients if it were sent now", func(ctx context.Context, in *forecast) (parley.Forecast, error) {
		b := in.Body
		d := conversation.Draft{Conversation: b.Conversation, Thread: b.Thread, Body: b.Body, Need: b.Need}
		if b.By != nil {
			d.By = *b.By
		}
		return m.delivery.Forecast(ctx, by(ctx), d)
	})
	api.Get(a, "/conversations/{id}/messages/{seq}/deliveries", "How far a message has come, and why; to others than its author, what concerns them",
		func(ctx context.Context, in *ByPlace) (delivery.Trace, error) {
			return m.delivery.Trace(ctx, by(ctx), parley.Place{Conversation: in.ID, Seq: in.Seq})
		})
	api.Get(a, "/budget", "How many urgent messages I may still send", func(ctx context.Context, _ *struct{}) (parley.Budget, error) {
		return m.delivery.Budget(ctx, by(ctx))
	})
}

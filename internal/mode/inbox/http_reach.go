package inbox

import (
	"context"
	"time"

	"github.com/parley-im/parley/internal/api"
	"github.com/parley-im/parley/internal/delivery"
	"github.com/parley-im/parley/internal/parley"
)

type changeReach struct{ Body delivery.ReachChange }

type focus struct {
	Body struct {
		Until *time.Time `json:"until,omitempty"`
		Hours float64    `json:"hours,omitempty" minimum:"0" maximum:"720" doc:"Instead: for so long from now on"`
	}
}

type wayList struct {
	Ways []delivery.WayState `json:"ways" nullable:"false"`
}

func (m *Mode) offerReach(a *api.API) {
	api.Get(a, "/reach", "How I want to be reached", func(ctx context.Context, _ *struct{}) (parley.Reach, error) {
		return m.delivery.Reach(ctx, by(ctx).ID)
	})
	api.Patch(a, "/reach", "Change how I want to be reached; what is on its way to me is planned anew", func(ctx context.Context, in *changeReach) (parley.Reach, error) {
		return m.delivery.ChangeReach(ctx, by(ctx), in.Body)
	})
	api.Put(a, "/reach/focus", "Let nothing disturb me for a while that is not urgent", func(ctx context.Context, in *focus) (parley.Reach, error) {
		until := m.delivery.Now().Add(time.Duration(in.Body.Hours * float64(time.Hour)))
		if in.Body.Until != nil {
			until = *in.Body.Until
		} else if in.Body.Hours == 0 {
			return parley.Reach{}, parley.Invalid("until", "required", "says until when, or hours for how long")
		}
		return m.delivery.Focus(ctx, by(ctx), until)
	})
	api.Delete(a, "/reach/focus", "Let me be disturbed again", func(ctx context.Context, _ *struct{}) (api.Nothing, error) {
		_, err := m.delivery.Focus(ctx, by(ctx), time.Time{})
		return api.Nothing{}, err
	})
	api.Get(a, "/reach/ways", "By which ways this server, and I, can be reached", func(ctx context.Context, _ *struct{}) (wayList, error) {
		list, err := m.delivery.Ways(ctx, by(ctx).ID)
		return wayList{list}, err
	})
}

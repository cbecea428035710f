package push

import (
	"context"

	"github.com/parley-im/parley/internal/api"
	"github.com/parley-im/parley/internal/parley"
)

type deviceList struct {
	Key     string   `json:"key" doc:"The server's public key (VAPID, base64url): applicationServerKey of a subscription"`
	Devices []Device `json:"devices" nullable:"false"`
}

type subscribe struct {
	Body struct {
		Subscription
		Name string `json:"name" maxLength:"320" doc:"What the person calls it"`
	}
}

func (m *Mode) offer(a *api.API) {
	api.Get(a, "/push", "The browsers in which I am told, and the server's key", func(ctx context.Context, _ *struct{}) (deviceList, error) {
		list, err := m.Devices(ctx, api.CallerFrom(ctx))
		return deviceList{m.keys.Public, list}, err
	})
	api.Post(a, "/push", "Be told in this browser", func(ctx context.Context, in *subscribe) (Device, error) {
		return m.Subscribe(ctx, api.CallerFrom(ctx), in.Body.Subscription, in.Body.Name)
	}, api.Created)
	api.Delete(a, "/push/{id}", "Be told no more in a browser", func(ctx context.Context, in *api.ByID) (api.Nothing, error) {
		return api.Nothing{}, m.Unsubscribe(ctx, api.CallerFrom(ctx).Person.ID, in.ID)
	})
	api.Post(a, "/push/{id}/test", "Show a notification there, to try it", func(ctx context.Context, in *api.ByID) (api.Nothing, error) {
		p := api.CallerFrom(ctx).Person
		w := wordsFor(p.Language)
		e := parley.Envelope{Person: p.ID, To: parley.Address{Kind: parley.AddressPush, Value: in.ID.String()}}
		return api.Nothing{}, m.send(ctx, e, payload{What: "test", Title: w.testTitle, Body: w.testText, Tag: "test", URL: "/settings/notifications", Lang: p.Language})
	})
}

package api

import (
	"context"

	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/parley"
)

func (a *API) registerPeople() {
	people := a.identity

	Get(a, "/people", "People whom you may see", func(ctx context.Context, _ *struct{}) ([]parley.Person, error) {
		return people.People(ctx, CallerFrom(ctx).Person)
	}, Describe("Members see everybody, guests those they share a conversation with."))
	Get(a, "/people/{id}", "Somebody whom you may see", func(ctx context.Context, in *ByID) (parley.Person, error) {
		return people.Person(ctx, CallerFrom(ctx).Person, in.ID)
	})
	Patch(a, "/people/{id}", "Change somebody's role or account", func(ctx context.Context, in *struct {
		ByID
		Body identity.PersonChange
	},
	) (parley.Person, error) {
		return people.ChangePerson(ctx, CallerFrom(ctx).Person, in.ID, in.Body)
	}, Describe("For owners and admins; nobody may be raised above oneself, and there is always an owner."))

	Get(a, "/groups", "Groups of people", func(ctx context.Context, _ *struct{}) ([]parley.PersonGroup, error) {
		return people.Groups(ctx, CallerFrom(ctx).Person)
	})
	Post(a, "/groups", "Make a group", func(ctx context.Context, in *struct{ Body identity.GroupChange }) (parley.PersonGroup, error) {
		return people.MakeGroup(ctx, CallerFrom(ctx).Person, in.Body)
	}, Created)
	Patch(a, "/groups/{id}", "Change a group", func(ctx context.Context, in *struct {
		ByID
		Body identity.GroupChange
	},
	) (parley.PersonGroup, error) {
		return people.ChangeGroup(ctx, CallerFrom(ctx).Person, in.ID, in.Body)
	})
	Delete(a, "/groups/{id}", "Delete a group", func(ctx context.Context, in *ByID) (Nothing, error) {
		return Nothing{}, people.DeleteGroup(ctx, CallerFrom(ctx).Person, in.ID)
	})

	Get(a, "/bots", "Bots", func(ctx context.Context, _ *struct{}) ([]parley.Person, error) {
		return people.Bots(ctx, CallerFrom(ctx).Person)
	})
	Post(a, "/bots", "Make a bot", func(ctx context.Context, in *struct{ Body identity.BotOrder }) (parley.Person, error) {
		return people.MakeBot(ctx, CallerFrom(ctx).Person, in.Body)
	}, Created, Describe("A bot takes part like a member, and comes in by its access tokens only."))
	Delete(a, "/bots/{id}", "Remove a bot", func(ctx context.Context, in *ByID) (Nothing, error) {
		return Nothing{}, people.RemoveBot(ctx, CallerFrom(ctx).Person, in.ID)
	}, Describe("Its tokens are revoked; what it said stays."))
	Get(a, "/bots/{id}/tokens", "A bot's access tokens", func(ctx context.Context, in *ByID) ([]identity.AccessToken, error) {
		return people.Tokens(ctx, CallerFrom(ctx).Person, in.ID)
	})
	Post(a, "/bots/{id}/tokens", "Make an access token of a bot", func(ctx context.Context, in *struct {
		ByID
		Body identity.TokenOrder
	},
	) (newToken, error) {
		c, err := ofSession(ctx)
		if err != nil {
			return newToken{}, err
		}
		return makeToken(people.MakeToken(ctx, c.Person, in.ID, in.Body))
	}, Created)
}

package api

import (
	"context"
	"net/http"

	"github.com/parley-im/parley/internal/identity"
)

// newRecovery is a recovery link, which is told once.
type newRecovery struct {
	identity.Recovery
	URL string `json:"url" doc:"Pass it on to them alone: it is not told again"`
}

// ByRecovery is the body of operations with a recovery link. Its token stands in no path, so that no log has it.
type ByRecovery struct {
	Token string `json:"token" doc:"From the link's fragment"`
}

func (a *API) registerRecovery() {
	people := a.identity

	Post(a, "/people/{id}/recovery", "Make a link by which somebody who is locked out gets in", func(ctx context.Context, in *ByID) (newRecovery, error) {
		c, err := ofSession(ctx)
		if err != nil {
			return newRecovery{}, err
		}
		r, url, err := people.MakeRecovery(ctx, c.Person, in.ID)
		return newRecovery{r, url}, err
	}, Created, Describe("For owners and admins, and nobody above them. It works once, for 24 hours; all former ones are void. "+
		"Who opens it sets a new password or makes a passkey, which ends all sessions of the account."))
	Post(a, "/recovery/offer", "Whose account a recovery link opens", func(ctx context.Context, in *struct{ Body ByRecovery }) (identity.RecoveryOffer, error) {
		return people.OfferRecovery(ctx, in.Body.Token, ClientFrom(ctx))
	}, Open)
	Post(a, "/recovery/passkey/begin", "Begin to recover an account with a new passkey", func(ctx context.Context, in *struct{ Body ByRecovery }) (ceremony, error) {
		options, err := people.BeginRecoveryPasskey(ctx, in.Body.Token, ClientFrom(ctx))
		return ceremony{Options: options}, err
	}, Open)
	Register(a, http.MethodPost, "/recovery", "Recover an account with a new password or passkey", func(ctx context.Context, in *struct {
		Body struct {
			ByRecovery
			identity.WayIn
		}
	},
	) (*signedIn, error) {
		return a.welcome(people.Recover(ctx, in.Body.Token, in.Body.WayIn, ClientFrom(ctx)))
	}, Open, Created)
}

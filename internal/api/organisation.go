package api

import (
	"context"

	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/parley"
)

// newInvitation is an invitation with its link, which is told once.
type newInvitation struct {
	identity.Invitation
	URL string `json:"url" doc:"Pass it on: it is not told again"`
}

func (a *API) registerOrganisation() {
	people := a.identity

	Get(a, "/organisation", "The organisation and its rules", func(ctx context.Context, _ *struct{}) (parley.Organisation, error) {
		return people.Organisation(ctx)
	})
	Patch(a, "/organisation", "Change the organisation", func(ctx context.Context, in *struct{ Body identity.OrganisationChange }) (parley.Organisation, error) {
		return people.ChangeOrganisation(ctx, CallerFrom(ctx).Person, in.Body)
	})

	Get(a, "/invitations", "Invitations that can be accepted", func(ctx context.Context, _ *struct{}) ([]identity.Invitation, error) {
		return people.Invitations(ctx, CallerFrom(ctx).Person)
	}, Describe("Yours; for owners and admins everybody's."))
	Post(a, "/invitations", "Invite people", func(ctx context.Context, in *struct{ Body identity.InvitationOrder }) (newInvitation, error) {
		inv, url, err := people.Invite(ctx, CallerFrom(ctx).Person, in.Body)
		return newInvitation{Invitation: inv, URL: url}, err
	}, Created)
	Delete(a, "/invitations/{id}", "Revoke an invitation", func(ctx context.Context, in *ByID) (Nothing, error) {
		return Nothing{}, people.RevokeInvitation(ctx, CallerFrom(ctx).Person, in.ID)
	})
}

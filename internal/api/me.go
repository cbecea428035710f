package api

import (
	"bytes"
	"context"

	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/parley"
)

func (a *API) registerMe() {
	people := a.identity

	Get(a, "/me", "You", func(ctx context.Context, _ *struct{}) (identity.Me, error) {
		return people.Me(ctx, CallerFrom(ctx).Person.ID)
	})
	Patch(a, "/me", "Change what you tell of yourself", func(ctx context.Context, in *struct{ Body identity.Profile }) (identity.Me, error) {
		id := CallerFrom(ctx).Person.ID
		if _, err := people.ChangeProfile(ctx, id, in.Body); err != nil {
			return identity.Me{}, err
		}
		return people.Me(ctx, id)
	})
	Put(a, "/me/status", "Say what you are up to", func(ctx context.Context, in *struct{ Body parley.Status }) (parley.Person, error) {
		return people.SetStatus(ctx, CallerFrom(ctx).Person.ID, &in.Body)
	})
	Delete(a, "/me/status", "Take your status back", func(ctx context.Context, _ *struct{}) (Nothing, error) {
		_, err := people.SetStatus(ctx, CallerFrom(ctx).Person.ID, nil)
		return Nothing{}, err
	})
	Put(a, "/me/avatar", "Set your picture", func(ctx context.Context, in *struct {
		RawBody []byte `contentType:"application/octet-stream"`
	},
	) (parley.Person, error) {
		return people.SetAvatar(ctx, CallerFrom(ctx).Person.ID, bytes.NewReader(in.RawBody))
	}, Upload(identity.MaxAvatar), Describe("The body is the image itself: PNG, JPEG, GIF or WebP. The middle of it is kept, small."))
	Delete(a, "/me/avatar", "Take your picture away", func(ctx context.Context, _ *struct{}) (Nothing, error) {
		_, err := people.RemoveAvatar(ctx, CallerFrom(ctx).Person.ID)
		return Nothing{}, err
	})
	Put(a, "/me/password", "Set your password", func(ctx context.Context, in *struct {
		Body struct {
			Current string `json:"current,omitempty" doc:"Needed by who has one"`
			New     string `json:"new"`
		}
	},
	) (Nothing, error) {
		c, err := ofSession(ctx)
		if err != nil {
			return Nothing{}, err
		}
		return Nothing{}, people.ChangePassword(ctx, c, in.Body.Current, in.Body.New)
	}, Describe("Signs you out everywhere else."))
	Put(a, "/me/email", "Change the mail address that you sign in with", func(ctx context.Context, in *struct {
		Body struct {
			Email string `json:"email" format:"email"`
			identity.Proof
		}
	},
	) (identity.Me, error) {
		c, err := ofSession(ctx)
		if err != nil {
			return identity.Me{}, err
		}
		return people.ChangeEmail(ctx, c, in.Body.Email, in.Body.Proof)
	}, Describe("Confirm it by your password or a passkey."))
	Get(a, "/me/preferences", "Your preferences", func(ctx context.Context, _ *struct{}) (map[string]any, error) {
		return people.Preferences(ctx, CallerFrom(ctx).Person.ID)
	})
	Patch(a, "/me/preferences", "Change your preferences", func(ctx context.Context, in *struct{ Body map[string]any }) (map[string]any, error) {
		return people.ChangePreferences(ctx, CallerFrom(ctx).Person.ID, in.Body)
	}, Describe("A JSON merge patch (RFC 7396): null takes a preference away. Known to all apps are read_receipts, show_presence, "+
		"enter_sends, write_markdown (true or false), theme (auto, light, dark) and density (calm, dense); an app may keep its own."))

	Get(a, "/tokens", "Your access tokens", func(ctx context.Context, _ *struct{}) ([]identity.AccessToken, error) {
		by := CallerFrom(ctx).Person
		return people.Tokens(ctx, by, by.ID)
	})
	Post(a, "/tokens", "Make an access token", func(ctx context.Context, in *struct{ Body identity.TokenOrder }) (newToken, error) {
		c, err := ofSession(ctx)
		if err != nil {
			return newToken{}, err
		}
		return makeToken(people.MakeToken(ctx, c.Person, c.Person.ID, in.Body))
	}, Created)
	Delete(a, "/tokens/{id}", "Revoke an access token", func(ctx context.Context, in *ByID) (Nothing, error) {
		return Nothing{}, people.RevokeToken(ctx, CallerFrom(ctx).Person, in.ID)
	}, Describe("One of yours; or one of a bot, for who manages bots."))
}

// newToken is an access token with its secret, which is told once.
type newToken struct {
	identity.AccessToken
	Token string `json:"token" doc:"Keep it: it is not told again"`
}

func makeToken(t identity.AccessToken, secret string, err error) (newToken, error) {
	return newToken{AccessToken: t, Token: secret}, err
}

package api

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/parley"
)

// signedIn is the answer to who has come in.
type signedIn struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
	Body      welcome
}

type welcome struct {
	Me identity.Me `json:"me"`
}

func (a *API) welcome(e identity.Entry, err error) (*signedIn, error) {
	if err != nil {
		return nil, err
	}
	return &signedIn{SetCookie: a.cookie(e.Token, identity.SessionLife), Body: welcome{e.Me}}, nil
}

// LetIn gives the browser that asks the session of an entry, for handlers that are not operations.
func (a *API) LetIn(w http.ResponseWriter, e identity.Entry) {
	c := a.cookie(e.Token, identity.SessionLife)
	http.SetCookie(w, &c)
}

// cookieLife is longer than a session, which slides: the server decides when it is over. Browsers keep a cookie for
// at most 400 days.
const cookieLife = 400 * 24 * time.Hour

func (a *API) cookie(token string, life time.Duration) http.Cookie {
	c := http.Cookie{Name: SessionCookie, Value: token, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: a.secure}
	if c.MaxAge = int(cookieLife.Seconds()); life <= 0 {
		c.MaxAge = -1
	}
	return c
}

// ofSession refuses access tokens: who finds one must not be able to make a lasting way in of it.
func ofSession(ctx context.Context) (identity.Caller, error) {
	c := CallerFrom(ctx)
	if c.Session == parley.None {
		return c, parley.Refuse(parley.ErrForbidden, "session_needed", "An access token may not do this: sign in.")
	}
	return c, nil
}

type setupState struct {
	Needed       bool   `json:"needed" doc:"Nobody is owner yet: open the link that the server has printed"`
	Organisation string `json:"organisation,omitempty"`
}

type founding struct {
	Token        string `json:"token" doc:"From the link's fragment"`
	Organisation string `json:"organisation" minLength:"1"`
	identity.Account
}

func (a *API) registerSignIn() {
	people := a.identity

	Get(a, "/setup", "Whether the first owner is needed", func(ctx context.Context, _ *struct{}) (s setupState, err error) {
		if s.Needed, err = people.NeedsOwner(ctx); err != nil || s.Needed {
			return s, err
		}
		o, err := people.Organisation(ctx)
		s.Organisation = o.Name
		return s, err
	}, Open)
	Register(a, http.MethodPost, "/setup", "Become the first owner", func(ctx context.Context, in *struct{ Body founding }) (*signedIn, error) {
		return a.welcome(people.Found(ctx, in.Body.Token, in.Body.Organisation, in.Body.Account, ClientFrom(ctx)))
	}, Open, Created)

	Get(a, "/invitations/{token}/offer", "What an invitation offers", func(ctx context.Context, in *struct {
		Token string `path:"token"`
	},
	) (identity.Offer, error) {
		return people.Offer(ctx, in.Token)
	}, Open)
	Register(a, http.MethodPost, "/invitations/{token}/accept", "Make an account by an invitation", func(ctx context.Context, in *struct {
		Token string `path:"token"`
		Body  identity.Account
	},
	) (*signedIn, error) {
		return a.welcome(people.Accept(ctx, in.Token, in.Body, ClientFrom(ctx)))
	}, Open, Created)

	Register(a, http.MethodPost, "/sessions", "Sign in with a password", func(ctx context.Context, in *struct {
		Body struct {
			Email    string `json:"email"`
			Password string `json:"password"`
		}
	},
	) (*signedIn, error) {
		return a.welcome(people.SignIn(ctx, in.Body.Email, in.Body.Password, ClientFrom(ctx)))
	}, Open, Created)
	Get(a, "/sessions", "Where you are signed in", func(ctx context.Context, _ *struct{}) ([]identity.Session, error) {
		return people.Sessions(ctx, CallerFrom(ctx))
	})
	Register(a, http.MethodDelete, "/sessions/{id}", "Sign out", a.signOut, Describe("The id current means the session that asks."), noContent)
	Delete(a, "/sessions", "Sign out everywhere else", func(ctx context.Context, _ *struct{}) (Nothing, error) {
		c, err := ofSession(ctx)
		if err != nil {
			return Nothing{}, err
		}
		return Nothing{}, people.SignOutOthers(ctx, c.Person.ID, c.Session)
	})
	a.registerPasskeys()
	a.registerRecovery()
}

type signedOut struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
}

func (a *API) signOut(ctx context.Context, in *struct {
	ID string `path:"id"`
},
) (*signedOut, error) {
	c, err := ofSession(ctx)
	if err != nil {
		return nil, err
	}
	id := c.Session
	if in.ID != "current" {
		if id, err = parley.ParseID(in.ID); err != nil {
			return nil, parley.Invalid("path.id", "id", "must be the id of a session, or current")
		}
	}
	if err := a.identity.SignOut(ctx, c.Person.ID, id); err != nil || id != c.Session {
		return &signedOut{}, err
	}
	return &signedOut{SetCookie: a.cookie("", 0)}, nil
}

// ceremony is a question that a browser's authenticator answers (WebAuthn level 3, the JSON forms).
type ceremony struct {
	Options json.RawMessage `json:"options" doc:"For PublicKeyCredential.parseCreationOptionsFromJSON or parseRequestOptionsFromJSON"`
	State   string          `json:"state,omitempty" doc:"Send it back as it is"`
}

func (a *API) registerPasskeys() {
	people := a.identity

	Post(a, "/sessions/passkey/begin", "Begin to sign in with a passkey", func(context.Context, *struct{}) (ceremony, error) {
		options, err := people.BeginSignIn()
		return ceremony{Options: options}, err
	}, Open)
	Register(a, http.MethodPost, "/sessions/passkey", "Sign in with a passkey", func(ctx context.Context, in *struct {
		Body struct {
			State      string          `json:"state,omitempty"`
			Credential json.RawMessage `json:"credential" doc:"AuthenticationResponseJSON"`
		}
	},
	) (*signedIn, error) {
		return a.welcome(people.SignInWithPasskey(ctx, in.Body.Credential, ClientFrom(ctx)))
	}, Open, Created)

	Post(a, "/passkeys/begin", "Begin to add a passkey", func(ctx context.Context, _ *struct{}) (ceremony, error) {
		c, err := ofSession(ctx)
		if err != nil {
			return ceremony{}, err
		}
		options, err := people.BeginPasskey(ctx, c.Person.ID)
		return ceremony{Options: options}, err
	})
	Post(a, "/passkeys", "Add a passkey", func(ctx context.Context, in *struct {
		Body struct {
			Name       string          `json:"name,omitempty"`
			Credential json.RawMessage `json:"credential" doc:"RegistrationResponseJSON"`
		}
	},
	) (identity.Passkey, error) {
		c, err := ofSession(ctx)
		if err != nil {
			return identity.Passkey{}, err
		}
		return people.AddPasskey(ctx, c.Person.ID, in.Body.Name, in.Body.Credential)
	}, Created)
	Get(a, "/passkeys", "Your passkeys", func(ctx context.Context, _ *struct{}) ([]identity.Passkey, error) {
		return people.Passkeys(ctx, CallerFrom(ctx).Person.ID)
	})
	Delete(a, "/passkeys/{id}", "Forget a passkey", func(ctx context.Context, in *ByID) (Nothing, error) {
		c, err := ofSession(ctx)
		if err != nil {
			return Nothing{}, err
		}
		return Nothing{}, people.RemovePasskey(ctx, c.Person.ID, in.ID)
	})
}

package api

import (
	"context"
	"errors"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/parley"
)

// SessionCookie is the cookie that holds the token of a session.
const SessionCookie = "parley_session"

type askingKey struct{}

// asking is what is known of who sent a request. Whose credentials they are is looked up when somebody wants to know.
type asking struct {
	client identity.Client
	token  string

	once   sync.Once
	caller identity.Caller
	err    error
}

func askingOf(ctx context.Context) *asking {
	if q, ok := ctx.Value(askingKey{}).(*asking); ok {
		return q
	}
	return &asking{}
}

func (a *API) ask(r *http.Request) *asking {
	q := &asking{client: identity.Client{IP: a.ClientIP(r), UserAgent: r.UserAgent()}}
	if token, bearer := bearerToken(r); bearer {
		q.token = token
	} else if c, err := r.Cookie(SessionCookie); err == nil {
		q.token = c.Value
	}
	return q
}

// bearerToken returns the token of the Authorization header. With one, cookies do not count.
func bearerToken(r *http.Request) (string, bool) {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	return strings.TrimSpace(token), strings.EqualFold(scheme, "Bearer")
}

// who returns the caller; the error wraps ErrUnknown when there is none.
func (a *API) who(ctx context.Context) (identity.Caller, error) {
	q := askingOf(ctx)
	q.once.Do(func() { q.caller, q.err = a.identity.Authenticate(ctx, q.token) })
	return q.caller, q.err
}

// CallerFrom returns who asks. In operations that are not Open, and behind SignedIn, there always is somebody.
func CallerFrom(ctx context.Context) identity.Caller { return askingOf(ctx).caller }

// ClientFrom returns the device that asks.
func ClientFrom(ctx context.Context) identity.Client { return askingOf(ctx).client }

// admit lets a request through: somebody is signed in, or open is set, and they do not change too much at once.
func (a *API) admit(ctx context.Context, method string, open bool) error {
	c, err := a.who(ctx)
	if err != nil && !(open && errors.Is(err, parley.ErrUnknown)) {
		return err
	}
	if method == http.MethodGet || method == http.MethodHead || method == http.MethodOptions {
		return nil
	}
	key := c.Person.ID.String()
	if err != nil {
		key = askingOf(ctx).client.IP
	}
	if wait := a.writes.Wait(key); wait > 0 {
		return &identity.LimitedError{After: wait}
	}
	return nil
}

func (a *API) admitOperation(ctx huma.Context, next func(huma.Context)) {
	open, _ := ctx.Operation().Metadata[openKey].(bool)
	if err := a.admit(ctx.Context(), ctx.Method(), open); err != nil {
		r, w := humago.Unwrap(ctx)
		a.Fail(w, r, err)
		return
	}
	next(ctx)
}

// SignedIn lets only those through who are signed in, for handlers that are not operations.
func (a *API) SignedIn(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := a.admit(r.Context(), r.Method, false); err != nil {
			a.Fail(w, r, err)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// MayAsk lets everybody through and looks who it is, for handlers that are not operations.
func (a *API) MayAsk(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := a.admit(r.Context(), r.Method, true); err != nil {
			a.Fail(w, r, err)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// ClientIP is the address of who is connected, or, when that is a trusted proxy, the last in X-Forwarded-For that is
// none: what stands before it was written by whoever that is. Each address has one spelling, as limits count by it.
func (a *API) ClientIP(r *http.Request) string {
	connected, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr // no connection of the Internet
	}
	client := plain(connected.Addr())
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && a.trusts(client); i-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		client = plain(hop)
	}
	return client.String()
}

// plain is an address without the two ways to write it otherwise: as IPv6 what is IPv4, and with a zone of that machine.
func plain(ip netip.Addr) netip.Addr { return ip.Unmap().WithZone("") }

func (a *API) trusts(ip netip.Addr) bool {
	return slices.ContainsFunc(a.options.TrustedProxies, func(p netip.Prefix) bool { return p.Contains(ip) })
}

package api_test

import (
	"fmt"
	"net/http"
	"net/netip"
	"testing"
	"testing/synctest"
	"time"

	"github.com/parley-im/parley/internal/api"
	"github.com/parley-im/parley/internal/parley"
)

func TestALimiterGivesWhatItSays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := api.NewLimiter(1, 2)
		want := func(key string, want time.Duration) {
			t.Helper()
			if got := l.Wait(key); got != want {
				t.Errorf("%s waits %s, want %s", key, got, want)
			}
		}
		want("a", 0)
		want("a", 0)
		for range 3 { // to be told to wait takes nothing
			want("a", time.Second)
		}
		want("b", 0)
		time.Sleep(time.Second)
		want("a", 0)
		want("a", time.Second)
		time.Sleep(time.Hour)
		want("a", 0)
		want("a", 0)
		want("a", time.Second)
	})
}

func TestALimitIsNotForgottenWhenManyCome(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := api.NewLimiter(1, 3)
		for range 3 {
			l.Wait("busy")
		}
		for i := range 19_999 { // with the busy one as many as are remembered
			l.Wait(fmt.Sprint("guest ", i))
		}
		time.Sleep(time.Second) // the guests are at rest again, and forgotten when the next one comes
		l.Wait("one more")
		if a, b := l.Wait("busy"), l.Wait("busy"); a != 0 || b != time.Second {
			t.Errorf("who was busy waits %s, then %s", a, b)
		}
	})
}

func TestEachPersonAndEachAddressOfNobodyHasALimitOfTheirOwn(t *testing.T) {
	h, owner := aHouse(t, func(o *api.Options) {
		o.Writes, o.WriteBurst, o.TrustedProxies = 0.001, 3, []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	})
	ana := owner.invited(parley.MemberRole, "Ana Member") // a change of the owner's, and one of nobody at 127.0.0.1
	writes := func(who string, g *guest, want ...int) {
		t.Helper()
		for i, want := range want {
			if answer, text := g.do(http.MethodPut, "/me/status", map[string]any{"text": "x"}); answer.StatusCode != want {
				t.Errorf("change %d of %s: %d %s", i+1, who, answer.StatusCode, text)
			}
		}
	}
	writes("ana", ana, 200, 200, 200, 429, 429)
	writes("the owner", owner, 200, 200, 429)
	knocks := func(from string, want ...int) {
		t.Helper()
		for i, want := range want {
			g := h.stranger()
			g.header.Set("X-Forwarded-For", from)
			if answer, text := g.do(http.MethodPost, "/sessions", map[string]any{"email": "nobody@harbour.example", "password": password}); answer.StatusCode != want {
				t.Errorf("knock %d from %s: %d %s", i+1, from, answer.StatusCode, text)
			}
		}
	}
	knocks("203.0.113.1", 401, 401, 401, 429)
	knocks("203.0.113.2", 401)
}

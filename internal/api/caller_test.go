package api_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/parley-im/parley/internal/api"
	"github.com/parley-im/parley/internal/identity"
)

func TestTheClientIsWhoIsConnectedOrWhomATrustedProxyNames(t *testing.T) {
	here, nodes := netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("10.0.0.0/8")
	for name, c := range map[string]struct {
		trusted   []netip.Prefix
		forwarded []string
		want      string
	}{
		"nobody is trusted":     {nil, []string{"203.0.113.9"}, "127.0.0.1"},
		"the proxy is":          {[]netip.Prefix{here}, []string{"203.0.113.9"}, "203.0.113.9"},
		"what strangers add":    {[]netip.Prefix{here}, []string{"1.1.1.1, 203.0.113.9"}, "203.0.113.9"},
		"two proxies":           {[]netip.Prefix{here, nodes}, []string{"1.1.1.1, 203.0.113.9", "10.1.2.3"}, "203.0.113.9"},
		"another proxy":         {[]netip.Prefix{here}, []string{"203.0.113.9, 10.1.2.3"}, "10.1.2.3"},
		"nonsense in the chain": {[]netip.Prefix{here}, []string{"203.0.113.9, evil\\\"x"}, "127.0.0.1"},
		"another spelling":      {[]netip.Prefix{here, nodes}, []string{"2001:DB8:0::9, ::ffff:10.1.2.3"}, "2001:db8::9"},
		"a zone":                {[]netip.Prefix{here}, []string{"fe80::9%<b>"}, "fe80::9"},
		"no header":             {[]netip.Prefix{here}, nil, "127.0.0.1"},
	} {
		t.Run(name, func(t *testing.T) {
			_, owner := aHouse(t, func(o *api.Options) { o.TrustedProxies = c.trusted })
			g := owner.h.stranger()
			g.header["X-Forwarded-For"] = c.forwarded
			g.must(http.MethodPost, "/sessions", map[string]any{"email": "olga@harbour.example", "password": password}, 201, nil)
			var list []identity.Session
			g.must(http.MethodGet, "/sessions", nil, 200, &list)
			for _, s := range list {
				if s.Current && s.IP != c.want {
					t.Errorf("the client is %s, want %s", s.IP, c.want)
				}
			}
		})
	}
}

// FuzzForwardedFor: whatever the header holds, the client is an address in its one spelling that is connected, or that
// stands in the header with nothing but trusted proxies after it. Who is no trusted proxy chooses nothing by what they
// wrote before.
func FuzzForwardedFor(f *testing.F) {
	proxies := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8")}
	h, _ := aHouse(f, func(o *api.Options) { o.TrustedProxies = proxies })
	for _, seed := range [][3]string{
		{"203.0.113.9", "1.1.1.1", ""},
		{"10.0.0.1", "1.1.1.1", "203.0.113.9"},
		{"10.0.0.1", "10.0.0.2,", "203.0.113.9, 10.1.2.3,fd00::1"},
		{"fd00::1", "::ffff:10.0.0.3", "2001:DB8::9 ,::FFFF:10.1.2.3"},
		{"::ffff:10.0.0.1", "x", "1.1.1.1, unknown, 10.0.0.2"},
		{"fe80::1%eth0", "fd00::2%eth0", "fe80::1%<b>, fd00::2%x"},
		{"10.0.0.1", "", "203.0.113.9:4711, [fd00::1]:80, 10.0.0.2"},
	} {
		f.Add(seed[0], seed[1], seed[2])
	}
	plain := func(text string) (ip netip.Addr) {
		ip, _ = netip.ParseAddr(strings.TrimSpace(text))
		return ip.Unmap().WithZone("")
	}
	trusted := func(ip netip.Addr) bool {
		return slices.ContainsFunc(proxies, func(p netip.Prefix) bool { return p.Contains(ip) })
	}
	f.Fuzz(func(t *testing.T, connected, forged, forwarded string) {
		from, err := netip.ParseAddr(connected)
		if err != nil {
			return
		}
		client := func(header ...string) string {
			return h.api.ClientIP(&http.Request{
				RemoteAddr: netip.AddrPortFrom(from, 4711).String(), Header: http.Header{"X-Forwarded-For": header},
			})
		}
		got := client(forwarded)
		ip, err := netip.ParseAddr(got)
		if err != nil || ip.String() != got || ip != plain(got) {
			t.Fatalf("the client is %q", got)
		}
		chain := append(strings.Split(forwarded, ","), connected)
		for i := len(chain) - 1; i >= 0 && plain(chain[i]) != ip; i-- {
			if hop := plain(chain[i]); !trusted(hop) || i == 0 {
				t.Fatalf("the client is %s, but before that stands %s", got, hop)
			}
		}
		if !trusted(ip) && (client(forged, forwarded) != got || client(forged+","+forwarded) != got) {
			t.Errorf("%q before %q is heard", forged, forwarded)
		}
	})
}

// FuzzCredentials: who brings none of ours is nobody, and with a Bearer header no cookie counts.
func FuzzCredentials(f *testing.F) {
	h, owner := aHouse(f, func(o *api.Options) { o.Logger = slog.New(slog.DiscardHandler) })
	for _, seed := range [][2]string{
		{"", ""},
		{"", api.SessionCookie + "={session}"},
		{"Bearer {session}", ""},
		{"bearer  {session} ", "other=1; " + api.SessionCookie + "=x"},
		{"Bearer parley_forged", api.SessionCookie + "={session}"},
		{"Basic eDp5", api.SessionCookie + "=\"{session}\""},
		{"Bearer", api.SessionCookie + "=; " + api.SessionCookie + "={session}"},
	} {
		f.Add(seed[0], seed[1])
	}
	f.Fuzz(func(t *testing.T, authorization, cookie string) {
		r := httptest.NewRequest(http.MethodGet, api.Base+"/me", nil)
		r.Header["Authorization"] = []string{strings.ReplaceAll(authorization, "{session}", owner.cookie)}
		r.Header["Cookie"] = []string{strings.ReplaceAll(cookie, "{session}", owner.cookie)}
		w := httptest.NewRecorder()
		h.api.ServeHTTP(w, r)
		brought := cookie
		if scheme, _, _ := strings.Cut(authorization, " "); strings.EqualFold(scheme, "Bearer") {
			brought = authorization
		}
		if in := w.Code == http.StatusOK; in && !strings.Contains(brought, "{session}") || !in && w.Code != http.StatusUnauthorized {
			t.Errorf("%q and %q are answered with %d", authorization, cookie, w.Code)
		}
	})
}

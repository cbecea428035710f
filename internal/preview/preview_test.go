package preview_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"

	"github.com/parley-im/parley/internal/blob"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/preview"
)

// site starts a server, and a Fetcher that may reach it although it is on loopback.
func site(t *testing.T, h http.HandlerFunc, o preview.Options) (string, *preview.Fetcher) {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	o.Allow = append(o.Allow, netip.MustParseAddrPort(server.Listener.Addr().String()))
	return server.URL, preview.New(o)
}

func page(head string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, "<!doctype html><html><head>%s</head><body><title>not this</title></body></html>", head)
	}
}

func aPNG(t *testing.T, w, h int) []byte {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for i := range m.Pix {
		m.Pix[i] = 255
	}
	m.Set(0, 0, color.Black)
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func store(t *testing.T) *blob.Store {
	s, err := blob.Open(t.Context(), "file://"+t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestAPageIsDescribedByWhatItSaysOfItself(t *testing.T) {
	for name, c := range map[string]struct{ head, title, description, site string }{
		"open graph": {
			`<title>plain</title><meta property="og:title" content="A &amp; B"><meta property="og:description" content="What
			it is"><meta property="og:site_name" content="Example">`, "A & B", "What it is", "Example",
		},
		"plain html": {`<title> A
			title </title><meta name="description" content="words">`, "A title", "words", "127.0.0.1"},
		"twitter":                    {`<meta name="twitter:title" content="T"><meta name="twitter:description" content="D">`, "T", "D", "127.0.0.1"},
		"nothing":                    {``, "", "", "127.0.0.1"},
		"the first wins":             {`<meta property="og:title" content="1"><meta property="og:title" content="2">`, "1", "", "127.0.0.1"},
		"markup is text":             {`<title><b>x</b> &lt;script&gt;</title>`, "<b>x</b> <script>", "", "127.0.0.1"},
		"direction cannot be forged": {"<title>a\u202eb\u2066c\x01</title>", "abc", "", "127.0.0.1"},
		"a script is not a title":    {`<script>"<title>no</title>"</script><title>yes</title>`, "yes", "", "127.0.0.1"},
		"a title without end":        {"<title>" + strings.Repeat("long ", 100), strings.TrimSpace(strings.Repeat("long ", 27)) + "…", "", "127.0.0.1"},
	} {
		t.Run(name, func(t *testing.T) {
			u, f := site(t, page(c.head), preview.Options{})
			p, err := f.Fetch(t.Context(), u+"/x#part")
			if err != nil {
				t.Fatal(err)
			}
			if p.Title != c.title || p.Description != c.description || p.Site != c.site || p.URL != u+"/x" || p.ImageHash != "" {
				t.Errorf("got %+v", p)
			}
		})
	}
}

func TestWordsOfOtherCharsetsAreRead(t *testing.T) {
	for contentType, body := range map[string]string{
		"text/html; charset=iso-8859-1": "<title>Gr\xfc\xdfe</title>",
		"text/html":                     "<meta charset=windows-1252><title>Gr\xfc\xdfe</title>",
		"text/html; charset=utf-16le":   "<\x00t\x00i\x00t\x00l\x00e\x00>\x00G\x00r\x00\xfc\x00\xdf\x00e\x00<\x00/\x00t\x00i\x00t\x00l\x00e\x00>\x00",
	} {
		u, f := site(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", contentType)
			_, _ = io.WriteString(w, body)
		}, preview.Options{})
		if p, err := f.Fetch(t.Context(), u); err != nil || p.Title != "Grüße" {
			t.Errorf("%s: got %q, %v", contentType, p.Title, err)
		}
	}
}

func TestThePictureIsKeptWithOurOwnFiles(t *testing.T) {
	big, tiny := aPNG(t, 1440, 720), aPNG(t, 1, 1)
	u, f := site(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/page":
			page(`<title>t</title><meta property="og:image" content="/big.png">`)(w, r)
		case "/tracked":
			page(`<title>t</title><meta property="og:image" content="/tiny.png">`)(w, r)
		case "/broken":
			page(`<title>t</title><meta property="og:image" content="/nosuch.png">`)(w, r)
		case "/forged":
			page(`<title>t</title><meta property="og:image" content="file:///etc/passwd">`)(w, r)
		case "/script":
			page(`<title>t</title><meta property="og:image" content="/page">`)(w, r)
		case "/big.png":
			_, _ = w.Write(big)
		case "/tiny.png":
			_, _ = w.Write(tiny)
		default:
			http.NotFound(w, r)
		}
	}, preview.Options{Blobs: store(t)})
	for path, want := range map[string]bool{"/page": true, "/big.png": true, "/tracked": false, "/broken": false, "/forged": false, "/script": false} {
		p, err := f.Fetch(t.Context(), u+path)
		if err != nil {
			t.Fatal(err)
		}
		if (p.ImageHash != "") != want || want && (p.ImageWidth != 720 || p.ImageHeight != 360 || p.ImageType != "image/jpeg") {
			t.Errorf("%s: got %+v", path, p)
		}
	}
}

func TestOnlyThePublicWebIsReached(t *testing.T) {
	var asked atomic.Int32
	u, _ := site(t, func(http.ResponseWriter, *http.Request) { asked.Add(1) }, preview.Options{})
	port := u[strings.LastIndexByte(u, ':'):]
	strict := preview.New(preview.Options{})
	for _, link := range []string{
		u, "http://localhost" + port, "http://[::1]" + port, "http://0" + port, "http://[::ffff:127.0.0.1]" + port, "http://127.0.0.1:80/",
		"http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/", "http://192.168.1.1/", "http://[fd00::1]/", "http://[fe80::1]/",
		"http://[64:ff9b::7f00:1]/", "https://172.16.0.1/", "http://100.100.100.200/",
	} {
		if _, err := strict.Fetch(t.Context(), link); !errors.Is(err, parley.ErrForbidden) && !errors.Is(err, parley.ErrUnavailable) {
			t.Errorf("%s: got %v", link, err)
		}
	}
	if _, err := strict.Fetch(t.Context(), u); !errors.Is(err, parley.ErrForbidden) {
		t.Errorf("loopback: got %v", err)
	}
	for _, link := range []string{"", "x", "/c/1", "ftp://example.org", "file:///etc/passwd", "http://", "http://a:b@example.org/", "javascript:alert(1)", "http://" + strings.Repeat("a", 3000)} {
		if _, err := strict.Fetch(t.Context(), link); !errors.Is(err, parley.ErrInvalid) {
			t.Errorf("%.40s: got %v", link, err)
		}
	}
	if asked.Load() > 0 {
		t.Errorf("the server was reached %d times", asked.Load())
	}
}

func TestWhichAddressesArePublic(t *testing.T) {
	for address, want := range map[string]bool{
		"93.184.216.34": true, "8.8.8.8": true, "2606:4700::1111": true, "::ffff:8.8.8.8": true,
		"127.0.0.1": false, "10.1.2.3": false, "172.31.0.1": false, "192.168.0.1": false, "169.254.169.254": false, "100.64.0.1": false,
		"0.0.0.0": false, "255.255.255.255": false, "224.0.0.1": false, "192.0.2.1": false, "198.18.0.1": false,
		"::": false, "::1": false, "fe80::1": false, "fc00::1": false, "ff02::1": false, "2001:db8::1": false, "2002:7f00:1::": false,
		"64:ff9b::7f00:1": false, "::ffff:127.0.0.1": false, "::127.0.0.1": false, "2001::1": false, "fe80::1%eth0": false,
	} {
		if got := preview.Public(netip.MustParseAddr(address)); got != want {
			t.Errorf("%s: got %v", address, got)
		}
	}
}

// FuzzPublic: what is reached is nothing that Go's own library knows to be somebody's inside, however it is written.
func FuzzPublic(f *testing.F) {
	for _, a := range []string{
		"8.8.8.8", "127.0.0.1", "100.64.0.1", "::1", "::ffff:10.0.0.1", "fe80::1", "fd00::1", "2001:4860::8888", "64:ff9b::7f00:1", "2002:7f00:1::", "ff02::1", "0.0.0.0",
	} {
		f.Add(netip.MustParseAddr(a).AsSlice())
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		a, ok := netip.AddrFromSlice(b)
		if !ok {
			return
		}
		is, plain := preview.Public(a), a.Unmap()
		if is && (plain.IsPrivate() || plain.IsLoopback() || plain.IsLinkLocalUnicast() || plain.IsMulticast() || plain.IsUnspecified()) {
			t.Errorf("%s is public", a)
		}
		if is != preview.Public(plain) {
			t.Errorf("%s and %s differ", a, plain)
		}
	})
}

func TestARedirectIsJudgedLikeTheLink(t *testing.T) {
	var asked atomic.Int32
	inside := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	defer inside.Close()
	u, f := site(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Referer") != "" || r.Header.Get("User-Agent") != preview.UserAgent {
			t.Errorf("got the headers %v", r.Header)
		}
		if to := r.URL.Query().Get("to"); to != "" {
			http.Redirect(w, r, to, http.StatusFound)
			return
		}
		page("<title>arrived</title>")(w, r)
	}, preview.Options{})
	hops := func(n int) string {
		link := u + "/"
		for range n {
			link = u + "/?to=" + url.QueryEscape(link)
		}
		return link
	}
	if p, err := f.Fetch(t.Context(), hops(3)); err != nil || p.Title != "arrived" || p.URL != u+"/" {
		t.Errorf("three redirects: got %+v, %v", p, err)
	}
	for link, want := range map[string]error{
		hops(4):                         parley.ErrInvalid,
		u + "/?to=" + inside.URL:        parley.ErrForbidden,
		u + "/?to=file:///etc/passwd":   parley.ErrInvalid,
		u + "/?to=http://a:b@127.0.0.1": parley.ErrInvalid,
	} {
		if _, err := f.Fetch(t.Context(), link); !errors.Is(err, want) {
			t.Errorf("%s: got %v, want %v", link, err, want)
		}
	}
	if asked.Load() > 0 {
		t.Error("the inner server was reached")
	}
}

// A name server that changes its mind: what is connected to is what was checked.
func TestANameThatChangesItsAddressGainsNothing(t *testing.T) {
	var asked atomic.Int32
	inside := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	defer inside.Close()
	names, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer names.Close() //nolint:errcheck // it ends with the test
	go answer(names)
	f := preview.New(preview.Options{
		Timeout: time.Second,
		Resolver: &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, "udp", names.LocalAddr().String())
		}},
	})
	for range 3 {
		if _, err := f.Fetch(t.Context(), "http://rebind.example:80/"); !errors.Is(err, parley.ErrForbidden) {
			t.Errorf("got %v", err)
		}
	}
	if asked.Load() > 0 {
		t.Error("the inner server was reached")
	}
}

// answer answers every question for an IPv4 address with another that is not public either (the test reaches nobody), then with loopback.
func answer(names net.PacketConn) {
	buf := make([]byte, 1500)
	for n := 0; ; {
		size, from, err := names.ReadFrom(buf)
		if err != nil {
			return
		}
		var m dnsmessage.Message
		if m.Unpack(buf[:size]) != nil {
			continue
		}
		m.Response = true
		m.Additionals = nil
		if q := m.Questions[0]; q.Type == dnsmessage.TypeA {
			a := [4]byte{192, 0, 2, 1}
			if n++; n > 1 {
				a = [4]byte{127, 0, 0, 1}
			}
			m.Answers = []dnsmessage.Resource{{
				Header: dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: q.Class},
				Body:   &dnsmessage.AResource{A: a},
			}}
		}
		if out, err := m.Pack(); err == nil {
			_, _ = names.WriteTo(out, from)
		}
	}
}

func TestAHostileServerCostsNoMoreThanTheLimits(t *testing.T) {
	bomb := func() []byte {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		_, _ = io.WriteString(z, "<title>bomb</title>")
		for range 256 {
			_, _ = z.Write(make([]byte, 1<<20))
		}
		_ = z.Close()
		return b.Bytes()
	}()
	for name, c := range map[string]struct {
		handler http.HandlerFunc
		title   string
		err     error
	}{
		"an endless page": {func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			_, err := io.WriteString(w, "<title>endless</title>")
			for err == nil {
				_, err = io.WriteString(w, strings.Repeat("<p>", 1000))
			}
		}, "endless", nil},
		"a bomb": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write(bomb)
		}, "bomb", nil},
		"an endless head": {func(w http.ResponseWriter, r *http.Request) {
			conn, buf, err := w.(http.Hijacker).Hijack()
			if err != nil {
				return
			}
			defer conn.Close()
			_, err = buf.WriteString("HTTP/1.1 200 OK\r\n")
			for err == nil {
				_, err = buf.WriteString("X-A: " + strings.Repeat("a", 4000) + "\r\n")
			}
		}, "", parley.ErrUnavailable},
		"one that never answers": {func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, "", parley.ErrUnavailable},
		"one that stops in the middle": {func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			_, _ = io.WriteString(w, "<title>slo")
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		}, "", parley.ErrUnavailable},
		"one that hangs up": {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, "", parley.ErrUnavailable},
		"a program": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/octet-stream")
		}, "", parley.ErrInvalid},
		"gone":      {http.NotFound, "", parley.ErrNotFound},
		"failing":   {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) }, "", parley.ErrUnavailable},
		"forbidden": {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) }, "", parley.ErrInvalid},
		"a pixel bomb": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "image/png")
			_, _ = io.WriteString(w, "\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x00\xff\xff\x00\x00\xff\xff\x08\x06\x00\x00\x00\x00\x00\x00\x00")
		}, "", nil},
	} {
		t.Run(name, func(t *testing.T) {
			u, f := site(t, c.handler, preview.Options{Timeout: time.Second, Blobs: store(t)})
			start := time.Now()
			p, err := f.Fetch(t.Context(), u)
			if !errors.Is(err, c.err) || p.Title != c.title || p.ImageHash != "" {
				t.Errorf("got %+v, %v, want %v", p, err, c.err)
			}
			if took := time.Since(start); took > 3*time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}

func FuzzReadHead(f *testing.F) {
	for _, s := range []string{
		"<title>a</title>", `<meta property=og:title content="x">`, "<meta name=description content='a\u202eb'>", "<title>&#x202e;&#0;<b>", "<body><title>x",
		"<svg><title>x</title></svg>", "<!--<title>x</title>-->", "<meta property=og:image content=//x/y>", "\xff\xfe<title>\xff",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for i, got := range preview.ReadHead(strings.NewReader(s)) {
			if strings.ContainsAny(got, "\n\x00\u202e\u2066\x1b") || (i < 3 && len(got) > 64*300) {
				t.Fatalf("%q gave %q", s, got)
			}
		}
	})
}

// Package preview finds out what a link leads to: title, description, site, picture.
//
// The page is fetched by the server, once, and its picture is made anew and kept with our own files: a reader's browser never
// speaks to the third party. The link was written by anybody, so the fetch can reach the public web only
// (guard.go), and is short, small and without cookies. Not followed: oEmbed, scripts, meta refresh, proxies of the
// environment (a proxy would resolve names behind our back). It must not know who sent the link, nor who reads it.
package preview

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"golang.org/x/net/html/charset"

	"github.com/parley-im/parley/internal/blob"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/picture"
)

// UserAgent is what we call ourselves, so that a site can let us in or keep us out.
const UserAgent = "Parley/1.0 (link preview; +https://github.com/parley-im/parley)"

const (
	maxPage      = 512 << 10 // bytes, unpacked; the rest of a page is not read
	maxImage     = 4 << 20   // bytes, unpacked; a larger picture is left out
	maxRedirects = 3
	maxURL       = 2048
	imageSide    = 720 // pixels
	smallImage   = 48  // pixels; what is smaller counts visitors
)

// Options of a Fetcher. The zero value is good for all but pictures.
type Options struct {
	Blobs    *blob.Store      // where pictures go; nil means none are fetched
	Timeout  time.Duration    // of one fetch with its picture; 0 means 5 s
	Parallel int              // fetches at a time, others wait; 0 means 8
	Resolver *net.Resolver    // nil means the system's
	Allow    []netip.AddrPort // reached although not public or on another port than 80 and 443: for tests, or a server of one's own
}

// Preview is what a link leads to. All of it comes from a stranger: show the host of URL beside it.
type Preview struct {
	URL         string `json:"url"` // where the link ended after redirects
	Title       string `json:"title,omitempty"`
	Description string `json:"description,omitempty"`
	Site        string `json:"site"`                // its own name for itself, else its host
	ImageHash   string `json:"imageHash,omitempty"` // of the blob, at most 720 x 720 pixels
	ImageType   string `json:"imageType,omitempty"` // image/jpeg or image/png
	ImageWidth  int    `json:"imageWidth,omitempty"`
	ImageHeight int    `json:"imageHeight,omitempty"`
}

// Fetcher fetches previews. Its methods may be called from many goroutines.
type Fetcher struct {
	client  *http.Client
	blobs   *blob.Store
	timeout time.Duration
	slots   chan struct{}
}

// New returns a Fetcher.
func New(o Options) *Fetcher {
	dialer := net.Dialer{Timeout: cmp.Or(o.Timeout, 5*time.Second), Resolver: o.Resolver, Control: Guard(o.Allow)}
	return &Fetcher{
		client: &http.Client{
			Transport: &http.Transport{
				DialContext:            dialer.DialContext,
				DisableKeepAlives:      true,
				ForceAttemptHTTP2:      true,
				MaxResponseHeaderBytes: 64 << 10,
			},
			CheckRedirect: func(r *http.Request, via []*http.Request) error {
				if len(via) > maxRedirects {
					return fmt.Errorf("more than %d redirects: %w", maxRedirects, parley.ErrInvalid)
				}
				r.Header.Del("Referer")
				_, err := parse(r.URL.String())
				return err
			},
		},
		blobs:   o.Blobs,
		timeout: cmp.Or(o.Timeout, 5*time.Second),
		slots:   make(chan struct{}, cmp.Or(o.Parallel, 8)),
	}
}

// Fetch returns the preview of a link to a page or a picture. A picture that cannot be had is left out. A link that is none
// and what is neither page nor picture wrap parley.ErrInvalid, an address that is not public parley.ErrForbidden, a page that is not
// there parley.ErrNotFound, anything that may be better later parley.ErrUnavailable.
func (f *Fetcher) Fetch(ctx context.Context, link string) (Preview, error) {
	p, err := f.fetch(ctx, link)
	if err != nil {
		return Preview{}, fmt.Errorf("preview: %w", err)
	}
	return p, nil
}

func (f *Fetcher) fetch(ctx context.Context, link string) (Preview, error) {
	u, err := parse(link)
	if err != nil {
		return Preview{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, f.timeout)
	defer cancel()
	select {
	case f.slots <- struct{}{}:
		defer func() { <-f.slots }()
	case <-ctx.Done():
		return Preview{}, fmt.Errorf("%w: %w", parley.ErrUnavailable, ctx.Err())
	}
	resp, err := f.get(ctx, u, "text/html,application/xhtml+xml,image/*;q=0.5")
	if err != nil {
		return Preview{}, err
	}
	defer resp.Body.Close()
	at := resp.Request.URL
	at.Fragment = ""
	p := Preview{URL: at.String(), Site: strings.TrimPrefix(at.Hostname(), "www.")}
	mediaType, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	switch {
	case mediaType == "text/html" || mediaType == "application/xhtml+xml":
		body, err := charset.NewReader(io.LimitReader(resp.Body, maxPage), resp.Header.Get("Content-Type"))
		if err != nil {
			return Preview{}, unreachable(err)
		}
		h := readHead(body)
		if err := ctx.Err(); err != nil { // the body never came
			return Preview{}, unreachable(err)
		}
		p.Title, p.Description, p.Site = h.title, h.description, cmp.Or(h.site, p.Site)
		_ = resp.Body.Close() // one connection at a time
		if image, err := at.Parse(h.image); err == nil && h.image != "" && f.blobs != nil {
			f.addImageAt(ctx, &p, image)
		}
	case strings.HasPrefix(mediaType, "image/"):
		if f.blobs != nil {
			f.addImage(ctx, &p, resp.Body)
		}
	default:
		return Preview{}, fmt.Errorf("%.40q is no page: %w", mediaType, parley.ErrInvalid)
	}
	return p, nil
}

// get asks for u, and makes an error of every answer but 200.
func (f *Fetcher) get(ctx context.Context, u *url.URL, accept string) (*http.Response, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", parley.ErrInvalid, err)
	}
	r.Header.Set("User-Agent", UserAgent)
	r.Header.Set("Accept", accept)
	resp, err := f.client.Do(r)
	if err != nil {
		return nil, unreachable(err)
	}
	switch code := resp.StatusCode; {
	case code == http.StatusOK:
		return resp, nil
	case code == http.StatusNotFound || code == http.StatusGone:
		err = parley.ErrNotFound
	case code >= 500 || code == http.StatusTooManyRequests:
		err = parley.ErrUnavailable
	default:
		err = parley.ErrInvalid
	}
	return nil, errors.Join(fmt.Errorf("answered %d: %w", resp.StatusCode, err), resp.Body.Close())
}

// unreachable gives err the kind that guard or parse gave it, else parley.ErrUnavailable.
func unreachable(err error) error {
	if errors.Is(err, parley.ErrForbidden) || errors.Is(err, parley.ErrInvalid) {
		return err
	}
	return fmt.Errorf("%w: %w", parley.ErrUnavailable, err)
}

func (f *Fetcher) addImageAt(ctx context.Context, p *Preview, u *url.URL) {
	u, err := parse(u.String())
	if err != nil {
		return
	}
	resp, err := f.get(ctx, u, "image/webp,image/png,image/jpeg,image/gif")
	if err != nil {
		return
	}
	defer resp.Body.Close()
	f.addImage(ctx, p, resp.Body)
}

// addImage makes a picture of ours from a stranger's, and keeps it. When that fails, the preview has none.
func (f *Fetcher) addImage(ctx context.Context, p *Preview, body io.Reader) {
	data, err := io.ReadAll(io.LimitReader(body, maxImage+1))
	if err != nil || len(data) > maxImage {
		return
	}
	info, err := picture.Inspect(bytes.NewReader(data))
	if err != nil || info.Width < smallImage || info.Height < smallImage {
		return
	}
	small, err := picture.Thumbnail(ctx, bytes.NewReader(data), imageSide)
	if err != nil {
		return
	}
	ref, err := f.blobs.Put(ctx, bytes.NewReader(small.Data), int64(len(small.Data)))
	if err != nil {
		return
	}
	p.ImageHash, p.ImageType, p.ImageWidth, p.ImageHeight = ref.Hash, small.MediaType, small.Width, small.Height
}

// parse accepts http and https with a host and without credentials.
func parse(link string) (*url.URL, error) {
	u, err := url.Parse(link)
	switch {
	case err != nil || len(link) > maxURL:
		return nil, fmt.Errorf("not a link: %w", parley.ErrInvalid)
	case u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil:
		return nil, fmt.Errorf("not a link to a page: %w", parley.ErrInvalid)
	}
	return u, nil
}

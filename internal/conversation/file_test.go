package conversation_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/parley-im/parley/internal/blob"
	"github.com/parley-im/parley/internal/conversation"
	"github.com/parley-im/parley/internal/job"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/preview"
)

func picture(side int, transparent bool) []byte {
	m := image.NewNRGBA(image.Rect(0, 0, side, side/2))
	for x := range side {
		for y := range side / 2 {
			m.Set(x, y, color.NRGBA{uint8(x), uint8(y), 99, 255})
		}
	}
	if transparent {
		m.Set(0, 0, color.NRGBA{})
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func TestAFileIsSeenByWhoSeesAMessageWithIt(t *testing.T) {
	each(t, func(w *world) {
		ana, bo, boss, guest := w.person("ana", parley.MemberRole), w.person("bo", parley.MemberRole), w.person("boss", parley.Owner), w.person("guest", parley.Guest)
		open, secret := w.channel(ana, parley.Public, "open"), w.channel(ana, parley.Private, "secret", bo)
		f := w.upload(ana, "../../etc/pass\u202ewd.txt", "content")
		if f.Name != "passwd.txt" || f.MediaType != "text/plain; charset=utf-8" || f.Size != 7 || f.Thumb {
			w.t.Errorf("%+v", f)
		}
		may := func(want string) {
			w.t.Helper()
			got := ""
			for _, p := range []parley.Person{ana, bo, boss, guest} {
				c, err := w.Open(ctx, p, f.ID, false)
				if err != nil {
					w.refused(err, parley.ErrNotFound)
					continue
				}
				b, err := io.ReadAll(c.Object)
				w.must(err)
				w.must(c.Object.Close())
				if string(b) != "content" {
					w.t.Errorf("%q", b)
				}
				got += p.Name + " "
			}
			if got != want {
				w.t.Errorf("it is seen by %swant %s", got, want)
			}
		}
		may("ana ")
		_, err := w.Post(ctx, bo, conversation.Draft{Conversation: secret, Files: []parley.ID{f.ID}})
		w.refused(err, parley.ErrInvalid) // not bo's
		_, err = w.SaveDraft(ctx, ana, conversation.Draft{Conversation: secret, Files: []parley.ID{f.ID}})
		w.must(err)
		may("ana ")
		p, err := w.Post(ctx, ana, conversation.Draft{Conversation: secret, Files: []parley.ID{f.ID}})
		w.must(err)
		may("ana bo ")
		w.finds(bo, "passwd", p.Message)
		w.finds(bo, "has:file", p.Message)
		w.must(w.Remove(ctx, ana, secret, bo.ID))
		may("ana ")
		q, err := w.Post(ctx, ana, conversation.Draft{Conversation: open, Files: []parley.ID{f.ID}})
		w.must(err)
		may("ana bo boss ")
		w.must(w.Delete(ctx, ana, at(q.Message)))
		may("ana ")
		w.refused(second(w.Open(ctx, ana, f.ID, true)), parley.ErrNotFound) // no picture
		w.refused(second(w.Open(ctx, ana, parley.NewID(), false)), parley.ErrNotFound)

		_, err = w.Upload(ctx, ana, "large", bytes.NewReader(make([]byte, w.MaxFile()+1)))
		w.refused(err, parley.ErrLimited)
		w.upload(ana, "just right", strings.Repeat("x", int(w.MaxFile())))
		many := make([]parley.ID, parley.MaxFiles+1)
		_, err = w.Post(ctx, ana, conversation.Draft{Conversation: open, Files: many})
		w.refused(err, parley.ErrLimited)
		_, err = w.Post(ctx, ana, conversation.Draft{Conversation: open, Files: []parley.ID{f.ID, f.ID}})
		w.must(err) // twice is twice
	})
}

func TestPicturesAreMeasuredAndMadeSmall(t *testing.T) {
	each(t, func(w *world) {
		ana := w.person("ana", parley.MemberRole)
		c := w.channel(ana, parley.Private, "c")
		for name, of := range map[string]struct {
			content []byte
			kind    string
			thumb   string
			width   int
		}{
			"opaque":            {picture(1000, false), "image/png", "jpeg", 1000},
			"transparent":       {picture(1000, true), "image/png", "png", 1000},
			"cut off":           {picture(1000, false)[:2000], "image/png", "", 1000},
			"a bomb":            {bomb(), "image/png", "", 60000},
			"a script in a SVG": {[]byte(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`), "image/svg+xml", "", 0},
			"HTML as a picture": {[]byte(`<html><script>alert(1)</script>`), "text/html; charset=utf-8", "", 0},
		} {
			w.named(name, func() {
				f, err := w.Upload(ctx, ana, "p.png", bytes.NewReader(of.content))
				w.must(err)
				if f.MediaType != of.kind && !strings.HasPrefix(f.MediaType, strings.Split(of.kind, "+")[0]) && of.kind != "image/svg+xml" || f.Width != of.width || f.Thumb != (of.thumb != "") {
					w.t.Errorf("it is %+v", f)
				}
				if of.thumb == "" {
					return
				}
				small, err := w.Open(ctx, ana, f.ID, true)
				w.must(err)
				defer small.Object.Close()
				m, kind, err := image.Decode(small.Object)
				if err != nil || kind != of.thumb || m.Bounds().Dx() != conversation.ThumbSide {
					w.t.Errorf("its small picture is %s, %v, %v", kind, m.Bounds(), err)
				}
				_, err = w.Post(ctx, ana, conversation.Draft{Conversation: c, Files: []parley.ID{f.ID}})
				w.must(err)
			})
		}
		if found, err := w.Search(ctx, ana, "has:image", parley.None, 0); err != nil || len(found.Messages) != 2 {
			w.t.Errorf("found %v, %v", found, err)
		}
	})
}

// bomb is a picture of a few bytes that says it has 3.6 thousand million pixels.
func bomb() []byte {
	b := picture(10, false)
	copy(b[16:], []byte{0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60})
	binary.BigEndian.PutUint32(b[29:], crc32.ChecksumIEEE(b[12:29]))
	return b
}

func TestLinksAreLookedUpAndShownToWhoSeesTheMessage(t *testing.T) {
	each(t, func(w *world) {
		var photo bytes.Buffer
		w.must(jpeg.Encode(&photo, image.NewGray(image.Rect(0, 0, 100, 100)), nil))
		mux := http.NewServeMux()
		mux.HandleFunc("/page", func(rw http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(rw, `<html><head><title>A page</title><meta property="og:image" content="/photo.jpg"></head>`)
		})
		mux.HandleFunc("/photo.jpg", func(rw http.ResponseWriter, _ *http.Request) { _, _ = rw.Write(photo.Bytes()) })
		mux.HandleFunc("/other", func(rw http.ResponseWriter, _ *http.Request) { fmt.Fprint(rw, `<title>Another</title>`) })
		mux.HandleFunc("/nothing", func(rw http.ResponseWriter, _ *http.Request) { rw.WriteHeader(http.StatusTeapot) })
		site := httptest.NewServer(mux)
		defer site.Close()
		hidden := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { w.t.Error("what is not public was asked") }))
		defer hidden.Close()
		blobs, err := blob.Open(ctx, "file://"+w.t.TempDir())
		w.must(err)
		jobs := job.New(w.db, slog.New(slog.DiscardHandler))
		fetch := preview.New(preview.Options{Blobs: blobs, Allow: []netip.AddrPort{site.Listener.Addr().(*net.TCPAddr).AddrPort()}})
		w.Service = conversation.New(conversation.Options{DB: w.db, Live: w.live, Rules: rules{}, Blobs: blobs, Preview: fetch, Jobs: jobs})
		jobs.Start()
		defer func() {
			ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
			defer cancel()
			w.must(jobs.Stop(ctx))
		}()
		ana, bo := w.person("ana", parley.MemberRole), w.person("bo", parley.MemberRole)
		c := w.channel(ana, parley.Private, "c")
		until := func(m parley.Message, ok func(m parley.Message) bool) parley.Message {
			w.t.Helper()
			deadline := time.After(20 * time.Second)
			for {
				arrived := w.live.arrived()
				got, err := w.Message(ctx, ana, at(m))
				w.must(err)
				if ok(got) {
					return got
				}
				select {
				case <-arrived:
				case <-deadline:
					w.t.Fatalf("still %+v", got)
				}
			}
		}
		m := w.say(ana, c, "%s/nothing %s/page %s/", site.URL, site.URL, hidden.URL)
		got := until(m, func(m parley.Message) bool { return len(m.Previews) > 0 })
		p := got.Previews[0]
		if len(got.Previews) != 1 || p.Title != "A page" || p.Image == "" || p.Width != 100 || got.Change <= m.Change || got.EditedAt != nil {
			w.t.Fatalf("previews %+v", got)
		}
		hash := p.Image[strings.LastIndex(p.Image, "/")+1:]
		pic, err := w.Picture(ctx, ana, m.ID, hash)
		w.must(err)
		w.must(pic.Object.Close())
		w.refused(second(w.Picture(ctx, bo, m.ID, hash)), parley.ErrNotFound)
		secret := w.upload(ana, "secret", "secret")
		file, err := w.Open(ctx, ana, secret.ID, false)
		w.must(err)
		w.must(file.Object.Close())
		w.refused(second(w.Picture(ctx, ana, m.ID, file.Hash)), parley.ErrNotFound)

		_, err = w.Edit(ctx, ana, at(m), site.URL+"/other")
		w.must(err)
		got = until(m, func(m parley.Message) bool { return len(m.Previews) == 1 && m.Previews[0].Title == "Another" })
		w.refused(second(w.Picture(ctx, ana, m.ID, hash)), parley.ErrNotFound)
		w.must(w.Delete(ctx, ana, at(m)))
		if got, err = w.Message(ctx, ana, at(m)); err != nil || len(got.Previews) != 0 {
			w.t.Errorf("deleted: %+v, %v", got, err)
		}
	})
}

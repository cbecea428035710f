package chat

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"github.com/parley-im/parley/internal/api"
	"github.com/parley-im/parley/internal/blob"
	"github.com/parley-im/parley/internal/conversation"
	"github.com/parley-im/parley/internal/parley"
)

// upload is a request whose body is a file's bytes, read as they come.
type upload struct {
	Name    string `query:"name" maxLength:"500" doc:"The file's name"`
	content io.Reader
}

// Resolve takes the body before anything reads it (huma.Resolver).
func (u *upload) Resolve(ctx huma.Context) []error {
	u.content = ctx.BodyReader()
	return nil
}

// bytes describes the body of an upload.
func bytes(op *huma.Operation) {
	op.RequestBody = &huma.RequestBody{
		Required: true,
		Content:  map[string]*huma.MediaType{"application/octet-stream": {Schema: &huma.Schema{Type: "string", Format: "binary"}}},
	}
}

// offerFiles serves uploads and downloads: their bodies are streams, not JSON.
func (m *Mode) offerFiles(a *api.API) {
	api.Post(a, "/files", "Upload a file: its bytes are the body. Post it in a message next; until then only you see it",
		func(ctx context.Context, in *upload) (parley.File, error) {
			return m.conversations.Upload(ctx, by(ctx), in.Name, in.content)
		}, api.Created, api.Upload(m.conversations.MaxFile()+1), bytes)
	get := func(path string, serve func(w http.ResponseWriter, r *http.Request) error) {
		a.Mux.Handle("GET "+path, a.SignedIn(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if err := serve(w, r); err != nil {
				a.Fail(w, r, err)
			}
		})))
	}
	get("/files/{id}/thumb", func(w http.ResponseWriter, r *http.Request) error { return m.serve(w, r, true) })
	get("/files/{id}/{name}", func(w http.ResponseWriter, r *http.Request) error { return m.serve(w, r, false) })
	get("/previews/{message}/{hash}", func(w http.ResponseWriter, r *http.Request) error {
		id, err := parley.ParseID(r.PathValue("message"))
		if err != nil {
			return parley.ErrNotFound
		}
		c, err := m.conversations.Picture(r.Context(), by(r.Context()), id, r.PathValue("hash"))
		if err != nil {
			return err
		}
		return send(w, r, c)
	})
}

// serve sends a file to who may see it. A file never changes, so its browser may keep it; but asks first, since the
// right to see it may end.
func (m *Mode) serve(w http.ResponseWriter, r *http.Request, thumb bool) error {
	id, err := parley.ParseID(r.PathValue("id"))
	if err != nil {
		return parley.ErrNotFound
	}
	c, err := m.conversations.Open(r.Context(), by(r.Context()), id, thumb)
	if err != nil {
		return err
	}
	return send(w, r, c)
}

// send sends an open file, and closes it.
func send(w http.ResponseWriter, r *http.Request, c conversation.Content) error {
	defer c.Object.Close()
	if c.MediaType == "" {
		var head [512]byte
		n, err := io.ReadFull(c.Object, head[:])
		if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
			return err
		}
		if _, err := c.Object.Seek(0, io.SeekStart); err != nil {
			return err
		}
		c.MediaType = http.DetectContentType(head[:n])
	}
	h := w.Header()
	blob.SetHeader(h, c.MediaType, c.Name)
	h.Set("ETag", strconv.Quote(c.Hash))
	h.Set("Cache-Control", "private, max-age=0, must-revalidate")
	http.ServeContent(w, r, "", c.Object.ModTime, c.Object)
	return nil
}

package api

import (
	"net/http"

	"github.com/parley-im/parley/internal/blob"
	"github.com/parley-im/parley/internal/parley"
)

// serveAvatar serves a picture under the hash of what it shows: browsers may keep it for ever.
func (a *API) serveAvatar(w http.ResponseWriter, r *http.Request) {
	picture, err := a.identity.Avatar(r.Context(), r.PathValue("hash"))
	if err != nil {
		a.Fail(w, r, err)
		return
	}
	defer picture.Close()
	var head [512]byte
	n, err := picture.Read(head[:])
	if err == nil {
		_, err = picture.Seek(0, 0)
	}
	if err != nil {
		a.Fail(w, r, err)
		return
	}
	blob.SetHeader(w.Header(), http.DetectContentType(head[:n]), "avatar")
	w.Header().Set("Cache-Control", "private, max-age=31536000, immutable")
	http.ServeContent(w, r, "", picture.ModTime, picture)
}

// redirectToAvatar leads from a person to their picture of now.
func (a *API) redirectToAvatar(w http.ResponseWriter, r *http.Request) {
	id, err := parley.ParseID(r.PathValue("id"))
	if err != nil {
		a.Fail(w, r, errNoSuchPath)
		return
	}
	p, err := a.identity.Person(r.Context(), CallerFrom(r.Context()).Person, id)
	switch {
	case err != nil:
		a.Fail(w, r, err)
	case p.Avatar == "":
		a.Fail(w, r, parley.Refuse(parley.ErrNotFound, "no_avatar", "They have no picture."))
	default:
		http.Redirect(w, r, p.Avatar, http.StatusSeeOther)
	}
}

package demo

import (
	"net/http"
	"time"

	"github.com/parley-im/parley/internal/parley"
)

// maxForward is how far the clock may be moved at once.
const maxForward = 31 * 24 * time.Hour

// forward lets time pass at once (form value "by", a duration like 8h30m), so that one sees what is held back come.
func (d *Demo) forward(w http.ResponseWriter, r *http.Request) {
	if site := r.Header.Get("Sec-Fetch-Site"); site != "" && site != "same-origin" && site != "none" {
		d.parts.API.Fail(w, r, parley.ErrForbidden)
		return
	}
	by, err := time.ParseDuration(r.FormValue("by"))
	if err != nil || by <= 0 || by > maxForward {
		d.parts.API.Fail(w, r, parley.Invalid("by", "duration", "must be a duration of up to 744h, like 8h30m"))
		return
	}
	d.parts.Clock.Forward(by)
	http.Redirect(w, r, "/demo", http.StatusSeeOther)
}

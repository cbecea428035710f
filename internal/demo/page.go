package demo

import (
	_ "embed"
	"html/template"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"golang.org/x/text/language"

	"github.com/parley-im/parley/internal/api"
	"github.com/parley-im/parley/internal/parley"
)

var (
	//go:embed page/page.html
	pageText string
	//go:embed page/page.css
	style []byte
	//go:embed page/guide.html
	guide []byte

	page      = template.Must(template.New("page").Parse(pageText))
	languages = language.NewMatcher([]language.Tag{language.English, language.German})
)

// policy allows the page its style and pictures, and nothing else.
const policy = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

func (d *Demo) offerPages() {
	mux := d.parts.API.Mux
	mux.HandleFunc("GET /demo", d.servePage)
	mux.HandleFunc("GET /demo/enter/{handle}", d.enter)
	mux.HandleFunc("POST /demo/clock", d.forward)
	mux.HandleFunc("GET /demo/pictures/{handle}", d.servePicture)
	mux.HandleFunc("GET /demo/page.css", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/css; charset=utf-8")
		_, _ = w.Write(style)
	})
	mux.HandleFunc("GET /demo/guide", func(w http.ResponseWriter, _ *http.Request) { html(w, guide) })
	mux.Handle("GET /{$}", d.parts.API.MayAsk(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if api.CallerFrom(r.Context()).Person.ID == parley.None {
			http.Redirect(w, r, d.home(r)+"/demo", http.StatusSeeOther)
			return
		}
		d.parts.Web.ServeHTTP(w, r)
	})))
}

func html(w http.ResponseWriter, body []byte) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", policy)
	w.Header().Set("Cache-Control", "no-store")
	_, _ = w.Write(body)
}

// site splits the host that was asked for: the person's own name in front of localhost, if any, and the rest. Hosts
// other than localhost have no names in front.
func site(r *http.Request) (rest string, many bool) {
	host, port, err := net.SplitHostPort(r.Host)
	if err != nil {
		host, port = r.Host, ""
	}
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		if port != "" {
			return "localhost:" + port, true
		}
		return "localhost", true
	}
	return r.Host, false
}

// home is the address of the page that lists the people, whoever's host was asked for.
func (d *Demo) home(r *http.Request) string {
	rest, _ := site(r)
	return "http://" + rest
}

// card is one person on the page.
type card struct {
	Handle, Name, First, Title, Time, Day, Enter string
	Awake                                        bool
	Hours                                        string
	Guest                                        bool
}

// words of the page, by language.
var texts = map[language.Tag]map[string]string{
	language.English: {
		"lang": "en", "title": "Meander, a sample organisation", "enter": "Enter as", "guest": "guest", "works": "at work until", "off": "after hours",
		"intro": "Twelve people restore five rivers in five time zones. This is their Parley, with what they said in the last three weeks, and they go on talking while you look.",
		"side":  "Each person opens in a tab of their own. Open two, put them side by side, and write to yourself: it arrives at once. Others answer too.",
		"one":   "Here you are one person at a time: who enters as another leaves the first. For several at once open this page as localhost on the machine itself.",
		"throw": "Everything here is made up and stays on this machine. When the demo ends, it is gone.",
		"clock": "Let time pass:", "minutes": "10 minutes", "hour": "1 hour", "hours": "8 hours", "day": "1 day",
		"name": "If your browser does not find names such as ines.localhost, open this page as 127.0.0.1 instead of localhost.",
	},
	language.German: {
		"lang": "de", "title": "Meander, eine Beispielorganisation", "enter": "Eintreten als", "guest": "Gast", "works": "arbeitet bis", "off": "Feierabend",
		"intro": "Zwölf Menschen renaturieren fünf Flüsse in fünf Zeitzonen. Das ist ihr Parley, mit allem, was sie in den letzten drei Wochen geschrieben haben; und sie reden weiter, während Sie zusehen.",
		"side":  "Jede Person öffnet sich in einem eigenen Tab. Öffnen Sie zwei, legen Sie sie nebeneinander und schreiben Sie sich selbst: Es kommt sofort an. Auch die anderen antworten.",
		"one":   "Hier sind Sie eine Person zur Zeit: Wer als eine andere eintritt, verlässt die erste. Für mehrere zugleich öffnen Sie diese Seite als localhost auf dem Rechner selbst.",
		"throw": "Alles hier ist erfunden und bleibt auf diesem Rechner. Wenn die Demo endet, ist es weg.",
		"clock": "Zeit vergehen lassen:", "minutes": "10 Minuten", "hour": "1 Stunde", "hours": "8 Stunden", "day": "1 Tag",
		"name": "Findet Ihr Browser Namen wie ines.localhost nicht, öffnen Sie diese Seite als 127.0.0.1 statt als localhost.",
	},
}

func (d *Demo) servePage(w http.ResponseWriter, r *http.Request) {
	_, n := language.MatchStrings(languages, r.Header.Get("Accept-Language"))
	t := texts[[]language.Tag{language.English, language.German}[n]]
	rest, many := site(r)
	if own, _, _ := strings.Cut(r.Host, "."); many && d.by[own] != nil { // on a person's own host: lead back
		http.Redirect(w, r, d.home(r)+"/demo", http.StatusSeeOther)
		return
	}
	now := d.parts.Clock.Now()
	var cards []card
	for _, p := range d.order {
		first, _, _ := strings.Cut(p.Name, " ")
		local := now.In(p.zone)
		c := card{Handle: p.Handle, Name: p.Name, First: first, Title: p.Title, Guest: p.Role == parley.Guest, Time: local.Format("15:04"), Day: place(p.Zone)}
		enter := url.URL{Scheme: "http", Host: rest, Path: "/demo/enter/" + p.Handle}
		if many {
			enter.Host = p.Handle + "." + rest
		}
		c.Enter = enter.String()
		if until, ok := working(p.Hours, p.zone, now); ok {
			c.Awake, c.Hours = true, t["works"]+" "+until.Format("15:04")
		} else {
			c.Hours = t["off"]
		}
		cards = append(cards, c)
	}
	var b strings.Builder
	if err := page.Execute(&b, map[string]any{"T": t, "People": cards, "Many": many}); err != nil {
		d.parts.API.Fail(w, r, err)
		return
	}
	w.Header().Set("Vary", "Accept-Language")
	html(w, []byte(b.String()))
}

// place is the city of a zone.
func place(zone string) string {
	return strings.ReplaceAll(zone[strings.LastIndexByte(zone, '/')+1:], "_", " ")
}

// enter signs a visitor in as a person, under the host name that they asked for, and opens the app. A visitor who is
// that person already stays so.
func (d *Demo) enter(w http.ResponseWriter, r *http.Request) {
	p := d.by[r.PathValue("handle")]
	if p == nil || p.Kind != parley.Human || p.members != nil {
		d.parts.API.Fail(w, r, parley.ErrNotFound)
		return
	}
	token := ""
	if c, err := r.Cookie(api.SessionCookie); err == nil {
		token = c.Value
	}
	if is, err := d.parts.People.Authenticate(r.Context(), token); err != nil || is.Person.ID != p.ID {
		e, err := d.parts.People.Admit(r.Context(), p.ID, api.ClientFrom(r.Context()))
		if err != nil {
			d.parts.API.Fail(w, r, err)
			return
		}
		d.parts.API.LetIn(w, e)
	}
	d.mu.Lock()
	d.entered[p.Handle] = true
	d.mu.Unlock()
	http.Redirect(w, r, "/", http.StatusSeeOther)
}

// servePicture shows a person's picture to who is nobody yet.
func (d *Demo) servePicture(w http.ResponseWriter, r *http.Request) {
	p := d.by[r.PathValue("handle")]
	if p == nil || p.Avatar == "" {
		d.parts.API.Fail(w, r, parley.ErrNotFound)
		return
	}
	picture, err := d.parts.People.Avatar(r.Context(), p.Avatar[strings.LastIndexByte(p.Avatar, '/')+1:])
	if err != nil {
		d.parts.API.Fail(w, r, err)
		return
	}
	defer picture.Close()
	w.Header().Set("Cache-Control", "private, max-age=3600")
	w.Header().Set("Content-Type", "image/jpeg")
	http.ServeContent(w, r, "", time.Time{}, picture)
}

// guidePreview is what the guide says of itself. The server fetches no addresses of its own machine, so this is known
// beforehand.
func guidePreview(site string) parley.Preview {
	return parley.Preview{
		URL: site + "/demo/guide", Title: "How fish climb", Site: "Meander",
		Description: "Fish ramps and resting pools in three minutes, for people who have never seen one. No formulas.",
	}
}

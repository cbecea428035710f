package email_test

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-message"
	"github.com/emersion/go-smtp"

	"github.com/parley-im/parley/internal/api"
	"github.com/parley-im/parley/internal/config"
	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/parley"
)

// ask sends a request to the API, as somebody or as nobody, and returns the status and the code of a problem.
func (h *house) ask(as *identity.Entry, method, path string, body, into any) (int, string) {
	h.t.Helper()
	text := must[[]byte](h.t)(json.Marshal(body))
	r := httptest.NewRequestWithContext(h.t.Context(), method, url+api.Base+path, strings.NewReader(string(text)))
	r.Header.Set("Content-Type", "application/json")
	if as != nil {
		r.AddCookie(&http.Cookie{Name: api.SessionCookie, Value: as.Token})
	}
	w := httptest.NewRecorder()
	h.api.ServeHTTP(w, r)
	var problem api.Problem
	answer := w.Body.Bytes()
	if w.Code >= 300 {
		into = &problem
	}
	if into != nil {
		if err := json.Unmarshal(answer, into); err != nil {
			h.t.Fatalf("%s %s: %v: %s", method, path, err, answer)
		}
	}
	return w.Code, problem.Code
}

// signIn is Bo, signed in.
func (h *house) signIn() *identity.Entry {
	h.t.Helper()
	e := must[identity.Entry](h.t)(h.people.SignIn(h.t.Context(), "bo@ek.example", password, identity.Client{IP: "192.0.2.7"}))
	return &e
}

// state is what the app shows of Bo's address.
func (h *house) state(bo *identity.Entry) (s struct {
	Email              string
	Proven, Configured bool
},
) {
	h.t.Helper()
	if status, _ := h.ask(bo, "GET", "/me/email", nil, &s); status != 200 {
		h.t.Fatalf("GET /me/email: %d", status)
	}
	return s
}

var linkInMail = regexp.MustCompile(`https://parley\.harbour\.example/confirm#([\w-]{43})`)

// links returns the tokens of the links in the plain and in the HTML text of a mail.
func links(t *testing.T, mail string) (tokens []string) {
	t.Helper()
	m := must[*message.Entity](t)(message.Read(strings.NewReader(mail)))
	for parts := m.MultipartReader(); ; {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return tokens
		} else if err != nil {
			t.Fatal(err)
		}
		found := linkInMail.FindStringSubmatch(string(must[[]byte](t)(io.ReadAll(part.Body))))
		if found == nil {
			t.Fatalf("no link in\n%s", mail)
		}
		tokens = append(tokens, found[1])
	}
}

func token(t string) map[string]string { return map[string]string{"token": t} }

func TestAnAddressIsProvenByTheLinkThatWasSentToIt(t *testing.T) {
	host := serveHost(t, hosting{})
	each(t, host.settings("smtp", "", ""), func(h *house) {
		t := h.t.(*testing.T)
		bo := h.signIn()
		before := len(host.got())
		if s := h.state(bo); s.Email != "bo@ek.example" || s.Proven || !s.Configured {
			t.Errorf("at first %+v", s)
		}
		if status, _ := h.ask(nil, "POST", "/me/email/confirm", nil, nil); status != 401 {
			t.Errorf("nobody has a link sent: %d", status)
		}
		if status, _ := h.ask(bo, "POST", "/me/email/confirm", nil, nil); status != 204 {
			t.Fatalf("the link is not sent: %d", status)
		}
		got := host.got()[before:]
		if len(got) != 1 || got[0].to != "bo@ek.example" || strings.Contains(got[0].text, "List-") {
			t.Fatalf("sent was %+v", got)
		}
		found := links(t, got[0].text)
		if len(found) != 2 || found[0] != found[1] {
			t.Fatalf("the links are %q", found)
		}
		// A second one has to wait, and makes the first void.
		if status, _ := h.ask(bo, "POST", "/me/email/confirm", nil, nil); status != 429 {
			t.Errorf("a second one at once: %d", status)
		}
		h.clock.pass(time.Minute)
		if status, _ := h.ask(bo, "POST", "/me/email/confirm", nil, nil); status != 204 {
			t.Errorf("a second one after a minute: %d", status)
		}
		if status, code := h.ask(nil, "POST", "/me/email/prove", token(found[0]), nil); status != 404 || code != "email_proof" {
			t.Errorf("one that was replaced: %d %s", status, code)
		}
		fresh := links(t, host.got()[before+1].text)[0]
		var offer identity.EmailProofOffer
		if status, _ := h.ask(nil, "POST", "/me/email/prove/offer", token(fresh), &offer); status != 200 ||
			offer != (identity.EmailProofOffer{Organisation: "Harbour", Name: "Bo Ek", Email: "bo@ek.example"}) {
			t.Errorf("the offer is %d %+v", status, offer)
		}
		if h.state(bo).Proven {
			t.Error("to look is to prove")
		}
		if status, _ := h.ask(nil, "POST", "/me/email/prove", token(fresh), nil); status != 204 {
			t.Errorf("it proves nothing: %d", status)
		}
		if s := h.state(bo); !s.Proven {
			t.Errorf("afterwards %+v", s)
		}
		list := must[[]parley.Address](t)(h.mail.Addresses(t.Context(), h.bo.ID))
		if len(list) != 1 || list[0].Value != "bo@ek.example" || list[0].Proof != identity.ByLink || !list[0].ProvenAt.Equal(h.clock.Now()) {
			t.Errorf("proven is %+v", list)
		}
		for _, path := range []string{"/me/email/prove", "/me/email/prove/offer"} {
			if status, _ := h.ask(nil, "POST", path, token(fresh), nil); status != 404 {
				t.Errorf("%s a second time: %d", path, status)
			}
		}
		h.clock.pass(24 * time.Hour)
		if status, code := h.ask(bo, "POST", "/me/email/confirm", nil, nil); status != 409 || code != "proven" {
			t.Errorf("what is proven is proven again: %d %s", status, code)
		}
		// Another address is not proven by the proof of the first.
		if _, err := h.people.ChangeEmail(t.Context(), identity.Caller{Person: h.bo, Session: bo.Session}, "bo@new.example", identity.Proof{Current: password}); err != nil {
			t.Fatal(err)
		}
		if s := h.state(bo); s.Proven || s.Email != "bo@new.example" {
			t.Errorf("a new address: %+v", s)
		}
	})
}

func TestLinksThatProveNothing(t *testing.T) {
	for name, spoil := range map[string]func(h *house){
		"a day later": func(h *house) { h.clock.pass(identity.EmailProofLife) },
		"of somebody who has another address": func(h *house) {
			bo := h.signIn()
			if _, err := h.people.ChangeEmail(h.t.Context(), identity.Caller{Person: h.bo, Session: bo.Session}, "bo@new.example", identity.Proof{Current: password}); err != nil {
				h.t.Fatal(err)
			}
		},
		"of somebody who is deactivated": func(h *house) {
			yes := true
			if _, err := h.people.ChangePerson(h.t.Context(), h.ada, h.bo.ID, identity.PersonChange{Deactivated: &yes}); err != nil {
				h.t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			each(t, nowhere, func(h *house) {
				proof := must[identity.EmailProof](h.t)(h.people.MakeEmailProof(h.t.Context(), h.bo.ID))
				_, secret, _ := strings.Cut(proof.Link, "#")
				spoil(h)
				if _, err := h.people.OfferEmailProof(h.t.Context(), secret, identity.Client{}); !errors.Is(err, parley.ErrNotFound) {
					h.t.Errorf("offered: %v", err)
				}
				if err := h.people.ProveEmail(h.t.Context(), secret, identity.Client{}); !errors.Is(err, parley.ErrNotFound) {
					h.t.Errorf("proven: %v", err)
				}
				if list := must[[]parley.Address](h.t)(h.mail.Addresses(h.t.Context(), h.bo.ID)); len(list) != 0 {
					h.t.Errorf("proven is %+v", list)
				}
			})
		})
	}
}

// Nobody can fill a mailbox: the wait until the next link doubles, and is forgotten after a quiet day.
func TestLinksComeSlowerAndSlower(t *testing.T) {
	each(t, nowhere, func(h *house) {
		ctx := h.t.Context()
		next := func() time.Duration {
			h.t.Helper()
			if _, err := h.people.MakeEmailProof(ctx, h.bo.ID); err != nil {
				h.t.Fatal(err)
			}
			var limited *identity.LimitedError
			if _, err := h.people.MakeEmailProof(ctx, h.bo.ID); !errors.As(err, &limited) {
				h.t.Fatalf("one more at once: %v", err)
			}
			return limited.After
		}
		total := time.Duration(0)
		for n := range 20 {
			wait := next()
			if want := min(time.Minute<<n, 4*time.Hour); wait != want {
				h.t.Errorf("after %d: %s, want %s", n+1, wait, want)
			}
			h.clock.pass(wait)
			total += wait
		}
		if total < 30*time.Hour {
			h.t.Errorf("20 links in %s", total)
		}
		h.clock.pass(25 * time.Hour)
		if wait := next(); wait != time.Minute {
			h.t.Errorf("after a quiet day: %s", wait)
		}
	})
}

func TestALinkThatCannotBeSentIsToldAtOnce(t *testing.T) {
	each(t, config.Email{}, func(h *house) {
		bo := h.signIn()
		if status, code := h.ask(bo, "POST", "/me/email/confirm", nil, nil); status != 409 || code != "no_mail" {
			h.t.Errorf("without a smart host: %d %s", status, code)
		}
		if h.state(bo).Configured {
			h.t.Error("without a smart host mail is configured")
		}
	})
	each(t, nowhere, func(h *house) {
		if status, code := h.ask(h.signIn(), "POST", "/me/email/confirm", nil, nil); status != 503 || code != "mail_away" {
			h.t.Errorf("the smart host is away: %d %s", status, code)
		}
	})
	host := serveHost(t, hosting{})
	host.answers(func(command string) error {
		if command == "RCPT" {
			return &smtp.SMTPError{Code: 550, Message: "no such user"}
		}
		return nil
	})
	each(t, host.settings("smtp", "", ""), func(h *house) {
		if status, code := h.ask(h.signIn(), "POST", "/me/email/confirm", nil, nil); status != 503 || code != "mail_refused" {
			h.t.Errorf("the smart host refuses: %d %s", status, code)
		}
	})
}

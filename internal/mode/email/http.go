package email

import (
	"context"
	"fmt"

	"github.com/parley-im/parley/internal/api"
	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/parley"
)

// address is what the app shows of a person's own mail address.
type address struct {
	Email      string `json:"email,omitempty"`
	Proven     bool   `json:"proven" doc:"A link that was sent to it has been opened: mail about what is missed goes there"`
	Configured bool   `json:"configured" doc:"This server sends mail"`
}

// byProof is the body of operations with a link that proves an address. Its token stands in no path, so that no log has it.
type byProof struct {
	Token string `json:"token" doc:"From the link's fragment"`
}

func (m *Mode) offerProof(a *api.API) {
	api.Get(a, "/me/email", "Your mail address, and whether it is confirmed", func(ctx context.Context, _ *struct{}) (address, error) {
		list, err := m.people.Addresses(ctx, api.CallerFrom(ctx).Person.ID, parley.AddressEmail)
		answer := address{Configured: m.Configured()}
		if len(list) > 0 {
			answer.Email, answer.Proven = list[0].Value, list[0].Proof != ""
		}
		return answer, err
	})
	api.Post(a, "/me/email/confirm", "Have a link sent that confirms your mail address", func(ctx context.Context, _ *struct{}) (api.Nothing, error) {
		return api.Nothing{}, m.sendProof(ctx, api.CallerFrom(ctx).Person)
	}, api.Describe("It works once, for 24 hours; all former ones are void. Between two of them one waits a minute, and longer each time."))
	api.Post(a, "/me/email/prove/offer", "Which address a link confirms", func(ctx context.Context, in *struct{ Body byProof }) (identity.EmailProofOffer, error) {
		return m.people.OfferEmailProof(ctx, in.Body.Token, api.ClientFrom(ctx))
	}, api.Open)
	api.Post(a, "/me/email/prove", "Confirm a mail address by the link that was sent to it", func(ctx context.Context, in *struct{ Body byProof }) (api.Nothing, error) {
		return api.Nothing{}, m.people.ProveEmail(ctx, in.Body.Token, api.ClientFrom(ctx))
	}, api.Open)
}

// sendProof sends a person the link that proves their address. What the smart host says of it is told at once.
func (m *Mode) sendProof(ctx context.Context, person parley.Person) error {
	if !m.Configured() {
		return parley.Refuse(parley.ErrConflict, "no_mail", "this server sends no mail")
	}
	proof, err := m.people.MakeEmailProof(ctx, person.ID)
	if err != nil {
		return err
	}
	house, err := m.house(ctx)
	if err != nil {
		return err
	}
	w := wordsOf(person.Language)
	pg := page{
		Language: w.tag, Subject: w.confirmSubject, Title: w.confirmTitle, Preview: proof.Email,
		Lead:   []string{fmt.Sprintf(w.confirmLead, oneLine(person.Name, maxDisplayName), oneLine(house, maxDisplayName), proof.Email)},
		Button: button{w.confirmYes, proof.Link}, Foot: []string{w.confirmElse},
	}
	l := letter{Author: "Parley (" + house + ")", To: proof.Email, Subject: pg.Subject, Key: proof.Link, Text: pg.text()}
	if l.HTML, err = pg.html(); err != nil {
		return err
	}
	if err := m.send(ctx, l); err != nil {
		m.log.Warn("email.proof_not_sent", "person", person.ID, "error", err)
		if words := refusal(err); words != "" {
			return parley.Refuse(parley.ErrUnavailable, "mail_refused", "the mail server did not take it: "+words)
		}
		return parley.Refuse(parley.ErrUnavailable, "mail_away", "the mail server cannot be reached now")
	}
	return nil
}

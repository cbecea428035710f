package conversation

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

// Decision is what is to be decided by a message that wants an answer by a time.
type Decision struct {
	Options []string // two to ten, in the author's order
	Default *int     // which of them it is if nobody objects
	Quorum  int      // how many must vote for another outcome than the default; 0: one
}

const (
	minOptions = 2
	maxOptions = 10
	maxOption  = 120 // characters
	maxQuorum  = 10_000
)

func (d *Draft) checkDecision() error {
	c := d.Decision
	switch {
	case c == nil:
		return nil
	case d.Need != parley.AnswerBy:
		return parley.Invalid("need", "answer", "a decision wants an answer by a time")
	case len(c.Options) < minOptions || len(c.Options) > maxOptions:
		return parley.Invalid("decision.options", "count", fmt.Sprintf("must be %d to %d", minOptions, maxOptions))
	case c.Default != nil && (*c.Default < 0 || *c.Default >= len(c.Options)):
		return parley.Invalid("decision.default", "range", "is the number of an option, from 0")
	case c.Quorum < 0 || c.Quorum > maxQuorum:
		return parley.Invalid("decision.quorum", "range", "must be 0 or more")
	}
	for i, o := range c.Options {
		at := fmt.Sprintf("decision.options[%d]", i)
		text, err := identity.CleanText(at, o, maxOption)
		if err != nil {
			return err
		}
		if text == "" || slices.Contains(c.Options[:i], text) {
			return parley.Invalid(at, "required", "must say something that no other option says")
		}
		c.Options[i] = text
	}
	return nil
}

// begin is the decision as it begins.
func (c *Decision) begin() *parley.Decision {
	if c == nil {
		return nil
	}
	d := &parley.Decision{Default: c.Default, Quorum: c.Quorum}
	for _, o := range c.Options {
		d.Options = append(d.Options, parley.Option{Text: o, People: []parley.ID{}})
	}
	return d
}

// closeDecision is the job to close a decision when its time has come.
type closeDecision struct {
	Message parley.ID `json:"message"`
}

// Kind is close_decision.
func (closeDecision) Kind() string { return "close_decision" }

// Vote says which option by is for; to say another changes it. ErrConflict: it is decided.
func (s *Service) Vote(ctx context.Context, by parley.Person, at parley.Place, option int) (parley.Message, error) {
	var m parley.Message
	err := s.db.Write(ctx, at.Conversation, func(ctx context.Context, tx *store.Tx) (err error) {
		var c parley.Conversation
		if c, m, err = findMessage(ctx, tx, by, identity.React, at); err != nil {
			return err
		}
		switch {
		case m.Decision == nil:
			return parley.Refuse(parley.ErrConflict, "no_decision", "nothing is to be decided here")
		case m.Decision.ClosedAt != nil:
			return parley.Refuse(parley.ErrConflict, "decided", "it is decided")
		case option < 0 || option >= len(m.Decision.Options):
			return parley.Invalid("option", "range", "is the number of an option, from 0")
		}
		if _, err := tx.Exec(ctx, `INSERT INTO vote (message_id, person_id, choice, created_at) VALUES (?, ?, ?, ?)
			ON CONFLICT (message_id, person_id) DO UPDATE SET choice = excluded.choice, created_at = excluded.created_at`,
			m.ID, by.ID, option, millis(s.now())); err != nil {
			return fmt.Errorf("vote on %s: %w", m.ID, err)
		}
		if err := addVotes(ctx, tx, &m); err != nil {
			return err
		}
		if err := s.answer(ctx, tx, &m, parley.Answer{Person: by.ID, How: parley.Answered, At: s.now()}); err != nil {
			return err
		}
		if m.Decision.Votes() == s.voters(c, m) {
			return s.decide(ctx, tx, &m)
		}
		return s.change(ctx, tx, &m, `answers = answers`)
	})
	if err != nil {
		return parley.Message{}, fmt.Errorf("vote: %w", err)
	}
	return m, nil
}

// voters is how many may be expected to vote: when all have, it is decided. In a channel without mentions that is
// everybody but the author, who may vote as well.
func (s *Service) voters(c parley.Conversation, m parley.Message) int {
	if c.Kind == parley.Channel && len(m.Mentions) > 0 && !m.Everyone {
		n := len(m.Mentions)
		if s := m.Decision.Voted(m.Author); s {
			n++
		}
		return n
	}
	n := c.Members - 1
	if m.Decision.Voted(m.Author) {
		n++
	}
	return n
}

// CloseDecision ends a decision of by's before its time.
func (s *Service) CloseDecision(ctx context.Context, by parley.Person, at parley.Place) (parley.Message, error) {
	var m parley.Message
	err := s.db.Write(ctx, at.Conversation, func(ctx context.Context, tx *store.Tx) (err error) {
		if _, m, err = findMessage(ctx, tx, by, identity.EditMessage, at); err != nil {
			return err
		}
		if m.Decision == nil || m.Decision.ClosedAt != nil {
			return parley.Refuse(parley.ErrConflict, "decided", "there is nothing to be decided any more")
		}
		return s.decide(ctx, tx, &m)
	})
	if err != nil {
		return parley.Message{}, fmt.Errorf("close decision: %w", err)
	}
	return m, nil
}

func (s *Service) closeDecision(ctx context.Context, job closeDecision) error {
	m, _, err := s.ForDelivery(ctx, job.Message)
	if err != nil {
		return nil //nolint:nilerr // it was deleted
	}
	return s.db.Write(ctx, m.Conversation, func(ctx context.Context, tx *store.Tx) error {
		m, err := message(ctx, tx, `SELECT `+messageColumns+` FROM message m WHERE m.id = ?`, job.Message)
		if err != nil || m.Decision == nil || m.Decision.ClosedAt != nil {
			return err
		}
		return s.decide(ctx, tx, &m)
	})
}

// decide closes a decision: its outcome stands in the message, and in the conversation.
func (s *Service) decide(ctx context.Context, tx *store.Tx, m *parley.Message) error {
	at := s.now()
	m.Decision.Close(at)
	if err := s.change(ctx, tx, m, `extra = ?`, extraOf(*m).String()); err != nil {
		return err
	}
	if err := s.delivery.Decided(ctx, tx, *m); err != nil {
		return err
	}
	happened := parley.Happened{What: "decided", Seq: m.Seq}
	if m.Decision.Outcome != nil {
		happened.Name = m.Decision.Options[*m.Decision.Outcome].Text
	}
	return s.tell(ctx, tx, m.Conversation, m.Author, happened, at)
}

// addVotes reads who is for which option.
func addVotes(ctx context.Context, r store.Reader, m *parley.Message) error {
	type vote struct {
		person parley.ID
		choice int
	}
	votes, err := store.All(ctx, r, func(row store.Scanner) (v vote, err error) {
		err = row.Scan(&v.person, &v.choice)
		return v, err
	}, `SELECT person_id, choice FROM vote WHERE message_id = ? ORDER BY created_at, person_id`, m.ID)
	for i := range m.Decision.Options {
		m.Decision.Options[i].People = []parley.ID{}
	}
	for _, v := range votes {
		if v.choice < len(m.Decision.Options) {
			o := &m.Decision.Options[v.choice]
			o.People = append(o.People, v.person)
		}
	}
	return err
}

// keptDecision is a decision in a message's extra: without the votes, which have a table.
type keptDecision struct {
	Options  []string   `json:"options"`
	Default  *int       `json:"default,omitempty"`
	Quorum   int        `json:"quorum,omitempty"`
	ClosedAt *time.Time `json:"closed_at,omitempty"`
	Outcome  *int       `json:"outcome,omitempty"`
	How      string     `json:"how,omitempty"`
}

func keepDecision(d *parley.Decision) *keptDecision {
	if d == nil {
		return nil
	}
	k := &keptDecision{Default: d.Default, Quorum: d.Quorum, ClosedAt: d.ClosedAt, Outcome: d.Outcome, How: d.How}
	for _, o := range d.Options {
		k.Options = append(k.Options, o.Text)
	}
	return k
}

func (k *keptDecision) decision() *parley.Decision {
	if k == nil {
		return nil
	}
	d := &parley.Decision{Default: k.Default, Quorum: k.Quorum, ClosedAt: k.ClosedAt, Outcome: k.Outcome, How: k.How}
	for _, o := range k.Options {
		d.Options = append(d.Options, parley.Option{Text: o, People: []parley.ID{}})
	}
	return d
}

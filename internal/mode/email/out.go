package email

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/parley-im/parley/internal/parley"
)

// settingsPath is where people say what reaches them by mail.
const settingsPath = "/settings/notifications"

// Deliver writes a mail about what the envelope has, in its reader's language and zone and as they may see it now, and
// returns when the smart host has taken it. The receipt of a refusal has the smart host's words.
func (m *Mode) Deliver(ctx context.Context, e parley.Envelope) (parley.Receipt, error) {
	r := parley.Receipt{To: e.To, At: m.clock()}
	if len(e.Notes) > 0 {
		r.Message = e.Notes[0].Message
	}
	l, err := m.compose(ctx, e)
	if err == nil {
		err = m.send(ctx, l)
	}
	if err != nil {
		r.State, r.Reason = "failed", refusal(err)
		return r, fmt.Errorf("mail to %s: %w", e.Person, err)
	}
	r.State = "sent"
	m.log.Debug("email.sent", "person", e.Person, "notice", e.What, "notes", len(e.Notes))
	return r, nil
}

// send writes a letter and hands it over.
func (m *Mode) send(ctx context.Context, l letter) error {
	if m.host == nil {
		return fmt.Errorf("this server sends no mail: %w", parley.ErrNotFound)
	}
	l.From, l.Date = m.from, m.clock()
	mail, err := l.write()
	if err != nil {
		return err
	}
	return m.host.send(ctx, l.From, l.To, mail)
}

// compose writes the letter of an envelope. ErrNotFound: there is nobody to send it to any more, or nothing to say.
func (m *Mode) compose(ctx context.Context, e parley.Envelope) (letter, error) {
	reader, err := m.people.Find(ctx, e.Person)
	if err != nil {
		return letter{}, err
	}
	if reader.DeactivatedAt != nil {
		return letter{}, fmt.Errorf("%s is deactivated: %w", reader.ID, parley.ErrNotFound)
	}
	addresses, err := m.Addresses(ctx, e.Person)
	if err != nil {
		return letter{}, err
	}
	if !slices.ContainsFunc(addresses, func(a parley.Address) bool { return a.Value == e.To.Value }) {
		return letter{}, fmt.Errorf("the address is not theirs any more: %w", parley.ErrNotFound)
	}
	w := wordsOf(reader.Language)
	var list []said
	for _, n := range e.Notes {
		s, ok, err := m.look(ctx, reader, n, w)
		if err != nil {
			return letter{}, err
		}
		if ok {
			list = append(list, s)
		}
	}
	if len(list) == 0 {
		return letter{}, fmt.Errorf("nothing of it is there to be seen: %w", parley.ErrNotFound)
	}
	p := paper{m: m, w: w, zone: zoneOf(reader), now: m.clock()}
	pg := p.write(e.What, list)
	l := letter{To: e.To.Value, Key: e.Key, Subject: pg.Subject, Leave: pg.Leave.URL, Text: pg.text(), List: "parley"}
	if l.HTML, err = pg.html(); err != nil {
		return letter{}, err
	}
	house, err := m.house(ctx)
	if err != nil {
		return letter{}, err
	}
	l.Author = "Parley (" + house + ")"
	if one := list[0]; !slices.ContainsFunc(list, func(s said) bool { return s.message.Conversation != one.message.Conversation }) && !one.unseen {
		l.Root = "c" + one.message.Conversation.String()
		l.List = one.message.Conversation.String()
		if len(list) == 1 {
			if one.message.Thread != 0 {
				l.Root += fmt.Sprintf("/%d", one.message.Thread)
			}
			if e.What == parley.NoticeTell {
				l.Author = one.author + " (" + house + ")"
			}
		}
	}
	return l, nil
}

// house is what the organisation is called beside an author's name.
func (m *Mode) house(ctx context.Context) (string, error) {
	if m.name != "" {
		return m.name, nil
	}
	o, err := m.people.Organisation(ctx)
	return cmp.Or(o.Name, "Parley"), err
}

// zoneOf is a person's time zone. It was checked when it was set; one that a newer database has not any more is UTC.
func zoneOf(p parley.Person) *time.Location {
	zone, err := time.LoadLocation(p.Zone)
	if err != nil {
		return time.UTC
	}
	return zone
}

package conversation

import (
	"context"
	"errors"
	"slices"

	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/markdown"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

// document is a rendered body and whom it mentions, groups resolved to their people.
type document struct {
	markdown.Document
	people   []parley.ID
	everyone bool
	excerpt  string // of the text, for lists
}

// render turns a body of by's into what is stored beside it.
func (s *Service) render(ctx context.Context, by parley.Person, body string) (document, error) {
	var failed error
	rendered, err := markdown.Render(body, func(handle string) (markdown.Mention, bool) {
		m, err := s.resolve(ctx, by, handle)
		if err != nil && !errors.Is(err, parley.ErrNotFound) {
			failed = err
		}
		return m, err == nil
	})
	if err = errors.Join(err, failed); err != nil {
		return document{}, err
	}
	doc := document{Document: rendered, excerpt: markdown.Excerpt(rendered.Text, 120)}
	for _, m := range rendered.Mentions {
		switch m.Kind {
		case markdown.Person:
			doc.people = append(doc.people, m.ID)
		case markdown.Group:
			members, err := store.All(ctx, s.db, store.Value[parley.ID], `SELECT person_id FROM person_group_member WHERE group_id = ?`, m.ID)
			if err != nil {
				return document{}, err
			}
			doc.people = append(doc.people, members...)
		case markdown.Here, markdown.Everyone:
			doc.everyone = true
		}
	}
	slices.Sort(doc.people)
	doc.people = slices.DeleteFunc(slices.Compact(doc.people), func(p parley.ID) bool { return p == by.ID }) // nobody calls themselves
	return doc, nil
}

// resolve finds whom a handle names, as far as by may know: who is a stranger to a guest has no name here.
func (s *Service) resolve(ctx context.Context, by parley.Person, handle string) (m markdown.Mention, err error) {
	everyone := identity.May(by, identity.SeeEveryone, identity.Object{}) == nil
	m.Kind = markdown.Person
	err = s.db.QueryRow(ctx, `SELECT p.id, p.name FROM person p WHERE p.handle = ? AND p.deactivated_at = 0
		AND (? OR p.id = ? OR EXISTS (SELECT 1 FROM member a JOIN member b ON a.conversation_id = b.conversation_id
			WHERE a.person_id = ? AND b.person_id = p.id))`, handle, everyone, by.ID, by.ID).Scan(&m.ID, &m.Name)
	if everyone && errors.Is(err, parley.ErrNotFound) {
		m.Kind = markdown.Group
		err = s.db.QueryRow(ctx, `SELECT id, name FROM person_group WHERE handle = ?`, handle).Scan(&m.ID, &m.Name)
	}
	return m, err
}

// Render shows by how a body will look.
func (s *Service) Render(ctx context.Context, by parley.Person, body string) (string, error) {
	body, err := checkBody(body)
	if err != nil {
		return "", err
	}
	doc, err := s.render(ctx, by, body)
	return doc.HTML, err
}

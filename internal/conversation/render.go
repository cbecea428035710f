package conversation

import (
	"context"
	"errors"
	"slices"

	"github.com/parley-im/parley/internal/markdown"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

// document is a rendered body and whom it mentions, groups resolved to their people.
type document struct {
	markdown.Document
	people   []parley.ID
	everyone bool
}

// render turns a body into what is stored beside it.
func (s *Service) render(ctx context.Context, body string) (document, error) {
	var failed error
	rendered, err := markdown.Render(body, func(handle string) (markdown.Mention, bool) {
		m, err := s.resolve(ctx, handle)
		if err != nil && !errors.Is(err, parley.ErrNotFound) {
			failed = err
		}
		return m, err == nil
	})
	if err = errors.Join(err, failed); err != nil {
		return document{}, err
	}
	doc := document{Document: rendered}
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
	doc.people = slices.Compact(doc.people)
	return doc, nil
}

// resolve finds whom a handle names.
func (s *Service) resolve(ctx context.Context, handle string) (m markdown.Mention, err error) {
	m.Kind = markdown.Person
	err = s.db.QueryRow(ctx, `SELECT id, name FROM person WHERE handle = ? AND deactivated_at = 0`, handle).Scan(&m.ID, &m.Name)
	if errors.Is(err, parley.ErrNotFound) {
		m.Kind = markdown.Group
		err = s.db.QueryRow(ctx, `SELECT id, name FROM person_group WHERE handle = ?`, handle).Scan(&m.ID, &m.Name)
	}
	return m, err
}

// Render shows by how a body will look.
func (s *Service) Render(ctx context.Context, body string) (string, error) {
	d := Draft{Body: body}
	if err := d.check(); err != nil {
		return "", err
	}
	doc, err := s.render(ctx, d.Body)
	return doc.HTML, err
}

package conversation

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/preview"
	"github.com/parley-im/parley/internal/store"
)

// MaxPreviews is how many links of a message are looked up.
const MaxPreviews = 3

// linksJob looks up what the pages say of themselves that a message links to.
type linksJob struct {
	Message parley.ID `json:"message"`
	Links   []string  `json:"links"`
}

// Kind names the job in the queue.
func (linksJob) Kind() string { return "look_up_links" }

// lookUpLinks asks, in the message's own transaction, for its links to be looked up.
func (s *Service) lookUpLinks(ctx context.Context, tx *store.Tx, m parley.Message, links []string) error {
	if s.preview == nil || len(links) == 0 {
		return nil
	}
	return s.jobs.Insert(ctx, tx, linksJob{Message: m.ID, Links: links[:min(len(links), MaxPreviews)]}, time.Time{})
}

// fetchLinks is the job's work. A page that has nothing to say, or cannot be reached, is left out: the link is
// there all the same, and asking again would not change that.
func (s *Service) fetchLinks(ctx context.Context, j linksJob) error {
	found := map[string]parley.Preview{}
	for _, link := range j.Links {
		p, err := s.preview.Fetch(ctx, link)
		if err != nil || p.Title == "" && p.ImageHash == "" {
			continue
		}
		found[link] = shown(j.Message, p)
	}
	if len(found) == 0 {
		return nil
	}
	m, err := message(ctx, s.db, `SELECT `+messageColumns+` FROM message m WHERE m.id = ?`, j.Message)
	if err != nil {
		return ignoreAbsent(err)
	}
	return s.db.Write(ctx, m.Conversation, func(ctx context.Context, tx *store.Tx) error {
		m, err := message(ctx, tx, `SELECT `+messageColumns+` FROM message m WHERE m.id = ?`, j.Message)
		if err != nil || m.DeletedAt != nil {
			return ignoreAbsent(err)
		}
		doc, err := s.render(ctx, parley.Person{Role: parley.MemberRole}, m.Body) // only for its links
		if err != nil {
			return err
		}
		if m.Previews = ofLinks(found, doc.Links); len(m.Previews) == 0 {
			return nil // it was edited meanwhile
		}
		if err := s.change(ctx, tx, &m, `extra = ?`, extraOf(m).String()); err != nil {
			return fmt.Errorf("write previews: %w", err)
		}
		return nil
	})
}

// ofLinks returns the previews in the order of the links.
func ofLinks(found map[string]parley.Preview, links []string) (list []parley.Preview) {
	for _, link := range links {
		if p, ok := found[link]; ok {
			list = append(list, p)
		}
	}
	return list
}

// Picture returns the picture of a message's preview for who may see the message.
func (s *Service) Picture(ctx context.Context, by parley.Person, id parley.ID, hash string) (Content, error) {
	m, err := message(ctx, s.db, `SELECT `+messageColumns+` FROM message m WHERE m.id = ?`, id)
	if err == nil {
		_, err = find(ctx, s.db, by, m.Conversation)
	}
	if err == nil && !slices.ContainsFunc(m.Previews, func(p parley.Preview) bool { return p.Image == picturePath(id, hash) }) {
		err = parley.ErrNotFound
	}
	c := Content{Name: "preview", Hash: hash}
	if err == nil {
		c.Object, err = s.blobs.Get(ctx, hash)
	}
	if err != nil {
		return c, fmt.Errorf("picture of %s: %w", id, err)
	}
	return c, nil
}

// picturePath is where a reader finds the picture: under its message, so that only those find it who may see that.
func picturePath(message parley.ID, hash string) string {
	return "/previews/" + message.String() + "/" + hash
}

func shown(message parley.ID, p preview.Preview) parley.Preview {
	v := parley.Preview{URL: p.URL, Title: p.Title, Description: p.Description, Site: p.Site}
	if p.ImageHash != "" {
		v.Image, v.Width, v.Height = picturePath(message, p.ImageHash), p.ImageWidth, p.ImageHeight
	}
	return v
}

func ignoreAbsent(err error) error {
	if errors.Is(err, parley.ErrNotFound) {
		return nil
	}
	return err
}

package conversation

import (
	"context"
	"errors"
	"fmt"
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
	var previews []parley.Preview
	for _, link := range j.Links {
		p, err := s.preview.Fetch(ctx, link)
		if err != nil || p.Title == "" && p.ImageHash == "" {
			continue
		}
		previews = append(previews, shown(p))
	}
	if len(previews) == 0 {
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
		m.Previews = previews
		if err := s.change(ctx, tx, &m, `extra = ?`, extraOf(m).String()); err != nil {
			return fmt.Errorf("write previews: %w", err)
		}
		return nil
	})
}

func shown(p preview.Preview) parley.Preview {
	v := parley.Preview{URL: p.URL, Title: p.Title, Description: p.Description, Site: p.Site}
	if p.ImageHash != "" {
		v.Image, v.Width, v.Height = "/previews/"+p.ImageHash, p.ImageWidth, p.ImageHeight
	}
	return v
}

func ignoreAbsent(err error) error {
	if errors.Is(err, parley.ErrNotFound) {
		return nil
	}
	return err
}

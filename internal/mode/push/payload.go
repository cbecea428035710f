package push

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/parley-im/parley/internal/markdown"
	"github.com/parley-im/parley/internal/parley"
)

// payload is what the browser's service worker gets (web/scripts/worker.js).
type payload struct {
	What    string    `json:"what"` // tell, bundle, report, remind, test, close
	Title   string    `json:"title,omitempty"`
	Body    string    `json:"body,omitempty"`
	URL     string    `json:"url,omitempty"` // path in the app
	Tag     string    `json:"tag,omitempty"` // one notification for each conversation
	Message parley.ID `json:"message,omitempty"`
	Urgent  bool      `json:"urgent,omitempty"`
	Take    string    `json:"take,omitempty"` // label of the button that acknowledges
	Lang    string    `json:"lang,omitempty"`
}

const (
	maxTitle   = 120 // characters
	maxExcerpt = 240
	maxLines   = 5 // of a bundle
)

// maxPayload is how many bytes a payload may have; the least that push services take is 4,096 with all around it.
const maxPayload = 3000

// encode writes the payload as JSON, its text as short as it must be: some characters have very many bytes.
func (p payload) encode() ([]byte, error) {
	for n := maxExcerpt; ; n /= 2 {
		text, err := json.Marshal(p)
		if err != nil || len(text) <= maxPayload {
			return text, err
		}
		if n == 0 {
			return nil, fmt.Errorf("a title of %d bytes: %w", len(p.Title), parley.ErrInvalid)
		}
		p.Title, p.Body = markdown.Excerpt(p.Title, n/2), markdown.Excerpt(p.Body, n)
	}
}

var errNothing = errors.Join(parley.ErrNotFound, errors.New("there is nothing left to be told"))

// compose writes what the envelope says in the person's language, as far as they may see it now.
func (m *Mode) compose(ctx context.Context, e parley.Envelope) (p payload, err error) {
	reader, err := m.people.Find(ctx, e.Person)
	if err != nil {
		return p, err
	}
	w := wordsFor(reader.Language)
	var lines []line
	for _, n := range e.Notes {
		l, err := m.line(ctx, reader, w, e, n)
		if errors.Is(err, parley.ErrNotFound) {
			continue // deleted, or not theirs to see any more
		}
		if err != nil {
			return p, err
		}
		lines = append(lines, l)
	}
	if len(lines) == 0 {
		return p, errNothing
	}
	first := lines[0]
	p = payload{What: string(e.What), Lang: reader.Language, Tag: first.conversation.String(), Message: first.message, URL: first.url, Urgent: e.Urgent && first.urgent}
	if p.Urgent {
		p.Tag = first.message.String() // an ordinary message must not take its place
	}
	if e.What != parley.NoticeBundle || len(lines) == 1 {
		p.Title, p.Body = markdown.Excerpt(first.title, maxTitle), markdown.Excerpt(first.text, maxExcerpt)
		if p.Urgent && e.What == parley.NoticeTell {
			p.Take = w.acknowledge
		}
		return p, nil
	}
	p.Tag, p.URL = "bundle", "/inbox"
	p.Title = w.many(len(lines))
	var body []string
	for _, l := range lines[:min(maxLines, len(lines))] {
		body = append(body, markdown.Excerpt(l.title+": "+l.text, 80))
	}
	if more := len(lines) - maxLines; more > 0 {
		body = append(body, w.more(more))
	}
	p.Body = strings.Join(body, "\n")
	return p, nil
}

// line is one message as a notification tells of it.
type line struct {
	message, conversation parley.ID
	title, text, url      string
	urgent                bool
}

func (m *Mode) line(ctx context.Context, reader parley.Person, w words, e parley.Envelope, n parley.Note) (l line, err error) {
	l = line{message: n.Message, conversation: n.Conversation, urgent: n.Need == parley.Urgent}
	said, err := m.conversations.MessageByID(ctx, reader, n.Message)
	if errors.Is(err, parley.ErrNotFound) && n.Deputy { // a deputy is told who asks and why, not what
		if said, _, err = m.conversations.ForDelivery(ctx, n.Message); err == nil {
			if said.DeletedAt != nil {
				return l, parley.ErrNotFound
			}
			author, err := m.people.Find(ctx, said.Author)
			l.title, l.text, l.url, l.conversation = w.deputy(author.Name), said.Reason, "/inbox", n.Message
			return l, err
		}
	}
	if err != nil {
		return l, err
	}
	if said.DeletedAt != nil {
		return l, parley.ErrNotFound
	}
	author, err := m.people.Find(ctx, said.Author)
	if err != nil {
		return l, err
	}
	c, err := m.conversations.Get(ctx, reader, said.Conversation)
	if err != nil {
		return l, err
	}
	l.conversation = said.Conversation
	l.url = "/c/" + said.Conversation.String() + "/" + itoa(said.Seq)
	l.title = author.Name
	if c.Kind != parley.Direct {
		name, err := m.nameOf(ctx, reader, c)
		if err != nil {
			return l, err
		}
		l.title = w.in(author.Name, name)
	}
	if l.text, err = m.textOf(said, w); err != nil {
		return l, err
	}
	switch {
	case e.What == parley.NoticeReport:
		about, err := m.people.Find(ctx, n.About)
		if err != nil {
			return l, err
		}
		l.title, l.url = w.missed(about.Name), "/inbox"
	case e.What == parley.NoticeRemind:
		l.title = w.reminder(l.title)
	case l.urgent:
		l.title = w.urgent(l.title)
		if said.Reason != "" {
			l.text = said.Reason + " – " + l.text
		}
	case n.Need == parley.AnswerBy:
		l.title = w.answer(l.title)
	}
	return l, nil
}

// nameOf is what a conversation is called where it is no direct one.
func (m *Mode) nameOf(ctx context.Context, reader parley.Person, c parley.Conversation) (string, error) {
	if c.Name != "" {
		return "#" + c.Name, nil
	}
	var names []string
	for _, id := range c.People {
		if id == reader.ID {
			continue
		}
		p, err := m.people.Find(ctx, id)
		if err != nil {
			return "", err
		}
		first, _, _ := strings.Cut(p.Name, " ")
		names = append(names, first)
	}
	slices.Sort(names)
	return strings.Join(names, ", "), nil
}

// textOf is what a message says, without its marks; of one without words, what it holds.
func (m *Mode) textOf(said parley.Message, w words) (string, error) {
	doc, err := markdown.Render(said.Body, func(string) (markdown.Mention, bool) { return markdown.Mention{}, false })
	if err != nil {
		return "", err
	}
	if doc.Text == "" && len(said.Files) > 0 {
		return w.file(said.Files[0].Name, len(said.Files)), nil
	}
	return cmp.Or(doc.Text, "…"), nil
}

package email

import (
	"context"
	"time"

	"github.com/parley-im/parley/internal/parley"
)

// Written returns the mail of an envelope as it would be handed over.
func (m *Mode) Written(ctx context.Context, e parley.Envelope) (mail []byte, html string, err error) {
	l, err := m.compose(ctx, e)
	if err != nil {
		return nil, "", err
	}
	l.From, l.Date = m.from, m.clock()
	mail, err = l.write()
	return mail, l.HTML, err
}

// KeepIdleFor says how long connections are kept.
func (m *Mode) KeepIdleFor(d time.Duration) { m.host.idleFor = d }

// Header writes a mail with these in its header, and a body of no interest.
func Header(author, to, subject, key, root string) ([]byte, error) {
	return letter{
		Author: author, From: "parley@harbour.example", To: to, Subject: subject, Date: time.Unix(1764064800, 0).UTC(), Key: key, Root: root,
		List: "parley", Leave: "https://parley.example/settings/notifications", Text: "text", HTML: "<p>html</p>",
	}.write()
}

// AllWords are the words of each language, to look for what is missing.
var AllWords = []any{english, german}

// The limits that tests come up against.
const (
	MaxLines       = maxLines
	MaxDisplayName = maxDisplayName
	MaxSubject     = maxSubject
)

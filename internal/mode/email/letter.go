package email

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"
	"unicode"

	"github.com/emersion/go-message"
	"github.com/emersion/go-message/mail"

	"github.com/parley-im/parley/internal/markdown"
)

// How many characters of what people have written are seen in a header; the rest is in the mail.
const (
	maxDisplayName = 100
	maxSubject     = 120
)

// letter is a mail before it is written.
type letter struct {
	Author  string // as it is shown before the address that mails come from
	From    string
	To      string
	Subject string
	Date    time.Time
	Key     string // of the delivery; the Message-ID is made of it
	Root    string // names what it is about, so that mail programs put the mails about it together; "": nothing else
	List    string // the same for their filters: a label of a name in the DNS
	Leave   string // where one says what one wants to get; "": this one is not of those
	Text    string
	HTML    string
}

// oneLine returns at most n characters of what is safe in a header and in a line of text: no control characters, no
// line ends, and nothing that turns the text around it.
func oneLine(s string, n int) string {
	return markdown.Excerpt(strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), unicode.In(r, unicode.Zl, unicode.Zp):
			return ' '
		case r == unicode.ReplacementChar, unicode.Is(unicode.Cc, r), '\u202a' <= r && r <= '\u202e', '\u2066' <= r && r <= '\u2069', r == '\ufeff':
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "")), n)
}

// headerText is oneLine for a header, where what looks like an encoded word (RFC 2047) would be read as one.
func headerText(s string, n int) string { return strings.ReplaceAll(oneLine(s, n), "=?", "= ?") }

// name makes a name from what may be anything: the same for the same, of characters that an ID may have.
func name(of string) string {
	sum := sha256.Sum256([]byte(of))
	return hex.EncodeToString(sum[:16])
}

// write returns the mail as it is handed over: multipart/alternative, all of it in ASCII but for addresses that are not. The same
// letter gives the same bytes.
func (l letter) write() ([]byte, error) {
	domain := l.From[strings.LastIndexByte(l.From, '@')+1:]
	id := name(l.Key+"\x00"+l.To) + "@" + domain
	var h mail.Header
	// The last that is set stands first.
	h.SetContentType("multipart/alternative", map[string]string{"boundary": "=_" + name(id)}) // quoted-printable never has "=_"
	h.Set("MIME-Version", "1.0")
	if l.Leave != "" {
		h.Set("List-Unsubscribe", "<"+l.Leave+">")
	}
	if l.List != "" {
		h.Set("List-Id", "<"+l.List+"."+domain+">")
	}
	h.Set("X-Auto-Response-Suppress", "All") // what Exchange knows instead of the next
	h.Set("Auto-Submitted", "auto-generated")
	if l.Root != "" {
		root := name(l.Root) + "@" + domain // no mail has this ID: it is what all of them answer
		h.SetMsgIDList("References", []string{root})
		h.SetMsgIDList("In-Reply-To", []string{root})
	}
	h.SetMessageID(id)
	h.SetSubject(headerText(l.Subject, maxSubject))
	h.SetAddressList("To", []*mail.Address{{Address: l.To}})
	h.SetAddressList("From", []*mail.Address{{Name: headerText(l.Author, maxDisplayName), Address: l.From}})
	h.SetDate(l.Date)

	var b bytes.Buffer
	w, err := message.CreateWriter(&b, h.Header)
	if err != nil {
		return nil, err
	}
	for _, part := range []struct{ kind, body string }{{"text/plain", l.Text}, {"text/html", l.HTML}} {
		var h message.Header
		h.Set("Content-Transfer-Encoding", "quoted-printable")
		h.SetContentType(part.kind, map[string]string{"charset": "utf-8"})
		p, err := w.CreatePart(h)
		if err != nil {
			return nil, err
		}
		if _, err := p.Write([]byte(part.body)); err != nil {
			return nil, err
		}
		if err := p.Close(); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

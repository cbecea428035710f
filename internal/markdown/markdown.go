// Package markdown turns what a person wrote into HTML that is safe to show, and into plain text.
//
// It knows CommonMark and GFM (tables, strikethrough, task lists, autolinks), and what people expect of a chat: a line
// break is a line break, @mentions, ||spoilers||, $math$, :emoji:, <time:2026-11-23T14:00+01:00>, coloured code. Raw HTML
// is shown as the text it is, images by URL become links (a reader's browser asks no third party), and what the
// renderer wrote goes through a second, independent sanitiser. It must not know who reads, nor any conversation:
// the caller says what a handle means.
package markdown

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"github.com/parley-im/parley/internal/parley"
)

// Limits, all of them so that hostile input costs no more than long input.
const (
	MaxBody     = 64 << 10 // bytes of a body; more is parley.ErrLimited
	MaxMentions = 100      // different handles in one body; the rest stays text
	MaxCode     = 16 << 10 // bytes of one code block that are still coloured

	maxNesting   = 32       // quotes and lists inside each other (a list and its item count as two); spans likewise
	maxMarks     = 2048     // marks that may open or close a span: * _ ~ [ ] |
	maxCells     = 10_000   // of one table, with those that GFM adds to short rows
	maxURL       = 2048     // bytes of a link's destination
	maxURLBudget = 64 << 10 // bytes of all destinations, since one reference definition can be used a thousand times
)

// Kind says what a mention means.
type Kind uint8

// The kinds of mention.
const (
	Person   Kind = iota + 1 // one person
	Group                    // all in a group of people
	Here                     // those in the conversation who are active now
	Everyone                 // all in the conversation
)

// Mention is what a handle stands for.
type Mention struct {
	Kind Kind
	ID   parley.ID // of the person or group; None for Here and Everyone
	Name string    // as it is shown after the @
}

// Resolve says what a handle means, which comes in lower case and without the @. It is asked once for each handle, and
// never for "here" and "everyone", which always mean what they say.
type Resolve func(handle string) (Mention, bool)

// Document is a rendered body.
type Document struct {
	HTML     string    // sanitised; blocks carry dir="auto"
	Text     string    // plain text for search, notifications and text messages; spoilers are blacked out
	Mentions []Mention // each once, in order; those inside a quotation are shown but not listed, they notify nobody again
	Links    []string  // http and https destinations, each once, in order
}

// Render renders a body. It has no side effects, and the same input gives the same output (only colours of
// code that takes too long to colour may be missing). A nil resolve knows no handle. A body that is longer than MaxBody wraps
// parley.ErrLimited, one that is not UTF-8 or has a NUL wraps parley.ErrInvalid; both are a *parley.FieldError of "body".
func Render(body string, resolve Resolve) (Document, error) {
	if len(body) > MaxBody {
		return Document{}, &parley.FieldError{
			Field: "body", Code: "too_long", Kind: parley.ErrLimited,
			Msg: fmt.Sprintf("has %d bytes, at most %d fit", len(body), MaxBody),
		}
	}
	if !utf8.ValidString(body) || strings.IndexByte(body, 0) >= 0 {
		return Document{}, parley.Invalid("body", "not_text", "is not text in UTF-8")
	}
	body = clean(body)
	if isPlain(body) {
		return renderPlain(body), nil
	}
	return renderMarkup(body, resolve), nil
}

// renderMarkup is the slow path: parse, write, sanitise.
func renderMarkup(body string, resolve Resolve) Document {
	source := []byte(body)
	pc := parser.NewContext()
	pc.Set(stateKey, &state{resolve: resolve})
	root := grammar.Parse(text.NewReader(source), parser.WithContext(pc))
	w := writer{source: source}
	w.children(root)
	return Document{
		HTML:     policy.Sanitize(w.html.String()),
		Text:     strings.TrimSpace(w.text.String()),
		Mentions: w.mentions,
		Links:    w.links,
	}
}

package email

import (
	"bytes"
	"cmp"
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/parley-im/parley/internal/markdown"
	"github.com/parley-im/parley/internal/parley"
)

// How much of what was said is in a mail; the rest is a link away. Mail programs cut off what is too long.
const (
	maxCards     = 30       // messages of one mail
	maxAlone     = 20 << 10 // bytes of HTML of a message that comes alone
	maxTogether  = 4 << 10  // and of one among others
	shownOfLong  = 1200     // characters of a longer one that comes alone
	shownOfMany  = 400      // and of one among others
	shownOnTop   = 60       // characters of a message in a subject
	maxOption    = 200      // characters of what can be decided
	shownPreview = 140      // and beside the subject in a list of mails
)

// page is what a mail says, apart from how it looks.
type page struct {
	Language string
	Subject  string
	Preview  string // beside the subject in a list of mails
	Title    string
	Lead     []string
	Parts    []part
	Omitted  string
	Button   button
	Foot     []string
	Leave    button // where one says what one wants to get; none: no URL
}

// part is what stands under one heading, "" for none.
type part struct {
	Heading string
	Cards   []card
}

// card is one message.
type card struct {
	Place   string // a heading of its own: a conversation that is not that of the card before
	Author  string
	Where   string
	When    string
	Chip    string // need and deadline in words
	Urgent  bool
	Reason  string
	HTML    template.HTML
	Text    string
	Options []string // of a decision
	Files   []attached
	Cut     string // says that there is more
	Open    button
	message parley.ID
}

type attached struct{ Name, Size, URL string }

type button struct{ Label, URL string }

// paper has what all parts of a page need to know.
type paper struct {
	m    *Mode
	w    *words
	zone *time.Location
	now  time.Time
}

func (p paper) when(t time.Time) string { return p.w.when(t.In(p.zone), p.now) }

// card shows one message.
func (p paper) card(s said, alone bool) card {
	c := card{
		Author: oneLine(s.author, maxDisplayName), When: p.when(s.message.CreatedAt), message: s.message.ID,
		Open: button{p.w.open, p.m.link("/c/" + s.message.Conversation.String() + "/" + strconv.FormatInt(s.message.Seq, 10))},
	}
	where := oneLine(s.place, maxDisplayName)
	switch {
	case s.message.Thread != 0:
		c.Where = fmt.Sprintf(p.w.thread, where)
	case s.conversation.Kind != parley.Direct:
		c.Where = fmt.Sprintf(p.w.in, where)
	case len(s.conversation.People) == 1:
		c.Where = p.w.myself
	default:
		c.Where = p.w.direct
	}
	if s.message.EditedAt != nil {
		c.When += " (" + p.w.edited + ")"
	}
	switch s.Need {
	case parley.Urgent:
		c.Chip, c.Urgent, c.Open.Label = p.w.sectionUrgent, true, p.w.acknowledge
		if reason := oneLine(s.message.Reason, parley.MaxReason); reason != "" {
			c.Reason = fmt.Sprintf(p.w.reason, reason)
		}
	case parley.AnswerBy:
		c.Open.Label = p.w.answerThere
		c.Chip = p.w.sectionAnswer
		if by := s.by(); !by.IsZero() {
			c.Chip = fmt.Sprintf(p.w.answer, p.when(by))
			if s.decides() {
				c.Chip, c.Open.Label = fmt.Sprintf(p.w.decide, p.when(by)), p.w.vote
			}
		}
	}
	c.Text = plainOf(s.message)
	limit, shown := maxAlone, shownOfLong
	if !alone {
		limit, shown = maxTogether, shownOfMany
	}
	if len(s.message.HTML) <= limit {
		c.HTML = p.body(s.message.HTML)
	} else {
		c.Text = markdown.Excerpt(c.Text, shown)
		c.HTML = template.HTML(`<p dir="auto" style="margin:0 0 10px">` + template.HTMLEscapeString(c.Text) + `</p>`)
		c.Cut = p.w.readOn
	}
	if s.decides() {
		for i, o := range s.message.Decision.Options {
			text := oneLine(o.Text, maxOption)
			if d := s.message.Decision.Default; d != nil && *d == i {
				text = fmt.Sprintf(p.w.unlessObjected, text)
			}
			c.Options = append(c.Options, text)
		}
	}
	for _, f := range s.message.Files {
		c.Files = append(c.Files, attached{oneLine(f.Name, maxDisplayName), size(f.Size, p.w.tag), p.m.link("/files/" + f.ID.String() + "/" + f.Name)})
	}
	return c
}

// by is when an answer is wanted: as it is now, for it can be put off.
func (s said) by() time.Time {
	if s.message.By != nil {
		return *s.message.By
	}
	return s.By
}

// decides says whether there is something to vote on.
func (s said) decides() bool { return s.message.Decision != nil && s.message.Decision.ClosedAt == nil }

// excerpt is a message in one line.
func (s said) excerpt(n int) string {
	if text := markdown.Excerpt(plainOf(s.message), n); text != "" {
		return text
	}
	if len(s.message.Files) > 0 {
		return markdown.Excerpt(s.message.Files[0].Name, n)
	}
	return s.author
}

// plainOf is a message without its markup. Handles stay handles.
func plainOf(m parley.Message) string {
	doc, err := markdown.Render(m.Body, nil)
	if err != nil { // it was posted, so it can be rendered
		return ""
	}
	return doc.Text
}

// size says how large a file is.
func size(n int64, tag string) string {
	unit, v := "kB", float64(n)/1000
	if v >= 1000 {
		unit, v = "MB", v/1000
	}
	text := strconv.FormatFloat(max(v, 0.1), 'f', 1, 64)
	if tag == german.tag {
		text = strings.Replace(text, ".", ",", 1)
	}
	return text + " " + unit
}

// write turns a notice into a page. There is at least one message.
func (p paper) write(what parley.Notice, list []said) page {
	pg := page{Language: p.w.tag, Leave: button{p.w.settings, p.m.link(settingsPath)}}
	switch what {
	case parley.NoticeBundle:
		p.many(&pg, together(list, true), true, p.w.held, p.w.heldLead)
	case parley.NoticeSummarise:
		p.many(&pg, together(list, false), false, p.w.unseen, p.w.unseenLead)
	default:
		if len(list) > 1 {
			p.many(&pg, together(list, true), true, p.w.unseen, p.w.unseenLead)
			break
		}
		p.one(&pg, what, list[0])
	}
	if why := p.w.why[list[0].Why]; why != "" && what != parley.NoticeReport && what != parley.NoticeRemind {
		pg.Foot = append(pg.Foot, why)
	}
	pg.Foot = append(pg.Foot, fmt.Sprintf(p.w.times, strings.ReplaceAll(p.zone.String(), "_", " ")), p.w.noReplies)
	return pg
}

// one is a page about one message.
func (p paper) one(pg *page, what parley.Notice, s said) {
	about := oneLine(cmp.Or(s.about, p.w.program), maxDisplayName)
	if s.unseen {
		pg.Subject = fmt.Sprintf(p.w.urgent, about)
		pg.Title, pg.Lead, pg.Preview = p.w.sectionUrgent, []string{fmt.Sprintf(p.w.throughUnseen, about)}, about
		pg.Button = button{p.w.openAll, p.m.link("/inbox")}
		return
	}
	c := p.card(s, true)
	short := s.excerpt(shownOnTop)
	pg.Button, c.Open = c.Open, button{}
	pg.Preview = s.excerpt(shownPreview)
	place := oneLine(s.place, maxDisplayName)
	switch {
	case what == parley.NoticeReport:
		missed := p.w.missed
		if s.Need == parley.Urgent {
			missed = p.w.missedUrgent
		}
		pg.Title = fmt.Sprintf(missed, about)
		pg.Subject = pg.Title + ": " + short
		pg.Lead = []string{fmt.Sprintf(cmp.Or(p.w.missedLead[s.Why], p.w.missedLead[""]), about), p.w.missedDo}
		pg.Preview = pg.Lead[0]
		pg.Button.Label = p.w.open
	case what == parley.NoticeRemind:
		pg.Subject, pg.Title = fmt.Sprintf(p.w.reminder, short), fmt.Sprintf(p.w.reminder, short)
		pg.Lead = []string{p.w.remindLead}
	case s.Need == parley.Urgent:
		pg.Subject = fmt.Sprintf(p.w.urgent, cmp.Or(oneLine(s.message.Reason, shownOnTop), short))
	case s.Need == parley.AnswerBy && !s.by().IsZero() && s.decides():
		pg.Subject = fmt.Sprintf(p.w.decideBy, p.when(s.by()), short)
	case s.Need == parley.AnswerBy && !s.by().IsZero():
		pg.Subject = fmt.Sprintf(p.w.answerBy, p.when(s.by()), short)
	case s.message.Thread != 0: // the same for all of a conversation or thread: some programs put together by subject, too
		pg.Subject = fmt.Sprintf(p.w.threadIn, place)
	case s.conversation.Kind == parley.Direct:
		pg.Subject = fmt.Sprintf(p.w.messageFrom, c.Author)
	default:
		pg.Subject = fmt.Sprintf(p.w.messageIn, place)
	}
	if s.about != "" && what == parley.NoticeTell {
		pg.Lead = append(pg.Lead, fmt.Sprintf(p.w.through, about))
	}
	pg.Parts = []part{{Cards: []card{c}}}
}

// many is a page about several messages, in their order.
func (p paper) many(pg *page, list []said, needs bool, title plural, lead string) {
	pg.Title, pg.Lead = title.of(len(list)), []string{lead}
	pg.Subject = pg.Title
	pg.Button = button{p.w.openAll, p.m.link("/inbox")}
	list = slices.DeleteFunc(list, func(s said) bool { return s.unseen }) // the Inbox has them
	if more := len(list) - maxCards; more > 0 {
		pg.Omitted, list = p.w.omitted.of(more), list[:maxCards]
	}
	headings := needs && slices.ContainsFunc(list, func(s said) bool { return s.Need != list[0].Need })
	var preview []string
	for i, s := range list {
		c := p.card(s, len(list) == 1)
		heading := ""
		if headings {
			heading = p.w.section(s.Need)
		}
		if i == 0 || pg.Parts[len(pg.Parts)-1].Heading != heading {
			pg.Parts = append(pg.Parts, part{Heading: heading})
		}
		at := &pg.Parts[len(pg.Parts)-1]
		if s.conversation.Kind != parley.Direct && (len(at.Cards) == 0 || list[i-1].message.Conversation != s.message.Conversation) {
			c.Place = oneLine(s.place, maxDisplayName)
		}
		at.Cards = append(at.Cards, c)
		if !slices.Contains(preview, c.Author) {
			preview = append(preview, c.Author)
		}
	}
	pg.Preview = oneLine(strings.Join(preview, ", "), shownPreview)
}

// text is the page for who reads no HTML.
func (pg page) text() string {
	var b strings.Builder
	line := func(parts ...string) {
		for _, s := range parts {
			b.WriteString(s)
		}
		b.WriteByte('\n')
	}
	for _, s := range append([]string{pg.Title}, pg.Lead...) {
		if s != "" {
			line(s)
			line()
		}
	}
	for _, part := range pg.Parts {
		if part.Heading != "" {
			line("== ", part.Heading, " ==")
			line()
		}
		for _, c := range part.Cards {
			line(c.Author, ", ", c.Where, ", ", c.When)
			for _, s := range []string{c.Chip, c.Reason} {
				if s != "" {
					line(s)
				}
			}
			line()
			if c.Text != "" {
				for s := range strings.Lines(c.Text + "\n") {
					b.WriteString("  " + s)
				}
			}
			for _, o := range c.Options {
				line("  - ", o)
			}
			for _, f := range c.Files {
				line("  ", f.Name, " (", f.Size, "): ", f.URL)
			}
			line()
			if c.Open.URL != "" {
				line(cmp.Or(c.Cut, c.Open.Label), ": ", c.Open.URL)
				line()
			}
		}
	}
	if pg.Omitted != "" {
		line(pg.Omitted)
		line()
	}
	line(pg.Button.Label, ": ", pg.Button.URL)
	line()
	line("-- ")
	for _, s := range pg.Foot {
		line(s)
	}
	if pg.Leave.URL != "" {
		line(pg.Leave.Label, ": ", pg.Leave.URL)
	}
	return b.String()
}

// html is the page for everybody else.
func (pg page) html() (string, error) {
	var b bytes.Buffer
	err := look.Execute(&b, pg)
	return b.String(), err
}

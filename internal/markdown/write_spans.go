package markdown

import (
	"bytes"
	"html"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
)

func (w *writer) span(n *span) {
	switch n.kind {
	case kindSpoiler:
		if w.spoilers == 0 {
			w.plain("▒▒▒")
		}
		w.spoilers++
		w.element(n, `<span class="spoiler">`, "</span>")
		w.spoilers--
	case kindMention:
		w.mention(n)
	case kindTime:
		w.html.WriteString(`<time datetime="`)
		w.html.WriteString(n.value)
		w.html.WriteString(`">`)
		w.say(n.shown)
		w.html.WriteString("</time>")
	case kindMath:
		w.math(n.value, "inline")
	case kindDisplayMath:
		w.math(n.value, "display")
	case kindEmoji:
		w.say(n.shown)
	}
}

// mention shows who is meant. The name is isolated, so that one written from right to left cannot reorder its surroundings.
func (w *writer) mention(n *span) {
	m := *n.mention
	attr := ""
	switch m.Kind {
	case Person:
		attr = `data-person="` + m.ID.String()
	case Group:
		attr = `data-group="` + m.ID.String()
	case Here, Everyone:
		attr = `data-everyone="` + m.Name
	}
	if w.inLink || attr == "" {
		w.say(n.shown)
		return
	}
	w.html.WriteString(`<span class="mention" dir="auto" ` + attr + `">`)
	w.say(n.shown)
	w.html.WriteString("</span>")
	if w.quotes == 0 && !slices.Contains(w.mentions, m) {
		w.mentions = append(w.mentions, m)
	}
}

func (w *writer) math(tex, class string) {
	tex = clean(tex)
	escaped := html.EscapeString(tex)
	w.html.WriteString(`<span class="math ` + class + `" dir="ltr" data-math="` + escaped + `">` + escaped + "</span>")
	w.plain(tex)
}

func (w *writer) codeSpan(n *ast.CodeSpan) {
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			b.Write(bytes.ReplaceAll(t.Segment.Value(w.source), []byte("\n"), []byte(" ")))
		}
	}
	w.html.WriteString("<code>")
	w.say(b.String())
	w.html.WriteString("</code>")
}

// link writes a link around its label, or the label alone when the destination may not be one.
func (w *writer) link(written string, label func()) {
	to, ok := destination(written)
	if ok {
		w.urls += len(to.href)
	}
	if !ok || w.inLink || w.urls > maxURLBudget {
		label()
		return
	}
	if to.web && !slices.Contains(w.links, to.href) {
		w.links = append(w.links, to.href)
	}
	w.html.WriteString(`<a href="` + html.EscapeString(to.href))
	if to.inside {
		w.html.WriteString(`">`)
	} else {
		w.html.WriteString(`" rel="nofollow noopener noreferrer" target="_blank">`)
	}
	start := w.text.Len()
	w.inLink = true
	label()
	w.inLink = false
	w.html.WriteString("</a>")
	if said := w.text.String()[start:]; !to.inside && !strings.Contains(said, to.href) && !strings.HasSuffix(to.href, said) {
		w.plain(" (" + to.href + ")") // who reads plain text wants to know where it leads
	}
}

// autoLink writes <https://...>, <name@host> and addresses in running text.
func (w *writer) autoLink(n *ast.AutoLink) {
	label := string(n.Label(w.source))
	to := string(n.URL(w.source))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(to), "mailto:") {
		to = "mailto:" + to
	}
	w.link(to, func() { w.say(label) })
}

// image writes a link to an image: to load it would tell its server who reads, where and when.
func (w *writer) image(n *ast.Image) {
	to := w.unescape(n.Destination)
	w.link(to, func() {
		if n.HasChildren() {
			w.children(n)
		} else {
			w.say(to)
		}
	})
}

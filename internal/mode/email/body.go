package email

import (
	"html/template"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// styles are how the elements of a message look. What is not here loses its tags and keeps its words: the message was
// sanitised when it was rendered, and this is one more wall.
var styles = map[atom.Atom]string{
	atom.P: "margin:0 0 10px", atom.Br: "", atom.Hr: "border:0;border-top:1px solid #e1e4e0;margin:12px 0",
	atom.H3: "margin:14px 0 6px;font-size:17px", atom.H4: "margin:14px 0 6px;font-size:16px", atom.H5: "margin:12px 0 6px;font-size:15px", atom.H6: "margin:12px 0 6px;font-size:15px",
	atom.Blockquote: "margin:0 0 10px;padding:0 0 0 12px;border-left:3px solid #8a918d;color:#59625e",
	atom.Ul:         "margin:0 0 10px;padding-left:24px", atom.Ol: "margin:0 0 10px;padding-left:24px", atom.Li: "margin:0 0 2px",
	atom.Pre:  "margin:0 0 10px;padding:10px 12px;border-radius:6px;background:#f2f3f0;white-space:pre-wrap;font:13px/1.45 ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace",
	atom.Code: "font-family:ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace;font-size:13px",
	atom.Em:   "", atom.Strong: "", atom.Del: "",
	atom.Table: "border-collapse:collapse;margin:0 0 10px", atom.Thead: "", atom.Tbody: "", atom.Tr: "",
	atom.Th: "border:1px solid #e1e4e0;padding:4px 8px;text-align:start", atom.Td: "border:1px solid #e1e4e0;padding:4px 8px",
	atom.A: "color:#0c6b65",
}

// classes are by what look.html finds elements on a dark screen.
var classes = map[atom.Atom]string{
	atom.Hr: "line", atom.Th: "line", atom.Td: "line", atom.Blockquote: "quote", atom.Pre: "code", atom.A: "link",
}

// body makes the HTML of a message fit for a mail: looks in the elements, links from anywhere, times in the reader's zone,
// spoilers blacked out.
func (p paper) body(message string) template.HTML {
	nodes, err := html.ParseFragment(strings.NewReader(message), &html.Node{Type: html.ElementNode, DataAtom: atom.Div, Data: "div"})
	if err != nil { // a strings.Reader has no errors, and HTML none of its own
		return ""
	}
	var b strings.Builder
	for _, n := range nodes {
		p.node(&b, n)
	}
	return template.HTML(b.String()) // written below: known elements, known attributes, escaped text
}

func (p paper) node(b *strings.Builder, n *html.Node) {
	if n.Type == html.TextNode {
		b.WriteString(html.EscapeString(n.Data))
		return
	}
	if n.Type != html.ElementNode {
		return
	}
	children := func() {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			p.node(b, c)
		}
	}
	switch n.DataAtom {
	case atom.Script, atom.Style: // what is in them is no text
		return
	case atom.Time:
		if at, err := time.Parse(time.RFC3339, attribute(n, "datetime")); err == nil {
			b.WriteString(html.EscapeString(p.when(at)))
			return
		}
	case atom.Span:
		p.span(b, n, children)
		return
	}
	style, known := styles[n.DataAtom]
	if !known {
		children()
		return
	}
	b.WriteString("<" + n.Data)
	if class := classes[n.DataAtom]; class != "" {
		attr(b, "class", class)
	}
	if style != "" {
		attr(b, "style", style)
	}
	for _, name := range []string{"dir", "start"} {
		if value := attribute(n, name); value != "" {
			attr(b, name, value)
		}
	}
	if n.DataAtom == atom.A {
		if to := p.m.absolute(attribute(n, "href")); to != "" {
			attr(b, "href", to)
		}
	}
	if n.DataAtom == atom.Br || n.DataAtom == atom.Hr {
		b.WriteString(">")
		return
	}
	b.WriteString(">")
	children()
	b.WriteString("</" + n.Data + ">")
}

// span is a mention, a spoiler, math, or a coloured word of code.
func (p paper) span(b *strings.Builder, n *html.Node, children func()) {
	switch class := attribute(n, "class"); {
	case class == "spoiler":
		b.WriteString("▒▒▒")
	case class == "mention":
		b.WriteString(`<span class="mention" dir="auto" style="background:#fbf3dc;color:#6e4b00;border-radius:4px;padding:0 3px">`)
		children()
		b.WriteString("</span>")
	case strings.HasPrefix(class, "math"):
		b.WriteString(`<code dir="ltr" style="` + html.EscapeString(styles[atom.Code]) + `">`)
		children()
		b.WriteString("</code>")
	default:
		children()
	}
}

func attr(b *strings.Builder, name, value string) {
	b.WriteString(" " + name + `="` + html.EscapeString(value) + `"`)
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}

// absolute returns where a link of a message leads when one is not in the app; "" when nowhere that a mail may lead.
func (m *Mode) absolute(href string) string {
	u, err := m.url.Parse(href)
	if err != nil || href == "" {
		return ""
	}
	switch u.Scheme {
	case "http", "https", "mailto", "tel":
		return u.String()
	}
	return ""
}

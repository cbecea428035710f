package markdown

import (
	"bufio"
	"bytes"
	"html"
	"strconv"
	"strings"
	"time"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	ghtml "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

// writer walks the tree once and writes HTML and plain text side by side. Everything that reaches html.String went
// through escape, or is a constant of this file.
type writer struct {
	source    []byte
	html      strings.Builder
	text      strings.Builder
	marked    bool   // the line of plain text has only the mark of a list item yet
	prefix    string // of a line of plain text: "> " in a quotation
	depth     int
	inLink    bool
	quotes    int // how many quotations we are in
	spoilers  int // how many spoilers
	urls      int // bytes of destinations written
	mentions  []Mention
	links     []string
	colouring time.Duration // spent on it
}

func (w *writer) children(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		w.node(c)
	}
}

// element writes the children of n between two tags, or without them when n is nested too deep.
func (w *writer) element(n ast.Node, open, end string) {
	w.depth++
	if w.depth > maxNesting {
		open, end = "", ""
	}
	w.html.WriteString(open)
	w.children(n)
	w.html.WriteString(end)
	w.depth--
}

func (w *writer) node(n ast.Node) {
	switch n := n.(type) {
	case *ast.Paragraph:
		w.newLine()
		w.element(n, `<p dir="auto">`, "</p>\n")
	case *ast.TextBlock:
		w.newLine()
		w.children(n)
		if n.NextSibling() != nil {
			w.html.WriteByte('\n')
		}
	case *ast.Heading: // the page has its own first and second level
		w.newLine()
		level := strconv.Itoa(min(n.Level+2, 6))
		w.element(n, "<h"+level+` dir="auto">`, "</h"+level+">\n")
	case *ast.ThematicBreak:
		w.newLine()
		w.plain("---")
		w.html.WriteString("<hr/>\n")
	case *ast.Blockquote:
		w.newLine()
		w.quotes++
		w.indented("> ", func() { w.element(n, "<blockquote>\n", "</blockquote>\n") })
		w.quotes--
	case *ast.List:
		w.list(n)
	case *ast.FencedCodeBlock:
		language := ""
		if l := n.Language(w.source); l != nil {
			language = string(l)
		}
		w.code(n, language)
	case *ast.CodeBlock:
		w.code(n, "")
	case *mathBlock:
		w.newLine()
		w.html.WriteString(`<p dir="auto">`)
		w.math(strings.TrimSpace(w.lines(n)), "display")
		w.html.WriteString("</p>\n")
	case *east.Table:
		w.table(n)
	case *ast.Text:
		words := n.Segment.Value(w.source)
		if w.endsLine(n) {
			words = bytes.TrimRight(words, " \t")
		}
		w.say(w.unescape(words))
		if n.HardLineBreak() || n.SoftLineBreak() { // in a chat both are meant
			w.html.WriteString("<br/>\n")
			w.newLine()
		}
	case *ast.String:
		w.say(string(n.Value))
	case *ast.CodeSpan:
		w.codeSpan(n)
	case *ast.Emphasis:
		if n.Level == 2 {
			w.element(n, "<strong>", "</strong>")
		} else {
			w.element(n, "<em>", "</em>")
		}
	case *east.Strikethrough:
		w.element(n, "<del>", "</del>")
	case *east.TaskCheckBox:
		w.checkBox(n.IsChecked)
	case *ast.Link:
		w.link(w.unescape(n.Destination), func() { w.children(n) })
	case *ast.Image:
		w.image(n)
	case *ast.AutoLink:
		w.autoLink(n)
	case *span:
		w.span(n)
	case *ast.LinkReferenceDefinition:
	default:
		w.children(n)
	}
}

// endsLine tells whether nothing but spaces comes after n in its line.
func (w *writer) endsLine(n *ast.Text) bool {
	if n.HardLineBreak() || n.SoftLineBreak() {
		return true
	}
	next, ok := n.NextSibling().(*ast.Text)
	return ok && util.IsBlank(next.Segment.Value(w.source)) && w.endsLine(next)
}

// say writes words of the author.
func (w *writer) say(s string) {
	s = clean(s)
	w.html.WriteString(html.EscapeString(s))
	w.plain(s)
}

// plain writes s into the plain text, with the prefix on each line, and nothing inside a spoiler.
func (w *writer) plain(s string) {
	if w.spoilers > 0 {
		return
	}
	for s != "" {
		w.marked = false
		if w.atLineStart() {
			w.text.WriteString(w.prefix)
		}
		line, rest, found := strings.Cut(s, "\n")
		w.text.WriteString(line)
		if found {
			w.text.WriteByte('\n')
		}
		s = rest
	}
}

// newLine begins a line of plain text, unless one has begun and has nothing but the mark of a list item.
func (w *writer) newLine() {
	if !w.marked && !w.atLineStart() {
		w.text.WriteByte('\n')
	}
}

func (w *writer) atLineStart() bool {
	s := w.text.String()
	return s == "" || s[len(s)-1] == '\n'
}

// indented writes what f writes with a prefix more on each line of plain text.
func (w *writer) indented(prefix string, f func()) {
	saved := w.prefix
	if len(saved) < 8 { // bytes; deeper is not told apart
		w.prefix += prefix
	}
	f()
	w.prefix = saved
}

// unescape resolves backslashes and entities, as CommonMark has them in text, destinations and titles.
func (w *writer) unescape(b []byte) string {
	if bytes.IndexByte(b, '\\') < 0 && bytes.IndexByte(b, '&') < 0 {
		return string(b)
	}
	var out bytes.Buffer
	buf := bufio.NewWriterSize(&out, 2*len(b)+16)
	ghtml.DefaultWriter.Write(buf, b)
	_ = buf.Flush() // a bytes.Buffer takes everything
	return html.UnescapeString(out.String())
}

// lines returns the raw lines of a block.
func (w *writer) lines(n ast.Node) string {
	var b strings.Builder
	for _, line := range n.Lines().Sliced(0, n.Lines().Len()) {
		b.Write(line.Value(w.source))
	}
	return b.String()
}

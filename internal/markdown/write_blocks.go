package markdown

import (
	"strconv"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

func (w *writer) list(n *ast.List) {
	open, end := "<ul>\n", "</ul>\n"
	if n.IsOrdered() {
		open, end = "<ol>\n", "</ol>\n"
		if n.Start != 1 {
			open = `<ol start="` + strconv.Itoa(n.Start) + "\">\n"
		}
	}
	w.depth++
	if w.depth > maxNesting {
		open, end = "", ""
	}
	w.html.WriteString(open)
	number := n.Start
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		mark := "- "
		if n.IsOrdered() {
			mark = strconv.Itoa(number) + ". "
			number++
		}
		w.newLine()
		w.plain(mark)
		w.marked = true
		w.indented("  ", func() { w.element(item, `<li dir="auto">`, "</li>\n") })
	}
	w.html.WriteString(end)
	w.depth--
}

// checkBox is a sign, not an input: it cannot be pressed, and needs no label in anybody's language.
func (w *writer) checkBox(done bool) {
	if done {
		w.html.WriteString(`<span class="task done">☑</span> `)
		w.plain("[x] ")
	} else {
		w.html.WriteString(`<span class="task">☐</span> `)
		w.plain("[ ] ")
	}
}

func (w *writer) table(n *east.Table) {
	w.html.WriteString("<table>\n")
	body := false
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		tag := "td"
		if row.Kind() == east.KindTableHeader {
			tag = "th"
			w.html.WriteString("<thead>\n")
		} else if !body {
			body = true
			w.html.WriteString("<tbody>\n")
		}
		w.html.WriteString("<tr>\n")
		w.newLine()
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			if cell.PreviousSibling() != nil {
				w.plain(" | ")
			}
			class := ""
			if c, ok := cell.(*east.TableCell); ok {
				switch c.Alignment {
				case east.AlignLeft:
					class = ` class="left"`
				case east.AlignCenter:
					class = ` class="center"`
				case east.AlignRight:
					class = ` class="right"`
				}
			}
			w.element(cell, "<"+tag+` dir="auto"`+class+">", "</"+tag+">\n")
		}
		w.html.WriteString("</tr>\n")
		if tag == "th" {
			w.html.WriteString("</thead>\n")
		}
	}
	if body {
		w.html.WriteString("</tbody>\n")
	}
	w.html.WriteString("</table>\n")
}

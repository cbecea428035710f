package markdown

import (
	"html"
	"strings"
	"time"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
	"github.com/yuin/goldmark/ast"
)

//go:generate sh -c "go run ./cssgen > ../../web/src/look/code.css"

// maxColouring bounds the time that one body may spend on colours: the lexers' patterns can backtrack.
const maxColouring = 100 * time.Millisecond

// code writes a block of code, coloured when its language is known, it is at most MaxCode long and there is time left.
// The classes are those of Chroma (Pygments' short names, "k" for a keyword) inside pre.chroma.
func (w *writer) code(n ast.Node, language string) {
	code := clean(w.lines(n))
	w.newLine()
	w.plain(strings.TrimRight(code, "\n"))
	language = strings.ToLower(strings.TrimLeft(language, "."))
	w.html.WriteString(`<pre class="chroma" dir="ltr"><code`)
	if isLanguage(language) {
		w.html.WriteString(` class="language-` + language + `"`)
	}
	w.html.WriteByte('>')
	if coloured, ok := w.colour(code, language); ok {
		w.html.WriteString(coloured)
	} else {
		w.html.WriteString(html.EscapeString(code))
	}
	w.html.WriteString("</code></pre>\n")
}

func (w *writer) colour(code, language string) (coloured string, ok bool) {
	if !isLanguage(language) || len(code) > MaxCode || w.colouring > maxColouring {
		return "", false
	}
	lexer := lexers.Get(language)
	if lexer == nil || lexer.Config().Name == "plaintext" {
		return "", false
	}
	start := time.Now()
	defer func() {
		w.colouring += time.Since(start)
		if recover() != nil { // a lexer panics when one of its patterns backtracks for too long
			coloured, ok = "", false
		}
	}()
	tokens, err := chroma.Coalesce(lexer).Tokenise(nil, code)
	if err != nil {
		return "", false
	}
	var b strings.Builder
	written := 0
	for token := tokens(); token != chroma.EOF; token = tokens() {
		if w.colouring+time.Since(start) > maxColouring {
			return "", false
		}
		written += len(token.Value)
		value := html.EscapeString(token.Value)
		if class := class(token.Type); class != "" {
			b.WriteString(`<span class="` + class + `">` + value + "</span>")
		} else {
			b.WriteString(value)
		}
	}
	// A lexer may add the newline that it wants at the end, but nothing else: what is shown is what was written.
	if written < len(code) || written > len(code)+1 {
		return "", false
	}
	return b.String(), true
}

// class returns the short class name of a token, or of the nearest wider kind that has one.
func class(t chroma.TokenType) string {
	for ; t > 0; t = t.Parent() {
		if t == chroma.Text || t == chroma.TextWhitespace {
			return ""
		}
		if name, ok := chroma.StandardTypes[t]; ok {
			return name
		}
	}
	return ""
}

// isLanguage keeps what becomes a class name to what a language can be called.
func isLanguage(s string) bool {
	return s != "" && len(s) <= 32 && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789+#-_.") == ""
}

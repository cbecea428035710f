package markdown

import (
	"html"
	"strings"
	"unicode"

	"github.com/rivo/uniseg"
)

// clean makes what a person wrote into what we are willing to show: lines end with a line feed; control characters
// are gone, and so are those that change the direction of what stands around them (U+202A to U+202E and
// U+2066 to U+2069; Unicode TR 36 section 2.10): blocks find their direction by themselves. The marks LRM, RLM and ALM stay.
func clean(s string) string {
	if strings.IndexFunc(s, unwanted) < 0 {
		return s
	}
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r':
			return '\n'
		case unwanted(r):
			return -1
		}
		return r
	}, s)
}

func unwanted(r rune) bool {
	return r < ' ' && r != '\n' && r != '\t' || r >= 0x7f && (unicode.Is(unicode.Cc, r) ||
		'\u202a' <= r && r <= '\u202e' || '\u2066' <= r && r <= '\u2069' || r == '\ufeff')
}

// quiet has the bytes that never begin or end markup, wherever they stand. '.' and ')' make a list after a number,
// '-' and '=' a heading or a rule at the start of a line; isPlain looks at those.
var quiet = func() (t [256]bool) {
	for c := range t {
		t[c] = c >= 0x80 || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte(" \n,.?!;'\"()/%-=", byte(c)) >= 0
	}
	return t
}()

// isPlain tells whether a clean body has no markup at all. It may say no to one that has none, never yes to one that has.
func isPlain(body string) bool {
	for i := range len(body) {
		if c := body[i]; !quiet[c] && (c != ':' || i+1 < len(body) && body[i+1] != ' ' && body[i+1] != '\n') {
			return false
		}
	}
	if strings.Contains(body, "www.") || strings.Contains(body, "WWW.") || strings.Contains(body, "Www.") {
		return false
	}
	for line := range strings.SplitSeq(body, "\n") {
		trimmed := strings.TrimLeft(line, " ")
		if trimmed == "" {
			continue
		}
		if len(line)-len(trimmed) > 3 || trimmed[0] == '-' || trimmed[0] == '=' {
			return false
		}
		if rest := strings.TrimLeft(trimmed, "0123456789"); len(rest) < len(trimmed) && (rest != "" && (rest[0] == '.' || rest[0] == ')')) {
			return false
		}
	}
	return true
}

// renderPlain is the fast path: paragraphs between blank lines, and nothing else.
func renderPlain(body string) Document {
	var out, text strings.Builder
	out.Grow(len(body) + 64)
	text.Grow(len(body))
	open := false
	for line := range strings.SplitSeq(body, "\n") {
		line = strings.Trim(line, " ")
		if line == "" {
			if open {
				out.WriteString("</p>\n")
				open = false
			}
			continue
		}
		if open {
			out.WriteString("<br/>\n")
		} else {
			out.WriteString(`<p dir="auto">`)
			open = true
		}
		if text.Len() > 0 {
			text.WriteByte('\n')
		}
		out.WriteString(html.EscapeString(line))
		text.WriteString(line)
	}
	if open {
		out.WriteString("</p>\n")
	}
	return Document{HTML: out.String(), Text: strings.TrimSpace(text.String())}
}

// Excerpt returns the start of a plain text in one line: at most n characters as a person counts them, of which the last
// is an ellipsis when something is missing. It never cuts a character in two, and a word only when that word
// alone is longer than a third of n.
func Excerpt(text string, n int) string {
	if n <= 0 {
		return ""
	}
	short := text[:min(len(text), 64*n)] // a character can carry any number of marks; nobody reads them
	more := len(short) < len(text)
	short = strings.Join(strings.Fields(strings.ToValidUTF8(short, "")), " ")
	count, end, state := 0, 0, -1 // end is where the first n-1 characters end
	for rest := short; rest != ""; {
		var cluster string
		cluster, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
		if count++; count > n {
			more = true
			break
		}
		if count < n && (rest != "" || !more) { // the last one may have been cut just now
			end += len(cluster)
		}
	}
	if !more {
		return short
	}
	cut := short[:end]
	if space := strings.LastIndexByte(cut, ' '); space > 0 && space >= len(cut)*2/3 {
		cut = cut[:space]
	}
	return strings.TrimRight(cut, " ,;:.") + "…"
}

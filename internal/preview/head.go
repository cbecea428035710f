package preview

import (
	"io"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/parley-im/parley/internal/markdown"
)

// head is what a page says of itself; strings are one line of plain text.
type head struct {
	title, description, site string
	image                    string // as it is written
}

const (
	maxTitle       = 140 // characters
	maxDescription = 300
	maxSite        = 60
)

// readHead reads Open Graph, then Twitter's names for the same, then plain HTML, up to the page's body or the end of r.
func readHead(r io.Reader) head {
	found := map[string]string{}
	z := html.NewTokenizer(r)
	for more := true; more; {
		switch z.Next() {
		case html.ErrorToken:
			more = false
		case html.StartTagToken, html.SelfClosingTagToken:
			switch t := z.Token(); t.DataAtom {
			case atom.Title:
				if z.Next() == html.TextToken && found["<title>"] == "" {
					found["<title>"] = oneLine(string(z.Text()))
				}
			case atom.Meta:
				readMeta(t, found)
			case atom.Body:
				more = false
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			more = string(name) != "head"
		}
	}
	first := func(names ...string) string {
		for _, name := range names {
			if found[name] != "" {
				return found[name]
			}
		}
		return ""
	}
	return head{
		title:       markdown.Excerpt(first("og:title", "twitter:title", "<title>"), maxTitle),
		description: markdown.Excerpt(first("og:description", "twitter:description", "description"), maxDescription),
		site:        markdown.Excerpt(first("og:site_name", "application-name"), maxSite),
		image:       first("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src"),
	}
}

// readMeta keeps the first content of each name.
func readMeta(t html.Token, found map[string]string) {
	var name, content string
	for _, a := range t.Attr {
		switch a.Key {
		case "property":
			name = a.Val
		case "name":
			if name == "" {
				name = a.Val
			}
		case "content":
			content = a.Val
		}
	}
	name = strings.ToLower(strings.TrimSpace(name))
	if len(found) < 200 && len(name) <= 32 && name != "" && found[name] == "" {
		found[name] = oneLine(content)
	}
}

// oneLine makes a stranger's words into one line without control characters, and none that change the direction of writing.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), '\u202a' <= r && r <= '\u202e', '\u2066' <= r && r <= '\u2069':
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
	return strings.Join(strings.Fields(s), " ")
}

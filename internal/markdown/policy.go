package markdown

import (
	"regexp"

	"github.com/microcosm-cc/bluemonday"
)

// policy is the second wall: it parses what the writer wrote and lets through what is listed here. It knows nothing of Markdown.
var policy = func() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "br", "hr", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "li", "pre", "code", "span", "em", "strong", "del",
		"table", "thead", "tbody", "tr", "th", "td", "a", "time")
	p.AllowNoAttrs().OnElements("span", "a")
	p.AllowAttrs("dir").Matching(regexp.MustCompile(`^(auto|ltr)$`)).Globally()
	p.AllowAttrs("class").Matching(regexp.MustCompile(
		`^(mention|spoiler|math (inline|display)|task( done)?|[a-z][a-z0-9]{0,3})$`)).OnElements("span")
	p.AllowAttrs("class").Matching(regexp.MustCompile(`^chroma$`)).OnElements("pre")
	p.AllowAttrs("class").Matching(regexp.MustCompile(`^language-[a-z0-9+#._-]{1,32}$`)).OnElements("code")
	p.AllowAttrs("class").Matching(regexp.MustCompile(`^(left|center|right)$`)).OnElements("th", "td")
	p.AllowAttrs("start").Matching(regexp.MustCompile(`^[0-9]{1,9}$`)).OnElements("ol")
	p.AllowAttrs("datetime").Matching(regexp.MustCompile(`^[0-9TZ:+-]{20,25}$`)).OnElements("time")
	p.AllowAttrs("data-person", "data-group").Matching(regexp.MustCompile(`^[0-9a-z]{13}$`)).OnElements("span")
	p.AllowAttrs("data-everyone").Matching(regexp.MustCompile(`^(here|everyone)$`)).OnElements("span")
	p.AllowAttrs("data-math").OnElements("span")
	p.AllowAttrs("href").OnElements("a")
	p.AllowAttrs("rel").Matching(regexp.MustCompile(`^nofollow noopener noreferrer$`)).OnElements("a")
	p.AllowAttrs("target").Matching(regexp.MustCompile(`^_blank$`)).OnElements("a")
	p.AllowURLSchemes("http", "https", "mailto", "tel")
	p.AllowRelativeURLs(true)
	p.RequireParseableURLs(true)
	return p
}()

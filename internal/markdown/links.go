package markdown

import (
	"bytes"
	"net/url"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// link is a destination that may be written into an href.
type link struct {
	href   string
	inside bool // one of our own messages: opens in place
	web    bool // http or https
}

// ours is a link to a conversation, or to a message or thread in it: /c/<id>/<seq>.
var ours = regexp.MustCompile(`^/c/[0-9a-z]{13}(/[0-9]{1,18})?$`)

// destination returns what a written destination becomes; false when it may not be a link: another scheme,
// a relative path that is not ours, credentials in front of the host (they are there to deceive), too long.
func destination(written string) (link, bool) {
	if ours.MatchString(written) {
		return link{href: written, inside: true}, true
	}
	if len(written) > maxURL || strings.ContainsFunc(written, unicode.IsControl) {
		return link{}, false
	}
	u, err := url.Parse(written)
	if err != nil {
		return link{}, false
	}
	switch u.Scheme {
	case "http", "https":
		if u.Hostname() == "" || u.User != nil || u.Opaque != "" {
			return link{}, false
		}
	case "mailto", "tel":
		if u.Opaque == "" || u.Host != "" {
			return link{}, false
		}
	default:
		return link{}, false
	}
	href := u.String()
	if len(href) > 3*maxURL {
		return link{}, false
	}
	return link{href: href, web: u.Host != ""}, true
}

// bareLinkParser knows https://..., www... and name@host in running text (GFM 6.9), but costs no more than the text is long:
// an address is looked for in the next maxLocal bytes only, and host and path may be of any script.
type bareLinkParser struct{}

const maxLocal = 64 // RFC 5321 section 4.5.3.1.1

func (bareLinkParser) Trigger() []byte {
	return []byte{' ', '*', '_', '~', '(', '|', '"'} // ' ' is also the start of a line and what follows another span
}

func (bareLinkParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	if pc.IsInLinkLabel() {
		return nil
	}
	before := block.PrecendingCharacter()
	line, segment := block.PeekLine()
	start := 0
	if strings.IndexByte(" *_~(|\"", line[0]) >= 0 || util.IsSpace(line[0]) {
		start = 1
	} else if isWord(before) {
		return nil
	}
	kind, length := ast.AutoLinkURL, bareURL(line[start:])
	if length == 0 {
		kind, length = ast.AutoLinkEmail, bareEmail(line[start:])
	}
	if length == 0 {
		return nil
	}
	if start > 0 {
		ast.MergeOrAppendTextSegment(parent, segment.WithStop(segment.Start+start))
	}
	block.Advance(start + length)
	from := segment.Start + start - segment.Padding
	n := ast.NewAutoLink(kind, ast.NewTextSegment(text.NewSegment(from, from+length)))
	if kind == ast.AutoLinkURL && (line[start]|0x20) == 'w' {
		n.Protocol = []byte("https")
	}
	return n
}

// bareURL returns the length of the URL at the start of b, or 0.
func bareURL(b []byte) int {
	host := 0
	switch {
	case hasPrefixFold(b, "https://"):
		host = len("https://")
	case hasPrefixFold(b, "http://"):
		host = len("http://")
	case !hasPrefixFold(b, "www."):
		return 0
	}
	end := bytes.IndexFunc(b, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || strings.ContainsRune("<>\"`|[]", r)
	})
	if end < 0 {
		end = len(b)
	}
	end = min(end, maxURL)
	for end > host { // punctuation at the end belongs to the sentence, and so does a parenthesis that was opened before
		r, size := utf8.DecodeLastRune(b[:end])
		if !strings.ContainsRune("?!.,:;*_~'", r) && r != utf8.RuneError &&
			(r != ')' || bytes.Count(b[:end], []byte(")")) <= bytes.Count(b[:end], []byte("("))) {
			break
		}
		end -= size
	}
	if end == host || (host == 0 && bytes.IndexByte(b[4:max(end, 4)], '.') < 1) {
		return 0
	}
	if r, _ := utf8.DecodeRune(b[host:]); !isWord(r) {
		return 0
	}
	return end
}

// bareEmail returns the length of the mail address at the start of b, or 0.
func bareEmail(b []byte) int {
	at := 0
	for at < len(b) && at <= maxLocal && (isASCIIWord(b[at]) || strings.IndexByte(".+-_", b[at]) >= 0) {
		at++
	}
	if at == 0 || at >= len(b) || b[at] != '@' || !isASCIIWord(b[0]) {
		return 0
	}
	end := at + 1
	for end < len(b) && end-at <= 253 && (isASCIIWord(b[end]) || b[end] == '.' || b[end] == '-') {
		end++
	}
	host := bytes.TrimRight(b[at+1:end], ".-")
	if bytes.IndexByte(host, '.') < 1 || bytes.Contains(host, []byte("..")) || (end < len(b) && (b[end] == '_' || b[end] == '@')) {
		return 0
	}
	return at + 1 + len(host)
}

func isASCIIWord(c byte) bool { return util.IsAlphaNumeric(c) }

func hasPrefixFold(b []byte, prefix string) bool {
	return len(b) >= len(prefix) && strings.EqualFold(string(b[:len(prefix)]), prefix)
}

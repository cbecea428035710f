package markdown_test

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
	"pgregory.net/rapid"

	"github.com/parley-im/parley/internal/markdown"
	"github.com/parley-im/parley/internal/parley"
)

var allowed = map[string][]string{
	"p": {"dir"}, "br": nil, "hr": nil, "h3": {"dir"}, "h4": {"dir"}, "h5": {"dir"}, "h6": {"dir"}, "blockquote": nil,
	"ul": nil, "ol": {"start"}, "li": {"dir"}, "pre": {"class", "dir"}, "code": {"class"},
	"span": {"class", "dir", "data-person", "data-group", "data-everyone", "data-math"},
	"em":   nil, "strong": nil, "del": nil, "table": nil, "thead": nil, "tbody": nil, "tr": nil,
	"th": {"dir", "class"}, "td": {"dir", "class"}, "a": {"href", "rel", "target"}, "time": {"datetime"},
}

var safeHref = regexp.MustCompile(`^(https?://[^/]|mailto:|tel:|/c/[0-9a-z]{13}(/[0-9]+)?$)`)

var colours = regexp.MustCompile(`</?span[^>]*>`)

// wellFormed fails unless every tag is allowed, with allowed attributes and destinations, and closed in order.
func wellFormed(t testing.TB, s string) {
	t.Helper()
	if i := strings.IndexAny(s, "\u202e\u202d\u2066\u2067\x00"); i >= 0 {
		t.Fatalf("a control character that deceives at %d of %q", i, s)
	}
	var open []string
	z := html.NewTokenizer(strings.NewReader(s))
	for {
		switch z.Next() {
		case html.ErrorToken:
			if len(open) > 0 {
				t.Fatalf("%v not closed in %q", open, s)
			}
			return
		case html.StartTagToken, html.SelfClosingTagToken:
			tok := z.Token()
			attributes, ok := allowed[tok.Data]
			if !ok {
				t.Fatalf("<%s> in %q", tok.Data, s)
			}
			target := false
			for _, a := range tok.Attr {
				if !slices.Contains(attributes, a.Key) {
					t.Fatalf("%s of <%s> in %q", a.Key, tok.Data, s)
				}
				if a.Key == "href" && !safeHref.MatchString(a.Val) {
					t.Fatalf("href %q", a.Val)
				}
				target = target || a.Key == "target"
			}
			if target && !strings.Contains(tok.String(), `rel="nofollow noopener noreferrer"`) {
				t.Fatalf("%s opens elsewhere and tells its opener", tok)
			}
			if tok.Data != "br" && tok.Data != "hr" {
				open = append(open, tok.Data)
			}
		case html.EndTagToken:
			tok := z.Token()
			if len(open) == 0 || open[len(open)-1] != tok.Data {
				t.Fatalf("</%s> closes %v in %q", tok.Data, open, s)
			}
			open = open[:len(open)-1]
		case html.CommentToken, html.DoctypeToken:
			t.Fatalf("comment or doctype in %q", s)
		}
	}
}

func FuzzRenderIsSafe(f *testing.F) {
	for _, s := range []string{
		"hello", "a\n\n- b\n  - c\n> d", "<script>alert(1)</script>", "[x](javascript:alert(1))", "![x](https://a.b/c.png \"t\")",
		"<javascript:alert(1)>", "||spoiler @bo||", "$x<y$ $$\nz\n$$", "| a | b |\n|:-|-:|\n| `\\|` | @here |", "<time:2026-11-23T14:00+01:00>",
		"```go\nfunc main() {}\n```", "[a]: https://x.y\n[a] [a][a]", ":smile: :+1:", "&#x202e; &lt;script&gt; &#0;", "- [x] done\n1. [ ] not",
		"www.example.org a@b.cd https://ex.org/(a)_b.", "@mallory", "\u202e@bo\u2066", "[@bo](https://x.y)", "# a\nb\n---\n~~c~~ *d* __e__",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, body string) {
		d, err := markdown.Render(body, people)
		if err != nil {
			if !errors.Is(err, parley.ErrInvalid) && !errors.Is(err, parley.ErrLimited) {
				t.Fatal(err)
			}
			return
		}
		wellFormed(t, d.HTML)
		// But for the colours of code, which a busy machine leaves out.
		if again, _ := markdown.Render(body, people); colours.ReplaceAllString(again.HTML, "") != colours.ReplaceAllString(d.HTML, "") || again.Text != d.Text {
			t.Fatal("the same input gave something else")
		}
		markdown.Excerpt(d.Text, 20)
	})
}

// What costs a naive renderer seconds or gigabytes. The bounds are wide: they tell linear from quadratic.
func TestHostileInputIsBounded(t *testing.T) {
	full := func(s string) string { return strings.Repeat(s, markdown.MaxBody/len(s)) }
	half := func(s string) string { return strings.Repeat(s, markdown.MaxBody/len(s)/2) }
	for name, body := range map[string]string{
		"quotes inside each other":         full(">"),
		"quotes, then lines":               half("> ") + "a\n" + strings.Repeat("a\n", 16000),
		"lists inside each other":          half("- ") + "a\n" + strings.Repeat("\n", 30000),
		"numbered lists inside each other": full("1. "),
		"opening brackets":                 full("["),
		"brackets and parentheses":         full("[a]("),
		"images":                           full("![](a"),
		"image openers":                    full("!["),
		"stars":                            full("*"),
		"open stars":                       full("*a "),
		"mixed emphasis":                   full("*a_ "),
		"emphasis inside itself":           half("*a **b ") + half("c** d*"),
		"underscores":                      full("_a"),
		"tildes":                           full("~a"),
		"bars":                             full("||a"),
		"backticks of all lengths": func() string {
			var b strings.Builder
			for i := 1; b.Len()+i < markdown.MaxBody-2; i++ {
				b.WriteString(strings.Repeat("`", i) + "a")
			}
			return b.String()
		}(),
		"backticks":             full("`a``"),
		"dollars":               full("$a "),
		"double dollars":        full("$$a$"),
		"colons":                full(":a"),
		"ats":                   full("@a"),
		"handles":               full(" @abcdefghij"),
		"less-thans":            full("<"),
		"times":                 full("<time:"),
		"addresses":             full("a@a."),
		"underscored addresses": full("_a_a.a"),
		"urls":                  full("http://a("),
		"urls with closings":    "http://a" + half(")"),
		"a wide table":          half("a|")[:20000] + "\n" + half("-|")[:20000] + "\n" + strings.Repeat("|\n", 10000),
		"escaped cells":         "a|b\n-|-\n`" + half("\\|`"),
		"references":            "[a]: https://x.y/" + strings.Repeat("z", 1900) + "\n\n" + half("[a] "),
		"definitions":           full("[a]: b\n"),
		"entities":              full("&amp;"),
		"escapes":               full(`\*`),
		"one long word":         full("a"),
		"line breaks":           full("a\n"),
		"code fences":           full("```\n"),
		"code to colour":        "```js\n" + strings.Repeat("/*a*/ `${", 1700) + "\n```",
		"many codes to colour":  full("```c++\n/(((((((\n```\n"),
		"setext":                full("a\n=\n"),
		"combining marks":       "a" + half("\u0301"),
		"tabs":                  full("\t- a\n"),
	} {
		t.Run(name, func(t *testing.T) {
			var d markdown.Document
			quickest := time.Hour
			for range 5 { // the machine may be busy once, or twice
				start := time.Now()
				d = render(t, body)
				if quickest = min(quickest, time.Since(start)); quickest < 2*time.Second {
					break
				}
			}
			if quickest > 2*time.Second {
				t.Errorf("took %v at best", quickest)
			}
			if len(d.HTML) > 40*markdown.MaxBody || len(d.Text) > 4*markdown.MaxBody {
				t.Errorf("became %d bytes of HTML, %d of text", len(d.HTML), len(d.Text))
			}
			wellFormed(t, d.HTML)
		})
	}
}

func TestWhatIsNotTextIsRefused(t *testing.T) {
	for body, kind := range map[string]error{
		"a\x00b": parley.ErrInvalid, "a\xff": parley.ErrInvalid, strings.Repeat("a", markdown.MaxBody+1): parley.ErrLimited,
	} {
		var field *parley.FieldError
		if _, err := markdown.Render(body, nil); !errors.Is(err, kind) || !errors.As(err, &field) || field.Field != "body" {
			t.Errorf("%.9q: got %v, want %v of the field body", body, err, kind)
		}
	}
}

// A message without markup skips the parser; nobody may see the difference.
func TestTheFastPathGivesWhatTheSlowOneGives(t *testing.T) {
	pieces := rapid.SampledFrom([]string{
		"word", "Ünï", "漢字", "🙂", " ", "  ", "    ", "\n", "\n\n", "1.", "1)", "12", "-", "--", "=", "==", ".", ",", "'", "\"", "(", ")", "/", "%", "!", "?", ";",
		": ", ":\n", ":", "www.ex.org", "\u00a0", "\u2028", "\u202e", "\r", "\r\n", "\t", "\v", "\ufeff", "a", "\u0085",
	})
	plain := 0
	rapid.Check(t, func(t *rapid.T) {
		body := strings.Join(rapid.SliceOfN(pieces, 0, 12).Draw(t, "body"), "")
		fast, slow := markdown.RenderBothWays(body)
		if fast == nil {
			return
		}
		plain++
		if fast.HTML != slow.HTML || fast.Text != slow.Text {
			t.Fatalf("fast %q %q\nslow %q %q", fast.HTML, fast.Text, slow.HTML, slow.Text)
		}
	})
	if plain < 10 {
		t.Errorf("only %d bodies were plain", plain)
	}
}

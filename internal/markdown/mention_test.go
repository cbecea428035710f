package markdown_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rivo/uniseg"
	"pgregory.net/rapid"

	"github.com/parley-im/parley/internal/markdown"
)

func TestWhoIsMentioned(t *testing.T) {
	for body, want := range map[string]string{
		"@bo":                                   "Bo Ek",
		"(@bo), @bo. @BO!":                      "Bo Ek", // once
		"hi @bo-":                               "Bo Ek",
		"@zoë":                                  "Zoë",
		"@design @everyone @here":               "design everyone here",
		"**@bo** _@zoë_":                        "Bo Ek Zoë",
		"| a |\n|--|\n| @bo |":                  "Bo Ek",
		"> @bo\n\n@zoë":                         "Zoë", // who is quoted was told already
		"||@bo||":                               "Bo Ek",
		"@nobody":                               "",
		"@bob @bo_ek":                           "",
		"mail bo@bo.example or x@bo":            "",
		"@bo@elsewhere.example":                 "",
		"https://example.org/@bo":               "",
		"`@bo`":                                 "",
		"```\n@bo\n```":                         "",
		"    @bo":                               "",
		"[@bo](https://example.org)":            "",
		"$@bo$":                                 "",
		`\@bo`:                                  "",
		"@ bo":                                  "",
		"a/@bo":                                 "",
		"[x](https://example.org/ \"@design\")": "",
	} {
		d := render(t, body)
		var names []string
		for _, m := range d.Mentions {
			names = append(names, m.Name)
		}
		if got := strings.Join(names, " "); got != want {
			t.Errorf("%q: got %q, want %q; %s", body, got, want, d.HTML)
		}
	}
}

func TestAHandleIsAskedForOnceAndInLowerCase(t *testing.T) {
	var asked []string
	_, err := markdown.Render("@Ann @ann @nn @ANN @nn @here", func(handle string) (markdown.Mention, bool) {
		asked = append(asked, handle)
		return markdown.Mention{Kind: markdown.Person, Name: handle}, handle == "ann"
	})
	if diff := cmp.Diff([]string{"ann", "nn"}, asked); err != nil || diff != "" {
		t.Errorf("%v, %s", err, diff)
	}
}

func TestNoMoreThanMaxMentionsAreAskedFor(t *testing.T) {
	var body strings.Builder
	for i := range 3 * markdown.MaxMentions {
		fmt.Fprintf(&body, "@p%d ", i)
	}
	asked := 0
	d, err := markdown.Render(body.String(), func(handle string) (markdown.Mention, bool) {
		asked++
		return markdown.Mention{Kind: markdown.Person, Name: handle}, true
	})
	if err != nil || asked != markdown.MaxMentions || len(d.Mentions) != markdown.MaxMentions {
		t.Errorf("asked for %d, found %d, %v", asked, len(d.Mentions), err)
	}
}

func TestExcerpt(t *testing.T) {
	for _, c := range []struct {
		text string
		n    int
		want string
	}{
		{"short", 10, "short"},
		{"exactly 10", 10, "exactly 10"},
		{"one\n two\t three ", 40, "one two three"},
		{"the quick brown fox jumps", 18, "the quick brown…"},
		{"abcdefghijklmnop", 5, "abcd…"},
		{"a, b, cccccccccccccc", 6, "a, b…"},
		{"👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 2, "👩‍👩‍👧‍👦…"},
		{"e\u0301e\u0301e\u0301", 2, "e\u0301…"},
		{"a" + strings.Repeat("\u0301", 5000), 3, "…"},
		{"", 5, ""},
		{"a", 0, ""},
	} {
		if got := markdown.Excerpt(c.text, c.n); got != c.want {
			t.Errorf("%.30q, %d: got %.30q, want %q", c.text, c.n, got, c.want)
		}
	}
}

func TestAnExcerptIsAsShortAsAsked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text, n := rapid.String().Draw(t, "text"), rapid.IntRange(1, 30).Draw(t, "n")
		got := markdown.Excerpt(text, n)
		if length := uniseg.GraphemeClusterCount(got); length > n {
			t.Fatalf("%q has %d characters, not %d", got, length, n)
		}
		whole := strings.Join(strings.Fields(text), " ")
		if start, cut := strings.CutSuffix(got, "…"); got != whole && (!cut || !strings.HasPrefix(whole, start)) {
			t.Fatalf("%q is not the start of %q", got, whole)
		}
	})
}

func TestSpoilersAreNotTold(t *testing.T) {
	d := render(t, "The murderer is ||the *butler* https://example.org/b||!")
	if d.Text != "The murderer is ▒▒▒!" || !strings.Contains(d.HTML, `<span class="spoiler">the <em>butler</em> <a `) {
		t.Errorf("got %q, %s", d.Text, d.HTML)
	}
	if d := render(t, "if a || b || c"); strings.Contains(d.HTML, "spoiler") {
		t.Errorf("got %s", d.HTML)
	}
}

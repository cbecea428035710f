package chat

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"github.com/parley-im/parley/internal/markdown"
	"github.com/parley-im/parley/internal/parley"
)

// The incoming half of Slack's webhooks, as its documentation "Sending messages using incoming webhooks" has it and
// as Alertmanager, Grafana, Uptime Kuma, Sentry and many others send it: text in mrkdwn, attachments with fields, and
// the blocks that hold text. What a block shows that is no text (inputs, menus) is left out.

// slackMessage is the payload.
type slackMessage struct {
	Text        string            `json:"text"`
	Username    string            `json:"username"`
	IconEmoji   string            `json:"icon_emoji"`
	Attachments []slackAttachment `json:"attachments"`
	Blocks      []slackBlock      `json:"blocks"`
}

type slackAttachment struct {
	Fallback   string       `json:"fallback"`
	Color      string       `json:"color"`
	Pretext    string       `json:"pretext"`
	AuthorName string       `json:"author_name"`
	AuthorLink string       `json:"author_link"`
	Title      string       `json:"title"`
	TitleLink  string       `json:"title_link"`
	Text       string       `json:"text"`
	Fields     []slackField `json:"fields"`
	Actions    []slackLink  `json:"actions"`
	ImageURL   string       `json:"image_url"`
	Footer     string       `json:"footer"`
	Blocks     []slackBlock `json:"blocks"`
}

type slackField struct {
	Title string `json:"title"`
	Value string `json:"value"`
	Short bool   `json:"short"`
}

type slackLink struct {
	Text string `json:"text"`
	URL  string `json:"url"`
}

type slackBlock struct {
	Type     string          `json:"type"`
	Text     slackText       `json:"text"`
	Fields   []slackText     `json:"fields"`
	Elements json.RawMessage `json:"elements"`
	Title    slackText       `json:"title"`
	ImageURL string          `json:"image_url"`
	AltText  string          `json:"alt_text"`
}

// slackText is a text object, or in some places a bare string.
type slackText struct {
	Type string
	Text string
}

// UnmarshalJSON reads either form.
func (t *slackText) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		return json.Unmarshal(b, &t.Text)
	}
	var o struct {
		Type string `json:"type"`
		Text string `json:"text"`
	}
	err := json.Unmarshal(b, &o)
	t.Type, t.Text = o.Type, o.Text
	return err
}

// element is a part of a context, actions or rich_text block.
type element struct {
	Type     string    `json:"type"`
	Text     slackText `json:"text"`
	URL      string    `json:"url"`
	Name     string    `json:"name"` // of an emoji
	AltText  string    `json:"alt_text"`
	Elements []element `json:"elements"`
	Style    any       `json:"style"` // a string for lists, an object for text
	Indent   int       `json:"indent"`
}

// parseSlack reads a payload. The error wraps ErrInvalid in Slack's own word for it.
func parseSlack(payload []byte) (markdown string, as *parley.ShownAs, err error) {
	var m slackMessage
	if err := json.Unmarshal(payload, &m); err != nil {
		return "", nil, &parley.FieldError{Field: "payload", Code: "invalid_payload", Msg: "is not the JSON of a Slack message: " + reason(err)}
	}
	var parts []string
	add := func(s string) {
		if s = strings.TrimSpace(s); s != "" {
			parts = append(parts, s)
		}
	}
	// Where there are blocks, text is what a notification says of them: Slack does not show both.
	if len(m.Blocks) == 0 {
		add(mrkdwn(m.Text))
	}
	for _, b := range m.Blocks {
		add(b.markdown())
	}
	for _, a := range m.Attachments {
		add(a.markdown())
	}
	if len(parts) == 0 {
		add(mrkdwn(m.Text))
	}
	if len(parts) == 0 {
		return "", nil, &parley.FieldError{Field: "text", Code: "no_text", Msg: "there is nothing to show"}
	}
	name, face := clip(m.Username, parley.MaxName), emojiOf(m.IconEmoji)
	if name != "" || face != "" {
		as = &parley.ShownAs{Name: name, Avatar: face}
	}
	return strings.Join(parts, "\n\n"), as, nil
}

// emojiOf reads icon_emoji: a short code, or the emoji itself. Anything else is no picture.
func emojiOf(icon string) string {
	if shown, ok := markdown.Emoji(strings.Trim(icon, ":")); ok {
		return shown
	}
	if strings.ContainsFunc(icon, unicode.IsLetter) {
		return ""
	}
	return clip(icon, 64)
}

// reason is what a JSON decoder says, without Go's type names.
func reason(err error) string {
	var kind *json.UnmarshalTypeError
	if errors.As(err, &kind) {
		return fmt.Sprintf("%s must not be a %s", kind.Field, kind.Value)
	}
	return err.Error()
}

func (a slackAttachment) markdown() string {
	var lines []string
	add := func(s string) {
		if s = strings.TrimSpace(s); s != "" {
			lines = append(lines, s)
		}
	}
	add(link(mrkdwn(a.AuthorName), a.AuthorLink))
	if a.Title != "" {
		add("**" + link(inline(a.Title), a.TitleLink) + "**")
	}
	add(mrkdwn(a.Text))
	for _, f := range a.Fields {
		switch {
		case f.Title == "":
			add(mrkdwn(f.Value))
		case strings.Contains(strings.TrimSpace(f.Value), "\n"):
			add("**" + inline(f.Title) + "**\n" + mrkdwn(f.Value))
		default:
			add("**" + inline(f.Title) + "**: " + mrkdwn(f.Value))
		}
	}
	for _, b := range a.Blocks {
		add(b.markdown())
	}
	if isWeb(a.ImageURL) {
		add(link("image", a.ImageURL))
	}
	var links []string
	for _, l := range a.Actions {
		if isWeb(l.URL) {
			links = append(links, link(inline(l.Text), l.URL))
		}
	}
	add(strings.Join(links, " · "))
	if a.Footer != "" {
		add("*" + inline(a.Footer) + "*")
	}
	if len(lines) == 0 {
		add(mrkdwn(a.Fallback))
	}
	body := quote(strings.Join(lines, "\n\n"))
	if mark := colour(a.Color); mark != "" && body != "" {
		body = strings.Replace(body, "> ", "> "+mark+" ", 1)
	}
	if pre := mrkdwn(a.Pretext); pre != "" {
		body = pre + "\n\n" + body
	}
	return body
}

// colour turns the bar at an attachment's side into a sign, since colour alone tells nothing to many.
func colour(c string) string {
	switch strings.ToLower(c) {
	case "good", "#2eb886", "#36a64f", "#00ff00":
		return "🟢"
	case "warning", "#daa038", "#ffcc00":
		return "🟡"
	case "danger", "#a30200", "#d63232", "#ff0000":
		return "🔴"
	}
	return ""
}

func (b slackBlock) markdown() string {
	switch b.Type {
	case "header":
		return "### " + inline(b.Text.Text)
	case "section":
		lines := []string{b.Text.markdown()}
		for _, f := range b.Fields {
			lines = append(lines, f.markdown())
		}
		return strings.TrimSpace(strings.Join(lines, "\n\n"))
	case "divider":
		return "---"
	case "image":
		if isWeb(b.ImageURL) {
			return link(inline(first(b.Title.Text, b.AltText, "image")), b.ImageURL)
		}
		return inline(b.AltText)
	case "markdown":
		return b.Text.Text
	case "context", "actions", "rich_text":
		var elements []element
		if json.Unmarshal(b.Elements, &elements) != nil {
			return ""
		}
		sep := " "
		if b.Type == "rich_text" {
			sep = "\n\n"
		}
		var parts []string
		for _, e := range elements {
			if s := e.markdown(0); s != "" {
				parts = append(parts, s)
			}
		}
		return strings.Join(parts, sep)
	}
	return b.Text.markdown()
}

func (t slackText) markdown() string {
	if t.Type == "plain_text" {
		return escape(t.Text)
	}
	return mrkdwn(t.Text)
}

// maxDepth bounds lists in lists in quotes.
const maxDepth = 8

func (e element) markdown(depth int) string {
	if depth > maxDepth {
		return ""
	}
	inner := func(sep string) string {
		var parts []string
		for _, c := range e.Elements {
			parts = append(parts, c.markdown(depth+1))
		}
		return strings.Join(parts, sep)
	}
	switch e.Type {
	case "mrkdwn", "plain_text":
		return slackText{Type: e.Type, Text: e.Text.Text}.markdown()
	case "button":
		if isWeb(e.URL) {
			return link(inline(e.Text.Text), e.URL)
		}
		return ""
	case "image":
		return inline(e.AltText)
	case "rich_text_section":
		return inner("")
	case "rich_text_quote":
		return quote(inner(""))
	case "rich_text_preformatted":
		return fence(plain(e.Elements))
	case "rich_text_list":
		mark := "- "
		if e.Style == "ordered" {
			mark = "1. "
		}
		var lines []string
		for _, c := range e.Elements {
			lines = append(lines, strings.Repeat("   ", min(max(e.Indent, 0), maxDepth))+mark+c.markdown(depth+1))
		}
		return strings.Join(lines, "\n")
	case "text":
		return styled(e.Text.Text, e.Style)
	case "link":
		return link(inline(first(e.Text.Text, e.URL)), e.URL)
	case "emoji":
		return ":" + e.Name + ":"
	}
	return ""
}

// styled puts Markdown's marks around text, outside of which spaces must stay.
func styled(text string, style any) string {
	is := func(name string) bool {
		s, ok := style.(map[string]any)
		return ok && s[name] == true
	}
	core := strings.TrimSpace(text)
	if core == "" {
		return text
	}
	before, after, _ := strings.Cut(text, core)
	if is("code") {
		return before + code(core) + after
	}
	core = escape(core)
	if is("bold") {
		core = "**" + core + "**"
	}
	if is("italic") {
		core = "*" + core + "*"
	}
	if is("strike") {
		core = "~~" + core + "~~"
	}
	return before + core + after
}

func plain(list []element) string {
	var b strings.Builder
	for _, e := range list {
		b.WriteString(first(e.Text.Text, e.URL))
	}
	return b.String()
}

func first(list ...string) string {
	for _, s := range list {
		if s != "" {
			return s
		}
	}
	return ""
}

func isWeb(u string) bool {
	return (strings.HasPrefix(u, "https://") || strings.HasPrefix(u, "http://")) && !strings.ContainsAny(u, " <>()\n")
}

func link(text, url string) string {
	if !isWeb(url) || text == "" {
		return text
	}
	return "[" + text + "](" + url + ")"
}

func quote(s string) string {
	if s == "" {
		return ""
	}
	return "> " + strings.ReplaceAll(s, "\n", "\n> ")
}

func fence(s string) string {
	marks := "```"
	for strings.Contains(s, marks) {
		marks += "`"
	}
	return marks + "\n" + strings.Trim(s, "\n") + "\n" + marks
}

func code(s string) string {
	marks := "`"
	for strings.Contains(s, marks) {
		marks += "`"
	}
	if len(marks) > 1 {
		return marks + " " + s + " " + marks
	}
	return marks + s + marks
}

// clip cuts s to n characters.
func clip(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}

var markup = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "~", `\~`, "|", `\|`, "@", "@\u2060")

// escape makes Markdown show s as it is. An @ in what a machine sends mentions nobody.
func escape(s string) string { return markup.Replace(unescape(s)) }

// inline is escape in one line.
func inline(s string) string { return strings.Join(strings.Fields(escape(s)), " ") }

var entities = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")

// unescape undoes the three escapes of mrkdwn.
func unescape(s string) string { return entities.Replace(s) }

// token is a piece of mrkdwn that has a meaning of its own: a code block, code, or <...>.
var token = regexp.MustCompile("(?s)```.*?```|`[^`\n]+`|<[^<>\n]+>")

// Slack's *bold*, _italic_ and ~strike~ stand between what is no letter.
var (
	bold   = regexp.MustCompile(`(^|[\s(\[{"'>.,;:!?—–-])\*([^\s*](?:[^*\n]*[^\s*])?)\*`)
	strike = regexp.MustCompile(`(^|[\s(\[{"'>.,;:!?—–-])~([^\s~](?:[^~\n]*[^\s~])?)~`)
)

// mrkdwn turns Slack's markup into Markdown: *bold* is **bold**, ~strike~ is ~~strike~~, <url|text> is a link; <!here>
// and <!channel> mention everyone here; ids of Slack's people and channels mean nothing in Parley and stay text.
func mrkdwn(s string) string {
	var b strings.Builder
	at := 0
	for _, span := range token.FindAllStringIndex(s, -1) {
		b.WriteString(prose(s[at:span[0]]))
		b.WriteString(special(s[span[0]:span[1]]))
		at = span[1]
	}
	b.WriteString(prose(s[at:]))
	return strings.TrimSpace(b.String())
}

func prose(s string) string {
	s = bold.ReplaceAllString(s, "$1**$2**")
	s = strike.ReplaceAllString(s, "$1~~$2~~")
	return unescape(strings.ReplaceAll(s, "•", "-"))
}

// special turns one token into Markdown.
func special(t string) string {
	if strings.HasPrefix(t, "```") {
		return "\n" + fence(unescape(strings.Trim(t, "`"))) + "\n"
	}
	if t[0] == '`' {
		return code(unescape(t[1 : len(t)-1]))
	}
	target, text, _ := strings.Cut(t[1:len(t)-1], "|")
	target, text = unescape(target), unescape(text)
	switch {
	case target == "!here" || target == "!channel" || target == "!everyone":
		return map[string]string{"!here": "@here", "!channel": "@everyone", "!everyone": "@everyone"}[target]
	case strings.HasPrefix(target, "!"), strings.HasPrefix(target, "@"), strings.HasPrefix(target, "#"):
		return inline(first(text, strings.TrimLeft(target, "!@#")))
	case strings.HasPrefix(target, "mailto:"):
		return inline(first(text, strings.TrimPrefix(target, "mailto:")))
	case isWeb(target) && text != "":
		return link(inline(text), target)
	case isWeb(target):
		return "<" + target + ">"
	}
	return escape("<" + t[1:len(t)-1] + ">")
}

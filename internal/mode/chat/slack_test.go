package chat_test

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/parley-im/parley/internal/markdown"
	"github.com/parley-im/parley/internal/mode/chat"
	"github.com/parley-im/parley/internal/parley"
)

func TestSlackMessages(t *testing.T) {
	for name, c := range map[string]struct{ payload, want string }{
		"plain text":                      {`{"text":"Build 12 is *done*, see <https://ci.example/12|the log> &amp; rest"}`, "Build 12 is **done**, see [the log](https://ci.example/12) & rest"},
		"bold only between words":         {`{"text":"2*3*4 and *b c*."}`, "2*3*4 and **b c**."},
		"strike and bullets":              {`{"text":"• ~old~\n• new"}`, "- ~~old~~\n- new"},
		"code keeps its stars":            {"{\"text\":\"run `a *b* c` now\"}", "run `a *b* c` now"},
		"code block":                      {"{\"text\":\"log:\\n```x *y*\\nz```\"}", "log:\n\n```\nx *y*\nz\n```"},
		"here mentions all who are there": {`{"text":"<!here> it burns"}`, "@here it burns"},
		"foreign people stay text":        {`{"text":"<@U123|ana> did it in <#C1|ops>"}`, "ana did it in ops"},
		"a title mentions nobody":         {`{"attachments":[{"title":"ping @ana","fields":[{"title":"@bo","value":"<@U1|@cy>"}]}]}`, "> **ping @\u2060ana**\n> \n> **@\u2060bo**: @\u2060cy"},
		"a script is no link":             {`{"text":"<javascript:alert(1)|x>"}`, `<javascript:alert(1)\|x>`},
		"blocks replace the text": {
			`{"text":"fallback","blocks":[{"type":"header","text":{"type":"plain_text","text":"Disk *full*"}},{"type":"divider"},
			{"type":"section","text":{"type":"mrkdwn","text":"on *db1*"},"fields":[{"type":"mrkdwn","text":"*Used*\n99 %"}]},
			{"type":"context","elements":[{"type":"mrkdwn","text":"now"},{"type":"plain_text","text":"_here_"}]},
			{"type":"actions","elements":[{"type":"button","text":{"type":"plain_text","text":"Open"},"url":"https://a.example/"}]}]}`,
			"### Disk \\*full\\*\n\n---\n\non **db1**\n\n**Used**\n99 %\n\nnow \\_here\\_\n\n[Open](https://a.example/)",
		},
		"rich text": {
			`{"blocks":[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"Hello "},{"type":"text","text":"you ","style":{"bold":true}},{"type":"emoji","name":"wave"}]},
			{"type":"rich_text_list","style":"ordered","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"one"}]},{"type":"rich_text_section","elements":[{"type":"link","url":"https://b.example/"}]}]},
			{"type":"rich_text_preformatted","elements":[{"type":"text","text":"a\nb"}]}]}]}`,
			"Hello **you** :wave:\n\n1. one\n1. [https://b.example/](https://b.example/)\n\n```\na\nb\n```",
		},
		"an alert of Alertmanager": {
			`{"channel":"#ops","username":"Alertmanager","attachments":[{"title":"[FIRING:1] DiskFull","title_link":"https://am.example/#/alerts","text":"db1 has 1 % left","fallback":"[FIRING:1] DiskFull | https://am.example","color":"danger","fields":[{"title":"Severity","value":"page","short":true}],"mrkdwn_in":["fallback","pretext","text"]}]}`,
			"> 🔴 **[\\[FIRING:1\\] DiskFull](https://am.example/#/alerts)**\n> \n> db1 has 1 % left\n> \n> **Severity**: page",
		},
	} {
		t.Run(name, func(t *testing.T) {
			got, _, err := chat.ParseSlack([]byte(c.payload))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestSlackMessagesThatSayNothingAreRefused(t *testing.T) {
	for _, payload := range []string{``, `[]`, `{}`, `{"text":"  "}`, `{"text":7}`, `{"blocks":[{"type":"input"}]}`} {
		if got, _, err := chat.ParseSlack([]byte(payload)); err == nil {
			t.Errorf("%s was taken as %q", payload, got)
		}
	}
}

func TestSlackNameAndPictureAreTaken(t *testing.T) {
	for icon, want := range map[string]string{":bell:": "🔔", "🔔": "🔔", ":our_own:": "", "bell": "🔔", "": ""} {
		_, as, err := chat.ParseSlack([]byte(`{"text":"x","username":"Grafana","icon_emoji":"` + icon + `"}`))
		if err != nil || as == nil || as.Name != "Grafana" || as.Avatar != want {
			t.Errorf("%q is shown as %+v, %v", icon, as, err)
		}
	}
}

func FuzzSlack(f *testing.F) {
	f.Add([]byte(`{"text":"*a* <https://x|y>"}`))
	f.Add([]byte(alertmanager))
	f.Add([]byte(grafana))
	f.Add([]byte(`{"blocks":[{"type":"rich_text","elements":[{"type":"rich_text_list","indent":-3,"elements":[{"type":"text","text":"x","style":{"bold":true}}]}]}]}`))
	f.Fuzz(func(t *testing.T, payload []byte) {
		body, as, err := chat.ParseSlack(payload)
		if err != nil {
			return
		}
		if strings.TrimSpace(body) == "" {
			t.Error("taken, but empty")
		}
		// Each line of text may stand in quotes and lists of some depth, and each character may be escaped; no more.
		if !utf8.ValidString(body) || len(body) > 64*len(payload) {
			t.Errorf("%d bytes became %d", len(payload), len(body))
		}
		if as != nil && utf8.RuneCountInString(as.Name) > parley.MaxName {
			t.Errorf("shown as %q", as.Name)
		}
		// Whatever was sent, it is shown: the body is Markdown that can be rendered, if it is not too long.
		doc, err := markdown.Render(body, nil)
		if err != nil && !errors.Is(err, parley.ErrLimited) && !strings.ContainsRune(body, 0) {
			t.Errorf("%q is not shown: %v", body, err)
		}
		if strings.Contains(doc.HTML, "javascript:") && strings.Contains(doc.HTML, `href="javascript:`) {
			t.Errorf("%q links to a script", body)
		}
	})
}

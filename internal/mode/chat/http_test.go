package chat_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/parley-im/parley/internal/api"
	"github.com/parley-im/parley/internal/parley"
)

// bodies are what each operation takes that wants a body; $ is who asks, % a conversation of eve's.
var bodies = map[string]string{
	"PATCH /conversations/{id}":                    `{"name":"x"}`,
	"PATCH /conversations/{id}/me":                 `{"muted":true}`,
	"PUT /conversations/{id}/read":                 `{"seq":1}`,
	"PUT /conversations/{id}/draft":                `{"body":"x"}`,
	"PUT /conversations/{id}/messages/{seq}/vote":  `{"option":0}`,
	"POST /conversations/{id}/members":             `{"people":["$"]}`,
	"PATCH /conversations/{id}/members/{person}":   `{"role":"manager"}`,
	"POST /conversations/{id}/messages":            `{"body":"x"}`,
	"PATCH /conversations/{id}/messages/{seq}":     `{"body":"x"}`,
	"POST /conversations/{id}/messages/{seq}/move": `{"conversation":"%"}`,
	"POST /conversations/{id}/webhooks":            `{"name":"x"}`,
	"POST /conversations":                          `{"kind":"channel","visibility":"private","name":"mine"}`,
	"POST /render":                                 `{"body":"@olga"}`,
}

func TestWhatIsOthersOwnDoesNotExistWhateverOneAsks(t *testing.T) {
	each(t, func(h *house) {
		ana, eve, guest := h.comes(parley.MemberRole, "ana"), h.comes(parley.Admin, "eve"), h.comes(parley.Guest, "gus")
		secret, elsewhere := ana.channel("private", "sesame"), eve.channel("private", "elsewhere")
		var file parley.File
		ana.must(http.MethodPost, "/files?name=sesame.txt", []byte("sesame inside"), http.StatusCreated, &file)
		m := ana.say(secret, "open sesame @olga", file.ID)
		ana.must(http.MethodPut, "/conversations/"+secret+"/draft", map[string]any{"body": "sesame draft"}, http.StatusOK, nil)
		ana.must(http.MethodPut, "/saved/"+m.ID.String(), nil, http.StatusNoContent, nil)
		document, err := h.api.Document()
		if err != nil {
			t.Fatal(err)
		}
		var described struct {
			Paths map[string]map[string]struct {
				Security []map[string][]string `json:"security"`
				Request  json.RawMessage       `json:"requestBody"`
			} `json:"paths"`
		}
		if err := json.Unmarshal([]byte(document), &described); err != nil {
			t.Fatal(err)
		}
		asked := 0
		for path, operations := range described.Paths {
			short := strings.TrimPrefix(path, api.Base)
			for method, op := range operations {
				method = strings.ToUpper(method)
				name := method + " " + short
				open := op.Security != nil && len(op.Security) == 0
				where := short
				for from, to := range map[string]string{"{seq}": fmt.Sprint(m.Seq), "{person}": ana.me.ID.String(), "{emoji}": url.PathEscape("👍")} {
					where = strings.ReplaceAll(where, from, to)
				}
				ours := strings.HasPrefix(short, "/conversations/{id}")
				saved := strings.HasPrefix(short, "/saved/{id}")
				switch {
				case ours:
					where = strings.ReplaceAll(where, "{id}", secret)
				case saved:
					where = strings.ReplaceAll(where, "{id}", m.ID.String())
				case strings.Contains(where, "{"):
					where = strings.NewReplacer("{id}", m.ID.String(), "{token}", "none").Replace(where)
				}
				if short == "/search" {
					where += "?q=sesame"
				}
				if !open {
					if answer, text := h.nobody().do(method, where, "{}"); answer.StatusCode != http.StatusUnauthorized {
						h.t.Errorf("%s: nobody gets %d %s", name, answer.StatusCode, text)
					}
				}
				if !ours && !saved && method != http.MethodGet && bodies[name] == "" {
					continue // identity's, and proven there
				}
				for _, u := range []*user{eve, guest} {
					var body any
					if op.Request != nil {
						text, known := bodies[name]
						if !known {
							h.t.Errorf("%s: which body does it take?", name)
						}
						body = strings.NewReplacer("$", u.me.ID.String(), "%", elsewhere).Replace(text)
					}
					answer, text := u.do(method, where, body)
					asked++
					if (ours || saved && method == http.MethodPut) && answer.StatusCode != http.StatusNotFound {
						h.t.Errorf("%s: %s gets %d %s", name, u.me.Name, answer.StatusCode, text)
					}
					for _, word := range []string{"sesame", secret, file.ID.String(), "sql", "internal/"} {
						if strings.Contains(string(text), word) && !strings.Contains(name, "openapi") && !strings.Contains(string(text), `"words"`) {
							h.t.Errorf("%s: %s reads %s in %s", name, u.me.Name, word, text)
						}
					}
					if answer.StatusCode >= 500 {
						h.t.Errorf("%s: %d %s", name, answer.StatusCode, text)
					}
					if u == guest && !ours && strings.Contains(string(text), ana.me.ID.String()) {
						h.t.Errorf("%s: a guest meets a stranger: %s", name, text)
					}
				}
			}
		}
		if asked < 60 {
			h.t.Errorf("only %d operations were asked", asked)
		}
		for _, path := range []string{"!/files/" + file.ID.String() + "/sesame.txt", "!/files/" + file.ID.String() + "/thumb", "!/previews/" + m.ID.String() + "/" + strings.Repeat("0", 64), "!/files/nothing/x"} {
			for _, u := range []*user{eve, guest} {
				if answer, text := u.do(http.MethodGet, path, nil); answer.StatusCode != http.StatusNotFound || strings.Contains(string(text), "sesame") {
					h.t.Errorf("%s: %d %s", path, answer.StatusCode, text)
				}
			}
			if answer, _ := h.nobody().do(http.MethodGet, path, nil); answer.StatusCode != http.StatusUnauthorized {
				h.t.Errorf("%s: nobody gets %d", path, answer.StatusCode)
			}
		}
		if got := ana.say(secret, "still here"); got.Seq != m.Seq+1 {
			h.t.Errorf("something was done: %d after %d", got.Seq, m.Seq)
		}
	})
}

func TestUploadsAreServedSoThatTheyCannotRun(t *testing.T) {
	each(t, func(h *house) {
		for name, c := range map[string]struct{ name, content, kind, disposition string }{
			"HTML":           {"a.html", "<html><script>alert(1)</script></html>", "application/octet-stream", "attachment"},
			"SVG":            {"a.svg", `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`, "", "attachment"},
			"XML":            {"a.xml", `<?xml version="1.0"?><x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>`, "application/octet-stream", "attachment"},
			"HTML as a PNG":  {"a.png", "<!DOCTYPE html><script>alert(1)</script>", "application/octet-stream", "attachment"},
			"text":           {"a.txt", "just text", "text/plain; charset=utf-8", "inline"},
			"a hostile name": {"\"; filename=x.html\r\nSet-Cookie: a=b/../\u202etxt.exe", "x", "text/plain; charset=utf-8", "inline"},
		} {
			var f parley.File
			h.owner.must(http.MethodPost, "/files?name="+url.QueryEscape(c.name), []byte(c.content), http.StatusCreated, &f)
			answer, text := h.owner.do(http.MethodGet, "!/files/"+f.ID.String()+"/"+url.PathEscape(f.Name), nil)
			head := answer.Header
			if answer.StatusCode != 200 || string(text) != c.content || c.kind != "" && head.Get("Content-Type") != c.kind || !strings.HasPrefix(head.Get("Content-Disposition"), c.disposition) ||
				head.Get("X-Content-Type-Options") != "nosniff" || !strings.Contains(head.Get("Content-Security-Policy"), "sandbox") || head.Get("Set-Cookie") != "" ||
				!strings.Contains(head.Get("Cache-Control"), "private") || head.Get("Cross-Origin-Resource-Policy") != "same-origin" {
				h.t.Errorf("%s: %d %v", name, answer.StatusCode, head)
			}
			if strings.ContainsAny(f.Name, "\r\n\u202e/\"") {
				h.t.Errorf("%s: is called %q", name, f.Name)
			}
			ranged := h.nobody()
			ranged.cookie, ranged.header = h.owner.cookie, http.Header{"Range": {"bytes=0-0"}}
			if answer, text := ranged.do(http.MethodGet, "!/files/"+f.ID.String()+"/x", nil); answer.StatusCode != http.StatusPartialContent || len(text) != 1 {
				h.t.Errorf("%s: a range is answered with %d", name, answer.StatusCode)
			}
			ranged.header = http.Header{"If-None-Match": {head.Get("ETag")}}
			if answer, _ := ranged.do(http.MethodGet, "!/files/"+f.ID.String()+"/x", nil); answer.StatusCode != http.StatusNotModified {
				h.t.Errorf("%s: a known file is answered with %d", name, answer.StatusCode)
			}
		}
		if answer, text := h.owner.do(http.MethodPost, "/files?name=large", make([]byte, 1<<20+1)); answer.StatusCode != http.StatusRequestEntityTooLarge && answer.StatusCode != http.StatusTooManyRequests {
			h.t.Errorf("a large file: %d %s", answer.StatusCode, text)
		}
	})
}

func TestHostileRequestsAreRefusedAndChangeNothing(t *testing.T) {
	each(t, func(h *house) {
		c := h.owner.channel("private", "c")
		path := "/conversations/" + c + "/messages"
		for name, body := range map[string]any{
			"huge":            map[string]any{"body": strings.Repeat("x", parley.MaxBody+1)},
			"huger":           map[string]any{"body": strings.Repeat("x", 2<<20)},
			"not JSON":        "{",
			"another type":    `{"body":7}`,
			"an unknown name": `{"body":"x","admin":true}`,
			"NUL":             `{"body":"a\u0000b"}`,
			"a NUL key":       `{"body":"x","key":"a\u0000b"}`,
			"a forged id":     `{"body":"x","files":["0000000000001"]}`,
			"no id":           `{"body":"x","files":["../../etc"]}`,
			"a thread far":    `{"body":"x","thread":9223372036854775807}`,
			"nothing":         `{"body":" "}`,
			"deep":            strings.Repeat("[", 100_000),
		} {
			answer, text := h.owner.do(http.MethodPost, path, body)
			if answer.StatusCode < 400 || answer.StatusCode >= 500 || answer.Header.Get("Content-Type") != "application/problem+json" {
				h.t.Errorf("%s: %d %.300s", name, answer.StatusCode, text)
			}
		}
		for _, forged := range []string{"/conversations/0000000000000", "/conversations/zzzzzzzzzzzzz", "/conversations/..%2f..", "/conversations/" + c + "/messages/0", "/conversations/" + c + "/messages/99", "/conversations/" + c + "/messages/-1", "/search?q=%ff%00", "/conversations/" + c + "/messages?limit=-1"} {
			if answer, text := h.owner.do(http.MethodGet, forged, nil); answer.StatusCode >= 500 || answer.StatusCode == 200 && !strings.Contains(forged, "search") {
				h.t.Errorf("%s: %d %s", forged, answer.StatusCode, text)
			}
		}
		m := h.owner.say(c, "\u202e<script>alert(1)</script> ![x](javascript:alert(1)) Z͑ͫ̓a̴l͝g̷o 👩‍👩‍👧 \ufeff")
		if strings.Contains(m.HTML, "<script") || strings.Contains(m.HTML, "javascript:") {
			h.t.Errorf("rendered as %s", m.HTML)
		}
		across := h.nobody()
		across.cookie, across.header = h.owner.cookie, http.Header{"Origin": {"https://evil.example"}, "Sec-Fetch-Site": {"cross-site"}}
		for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
			if answer, text := across.do(method, path, `{"body":"x"}`); answer.StatusCode != http.StatusForbidden {
				h.t.Errorf("%s from another site: %d %s", method, answer.StatusCode, text)
			}
		}
		if answer, _ := across.do(http.MethodGet, "/socket", nil); answer.StatusCode != http.StatusForbidden {
			h.t.Errorf("a socket from another site: %d", answer.StatusCode)
		}
		if last := h.owner.say(c, "end"); last.Seq != m.Seq+1 {
			h.t.Errorf("something was done: %d after %d", last.Seq, m.Seq)
		}
	})
}

func TestFloodsAreLimitedAndSaidForHowLong(t *testing.T) {
	each(t, func(h *house) {
		ana := h.comes(parley.MemberRole, "ana")
		c := ana.channel("private", "c")
		var hook struct{ URL string }
		h.owner.must(http.MethodPost, "/conversations/"+h.owner.channel("public", "alerts")+"/webhooks", map[string]any{"name": "alerts"}, http.StatusCreated, &hook)
		at, err := url.Parse(hook.URL)
		if err != nil {
			t.Fatal(err)
		}
		for name, flood := range map[string]func() *http.Response{
			"posts": func() *http.Response {
				r, _ := ana.do(http.MethodPost, "/conversations/"+c+"/messages", map[string]any{"body": "x"})
				return r
			},
			"webhook": func() *http.Response {
				r, _ := h.nobody().do(http.MethodPost, "!"+at.Path, `{"text":"x"}`)
				return r
			},
		} {
			limited := false
			for range 1500 {
				r := flood()
				if r.StatusCode == http.StatusTooManyRequests {
					limited = r.Header.Get("Retry-After") != ""
					break
				}
			}
			if !limited {
				h.t.Errorf("%s are not limited", name)
			}
		}
		if answer, _ := h.owner.do(http.MethodPost, "/render", map[string]any{"body": "x"}); answer.StatusCode != 200 {
			h.t.Error("others are limited too")
		}
	})
}

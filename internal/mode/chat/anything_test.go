package chat_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/parley-im/parley/internal/api"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/realtime"
	"github.com/parley-im/parley/internal/store"
	"github.com/parley-im/parley/internal/store/storetest"
)

// asker asks as a program of the owner's: it may do all but what needs a session, which it could end. In what it asks {c}
// stands for a channel and {m} for a message there, {d} for one of its own and {s} for the seq of a message there, {p} for
// another person, {f} for a file.
type asker struct {
	*user
	places map[string]string
}

func anything(f *testing.F, dialect store.Dialect) *asker {
	h := build(f, storetest.Open(f, storetest.Options(f, dialect)), func(o *api.Options) { o.Writes = -1 })
	ana := h.comes(parley.MemberRole, "ana")
	var made struct{ Token string }
	h.owner.must(http.MethodPost, "/tokens", map[string]any{"name": "test"}, http.StatusCreated, &made)
	var file parley.File
	h.owner.must(http.MethodPost, "/files?name=x.txt", []byte("x"), http.StatusCreated, &file)
	c := h.owner.channel("public", "c", ana)
	a := &asker{h.nobody(), map[string]string{"{c}": c, "{m}": ana.say(c, "hello @olga").ID.String(), "{p}": ana.me.ID.String(), "{f}": file.ID.String()}}
	a.bearer = made.Token
	return a
}

func (a *asker) fill(text string) string {
	for name, is := range a.places {
		text = strings.ReplaceAll(text, name, is)
	}
	return text
}

// ask returns the answer; nil when that is no request, or none to the API.
func (a *asker) ask(method, target, body string) *httptest.ResponseRecorder {
	r, err := http.NewRequest(method, api.Base+a.fill(target), strings.NewReader(a.fill(body)))
	if err != nil || !strings.HasPrefix(r.URL.Path, api.Base+"/") || strings.HasSuffix(r.URL.Path, "/socket") {
		return nil
	}
	r.RemoteAddr = "127.0.0.1:4711"
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+a.bearer)
	w := httptest.NewRecorder()
	a.h.api.ServeHTTP(w, r)
	return w
}

// renew makes {d} anew if it is not as it was: left, archived, or without its message.
func (a *asker) renew(t *testing.T) {
	t.Helper()
	var c parley.Conversation
	w := a.ask(http.MethodGet, "/conversations/{d}", "")
	if json.Unmarshal(w.Body.Bytes(), &c) == nil && c.Me != nil && c.Me.Role == parley.ConversationManager && c.ArchivedAt == nil {
		var m parley.Message
		if w = a.ask(http.MethodGet, "/conversations/{d}/messages/{s}", ""); json.Unmarshal(w.Body.Bytes(), &m) == nil && m.Kind == parley.Text && m.DeletedAt == nil {
			return
		}
	}
	w = a.ask(http.MethodPost, "/conversations", `{"kind":"channel","visibility":"private","name":"d","people":["{p}"]}`)
	if err := json.Unmarshal(w.Body.Bytes(), &c); err != nil || w.Code != http.StatusCreated {
		t.Fatalf("no channel: %d %s", w.Code, w.Body)
	}
	a.places["{d}"] = c.ID.String()
	var m parley.Message
	w = a.ask(http.MethodPost, "/conversations/{d}/messages", `{"body":"hello"}`)
	if err := json.Unmarshal(w.Body.Bytes(), &m); err != nil || w.Code != http.StatusCreated {
		t.Fatalf("no message: %d %s", w.Code, w.Body)
	}
	a.places["{s}"] = fmt.Sprint(m.Seq)
}

// asked are requests besides those that the description of the API and bodies give.
var asked = []struct{ method, target, body string }{
	{"GET", "/search?q=" + url.QueryEscape(`hello "@olga" from:@ana in:c in:{c} has:link has:reaction before:2026-11-25 after:yesterday is:pinned is:saved`) + "&limit=3&before={m}", ""},
	{"GET", "/search?q=%00%ff%22*", ""},
	{"GET", "/conversations/{c}/messages?around=9223372036854775807&limit=200", ""},
	{"GET", "/conversations/{c}/messages?before=9223372036854775807&thread={s}&limit=1", ""},
	{"POST", "/conversations/{d}/messages", `{"body":"x","thread":{s},"files":["{f}"],"key":"x"}`},
	{"POST", "/conversations/{d}/messages", `{"body":"@everyone @ana [x](https://x.example/) $x$ \ud800","thread":9223372036854775807}`},
	{"POST", "/conversations", `{"kind":"direct","people":["{p}"]}`},
	{"POST", "/conversations", `{"kind":"channel","visibility":"public","name":"x","purpose":"x","people":["{p}","{p}",""]}`},
	{"PATCH", "/conversations/{d}", `{"visibility":"public","archived":true,"purpose":"x"}`},
	{"PATCH", "/conversations/{d}/me", `{"level":"mentions","section":"x"}`},
	{"PUT", "/conversations/{d}/read", `{"seq":9223372036854775807}`},
	{"PUT", "/conversations/{d}/draft", `{"body":"x","thread":{s},"files":["{f}"]}`},
	{"POST", "/conversations/{d}/messages/{s}/move", `{"conversation":"{c}"}`},
	{"PUT", "/conversations/{d}/messages/{s}/reactions/%00", ""},
	{"POST", "/files?name=" + url.QueryEscape("../\x00\u202e.txt"), "x"},
	{"PATCH", "/me", `{"name":"x","handle":"o","title":"x","zone":"Etc/GMT+5","language":"DE_de","hours":[{"day":1,"from":"09:00","to":"24:00"}]}`},
	{"PUT", "/me/status", `{"emoji":"👍","text":"x","until":"9999-12-31T23:59:59.999999999-23:59"}`},
	{"PUT", "/me/avatar", "\x89PNG\r\n\x1a\n"},
	{"PATCH", "/me/preferences", `{"theme":"dark","x":{"x":[null,1e300,"x"]}}`},
	{"PATCH", "/organisation", `{"name":"x","zone":"UTC","language":"en","create_channels":"admin"}`},
	{"PATCH", "/people/{p}", `{"role":"admin","deactivated":false,"name":"x","title":"x"}`},
	{"POST", "/invitations", `{"role":"member","uses":1000,"expires_in_days":365,"conversations":["{c}"],"note":"x"}`},
	{"POST", "/invitations/%00/accept", `{"name":"x","email":"x@x.example","password":"x","zone":"UTC","language":"de"}`},
	{"POST", "/groups", `{"handle":"x","name":"x","members":["{p}","{p}",""]}`},
	{"POST", "/bots", `{"name":"x","handle":"x"}`},
	{"POST", "/tokens", `{"name":"x","expires_in_days":1}`},
	{"POST", "/sessions", `{"email":"x@x.example","password":"x"}`},
	{"POST", "/sessions/passkey", `{"credential":{"id":"AAAA"}}`},
	{"POST", "/recovery", `{"token":"x","name":"x","credential":{"id":"AAAA"}}`},
	{"POST", "/setup", `{"token":"x","organisation":"x","name":"x","email":"x@x.example","password":"x","zone":"UTC","language":"de"}`},
}

// seeds are one request for each operation and those asked besides, and the same with zeros in their texts.
func seeds(f *testing.F, h *house) {
	document, err := h.api.Document()
	if err != nil {
		f.Fatal(err)
	}
	var described struct{ Paths map[string]map[string]any }
	if err := json.Unmarshal([]byte(document), &described); err != nil {
		f.Fatal(err)
	}
	add := func(method, target, body string) {
		f.Add(method, target, body)
		if strings.Contains(body, `"x"`) {
			f.Add(method, target, strings.ReplaceAll(body, `"x"`, `"x\u0000"`))
		}
	}
	for path, operations := range described.Paths {
		short := strings.TrimPrefix(path, api.Base)
		id := cmp.Or(map[string]string{"conversations": "{d}", "saved": "{m}"}[strings.Split(short, "/")[1]], "{p}")
		target := strings.NewReplacer("{id}", id, "{seq}", "{s}", "{person}", "{p}", "{emoji}", url.PathEscape("👍"), "{token}", "none").Replace(short)
		for method := range operations {
			method = strings.ToUpper(method)
			add(method, target, cmp.Or(strings.NewReplacer("$", "{p}", "%", "{c}").Replace(bodies[method+" "+short]), "{}"))
		}
	}
	for _, a := range asked {
		add(a.method, a.target, a.body)
	}
}

// FuzzOperations: whatever is asked is answered, and why it is refused is told; nothing is a defect of ours.
func FuzzOperations(f *testing.F) { fuzzOperations(f, store.SQLite) }

// FuzzOperationsOnPostgres is the same on the database that is stricter with texts and numbers.
func FuzzOperationsOnPostgres(f *testing.F) { fuzzOperations(f, store.Postgres) }

func fuzzOperations(f *testing.F, dialect store.Dialect) {
	a := anything(f, dialect)
	seeds(f, a.h)
	f.Fuzz(func(t *testing.T, method, target, body string) {
		a.renew(t)
		w := a.ask(method, target, body)
		if w == nil {
			return
		}
		if w.Code >= 500 {
			t.Errorf("%s %q %q: %d %s", method, target, body, w.Code, w.Body)
		}
		var p api.Problem
		if w.Code >= 400 && (json.Unmarshal(w.Body.Bytes(), &p) != nil || p.Status != w.Code || !strings.HasPrefix(p.Type, api.ProblemType) || p.Detail == "") {
			t.Errorf("%s %q %q: %d says %s", method, target, body, w.Code, w.Body)
		}
	})
}

// FuzzFrames: whatever comes over the socket is answered or ends that connection; nothing is a defect of ours, and those
// who come next are served.
func FuzzFrames(f *testing.F) {
	a := anything(f, store.SQLite)
	for _, frame := range []string{
		`{"id":2,"rpc":{"method":"post","data":{"conversation":"{c}","body":"hello @ana","thread":1,"files":["{f}"],"key":"k"}}}`,
		`{"id":2,"rpc":{"method":"post","data":{"conversation":"{c}","body":"\u0000","thread":-1,"files":[""],"key":"\u0000"}}}`,
		`{"id":2,"rpc":{"method":"typing","data":{"conversation":"{d}","thread":9223372036854775807}}}`,
		`{"id":2,"rpc":{"method":"watch","data":{"people":["{p}","{p}",""]}}}`,
		`{"id":2,"rpc":{"method":"active","data":{"state":"away"}}}`,
		`{"id":2,"rpc":{"method":"active"}}` + "\n" + `{"id":3,"rpc":{}}` + "\n{}\n",
		`{"id":2,"subscribe":{"channel":"c:{c}","recover":true,"epoch":"x","offset":18446744073709551615}}`,
		`{"id":2,"subscribe":{"channel":"p:{p}"}}` + "\n" + `{"id":3,"unsubscribe":{"channel":"c:{c}"}}`,
		`{"id":2,"connect":{"data":{"token":"x"}}}`, `{"id":2,"publish":{"channel":"c:{c}","data":{}}}`, `{"id":2,"history":{"channel":"c:{c}","limit":-1}}`,
		`{"id":2,"presence":{"channel":"c:{c}"}}`, `{"id":2,"refresh":{"token":""}}`, `{"send":{"data":null}}`, `[`, "",
	} {
		f.Add(frame)
	}
	address := "ws" + strings.TrimPrefix(a.h.url, "http") + api.Base + "/socket"
	header := http.Header{"Authorization": {"Bearer " + a.bearer}}
	const last = `{"id":4711,"rpc":{"method":"active","data":{"state":"active"}}}`
	f.Fuzz(func(t *testing.T, frame string) {
		a.renew(t)
		c, answer, err := websocket.DefaultDialer.DialContext(t.Context(), address, header)
		if err != nil {
			t.Fatalf("nobody comes in: %v, %v", err, answer)
		}
		defer c.Close() //nolint:errcheck // nothing of it is needed any more
		for _, text := range []string{`{"id":1,"connect":{}}`, a.fill(frame), last} {
			_ = c.WriteMessage(websocket.TextMessage, []byte(text)) // when it is closed already, reading says so
		}
		_ = c.SetReadDeadline(time.Now().Add(20 * time.Second))
		for {
			_, data, err := c.ReadMessage()
			if closed := (*websocket.CloseError)(nil); errors.As(err, &closed) && closed.Code >= 3500 {
				return // it is told why, and not to come back like this
			} else if err != nil {
				t.Fatalf("%q ends with %v", frame, err)
			}
			for line := range bytes.Lines(data) {
				var reply struct {
					ID    int
					Error struct{ Code uint32 }
				}
				if err := json.Unmarshal(line, &reply); err != nil || reply.Error.Code == realtime.CodeInternal || reply.Error.Code == 100 {
					t.Errorf("%q is answered with %s, %v", frame, line, err)
				}
				if reply.ID == 4711 {
					return
				}
			}
		}
	})
}

package realtime_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/parley-im/parley/internal/parley"
)

// raw is a socket without a client library: for what a good client does not do.
type raw struct {
	*websocket.Conn
	replies []rawReply
}

type rawReply struct {
	ID    int `json:"id"`
	Error *struct {
		Code int `json:"code"`
	} `json:"error"`
	RPC struct {
		Data json.RawMessage `json:"data"`
	} `json:"rpc"`
	Push json.RawMessage `json:"push"`
}

func dialRaw(t testing.TB, url string, person parley.ID) *raw {
	t.Helper()
	c, _, err := websocket.DefaultDialer.Dial(url, http.Header{"Person": {person.String()}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	r := &raw{Conn: c}
	r.send(t, `{"id":1,"connect":{}}`)
	if reply := r.reply(t); reply.ID != 1 || reply.Error != nil {
		t.Fatalf("not connected: %+v", reply)
	}
	return r
}

func (r *raw) send(t testing.TB, s string) {
	t.Helper()
	if err := r.WriteMessage(websocket.TextMessage, []byte(s)); err != nil {
		t.Fatal(err)
	}
}

// reply returns the next answer to a command, leaving pings and pushes out.
func (r *raw) reply(t testing.TB) rawReply {
	t.Helper()
	for {
		for len(r.replies) > 0 {
			reply := r.replies[0]
			if r.replies = r.replies[1:]; reply.ID > 0 {
				return reply
			}
		}
		_ = r.SetReadDeadline(time.Now().Add(20 * time.Second))
		_, data, err := r.ReadMessage()
		if err != nil {
			t.Fatal(err)
		}
		for line := range bytes.Lines(data) {
			var reply rawReply
			if err := json.Unmarshal(line, &reply); err != nil {
				t.Fatalf("%s: %v", line, err)
			}
			r.replies = append(r.replies, reply)
		}
	}
}

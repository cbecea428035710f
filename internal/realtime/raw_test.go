package realtime_test

import (
	"bytes"
	"encoding/json"
	"fmt"
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
	Subscribe struct {
		Recovered    bool     `json:"recovered"`
		Epoch        string   `json:"epoch"`
		Offset       uint64   `json:"offset"`
		Publications []rawPub `json:"publications"`
	} `json:"subscribe"`
	Push *struct {
		Pub         *rawPub         `json:"pub"`
		Unsubscribe json.RawMessage `json:"unsubscribe"`
		Disconnect  json.RawMessage `json:"disconnect"`
	} `json:"push"`
}

type rawPub struct {
	Offset uint64       `json:"offset"`
	Data   parley.Event `json:"data"`
}

func dialRaw(t testing.TB, url string, person parley.ID) *raw {
	t.Helper()
	r, err := dialOnce(url, person)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close() })
	return r
}

func dialOnce(url string, person parley.ID) (*raw, error) {
	c, _, err := websocket.DefaultDialer.Dial(url, http.Header{"Person": {person.String()}})
	if err != nil {
		return nil, err
	}
	r := &raw{Conn: c}
	if err := r.WriteMessage(websocket.TextMessage, []byte(`{"id":1,"connect":{}}`)); err != nil {
		return nil, err
	}
	reply, err := r.next()
	if err == nil && (reply.ID != 1 || reply.Error != nil) {
		err = fmt.Errorf("not connected: %+v", reply)
	}
	return r, err
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
		next, err := r.next()
		if err != nil {
			t.Fatal(err)
		}
		if next.ID > 0 {
			return next
		}
	}
}

// next returns what comes next: an answer, a push, or a ping, which is empty and answered.
func (r *raw) next() (next rawReply, err error) {
	for len(r.replies) == 0 {
		_ = r.SetReadDeadline(time.Now().Add(20 * time.Second))
		_, data, err := r.ReadMessage()
		if err != nil {
			return next, err
		}
		for line := range bytes.Lines(data) {
			var reply rawReply
			if err := json.Unmarshal(line, &reply); err != nil {
				return next, fmt.Errorf("%s: %w", line, err)
			}
			r.replies = append(r.replies, reply)
		}
	}
	next, r.replies = r.replies[0], r.replies[1:]
	if next.ID == 0 && next.Push == nil {
		err = r.WriteMessage(websocket.TextMessage, []byte("{}"))
	}
	return next, err
}

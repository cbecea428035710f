package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/gorilla/websocket"
)

// socket is one live connection: the JSON protocol of centrifuge (centrifugal.dev/docs/transports/client_protocol),
// as much of it as a load needs. It looks for what it counts without decoding the rest: with thousands of connections
// on the same machine as the server, decoding would be most of what is measured.
type socket struct {
	conn   *websocket.Conn
	heard  func(push []byte) // a publication, in the reader's goroutine; the bytes are not kept
	closed chan struct{}     // the reader has ended
	err    error             // why, after closed

	mu      sync.Mutex
	next    int
	waiting map[int]func(reply []byte)
}

var dialer = websocket.Dialer{ReadBufferSize: 4096, WriteBufferSize: 1024}

// connect opens a connection of somebody.
func (p *place) connect(ctx context.Context, by person, heard func([]byte)) (*socket, error) {
	conn, answer, err := dialer.DialContext(ctx, "ws"+strings.TrimPrefix(p.url, "http")+"/api/v1/socket",
		http.Header{"Authorization": {"Bearer " + by.token}})
	if err != nil {
		if answer != nil {
			answer.Body.Close()
			return nil, fmt.Errorf("connect: %s: %w", answer.Status, err)
		}
		return nil, err
	}
	s := &socket{conn: conn, heard: heard, closed: make(chan struct{}), waiting: map[int]func([]byte){}}
	go s.read()
	reply, err := s.ask(`"connect":{}`)
	if err == nil && !bytes.Contains(reply, []byte(`"connect":`)) {
		err = fmt.Errorf("connect: %.300s", reply)
	}
	if err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

// close ends the connection without a goodbye, as a lost network does, and waits for the reader.
func (s *socket) close() {
	_ = s.conn.Close()
	<-s.closed
}

// send writes a command; answered is called in the reader's goroutine, or never when the connection ends before.
func (s *socket) send(command string, answered func([]byte)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.next++
	s.waiting[s.next] = answered
	return s.conn.WriteMessage(websocket.TextMessage, []byte(`{"id":`+strconv.Itoa(s.next)+`,`+command+`}`))
}

// ask sends a command and waits for its reply.
func (s *socket) ask(command string) ([]byte, error) {
	reply := make(chan []byte, 1)
	if err := s.send(command, func(b []byte) { reply <- bytes.Clone(b) }); err != nil {
		return nil, err
	}
	select {
	case b := <-reply:
		return b, nil
	case <-s.closed:
		return nil, fmt.Errorf("connection ended: %w", s.err)
	}
}

// position is where a client stands in a stream.
type position struct {
	offset int64
	epoch  string
}

// subscribe listens to a conversation, and catches up from a position if there is one. It returns the reply as it
// came, which has what was missed.
func (s *socket) subscribe(conversation string, from *position) (position, []byte, error) {
	command := `"subscribe":{"channel":"c:` + conversation + `"}`
	if from != nil {
		command = fmt.Sprintf(`"subscribe":{"channel":"c:%s","recover":true,"epoch":%q,"offset":%d}`, conversation, from.epoch, from.offset)
	}
	reply, err := s.ask(command)
	if err != nil {
		return position{}, nil, err
	}
	if from != nil { // as the reply is large, only what follows the publications is looked at
		if !bytes.Contains(reply, []byte(`"recovered":true`)) {
			return position{}, reply, fmt.Errorf("not recovered: %.200s", reply)
		}
		return *from, reply, nil
	}
	var answer struct {
		Subscribe *struct {
			Epoch  string `json:"epoch"`
			Offset int64  `json:"offset"`
		} `json:"subscribe"`
	}
	if err := json.Unmarshal(reply, &answer); err != nil || answer.Subscribe == nil {
		return position{}, reply, fmt.Errorf("subscribe: %.300s", reply)
	}
	return position{answer.Subscribe.Offset, answer.Subscribe.Epoch}, reply, nil
}

// post says something; answered gets nil when it is durable.
func (s *socket) post(conversation, body, key string, answered func(error)) error {
	return s.send(`"rpc":{"method":"post","data":{"conversation":"`+conversation+`","body":"`+body+`","key":"`+key+`"}}`, func(reply []byte) {
		if bytes.Contains(reply[:min(len(reply), 32)], []byte(`"error":`)) {
			answered(fmt.Errorf("post: %.300s", reply))
			return
		}
		answered(nil)
	})
}

var pong = []byte("{}")

// read takes what comes until the connection ends. A frame has one reply or several, one in a line.
func (s *socket) read() {
	defer close(s.closed)
	var frame bytes.Buffer
	for {
		_, r, err := s.conn.NextReader()
		if err == nil {
			frame.Reset()
			_, err = frame.ReadFrom(r)
		}
		if err != nil {
			s.err = err
			return
		}
		for rest := frame.Bytes(); len(rest) > 0; {
			var line []byte
			line, rest, _ = bytes.Cut(rest, []byte("\n"))
			if err := s.take(line); err != nil {
				s.err = err
				return
			}
		}
		if frame.Cap() > 64<<10 {
			frame = bytes.Buffer{}
		}
	}
}

func (s *socket) take(line []byte) error {
	switch {
	case len(line) == 0:
	case bytes.Equal(line, pong):
		s.mu.Lock()
		defer s.mu.Unlock()
		return s.conn.WriteMessage(websocket.TextMessage, pong)
	case bytes.HasPrefix(line, []byte(`{"push":`)):
		if bytes.Contains(line[:min(len(line), 64)], []byte(`"disconnect":`)) {
			return fmt.Errorf("sent away: %s", line)
		}
		if s.heard != nil {
			s.heard(line)
		}
	default:
		id, ok := number(line, `{"id":`)
		if !ok {
			return fmt.Errorf("not understood: %.200s", line)
		}
		s.mu.Lock()
		answered := s.waiting[int(id)]
		delete(s.waiting, int(id))
		s.mu.Unlock()
		if answered == nil {
			return errors.New("reply to nothing")
		}
		answered(line)
	}
	return nil
}

// number reads the digits after the first name in b.
func number(b []byte, name string) (n int64, ok bool) {
	i := bytes.Index(b, []byte(name))
	if i < 0 {
		return 0, false
	}
	for _, c := range b[i+len(name):] {
		if c < '0' || c > '9' {
			break
		}
		n, ok = n*10+int64(c-'0'), true
	}
	return n, ok
}

// numbers reads the digits after each name in b.
func numbers(b []byte, name string) (list []int64) {
	for {
		i := bytes.Index(b, []byte(name))
		if i < 0 {
			return list
		}
		b = b[i:]
		n, _ := number(b, name)
		list = append(list, n)
		b = b[len(name):]
	}
}

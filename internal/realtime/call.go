package realtime

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime/debug"
	"sync"

	"github.com/centrifugal/centrifuge"

	"github.com/parley-im/parley/internal/parley"
)

// Handler serves one method of the socket. It is called in the order in which a connection's calls arrive and must not
// block: the connection is not read meanwhile. It calls answer exactly once, at once or later from any goroutine, with
// what is encoded as JSON, or an error that wraps a kind. ctx ends with the connection, which does not undo what was
// accepted. data may be kept.
type Handler func(ctx context.Context, caller Caller, data []byte, answer func(any, error))

// Handle serves calls of method by h; call it before Start.
func (n *Node) Handle(method string, h Handler) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.handlers[method] = h
}

// call runs in the connection's read loop, so order is kept; when too many calls wait for their answer it is not read
// further, which TCP carries back to the sender.
func (n *Node) call(c *conn, e centrifuge.RPCEvent, cb centrifuge.RPCCallback) {
	n.mu.RLock()
	h := n.handlers[e.Method]
	n.mu.RUnlock()
	if h == nil {
		cb(centrifuge.RPCReply{}, centrifuge.ErrorMethodNotFound)
		return
	}
	select {
	case c.slots <- struct{}{}:
	case <-c.ctx.Done():
		cb(centrifuge.RPCReply{}, centrifuge.DisconnectConnectionClosed)
		return
	}
	var once sync.Once
	answer := func(v any, err error) {
		once.Do(func() {
			defer func() { <-c.slots }()
			var data []byte
			if err == nil {
				data, err = json.Marshal(v)
			}
			if err != nil {
				cb(centrifuge.RPCReply{}, n.problem(e.Method, err))
				return
			}
			cb(centrifuge.RPCReply{Data: data}, nil)
		})
	}
	defer func() {
		if p := recover(); p != nil {
			answer(nil, fmt.Errorf("panic in %s: %v\n%s", e.Method, p, debug.Stack()))
		}
	}()
	h(context.WithValue(c.ctx, connKey{}, c), c.caller, e.Data, answer)
}

type connKey struct{}

// decode reads a call's data. The error wraps ErrInvalid.
func decode(data []byte, into any) error {
	if err := json.Unmarshal(data, into); err != nil {
		return fmt.Errorf("not the JSON of this method: %w: %w", err, parley.ErrInvalid)
	}
	return nil
}

package realtime_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/centrifugal/centrifuge-go"

	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/realtime"
)

func TestCallsOfOneConnectionArriveInOrderAndMayBeAnsweredLater(t *testing.T) {
	var mu sync.Mutex
	var came []int
	var waiting []func()
	s := start(t, realtime.Options{}, house(newTable()), func(n *realtime.Node) {
		n.Handle("post", func(_ context.Context, _ realtime.Caller, data []byte, answer func(any, error)) {
			mu.Lock()
			defer mu.Unlock()
			var i int
			_ = json.Unmarshal(data, &i)
			came = append(came, i)
			waiting = append(waiting, func() { answer(i, nil) })
			if len(waiting) == 50 { // like a group commit: many at once, from elsewhere
				group := waiting
				waiting = nil
				go func() {
					for k := len(group) - 1; k >= 0; k-- {
						group[k]()
					}
				}()
			}
		})
	})
	r := dialRaw(t, s.url, parley.NewID())
	for i := range 1000 {
		r.send(t, fmt.Sprintf(`{"id":%d,"rpc":{"method":"post","data":%d}}`, i+2, i))
	}
	for range 1000 {
		reply := r.reply(t)
		if want := fmt.Sprint(reply.ID - 2); reply.Error != nil || string(reply.RPC.Data) != want {
			t.Fatalf("call %d: %s, %v", reply.ID, reply.RPC.Data, reply.Error)
		}
	}
	for i, got := range came {
		if got != i {
			t.Fatalf("call %d came at place %d", got, i)
		}
	}
}

func TestAnErrorHasTheCodeOfItsKind(t *testing.T) {
	kinds := map[string]error{"1001": parley.ErrUnknown, "1003": parley.ErrForbidden, "1004": parley.ErrNotFound, "1009": parley.ErrConflict, "1022": parley.Invalid("body", "too_long", "too long"), "1029": parley.ErrLimited, "1053": parley.ErrUnavailable, "1000": errors.New("of no kind")}
	s := start(t, realtime.Options{}, house(newTable()), func(n *realtime.Node) {
		n.Handle("fail", func(_ context.Context, _ realtime.Caller, data []byte, answer func(any, error)) {
			var k string
			_ = json.Unmarshal(data, &k)
			answer(nil, fmt.Errorf("doing: %w", kinds[k]))
		})
		n.Handle("panic", func(context.Context, realtime.Caller, []byte, func(any, error)) { panic("a defect") })
	})
	c := connect(t, s.url, parley.NewID()).connected(t)
	code := func(method, data string) uint32 {
		_, err := c.RPC(t.Context(), method, []byte(data))
		var e *centrifuge.Error
		if !errors.As(err, &e) {
			t.Fatalf("%s: %v", method, err)
		}
		return e.Code
	}
	for k := range kinds {
		if got := fmt.Sprint(code("fail", `"`+k+`"`)); got != k {
			t.Errorf("got %s, want %s", got, k)
		}
	}
	if got := code("panic", "{}"); got != 1000 {
		t.Errorf("panic: %d", got)
	}
	if got := code("nonsense", "{}"); got != 104 {
		t.Errorf("unknown method: %d", got)
	}
	if got := code("watch", `{"people":["?"]}`); got != 1022 {
		t.Errorf("bad data: %d", got)
	}
	if got := code("active", `{"state":"asleep"}`); got != 1022 {
		t.Errorf("bad state: %d", got)
	}
}

func TestAFloodOfCallsIsHeldBack(t *testing.T) {
	const most, calls = 4, 20
	var open, highest atomic.Int64
	waiting := make(chan func(any, error), calls)
	s := start(t, realtime.Options{InFlight: most}, house(newTable()), func(n *realtime.Node) {
		n.Handle("post", func(_ context.Context, _ realtime.Caller, _ []byte, answer func(any, error)) {
			if n := open.Add(1); n > highest.Load() { // calls of one connection come one after the other
				highest.Store(n)
			}
			waiting <- answer
		})
	})
	r := dialRaw(t, s.url, parley.NewID())
	for i := range calls {
		r.send(t, fmt.Sprintf(`{"id":%d,"rpc":{"method":"post","data":{}}}`, i+2))
	}
	for answered := 0; answered < calls; answered += most {
		var group []func(any, error)
		for range most { // so many come before one is answered
			group = append(group, <-waiting)
		}
		for _, answer := range group {
			open.Add(-1)
			answer("x", nil)
			answer("twice", nil) // the first counts
		}
	}
	if highest.Load() != most {
		t.Errorf("%d calls were open at once", highest.Load())
	}
	for range calls {
		if reply := r.reply(t); string(reply.RPC.Data) != `"x"` {
			t.Fatalf("answered %s", reply.RPC.Data)
		}
	}
}

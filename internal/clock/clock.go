// Package clock is the time of a server whose days are to pass faster: the machine's, ahead by as much as it was moved.
// Only `parley demo` and tests move it.
package clock

import (
	"sync"
	"sync/atomic"
	"time"
)

// Clock is a time that can be moved forward. The zero value is the machine's.
type Clock struct {
	ahead atomic.Int64

	mu    sync.Mutex
	moved []func()
}

// Now returns the time.
func (c *Clock) Now() time.Time { return time.Now().Add(time.Duration(c.ahead.Load())) }

// Forward moves the time ahead by d, and tells whoever waits for it.
func (c *Clock) Forward(d time.Duration) {
	c.ahead.Add(int64(max(d, 0)))
	c.mu.Lock()
	moved := c.moved
	c.mu.Unlock()
	for _, f := range moved {
		f()
	}
}

// OnMove has f called after each move.
func (c *Clock) OnMove(f func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.moved = append(c.moved, f)
}

package identity

import (
	"fmt"
	"net/netip"
	"sync"
	"time"

	"github.com/parley-im/parley/internal/parley"
)

// How often a secret may be tried in vain before one has to wait. The wait begins with a second and doubles with each
// further failure. Counts are kept in memory, by process, and are forgotten after a day without a failure.
const (
	failuresOfAccount = 5                // of one e-mail address
	failuresOfPlace   = 20               // of one IPv4 address, or one IPv6 network of 64 bits
	longestOfAccount  = 15 * time.Minute // somebody else's guessing must not lock people out for long; passkeys never are
	longestOfPlace    = time.Hour
	failuresForgotten = 24 * time.Hour
	failuresKept      = 100_000 // keys
)

// LimitedError says that something was tried too often, and when it may be tried again. It wraps parley.ErrLimited.
type LimitedError struct {
	After time.Duration
}

func (e *LimitedError) Error() string {
	return fmt.Sprintf("tried too often: try again in %s", e.After.Round(time.Second))
}

// Unwrap returns parley.ErrLimited.
func (e *LimitedError) Unwrap() error { return parley.ErrLimited }

// throttle makes those wait who fail too often.
type throttle struct {
	allowed int
	longest time.Duration
	clock   func() time.Time

	mu   sync.Mutex
	keys map[string]*failures
}

type failures struct {
	count  int
	latest time.Time
	until  time.Time
}

func newThrottle(allowed int, longest time.Duration, clock func() time.Time) *throttle {
	return &throttle{allowed: allowed, longest: longest, clock: clock, keys: map[string]*failures{}}
}

// attempt counts a failure in advance, so that a hundred guesses at once are a hundred. Who succeeds is forgiven.
func (t *throttle) attempt(key string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.clock()
	f := t.keys[key]
	if f == nil || now.Sub(f.latest) > failuresForgotten {
		t.makeRoom(now)
		f = &failures{}
		t.keys[key] = f
	}
	if now.Before(f.until) {
		return &LimitedError{f.until.Sub(now)}
	}
	f.count++
	f.latest = now
	if over := f.count - t.allowed; over >= 0 {
		f.until = now.Add(min(t.longest, time.Second<<min(over, 20)))
	}
	return nil
}

// forgive forgets the failures of key.
func (t *throttle) forgive(key string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.keys, key)
}

// refund takes one attempt back that was none.
func (t *throttle) refund(key string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if f := t.keys[key]; f != nil {
		f.count = max(0, f.count-1)
		f.until = time.Time{}
	}
}

// makeRoom forgets those who do not wait when there are too many, then anybody.
func (t *throttle) makeRoom(now time.Time) {
	if len(t.keys) < failuresKept {
		return
	}
	for key, f := range t.keys {
		if now.After(f.until) {
			delete(t.keys, key)
		}
	}
	for key := range t.keys {
		if len(t.keys) < failuresKept {
			return
		}
		delete(t.keys, key)
	}
}

// place is what counts as one origin of guesses.
func place(ip string) string {
	a, err := netip.ParseAddr(ip)
	if err != nil {
		return ip
	}
	if a = a.Unmap().WithZone(""); a.Is6() {
		if net, err := a.Prefix(64); err == nil {
			return net.String()
		}
	}
	return a.String()
}

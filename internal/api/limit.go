package api

import (
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/parley"
)

// limitersKept is how many keys a Limiter remembers; when there are more, those that are at rest are forgotten.
const limitersKept = 20_000

// Limiter lets each key do a number of things a second on average, and more at once for a short while.
type Limiter struct {
	every rate.Limit
	burst int
	mu    sync.Mutex
	keys  map[string]*rate.Limiter
}

// NewLimiter returns a Limiter. A rate below 0 has no limit.
func NewLimiter(perSecond float64, burst int) *Limiter {
	return &Limiter{every: rate.Limit(perSecond), burst: burst, keys: map[string]*rate.Limiter{}}
}

// Wait takes one of what key may do, and returns 0; or takes none, and returns after how long there is one.
func (l *Limiter) Wait(key string) time.Duration {
	if l.every < 0 {
		return 0
	}
	now := time.Now()
	r := l.of(key, now).ReserveN(now, 1)
	if !r.OK() {
		return time.Second
	}
	wait := r.DelayFrom(now)
	if wait > 0 {
		r.CancelAt(now)
	}
	return wait
}

func (l *Limiter) of(key string, now time.Time) *rate.Limiter {
	l.mu.Lock()
	defer l.mu.Unlock()
	one := l.keys[key]
	if one != nil {
		return one
	}
	if len(l.keys) >= limitersKept {
		for k, idle := range l.keys {
			if idle.TokensAt(now) >= float64(l.burst) {
				delete(l.keys, k)
			}
		}
	}
	one = rate.NewLimiter(l.every, l.burst)
	l.keys[key] = one
	return one
}

// Spend counts one change by a person that came another way than HTTP. The error is a *identity.LimitedError.
func (a *API) Spend(person parley.ID) error {
	if wait := a.writes.Wait(person.String()); wait > 0 {
		return &identity.LimitedError{After: wait}
	}
	return nil
}

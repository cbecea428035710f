package main

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"
)

// race follows messages from their writer to all members of a room.
type race struct {
	members int32
	began   time.Time
	slots   chan struct{}
	sent    []int64        // nanoseconds since began, by number
	left    []atomic.Int32 // members who do not have it yet
	all     []atomic.Int64 // nanoseconds since began, when the last member had it
	acked   atomic.Int64
	lastAck atomic.Int64 // nanoseconds since began
	whole   atomic.Int64 // messages that all have
	failed  chan error
}

// newRace makes a race of messages 1, 2, 3 ... with so many in flight.
func newRace(members, window int, time time.Duration) *race {
	const fastest = 20_000 // messages in a second, for room in the lists
	n := int(time.Seconds()*fastest) + 1
	return &race{
		members: int32(members), slots: make(chan struct{}, window), sent: make([]int64, n),
		left: make([]atomic.Int32, n), all: make([]atomic.Int64, n), failed: make(chan error, 1),
	}
}

// result is what a race measured.
type result struct {
	messages  int64
	perSecond float64
	latencies series // milliseconds from sending until the last member had it
}

// run sends for so long, and waits until everybody has everything.
func (r *race) run(ctx context.Context, duration time.Duration, send func(n int64) error) (result, error) {
	r.began = time.Now()
	n := int64(0)
	for time.Since(r.began) < duration && int(n)+1 < len(r.sent) {
		select {
		case r.slots <- struct{}{}:
		case err := <-r.failed:
			return result{}, err
		case <-ctx.Done():
			return result{}, ctx.Err()
		}
		n++
		r.left[n].Add(r.members)
		r.sent[n] = int64(time.Since(r.began))
		if err := send(n); err != nil {
			return result{}, err
		}
	}
	for deadline := time.Now().Add(30 * time.Second); r.whole.Load() < n || r.acked.Load() < n; time.Sleep(time.Millisecond) {
		select {
		case err := <-r.failed:
			return result{}, err
		default:
		}
		if time.Now().After(deadline) {
			return result{}, fmt.Errorf("of %d messages %d were accepted, %d came to all", n, r.acked.Load(), r.whole.Load())
		}
	}
	res := result{messages: n, perSecond: float64(n) / time.Duration(r.lastAck.Load()).Seconds()}
	for i := int64(1); i <= n; i++ {
		res.latencies = append(res.latencies, inMillis(time.Duration(r.all[i].Load()-r.sent[i])))
	}
	return res, nil
}

// accepted frees a place in the window.
func (r *race) accepted() {
	r.lastAck.Store(int64(time.Since(r.began)))
	r.acked.Add(1)
	<-r.slots
}

// arrived is told by each member of each message.
func (r *race) arrived(n int64) {
	if n <= 0 || int(n) >= len(r.left) {
		return
	}
	switch left := r.left[n].Add(-1); {
	case left == 0:
		r.all[n].Store(int64(time.Since(r.began)))
		r.whole.Add(1)
	case left < 0:
		r.fail(fmt.Errorf("message %d came twice", n))
	}
}

func (r *race) fail(err error) {
	if err == nil {
		err = errors.New("unknown")
	}
	select {
	case r.failed <- err:
	default:
	}
}

// repeat measures several times and gathers what came out.
func repeat(rounds int, measure func() (result, error)) (rates, p50, p99 series, messages int64, err error) {
	for range rounds {
		res, err := measure()
		if err != nil {
			return nil, nil, nil, 0, err
		}
		rates, messages = append(rates, res.perSecond), messages+res.messages
		p50, p99 = append(p50, res.latencies.at(0.5)), append(p99, res.latencies.at(0.99))
	}
	return rates, p50, p99, messages, nil
}

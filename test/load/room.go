package main

import (
	"context"
	"fmt"
	"strconv"
	"sync/atomic"
	"time"
)

// hall is a room of Parley with its connected members and a writer.
type hall struct {
	place   *place
	channel string
	members []*socket
	writer  *socket
	race    atomic.Pointer[race]
	run     int
}

// hall makes the room and connects everybody.
func (b *bench) hall(ctx context.Context, name string) (*hall, error) {
	p, err := b.open(ctx, name)
	if err != nil {
		return nil, err
	}
	h := &hall{place: p}
	err = h.fill(ctx, b.members)
	if err != nil {
		h.close()
	}
	return h, err
}

func (h *hall) fill(ctx context.Context, members int) error {
	people, err := h.place.people(ctx, members+1)
	if err != nil {
		return err
	}
	if h.channel, err = h.place.channel(ctx, "hall", people); err != nil {
		return err
	}
	h.members = make([]*socket, members)
	err = atOnce(members, 16, func(i int) (err error) {
		if h.members[i], err = h.place.connect(ctx, people[i], h.heard); err == nil {
			_, _, err = h.members[i].subscribe(h.channel, nil)
		}
		return err
	})
	if err != nil {
		return err
	}
	h.writer, err = h.place.connect(ctx, people[members], nil)
	return err
}

func (h *hall) heard(push []byte) {
	if r := h.race.Load(); r != nil {
		if n, ok := number(push, `"body":"`+marker); ok {
			r.arrived(n)
		}
	}
}

// measure lets the writer write, with so many messages in flight.
func (h *hall) measure(ctx context.Context, window int, duration time.Duration) (result, error) {
	before, err := h.place.lastSeq(ctx, h.channel)
	if err != nil {
		return result{}, err
	}
	r := newRace(len(h.members), window, duration)
	h.race.Store(r)
	h.run++
	key := strconv.Itoa(h.run) + "-"
	res, err := r.run(ctx, duration, func(n int64) error {
		return h.writer.post(h.channel, body(n), key+strconv.FormatInt(n, 10), func(err error) {
			if err != nil {
				r.fail(err)
				return
			}
			r.accepted()
		})
	})
	if err != nil {
		return res, err
	}
	after, err := h.place.lastSeq(ctx, h.channel)
	if err == nil && after-before != res.messages {
		err = fmt.Errorf("%d messages were accepted, %d are there", res.messages, after-before)
	}
	return res, err
}

// costs measures and says what one message cost the server.
func (p *place) costs(ctx context.Context, b *bench, measure func() (result, error)) (rates, p50, p99, cpu series, messages int64, err error) {
	for range b.rounds {
		before, err := p.worked(ctx)
		if err != nil {
			return nil, nil, nil, nil, 0, err
		}
		res, err := measure()
		if err != nil {
			return nil, nil, nil, nil, 0, err
		}
		after, err := p.worked(ctx)
		if err != nil {
			return nil, nil, nil, nil, 0, err
		}
		rates, messages = append(rates, res.perSecond), messages+res.messages
		p50, p99 = append(p50, res.latencies.at(0.5)), append(p99, res.latencies.at(0.99))
		cpu = append(cpu, (after-before)/float64(max(res.messages, 1))*1e6)
	}
	return rates, p50, p99, cpu, messages, nil
}

func (h *hall) close() {
	for _, m := range h.members {
		if m != nil {
			m.close()
		}
	}
	if h.writer != nil {
		h.writer.close()
	}
	h.place.stop()
}

// measureRoom is one room: 100 connected members, 32 messages in flight.
func measureRoom(ctx context.Context, b *bench) error {
	h, err := b.hall(ctx, "room")
	if err != nil {
		return err
	}
	defer h.close()
	rates, p50, p99, cpu, _, err := h.place.costs(ctx, b, func() (result, error) { return h.measure(ctx, 32, b.seconds) })
	if err != nil {
		return err
	}
	what := fmt.Sprintf("one room, %d members, 32 in flight: ", b.members)
	b.report.add(what+"accepted", rates, perSecond, "2,500/s", "3,105/s")
	b.report.add(what+"p50 to all members", p50, ms, "", "9 ms")
	b.report.add(what+"p99 to all members", p99, ms, "", "27 ms")
	b.report.add(what+"processor time of the server for one", cpu, micros, "", "")
	return nil
}

// measureSingle is the same room, one message at a time: each waits for the acknowledgement of the one before.
func measureSingle(ctx context.Context, b *bench) error {
	h, err := b.hall(ctx, "single")
	if err != nil {
		return err
	}
	defer h.close()
	rates, p50, p99, cpu, _, err := h.place.costs(ctx, b, func() (result, error) { return h.measure(ctx, 1, b.seconds) })
	if err != nil {
		return err
	}
	what := fmt.Sprintf("one room, %d members, one at a time: ", b.members)
	b.report.add(what+"accepted", rates, perSecond, "700/s", "386/s")
	b.report.add(what+"p50 to all members", p50, ms, "", "")
	b.report.add(what+"p99 to all members", p99, ms, "", "")
	b.report.add(what+"processor time of the server for one", cpu, micros, "", "")
	return nil
}

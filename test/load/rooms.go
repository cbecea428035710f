package main

import (
	"context"
	"fmt"
	"strconv"
	"sync"
	"time"
)

const (
	senders = 256
	rooms   = 50
)

// measureRooms has many people write in many rooms, each waiting for the acknowledgement of what they wrote.
func measureRooms(ctx context.Context, b *bench) error {
	p, err := b.open(ctx, "rooms")
	if err != nil {
		return err
	}
	defer p.stop()
	people, err := p.people(ctx, senders)
	if err != nil {
		return err
	}
	var channels [rooms]string
	err = atOnce(rooms, 8, func(i int) (err error) {
		var in []person
		for j := i; j < senders; j += rooms {
			in = append(in, people[j])
		}
		channels[i], err = p.channel(ctx, "room "+strconv.Itoa(i), in)
		return err
	})
	if err != nil {
		return err
	}
	sockets := make([]*socket, senders)
	defer func() {
		for _, s := range sockets {
			if s != nil {
				s.close()
			}
		}
	}()
	err = atOnce(senders, 16, func(i int) (err error) {
		if sockets[i], err = p.connect(ctx, people[i], nil); err == nil {
			_, _, err = sockets[i].subscribe(channels[i%rooms], nil)
		}
		return err
	})
	if err != nil {
		return err
	}
	run := 0
	rates, p50, p99, cpu, messages, err := p.costs(ctx, b, func() (result, error) {
		run++
		return talk(ctx, sockets, channels[:], run, b.seconds)
	})
	if err != nil {
		return err
	}
	var there int64
	for _, c := range channels {
		n, err := p.lastSeq(ctx, c)
		if err != nil {
			return err
		}
		there += n - 1 // that it was created
	}
	if there != messages {
		return fmt.Errorf("%d messages were accepted, %d are there", messages, there)
	}
	what := fmt.Sprintf("%d senders over %d rooms: ", senders, rooms)
	b.report.add(what+"durable posts", rates, perSecond, "5,000/s", "")
	b.report.add(what+"p50 to the acknowledgement", p50, ms, "", "")
	b.report.add(what+"p99 to the acknowledgement", p99, ms, "", "")
	b.report.add(what+"processor time of the server for one", cpu, micros, "", "")
	return nil
}

// talk lets every socket post for so long, one message after the other.
func talk(ctx context.Context, sockets []*socket, channels []string, run int, duration time.Duration) (res result, err error) {
	var mu sync.Mutex
	began := time.Now()
	err = atOnce(len(sockets), len(sockets), func(i int) error {
		var mine series
		acked := make(chan error, 1)
		for n := int64(1); time.Since(began) < duration && ctx.Err() == nil; n++ {
			sent := time.Now()
			key := fmt.Sprintf("%d-%d", run, n)
			if err := sockets[i].post(channels[i%len(channels)], body(n), key, func(err error) { acked <- err }); err != nil {
				return err
			}
			select {
			case err := <-acked:
				if err != nil {
					return err
				}
			case <-sockets[i].closed:
				return sockets[i].err
			}
			mine = append(mine, inMillis(time.Since(sent)))
		}
		mu.Lock()
		defer mu.Unlock()
		res.latencies = append(res.latencies, mine...)
		return nil
	})
	res.messages = int64(len(res.latencies))
	res.perSecond = float64(res.messages) / time.Since(began).Seconds()
	return res, err
}

package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/parley-im/parley/internal/conversation"
	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

// measurePage opens pages of 50 messages anywhere in the long room, over HTTP and without it.
func measurePage(ctx context.Context, b *bench) error {
	h, err := b.past(ctx)
	if err != nil {
		return err
	}
	const pages = 500
	random := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // no secret
	p, err := b.openAt(ctx, h.folder)
	if err != nil {
		return err
	}
	var p50, p99 series
	for range b.rounds {
		took, err := timed(pages, func() error {
			var page struct {
				Messages []struct {
					Seq int64 `json:"seq"`
				} `json:"messages"`
			}
			path := fmt.Sprintf("/conversations/%s/messages?limit=50&before=%d", h.Long, 51+random.IntN(b.history-50))
			err := p.call(ctx, h.Few.as(), http.MethodGet, path, nil, &page)
			if err == nil && len(page.Messages) != 50 {
				err = fmt.Errorf("%d messages in a page of 50", len(page.Messages))
			}
			return err
		})
		if err != nil {
			p.stop()
			return err
		}
		p50, p99 = append(p50, took.at(0.5)), append(p99, took.at(0.99))
	}
	p.stop()
	what := fmt.Sprintf("page of 50 anywhere in a room of %s: ", thousands(float64(b.history)))
	b.report.add(what+"p50 over HTTP", p50, ms, "", "")
	b.report.add(what+"p99 over HTTP", p99, ms, "5 ms", "")
	took, err := h.pages(ctx, pages*b.rounds, b.history)
	if err != nil {
		return err
	}
	b.report.put(row{what: what + "p50 in Go", value: ms(took.at(0.5))})
	b.report.put(row{what: what + "p99 in Go", value: ms(took.at(0.99))})
	return nil
}

// pages measures without HTTP and JSON.
func (h *past) pages(ctx context.Context, n, history int) (series, error) {
	quiet := slog.New(slog.NewTextHandler(io.Discard, nil))
	db, err := store.Open(ctx, store.Options{Dir: h.folder, Logger: quiet})
	if err != nil {
		return nil, err
	}
	defer db.Close() //nolint:errcheck // the folder goes with it
	people, err := identity.New(ctx, identity.Options{DB: db, Logger: quiet})
	if err != nil {
		return nil, err
	}
	service := conversation.New(conversation.Options{DB: db, Live: nobody{}, Rules: people, Logger: quiet})
	id, err := parley.ParseID(h.Few.ID)
	if err != nil {
		return nil, err
	}
	reader, err := people.Find(ctx, id)
	if err != nil {
		return nil, err
	}
	room, err := parley.ParseID(h.Long)
	if err != nil {
		return nil, err
	}
	random := rand.New(rand.NewPCG(3, 4)) //nolint:gosec // no secret
	return timed(n, func() error {
		_, err := service.Messages(ctx, reader, room, conversation.Range{Before: int64(51 + random.IntN(history-50)), Limit: 50})
		return err
	})
}

// timed does something n times, one after the other, and returns how long each took, in milliseconds.
func timed(n int, do func() error) (took series, err error) {
	for range n {
		began := time.Now()
		if err := do(); err != nil {
			return nil, err
		}
		took = append(took, inMillis(time.Since(began)))
	}
	return took, nil
}

// kind is a way to search.
type kind struct {
	name  string
	query func(r *rand.Rand) string
}

func kinds(h *past) []kind {
	common := func(r *rand.Rand) string { return word(r.Uint64N(20)) }
	usual := func(r *rand.Rand) string { return word(100 + r.Uint64N(2000)) }
	rare := func(r *rand.Rand) string { return word(15_000 + r.Uint64N(5000)) }
	return []kind{
		{"a common word", func(r *rand.Rand) string { return common(r) + " " }},
		{"a rare word", func(r *rand.Rand) string { return rare(r) + " " }},
		{"two usual words", func(r *rand.Rand) string { return usual(r) + " " + usual(r) + " " }},
		{"the begin of a word", func(r *rand.Rand) string { return usual(r)[:2+r.IntN(2)] }},
		{"a word and the begin of one", func(r *rand.Rand) string { return common(r) + " " + usual(r)[:3] }},
		{"a phrase of common words", func(r *rand.Rand) string { return `"` + common(r) + " " + common(r) + `"` }},
		{"from: and a word", func(r *rand.Rand) string {
			return "from:@" + h.Authors[r.IntN(authors)].Handle + " " + usual(r) + " "
		}},
		{"in: and a word", func(r *rand.Rand) string { return "in:#side-" + strconv.Itoa(r.IntN(fewRooms)) + " " + common(r) + " " }},
		{"has:link", func(*rand.Rand) string { return "has:link " }},
		{"before: and a word", func(r *rand.Rand) string {
			return "before:" + time.Now().AddDate(0, -r.IntN(10), 0).Format(time.DateOnly) + " " + common(r) + " "
		}},
	}
}

// measureSearch searches a million messages, for somebody in ten conversations and somebody in all.
func measureSearch(ctx context.Context, b *bench) error {
	h, err := b.past(ctx)
	if err != nil {
		return err
	}
	p, err := b.openAt(ctx, h.folder)
	if err != nil {
		return err
	}
	defer p.stop()
	for _, who := range []struct {
		what string
		as   person
	}{{fmt.Sprintf("somebody in %d conversations", fewRooms+1), h.Few.as()}, {fmt.Sprintf("somebody in %d", sideRooms+1), h.Many.as()}} {
		random := rand.New(rand.NewPCG(5, 6)) //nolint:gosec // no secret
		var all series
		var slowest []string
		for _, k := range kinds(h) {
			took, err := timed(20*b.rounds, func() error {
				return p.call(ctx, who.as, http.MethodGet, "/search?q="+url.QueryEscape(k.query(random)), nil, nil)
			})
			if err != nil {
				return err
			}
			all = append(all, took...)
			slowest = append(slowest, fmt.Sprintf("%s %s/%s", k.name, ms(took.at(0.5)), ms(took.at(0.95))))
		}
		what := fmt.Sprintf("search of %s messages, %s: ", thousands(float64(b.history+sideRooms*sideMessages)), who.what)
		b.report.put(row{what: what + "p50", value: ms(all.at(0.5))})
		b.report.put(row{what: what + "p95", value: ms(all.at(0.95)), aim: "100 ms"})
		b.report.note("Search, %s, p50/p95 of each kind: %s.", who.what, strings.Join(slowest, ", "))
	}
	return nil
}

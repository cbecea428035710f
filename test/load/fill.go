package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/parley-im/parley/internal/conversation"
	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

const (
	sideRooms    = 400 // beside the long one
	sideMessages = 250 // in each of them
	authors      = 40
	fewRooms     = 9 // beside the long one, that somebody is in who is in few
	vocabulary   = 20_000
	fillers      = 4
)

// past is a Parley with a long history, kept between runs.
type past struct {
	Long    string   `json:"long"`  // the conversation of a million
	Rooms   []string `json:"rooms"` // the others
	Authors []person `json:"authors"`
	Few     kept     `json:"few"`  // is in ten conversations
	Many    kept     `json:"many"` // is in all
	folder  string
}

// kept is a person with their session.
type kept struct {
	person
	Token string `json:"token"`
}

func (k kept) as() person {
	p := k.person
	p.token = k.Token
	return p
}

// past returns the filled Parley, and fills it when it is not there.
func (b *bench) past(ctx context.Context) (*past, error) {
	folder := filepath.Join(b.dir, "history-"+strconv.Itoa(b.history))
	h := &past{folder: folder}
	text, err := os.ReadFile(filepath.Join(folder, "filled"))
	if err == nil {
		return h, json.Unmarshal(text, h)
	}
	if !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	if err := os.RemoveAll(folder); err != nil { // one that was not finished
		return nil, err
	}
	fmt.Printf("   filling %s with %s messages, once\n", folder, thousands(float64(b.history+sideRooms*sideMessages)))
	began := time.Now()
	if err := h.found(ctx, b); err != nil {
		return nil, err
	}
	if err := h.fill(ctx, b.history); err != nil {
		return nil, err
	}
	fmt.Printf("   filled in %s\n", time.Since(began).Round(time.Second))
	if text, err = json.Marshal(h); err != nil {
		return nil, err
	}
	return h, os.WriteFile(filepath.Join(folder, "filled"), text, 0o600)
}

// found makes the people and the rooms, over the public interface.
func (h *past) found(ctx context.Context, b *bench) error {
	p, err := b.openAt(ctx, h.folder)
	if err != nil {
		return err
	}
	defer p.stop()
	all, err := p.people(ctx, authors+2)
	if err != nil {
		return err
	}
	h.Few, h.Many = kept{all[authors], all[authors].token}, kept{all[authors+1], all[authors+1].token}
	h.Authors = all[:authors]
	if h.Long, err = p.channel(ctx, "long", all); err != nil {
		return err
	}
	h.Rooms = make([]string, sideRooms)
	return atOnce(sideRooms, 8, func(i int) (err error) {
		in := append([]person{all[authors+1]}, all[:authors]...)
		if i < fewRooms {
			in = all
		}
		h.Rooms[i], err = p.channel(ctx, "side-"+strconv.Itoa(i), in)
		return err
	})
}

// fill brings the messages in by the verb that every mode uses, past the interface: a million over HTTP would take
// longer than all measurements.
func (h *past) fill(ctx context.Context, n int) error {
	quiet := slog.New(slog.NewTextHandler(io.Discard, nil))
	db, err := store.Open(ctx, store.Options{Dir: h.folder, Group: 2048, Logger: quiet})
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // the folder goes with it
	people, err := identity.New(ctx, identity.Options{DB: db, Logger: quiet})
	if err != nil {
		return err
	}
	total := n + sideRooms*sideMessages
	var said atomic.Int64
	service := conversation.New(conversation.Options{DB: db, Live: nobody{}, Rules: people, Logger: quiet, Clock: func() time.Time {
		return time.Now().Add(-time.Duration(total-int(said.Add(1))) * 30 * time.Second) // a year ago until now
	}})
	by := make([]parley.Person, authors)
	for i, a := range h.Authors {
		id, err := parley.ParseID(a.ID)
		if err != nil {
			return err
		}
		if by[i], err = people.Find(ctx, id); err != nil {
			return err
		}
	}
	var next atomic.Int64
	return atOnce(fillers, fillers, func(worker int) error {
		random := rand.New(rand.NewPCG(uint64(worker), 7)) //nolint:gosec // no secret
		words := rand.NewZipf(random, 1.1, 8, vocabulary-1)
		for {
			var waits []func() (conversation.Posted, error)
			for range 1024 {
				i := int(next.Add(1)) - 1
				if i >= total {
					break
				}
				room, err := parley.ParseID(h.room(i, n))
				if err != nil {
					return err
				}
				waits = append(waits, service.Enqueue(ctx, by[random.IntN(authors)], conversation.Draft{
					Conversation: room, Body: sentence(random, words), Via: parley.ViaApp,
				}))
			}
			if len(waits) == 0 {
				return ctx.Err()
			}
			for _, wait := range waits {
				if _, err := wait(); err != nil {
					return err
				}
			}
		}
	})
}

// room spreads the messages of the side rooms evenly among those of the long one.
func (h *past) room(i, n int) string {
	every := n/(sideRooms*sideMessages) + 1
	if i%every == 0 && i/every < sideRooms*sideMessages {
		return h.Rooms[(i/every)%sideRooms]
	}
	return h.Long
}

// sentence says 4 to 30 words, a few with a link.
func sentence(random *rand.Rand, words *rand.Zipf) string {
	var b strings.Builder
	for i := range 4 + random.IntN(27) {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(word(words.Uint64()))
	}
	if random.IntN(50) == 0 {
		b.WriteString(" https://example.org/" + word(words.Uint64()))
	}
	return b.String()
}

// word returns the word with that rank: the common ones are short.
func word(rank uint64) string {
	const consonants, vowels = "bdfgklmnprstvz", "aeiou"
	var b strings.Builder
	for n := rank + 14*5; n > 0; n /= 14 * 5 {
		b.WriteByte(consonants[n%14])
		b.WriteByte(vowels[n/14%5])
	}
	return b.String()
}

// nobody is connected while the history is brought in.
type nobody struct{}

func (nobody) Publish(string, uint64, parley.Event)   {}
func (nobody) Touch(parley.Activity, []parley.ID)     {}
func (nobody) MembersChanged(parley.ID, ...parley.ID) {}

var _ conversation.Live = nobody{}

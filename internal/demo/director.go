package demo

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/parley-im/parley/internal/conversation"
	"github.com/parley-im/parley/internal/parley"
)

// own begins the keys of what the director says, so that it knows a visitor's words from its own.
const own = "demo-"

// exchange is a few messages that belong together and are said while somebody looks on.
type exchange struct {
	in      string // name of the channel
	sayings []saying
}

// readExchanges reads live.md: a section for each message, those of one channel after a section "in NAME".
func readExchanges() ([]exchange, error) {
	d, err := read("live.md")
	if err != nil {
		return nil, err
	}
	var all []exchange
	for n, s := range d.sections {
		if name, ok := strings.CutPrefix(s.heading, "in "); ok {
			all = append(all, exchange{in: name})
			continue
		}
		m, err := s.saying(d.name, n)
		if err != nil {
			return nil, err
		}
		if len(all) == 0 {
			return nil, fmt.Errorf("live.md: %s speaks nowhere", m.author)
		}
		last := &all[len(all)-1]
		last.sayings = append(last.sayings, m)
	}
	return all, nil
}

// director lets people speak while somebody looks on, and answer who speaks to them. One goroutine each does so.
type director struct {
	d         *Demo
	channels  map[string]parley.ID
	exchanges []exchange
	answers   map[string][]string
	said      chan parley.Message
	pace      time.Duration // the shortest pause between two messages; the longest is four times that
}

// hear takes what anybody has said; it is conversation.Hooks.Said and must be quick.
func (r *director) hear(m parley.Message) {
	if m.Kind != parley.Text || strings.HasPrefix(m.Key, own) || m.Via != parley.ViaApp {
		return
	}
	select {
	case r.said <- m:
	default: // more than anybody could answer
	}
}

// play says the exchanges, those first whose people are awake, each once; then it leaves the stage to the visitors.
func (r *director) play(ctx context.Context) {
	left := slices.Clone(r.exchanges)
	rand.Shuffle(len(left), func(i, j int) { left[i], left[j] = left[j], left[i] }) //nolint:gosec // who speaks is no secret
	for len(left) > 0 && r.wait(ctx, r.pause()) {
		i := max(0, slices.IndexFunc(left, r.awake))
		for n, m := range left[i].sayings {
			if n > 0 && !r.wait(ctx, r.pause()) {
				return
			}
			if r.d.played(m.author) { // a visitor has their part
				break
			}
			if err := r.speak(ctx, r.channels[left[i].in], m); err != nil {
				r.d.log.Info("demo.said_nothing", "author", m.author, "error", err)
				break
			}
		}
		left = slices.Delete(left, i, i+1)
	}
}

func (r *director) pause() time.Duration {
	return r.pace + time.Duration(rand.Float64()*float64(3*r.pace)) //nolint:gosec // nothing secret hangs on it
}

// awake says whether it is day for all who speak.
func (r *director) awake(e exchange) bool {
	for _, m := range e.sayings {
		p := r.d.by[m.author]
		if hour := r.d.parts.Clock.Now().In(p.zone).Hour(); p.Kind == parley.Human && (hour < 7 || hour >= 22) || r.d.played(m.author) {
			return false
		}
	}
	return true
}

// wait says false when ctx has ended meanwhile.
func (r *director) wait(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// speak lets somebody type and then say it.
func (r *director) speak(ctx context.Context, in parley.ID, m saying) error {
	p := r.d.by[m.author]
	for _, k := range m.marks {
		if k.word == "status" {
			emoji, text, _ := strings.Cut(k.rest, " ")
			until := r.d.parts.Clock.Now().Add(time.Hour)
			if _, err := r.d.parts.People.SetStatus(ctx, p.ID, &parley.Status{Emoji: emoji, Text: text, Until: &until}); err != nil {
				return err
			}
		}
		if k.word == "alert" {
			return r.alert(ctx, k.text)
		}
	}
	posted, err := r.write(ctx, p, conversation.Draft{Conversation: in, Body: m.text})
	if err != nil {
		return err
	}
	for _, k := range m.marks {
		for _, handle := range words(k.rest) {
			if who := r.d.by[handle]; who != nil && k.word != "status" && !r.d.played(handle) {
				if !r.wait(ctx, r.pace/3) {
					return ctx.Err()
				}
				if _, err := r.d.parts.Conversations.React(ctx, who.Person, parley.Place{Conversation: in, Seq: posted.Seq}, k.word, true); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// write shows that p is writing, for as long as that takes a quick hand, and posts.
func (r *director) write(ctx context.Context, p *person, d conversation.Draft) (conversation.Posted, error) {
	d.Via, d.Key = parley.ViaApp, own+parley.NewID().String()
	if p.Kind == parley.Bot {
		d.Via = parley.ViaAPI
	} else {
		if err := r.d.parts.Conversations.Typing(ctx, p.Person, d.Conversation, d.Thread); err != nil {
			return conversation.Posted{}, err
		}
		if !r.wait(ctx, min(r.pace*3/10+time.Duration(len(d.Body))*r.pace/250, r.pace)) {
			return conversation.Posted{}, ctx.Err()
		}
	}
	return r.d.parts.Conversations.Post(ctx, p.Person, d)
}

// alert sends what Alertmanager would to the incoming webhook of #sensors, over HTTP as it does.
func (r *director) alert(ctx context.Context, payload string) error {
	if r.d.hook == "" {
		return nil
	}
	q, err := http.NewRequestWithContext(ctx, http.MethodPost, r.d.hook, bytes.NewReader([]byte(payload)))
	if err != nil {
		return err
	}
	q.Header.Set("Content-Type", "application/json")
	var w answer
	r.d.parts.API.ServeHTTP(&w, q)
	if w.status != http.StatusOK {
		return fmt.Errorf("webhook: %d %s", w.status, w.body.String())
	}
	return nil
}

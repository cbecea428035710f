package demo

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/parley-im/parley/internal/conversation"
	"github.com/parley-im/parley/internal/delivery"
	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/job"
	"github.com/parley-im/parley/internal/parley"
)

// seeder writes the past: with the verbs that everybody uses, and a clock that says when it was.
type seeder struct {
	parts  Parts
	now    time.Time
	people *identity.Service
	by     map[string]*person

	mu       sync.Mutex
	channels map[string]parley.ID
}

// silent is where nobody listens: all this happens before the first connection.
type silent struct{}

func (silent) Publish(string, uint64, parley.Event)   {}
func (silent) Touch(parley.Activity, []parley.ID)     {}
func (silent) MembersChanged(parley.ID, ...parley.ID) {}

// Using says that nobody uses an app.
func (silent) Using([]parley.ID) map[parley.ID]bool { return nil }

// atOnce does the same for all of list, at the same time, so that they share commits.
func atOnce[T any](list []T, do func(T) error) error {
	errs := make([]error, len(list))
	var all sync.WaitGroup
	for i, x := range list {
		all.Go(func() { errs[i] = do(x) })
	}
	all.Wait()
	return errors.Join(errs...)
}

// conversations returns the verbs, with a clock of their own.
func (s *seeder) conversations(clock func() time.Time) *conversation.Service {
	service := conversation.New(conversation.Options{
		DB: s.parts.DB, Live: silent{}, Rules: s.parts.People, Blobs: s.parts.Blobs, Clock: clock, Logger: s.parts.Log,
	})
	// It marks what is to be delivered; the server plans that when it starts, by what has been read until then.
	delivery.New(delivery.Options{
		DB: s.parts.DB, Conversations: service, People: s.parts.People, Jobs: job.New(s.parts.DB, s.parts.Log), Live: silent{}, Clock: clock, Logger: s.parts.Log,
	})
	return service
}

// seed makes the whole sample.
func (s *seeder) seed(ctx context.Context, organisation map[string]string, order []*person) error {
	documents, err := readAll()
	if err != nil {
		return err
	}
	scripts := make([]script, len(documents))
	beginning := s.now
	for i, d := range documents {
		if scripts[i], err = plan(d, s.by, s.now); err != nil {
			return err
		}
		if t := scripts[i].start(); t.Before(beginning) {
			beginning = t
		}
	}
	beginning = beginning.Add(-time.Hour)
	then := func() time.Time { return beginning }
	s.people, err = identity.New(ctx, identity.Options{DB: s.parts.DB, Blobs: s.parts.Blobs, URL: s.parts.URL, Clock: then, Logger: s.parts.Log})
	if err != nil {
		return err
	}
	s.people.Hooks.Welcome = s.conversations(then).Welcome
	if err := s.found(ctx, organisation, order); err != nil {
		return err
	}
	if err := atOnce(scripts, func(d script) error {
		if err := s.tell(ctx, d); err != nil {
			return fmt.Errorf("%s: %w", d.name, err)
		}
		return nil
	}); err != nil {
		return err
	}
	// What moves from one conversation to another does so when both are there.
	for _, d := range scripts {
		if err := s.move(ctx, d); err != nil {
			return fmt.Errorf("%s: move: %w", d.name, err)
		}
	}
	return s.seen(ctx, scripts)
}

// telling is a conversation while it is told.
type telling struct {
	*conversation.Service
	script
	s      *seeder
	id     parley.ID
	at     time.Time // what the clock says
	seqs   map[string]int64
	unread map[string]int64 // by handle: the first message that they have not read
	last   int64
}

// tell makes a conversation and says everything that was said in it.
func (s *seeder) tell(ctx context.Context, d script) error {
	t := &telling{script: d, s: s, seqs: map[string]int64{}, unread: map[string]int64{}}
	t.at = d.start()
	t.Service = s.conversations(func() time.Time { return t.at })
	if err := t.begin(ctx); err != nil {
		return err
	}
	for i := range d.sayings {
		if err := t.say(ctx, i); err != nil {
			return fmt.Errorf("%s: %.30q: %w", d.sayings[i].author, d.sayings[i].text, err)
		}
	}
	return t.end(ctx)
}

func (t *telling) person(handle string) (parley.Person, error) {
	p := t.s.by[handle]
	if p == nil {
		return parley.Person{}, fmt.Errorf("who is %q", handle)
	}
	return p.Person, nil
}

func (t *telling) begin(ctx context.Context) error {
	first, err := t.person(t.people[0])
	if err != nil {
		return err
	}
	name := t.head["channel"]
	if name != "" && t.head["by"] == "" { // the first channel, which everybody has come into
		mine, err := t.Mine(ctx, first)
		for _, c := range mine {
			if c.Name == name {
				t.id, t.last = c.ID, c.LastSeq
			}
		}
		if err == nil && t.id == parley.None {
			err = fmt.Errorf("there is no #%s", name)
		}
		return err
	}
	b := conversation.Beginning{Kind: t.kind, Name: name, Purpose: t.head["purpose"], Visibility: parley.Visibility(t.head["visibility"])}
	for _, handle := range t.people[1:] {
		p, err := t.person(handle)
		if err != nil {
			return err
		}
		b.People = append(b.People, p.ID)
	}
	c, err := t.Create(ctx, first, b)
	t.id, t.last = c.ID, c.LastSeq
	t.s.mu.Lock()
	defer t.s.mu.Unlock()
	t.s.channels[name] = c.ID
	return err
}

func (t *telling) say(ctx context.Context, i int) error {
	m := t.sayings[i]
	author, err := t.person(m.author)
	if err != nil {
		return err
	}
	t.at = t.script.at[i]
	d := conversation.Draft{Conversation: t.id, Via: parley.ViaApp}
	if author.Kind == parley.Bot {
		d.Via = parley.ViaAPI
	}
	if d.Body, err = t.fill(m.text, t.at); err != nil {
		return err
	}
	if m.answer != "" {
		if d.Thread = t.seqs[m.answer]; d.Thread == 0 {
			return fmt.Errorf("there is no message #%s", m.answer)
		}
	}
	for _, k := range m.marks {
		switch k.word {
		case "file":
			f, err := t.upload(ctx, author, k.rest)
			if err != nil {
				return err
			}
			d.Files = append(d.Files, f)
		case "need":
			if err := t.need(&d, k.rest); err != nil {
				return err
			}
		case "preview":
			d.Previews = append(d.Previews, guidePreview(t.s.parts.URL))
		}
	}
	posted, err := t.Post(ctx, author, d)
	if err != nil {
		return err
	}
	t.last = posted.Seq
	if m.label != "" {
		t.seqs[m.label] = posted.Seq
	}
	for n, k := range m.marks {
		// What others do to a message they do a little later, but never in the future.
		t.at = t.script.at[i].Add(time.Duration(n+1) * someMinutes(t.name, i+n))
		if t.at.After(t.s.now) {
			t.at = t.s.now
		}
		if err := t.mark(ctx, author, posted, k); err != nil {
			return fmt.Errorf("%% %s %s: %w", k.word, k.rest, err)
		}
	}
	return nil
}

// need puts into a draft how much it matters.
func (t *telling) need(d *conversation.Draft, text string) error {
	word, rest, _ := strings.Cut(text, " ")
	d.Need = parley.Need(word)
	switch d.Need {
	case parley.AnswerBy:
		wait, err := duration(rest)
		d.By = t.s.now.Add(wait).Truncate(15 * time.Minute)
		return err
	case parley.Urgent:
		d.Reason = rest
	}
	return nil
}

// mark does to a message what a line "% ..." says.
func (t *telling) mark(ctx context.Context, author parley.Person, m conversation.Posted, k mark) error {
	place := parley.Place{Conversation: t.id, Seq: m.Seq}
	switch k.word {
	case "file", "preview", "move", "need":
		return nil
	case "edit":
		body, err := t.fill(k.text, m.CreatedAt)
		if err == nil {
			_, err = t.Edit(ctx, author, place, body)
		}
		return err
	case "delete":
		return t.Delete(ctx, author, place)
	case "draft":
		handle, text, _ := strings.Cut(k.rest, " ")
		p, err := t.person(handle)
		if err == nil {
			_, err = t.SaveDraft(ctx, p, conversation.Draft{Conversation: t.id, Body: text})
		}
		return err
	}
	for _, handle := range words(k.rest) {
		p, err := t.person(handle)
		if err != nil {
			return err
		}
		switch k.word {
		case "pin":
			_, err = t.Pin(ctx, p, place, true)
		case "save":
			err = t.Save(ctx, p, m.ID, true)
		case "acknowledge":
			_, err = t.Acknowledge(ctx, p, place)
		case "unread":
			t.unread[handle] = m.Seq
		default:
			_, err = t.React(ctx, p, place, k.word, true)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// end sets what each has read and how they keep the conversation.
func (t *telling) end(ctx context.Context) error {
	t.at = t.s.now
	err := atOnce(t.people, func(handle string) error {
		p, err := t.person(handle)
		if err != nil || p.Kind == parley.Bot {
			return err
		}
		read := t.last
		if first := t.unread[handle]; first > 0 {
			read = first - 1
		}
		if _, err = t.Read(ctx, p, t.id, read); err != nil {
			return err
		}
		var mine conversation.Mine
		yes := true
		if slices.Contains(words(t.head["muted"]), handle) {
			mine.Muted = &yes
		}
		name, whose, _ := strings.Cut(t.head["section"], "|")
		if name = strings.TrimSpace(name); slices.Contains(words(whose), handle) {
			mine.Section = &name
		}
		if mine == (conversation.Mine{}) {
			return nil
		}
		_, err = t.SetMine(ctx, p, t.id, mine)
		return err
	})
	if err != nil || t.head["archived"] == "" {
		return err
	}
	first, err := t.person(t.people[0])
	if err != nil {
		return err
	}
	t.at = t.script.at[len(t.script.at)-1].Add(time.Hour)
	yes := true
	_, err = t.Update(ctx, first, t.id, conversation.Change{Archived: &yes})
	return err
}

func (t *telling) upload(ctx context.Context, by parley.Person, name string) (parley.ID, error) {
	content, err := drawn(name, t.s.now)
	if err != nil {
		return parley.None, err
	}
	f, err := t.Upload(ctx, by, name, bytes.NewReader(content))
	return f.ID, err
}

// placeholder is {word ...} in a text.
var placeholder = regexp.MustCompile(`\{(site|link|time)( [^{}]*)?\}`)

// fill puts in what a text can only know now.
func (t *telling) fill(text string, at time.Time) (string, error) {
	var failed error
	filled := placeholder.ReplaceAllStringFunc(text, func(found string) string {
		w := words(strings.Trim(found, "{}"))
		switch {
		case w[0] == "site":
			return t.s.parts.URL
		case w[0] == "link" && len(w) == 2 && t.seqs[w[1]] > 0:
			return fmt.Sprintf("/c/%s/%d", t.id, t.seqs[w[1]])
		case w[0] == "time" && len(w) == 4:
			zone, err := time.LoadLocation(w[3])
			days, err2 := duration(strings.TrimPrefix(w[1], "+"))
			if err = errors.Join(err, err2); err == nil {
				return "<time:" + wallClock(at.In(zone).Add(days), w[2]).Format("2006-01-02T15:04Z07:00") + ">"
			}
			failed = err
		default:
			failed = fmt.Errorf("cannot fill %s", found)
		}
		return found
	})
	return filled, failed
}

// move takes messages where somebody has moved them.
func (s *seeder) move(ctx context.Context, d script) error {
	at := s.now
	verbs := s.conversations(func() time.Time { return at })
	for i, m := range d.sayings {
		for _, k := range m.marks {
			if k.word != "move" {
				continue
			}
			to, by, _ := strings.Cut(k.rest, " ")
			p := s.by[by]
			if p == nil {
				return fmt.Errorf("who is %q", by)
			}
			at = d.at[len(d.at)-1].Add(time.Minute)
			from := s.channels[d.head["channel"]]
			found, err := verbs.Messages(ctx, p.Person, from, conversation.Range{Limit: parley.MaxPageSize})
			if err != nil {
				return err
			}
			n := slices.IndexFunc(found.Messages, func(x parley.Message) bool { return x.CreatedAt.Equal(d.at[i]) && x.Kind == parley.Text })
			if n < 0 {
				return fmt.Errorf("%.30q is not there", m.text)
			}
			if _, err := verbs.Move(ctx, p.Person, parley.Place{Conversation: from, Seq: found.Messages[n].Seq}, s.channels[to]); err != nil {
				return err
			}
		}
	}
	return nil
}

// seen writes down when each was last there: a moment after they last spoke.
func (s *seeder) seen(ctx context.Context, scripts []script) error {
	last := map[string]time.Time{}
	for _, d := range scripts {
		for i, m := range d.sayings {
			if d.at[i].After(last[m.author]) {
				last[m.author] = d.at[i]
			}
		}
	}
	for handle, at := range last {
		if p := s.by[handle]; p.Kind == parley.Human {
			if err := s.people.Seen(ctx, p.ID, at.Add(time.Minute)); err != nil {
				return err
			}
		}
	}
	return nil
}

package conversation_test

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/parley-im/parley/internal/conversation"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

func TestMain(m *testing.M) {
	flag.Parse()
	given := false
	flag.Visit(func(f *flag.Flag) { given = given || f.Name == "rapid.checks" })
	if !given { // each makes people and conversations on a real database
		_ = flag.Set("rapid.checks", "12")
	}
	_ = flag.Set("rapid.nofailfile", "true")
	os.Exit(m.Run())
}

// app is what a person's app knows after it has loaded once and then heard of everything: it applies events, and never
// asks again but where an event says so.
type app struct {
	w      *world
	me     parley.Person
	mine   map[parley.ID]parley.Conversation
	drafts map[string]parley.Draft
	saved  map[parley.ID]bool
	reads  map[parley.ID]map[parley.ID]int64 // how far the others have read
}

func newApp(w *world, me parley.Person) *app {
	return &app{
		w: w, me: me, mine: map[parley.ID]parley.Conversation{}, drafts: map[string]parley.Draft{},
		saved: map[parley.ID]bool{}, reads: map[parley.ID]map[parley.ID]int64{},
	}
}

// own applies an event of the person's own stream.
func (a *app) own(e parley.Event) {
	switch e.Type {
	case parley.EventConversation:
		a.mine[e.Conversation.ID] = *e.Conversation
	case parley.EventGone:
		delete(a.mine, e.Gone)
		maps.DeleteFunc(a.drafts, func(_ string, d parley.Draft) bool { return d.Conversation == e.Gone })
	case parley.EventDraft:
		place := fmt.Sprint(e.Draft.Conversation, e.Draft.Thread)
		delete(a.drafts, place)
		if e.Draft.Body != "" || len(e.Draft.Files) > 0 {
			a.drafts[place] = *e.Draft
		}
	case parley.EventSaved:
		delete(a.saved, e.Saved.Message)
		if e.Saved.Saved {
			a.saved[e.Saved.Message] = true
		}
	default:
		a.w.t.Errorf("an own stream has an event of type %s", e.Type)
	}
}

// hear applies what is told of all members of a conversation.
func (a *app) hear(n parley.Activity, mentioned []parley.ID) {
	c, known := a.mine[n.Conversation]
	if !known || n.LastSeq < c.LastSeq {
		return
	}
	me := *c.Me
	if slices.Contains(mentioned, a.me.ID) && n.LastSeq > c.LastSeq {
		me.Mentions++
	}
	if n.Author == a.me.ID && me.ReadSeq >= c.LastSeq || n.Settled > 0 && me.ReadSeq >= n.Settled {
		me.ReadSeq = n.LastSeq
	}
	at := instantOf(n.LastAt)
	c.Me, c.LastSeq, c.LastAt = &me, n.LastSeq, &at
	a.mine[n.Conversation] = c
}

// fly sits on the wall of a conversation and applies its stream.
type fly struct {
	messages map[int64]parley.Message
	history  []published
	dirty    bool // the members have changed
	members  []parley.Member
	reads    map[parley.ID]int64
}

// story is a random run of everything that people do.
type story struct {
	*world
	rt     *rapid.T
	people []parley.Person
	rooms  []parley.ID
	said   []parley.Place
	apps   map[parley.ID]*app
	flies  map[parley.ID]*fly
	heard  int // of live.told
}

func TestEventsAppliedToAnAppGiveWhatARefetchGives(t *testing.T) {
	each(t, func(w *world) {
		n := 0
		rapid.Check(w.t.(*testing.T), func(rt *rapid.T) {
			n++
			s := newStory(w, rt, n)
			for range rapid.IntRange(10, 60).Draw(rt, "steps") {
				err := s.step()
				if err != nil && !slices.ContainsFunc([]error{
					parley.ErrInvalid, parley.ErrForbidden, parley.ErrNotFound, parley.ErrConflict, parley.ErrLimited,
				}, func(kind error) bool { return errors.Is(err, kind) }) {
					rt.Fatalf("an error of no kind that one expects: %v", err)
				}
				s.apply()
			}
			s.compare()
		})
	})
}

func newStory(w *world, rt *rapid.T, n int) *story {
	s := &story{world: w, rt: rt, apps: map[parley.ID]*app{}, flies: map[parley.ID]*fly{}}
	w.live.reset()
	for i, role := range []parley.Role{parley.Owner, parley.MemberRole, parley.MemberRole, parley.Guest} {
		p := w.person(fmt.Sprintf("p%d.%d", n, i), role)
		s.people = append(s.people, p)
		s.apps[p.ID] = newApp(w, p)
	}
	s.rooms = append(s.rooms,
		w.channel(s.people[1], parley.Public, "open", s.people[2]),
		w.channel(s.people[2], parley.Private, "closed", s.people[1], s.people[3]),
		w.create(s.people[1], conversation.Beginning{Kind: parley.Direct, People: []parley.ID{s.people[2].ID}}))
	s.apply()
	return s
}

// pick draws one of a few.
func pick[T any](rt *rapid.T, what string, of []T) T {
	return of[rapid.IntRange(0, len(of)-1).Draw(rt, what)]
}

func (s *story) step() error {
	ctx, by, room := context.Background(), pick(s.rt, "who", s.people), pick(s.rt, "where", s.rooms)
	place := parley.Place{Conversation: room, Seq: 1}
	if len(s.said) > 0 && rapid.IntRange(0, 9).Draw(s.rt, "anywhere") > 0 {
		place = pick(s.rt, "which", s.said)
	}
	on := rapid.Bool().Draw(s.rt, "on")
	var err error
	switch verb := pick(s.rt, "verb", strings.Fields("post post post answer answer edit edit delete react react react pin save save draft draft move move join leave add remove power rename close archive mine read read read begin")); verb {
	case "post", "answer":
		d := conversation.Draft{Conversation: room, Body: s.words(), Via: parley.ViaApp}
		if verb == "answer" {
			d.Conversation, d.Thread = place.Conversation, place.Seq
		}
		if on {
			d.Key = fmt.Sprint("k", rapid.IntRange(0, 4).Draw(s.rt, "key"))
		}
		var p conversation.Posted
		if p, err = s.Post(ctx, by, d); err == nil && !p.Again {
			s.said = append(s.said, at(p.Message))
		}
	case "edit":
		for _, p := range s.people { // whoever said it
			if _, err = s.Edit(ctx, p, place, s.words()); err == nil {
				break
			}
		}
	case "delete":
		err = s.Delete(ctx, by, place)
	case "react":
		_, err = s.React(ctx, by, place, pick(s.rt, "emoji", []string{"👍", "❤️", "🇩🇪"}), on)
	case "pin":
		_, err = s.Pin(ctx, by, place, on)
	case "save":
		m, merr := s.Message(ctx, by, place)
		if err = merr; err == nil {
			err = s.Save(ctx, by, m.ID, on)
		}
	case "draft":
		_, err = s.SaveDraft(ctx, by, conversation.Draft{Conversation: room, Thread: pick(s.rt, "thread", []int64{0, 0, 2}), Body: pick(s.rt, "draft", []string{"", "begun", "gone on"})})
	case "move":
		var to parley.Place
		if to, err = s.Move(ctx, by, place, room); err == nil {
			s.said = append(s.said, to)
		}
	case "join":
		_, err = s.Join(ctx, by, room)
	case "leave":
		err = s.Leave(ctx, by, room)
	case "add":
		err = s.Add(ctx, by, room, []parley.ID{pick(s.rt, "whom", s.people).ID, pick(s.rt, "whom", s.people).ID})
	case "remove":
		err = s.Remove(ctx, by, room, pick(s.rt, "whom", s.people).ID)
	case "power":
		err = s.SetPower(ctx, by, room, pick(s.rt, "whom", s.people).ID, pick(s.rt, "power", []parley.MemberPower{parley.ConversationManager, parley.ConversationMember}))
	case "rename":
		name := s.words()
		_, err = s.Update(ctx, by, room, conversation.Change{Name: &name, Purpose: &name})
	case "close":
		v := pick(s.rt, "visibility", []parley.Visibility{parley.Public, parley.Private})
		_, err = s.Update(ctx, by, room, conversation.Change{Visibility: &v})
	case "archive":
		on = on && rapid.Bool().Draw(s.rt, "really")
		_, err = s.Update(ctx, by, room, conversation.Change{Archived: &on})
	case "mine":
		level := pick(s.rt, "level", []parley.Level{parley.LevelAll, parley.LevelNothing})
		_, err = s.SetMine(ctx, by, room, conversation.Mine{Level: &level, Muted: &on})
	case "read":
		_, err = s.Read(ctx, by, room, rapid.Int64Range(0, 12).Draw(s.rt, "seq"))
	case "begin":
		var c parley.Conversation
		if c, err = s.Create(ctx, by, conversation.Beginning{Kind: parley.Group, People: []parley.ID{pick(s.rt, "with", s.people).ID, pick(s.rt, "with", s.people).ID}}); err == nil && !slices.Contains(s.rooms, c.ID) {
			s.rooms = append(s.rooms, c.ID)
		}
	}
	return err
}

func (s *story) words() string {
	text := fmt.Sprint("word", rapid.IntRange(0, 99).Draw(s.rt, "word"))
	if n := rapid.IntRange(0, 6).Draw(s.rt, "mention"); n < len(s.people) {
		text += " @" + s.people[n].Handle
	} else if n == 5 {
		text += " @everyone"
	}
	return text
}

// apply gives what was published since to the apps.
func (s *story) apply() {
	for _, p := range s.live.since(&s.heard) {
		switch {
		case p.moved != nil:
			for _, a := range s.apps {
				a.hear(*p.moved, p.mentioned)
			}
		case strings.HasPrefix(p.channel, "p:"):
			id, err := parley.ParseID(p.channel[2:])
			s.must(err)
			if a := s.apps[id]; a != nil {
				a.own(p.Event)
			}
		default:
			id, err := parley.ParseID(p.channel[2:])
			s.must(err)
			s.watch(id, p)
		}
	}
}

// watch applies an event of a conversation's stream.
func (s *story) watch(id parley.ID, p published) {
	f := s.flies[id]
	if f == nil {
		f = &fly{messages: map[int64]parley.Message{}, reads: map[parley.ID]int64{}}
		s.flies[id] = f
	}
	switch p.Type {
	case parley.EventMessage:
		if want := uint64(len(f.history) + 1); p.offset != want || p.Message.Change != int64(want) || p.Message.Conversation != id {
			s.rt.Fatalf("event %d of %s has offset %d and change %d", want, id, p.offset, p.Message.Change)
		}
		f.history = append(f.history, p)
		f.messages[p.Message.Seq] = *p.Message
	case parley.EventMembers:
		f.dirty = true
	case parley.EventRead:
		f.reads[p.Read.Person] = p.Read.Seq
	default:
		s.rt.Fatalf("a conversation's stream has an event of type %s", p.Type)
	}
	if f.dirty { // the event says: fetch
		f.members, f.dirty = s.membersOf(id), false
		for _, a := range s.apps {
			if c, ok := a.mine[id]; ok {
				c.Members = len(f.members)
				a.mine[id] = c
			}
		}
	}
}

// membersOf reads the members as one of them.
func (s *story) membersOf(id parley.ID) []parley.Member {
	people, err := s.MemberIDs(context.Background(), id)
	s.must(err)
	if len(people) == 0 {
		return nil
	}
	members, err := s.Members(context.Background(), parley.Person{ID: people[0], Role: parley.Guest}, id)
	s.must(err)
	return members
}

func (s *story) compare() {
	ctx := context.Background()
	for _, a := range s.apps {
		list, err := s.Mine(ctx, a.me)
		s.must(err)
		want := map[string]any{}
		for _, c := range list {
			want[c.ID.String()] = plainly(c)
		}
		got := map[string]any{}
		for _, c := range a.mine {
			got[c.ID.String()] = plainly(c)
		}
		s.same(a.me.Handle+"'s conversations", got, want)
		drafts, err := s.Drafts(ctx, a.me)
		s.must(err)
		fetched := map[string]parley.Draft{}
		for _, d := range drafts {
			fetched[fmt.Sprint(d.Conversation, d.Thread)] = d
		}
		s.same(a.me.Handle+"'s drafts", a.drafts, fetched)
		ids, err := s.SavedIDs(ctx, a.me)
		s.must(err)
		slices.Sort(ids)
		s.same(a.me.Handle+"'s saved", slices.Sorted(maps.Keys(a.saved)), ids)
	}
	for id, f := range s.flies {
		want := map[int64]parley.Message{}
		for _, m := range s.stored(id) {
			want[m.Seq] = m
		}
		s.same("messages", f.messages, want)
		var names, fetched []string
		members := s.membersOf(id)
		for _, m := range f.members {
			names = append(names, m.Person.String()+string(m.Role))
		}
		for _, m := range members {
			fetched = append(fetched, m.Person.String()+string(m.Role))
			if told := f.reads[m.Person]; told > 0 && told != m.ReadSeq {
				s.rt.Fatalf("%s has read up to %d, and %d was told", m.Person, m.ReadSeq, told)
			}
		}
		s.same("members", names, fetched)
		s.catchUp(id, f, want)
	}
}

// catchUp comes back from everywhere in a stream.
func (s *story) catchUp(id parley.ID, f *fly, want map[int64]parley.Message) {
	state := map[int64]parley.Message{}
	for offset := 0; offset <= len(f.history); offset++ {
		if offset > 0 {
			m := f.history[offset-1].Message
			state[m.Seq] = *m
		}
		if offset%5 != 0 && offset < len(f.history)-2 {
			continue
		}
		got, from := maps.Clone(state), uint64(offset)
		for {
			pubs, latest, err := s.Since(context.Background(), id, from, 7)
			s.must(err)
			for _, p := range pubs {
				var e parley.Event
				s.must(json.Unmarshal(p.Data, &e))
				if p.Offset <= from || uint64(e.Message.Change) != p.Offset {
					s.rt.Fatalf("after %d comes %d with change %d", from, p.Offset, e.Message.Change)
				}
				from = p.Offset
				got[e.Message.Seq] = *e.Message
			}
			if len(pubs) == 0 {
				if latest != uint64(len(f.history)) {
					s.rt.Fatalf("the stream ends at %d, not %d", latest, len(f.history))
				}
				break
			}
		}
		s.same(fmt.Sprint("messages since ", offset), got, want)
	}
}

// stored reads all messages of a conversation, whoever may see it.
func (s *story) stored(id parley.ID) []parley.Message {
	people, err := s.MemberIDs(context.Background(), id)
	s.must(err)
	if len(people) == 0 {
		people = []parley.ID{s.people[0].ID}
		s.must(s.db.Write(context.Background(), id, func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.Exec(ctx, `INSERT INTO member (person_id, conversation_id, joined_at) VALUES (?, ?, 1)`, people[0], id)
			return err
		}))
		defer func() {
			s.must(s.db.Write(context.Background(), id, func(ctx context.Context, tx *store.Tx) error {
				_, err := tx.Exec(ctx, `DELETE FROM member WHERE person_id = ? AND conversation_id = ?`, people[0], id)
				return err
			}))
		}()
	}
	return s.all(parley.Person{ID: people[0], Role: parley.Guest}, id)
}

// plainly is a conversation without the counters of its versions, and without the offset of a stream that is not its list's.
func plainly(c parley.Conversation) parley.Conversation {
	me := *c.Me
	me.Version = 0
	c.Version, c.LastChange, c.Me = 0, 0, &me
	return c
}

func (s *story) same(what string, got, want any) {
	a, err := json.MarshalIndent(got, "", " ")
	s.must(err)
	b, err := json.MarshalIndent(want, "", " ")
	s.must(err)
	if string(a) == string(b) {
		return
	}
	left, right := strings.Split(string(a), "\n"), strings.Split(string(b), "\n")
	for i := range min(len(left), len(right)) {
		if left[i] != right[i] {
			s.rt.Fatalf("%s: events give\n%s\na refetch\n%s", what, strings.Join(left[max(0, i-30):min(len(left), i+6)], "\n"), strings.Join(right[max(0, i-30):min(len(right), i+6)], "\n"))
		}
	}
	s.rt.Fatalf("%s: events give\n%s\na refetch\n%s", what, a, b)
}

package conversation_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/parley-im/parley/internal/conversation"
	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

func TestWhoMayComeGoAndBringOthers(t *testing.T) {
	each(t, func(w *world) {
		ana, bo, cy, boss := w.person("ana", parley.MemberRole), w.person("bo", parley.MemberRole), w.person("cy", parley.MemberRole), w.person("boss", parley.Owner)
		guest, stranger := w.person("guest", parley.Guest), w.person("stranger", parley.Guest)
		open, secret := w.channel(ana, parley.Public, "open", bo), w.channel(ana, parley.Private, "secret", bo, guest)
		direct := w.create(ana, conversation.Beginning{Kind: parley.Direct, People: []parley.ID{bo.ID}})

		for range 2 { // joining twice is joining
			_, err := w.Join(ctx, cy, open)
			w.must(err)
		}
		if c := w.get(cy, open); c.Members != 3 || c.Me.ReadSeq != c.LastSeq {
			w.t.Errorf("cy has %+v, %+v", c, c.Me)
		}
		for name, c := range map[string]struct{ err, kind error }{
			"a guest joins a public channel":            {second(w.Join(ctx, guest, open)), parley.ErrNotFound},
			"a member joins a private channel":          {second(w.Join(ctx, cy, secret)), parley.ErrNotFound},
			"the owner joins a private channel":         {second(w.Join(ctx, boss, secret)), parley.ErrNotFound},
			"somebody joins what two say to each other": {second(w.Join(ctx, cy, direct)), parley.ErrNotFound},
			"a direct conversation is left":             {w.Leave(ctx, ana, direct), parley.ErrForbidden},
			"somebody is added to it":                   {w.Add(ctx, ana, direct, []parley.ID{cy.ID}), parley.ErrForbidden},
			"who is no member leaves":                   {w.Leave(ctx, boss, open), parley.ErrForbidden},
			"a guest adds a stranger":                   {w.Add(ctx, guest, secret, []parley.ID{stranger.ID}), parley.ErrForbidden},
			"who is outside adds":                       {w.Add(ctx, cy, secret, []parley.ID{cy.ID}), parley.ErrNotFound},
			"nobody is added":                           {w.Add(ctx, ana, open, []parley.ID{parley.NewID()}), parley.ErrInvalid},
			"too many are added":                        {w.Add(ctx, ana, open, make([]parley.ID, conversation.MaxAdded+1)), parley.ErrLimited},
			"a plain member removes":                    {w.Remove(ctx, cy, open, bo.ID), parley.ErrForbidden},
			"who is not there is removed":               {w.Remove(ctx, ana, open, stranger.ID), parley.ErrNotFound},
			"a plain member names managers":             {w.SetPower(ctx, cy, open, cy.ID, parley.ConversationManager), parley.ErrForbidden},
			"the last manager steps down":               {w.SetPower(ctx, ana, open, ana.ID, parley.ConversationMember), parley.ErrConflict},
			"a power that is none":                      {w.SetPower(ctx, ana, open, bo.ID, "king"), parley.ErrInvalid},
			"a plain member renames":                    {second(w.Update(ctx, cy, open, conversation.Change{Name: new("x")})), parley.ErrForbidden},
			"a private channel is renamed from outside": {second(w.Update(ctx, boss, secret, conversation.Change{Name: new("x")})), parley.ErrNotFound},
			"its members are listed from outside":       {second(w.Members(ctx, boss, secret)), parley.ErrNotFound},
			"it is read from outside":                   {second(w.Messages(ctx, boss, secret, conversation.Range{})), parley.ErrNotFound},
			"it is listened to from outside":            {w.MayListen(ctx, boss, secret), parley.ErrNotFound},
			"a public one is listened to by a guest":    {w.MayListen(ctx, stranger, open), parley.ErrNotFound},
			"somebody types in it from outside":         {w.Typing(ctx, boss, secret, 0), parley.ErrNotFound},
			"who is no member sets how they have it":    {second(w.SetMine(ctx, boss, open, conversation.Mine{Muted: new(true)})), parley.ErrNotFound},
			"who is no member marks it read":            {second(w.Read(ctx, boss, open, 1)), parley.ErrNotFound},
			"a level that is none":                      {second(w.SetMine(ctx, ana, open, conversation.Mine{Level: new(parley.Level("loud"))})), parley.ErrInvalid},
		} {
			w.named(name, func() { w.refused(c.err, c.kind) })
		}
		w.must(w.Add(ctx, bo, secret, []parley.ID{cy.ID, ana.ID, cy.ID})) // a member brings whom they know
		list := w.all(cy, secret)
		if h := list[len(list)-1].Happened; h == nil || h.What != "added" || !slices.Equal(h.People, []parley.ID{cy.ID}) {
			w.t.Errorf("told is %+v", h)
		}
		if n := w.get(cy, secret).Members; n != 4 {
			w.t.Errorf("%d members", n)
		}
		w.must(w.Remove(ctx, ana, secret, cy.ID))
		if !slices.Contains(w.live.gone[secret], cy.ID) {
			w.t.Error("who was removed goes on listening")
		}
		if e := w.live.on("p:"+cy.ID.String(), parley.EventGone); len(e) != 1 || e[0].Gone != secret {
			w.t.Errorf("cy was told %v", e)
		}
		w.refused(second(w.Get(ctx, cy, secret)), parley.ErrNotFound)
		w.must(w.Remove(ctx, boss, open, cy.ID)) // who runs the organisation manages what is public
	})
}

func TestAChannelIsNeverWithoutAManager(t *testing.T) {
	each(t, func(w *world) {
		ana, guest, bo, cy := w.person("ana", parley.MemberRole), w.person("guest", parley.Guest), w.person("bo", parley.MemberRole), w.person("cy", parley.MemberRole)
		w.channel(ana, parley.Private, "where they met", guest)
		c := w.channel(ana, parley.Private, "c", guest, bo, cy)
		w.must(w.Leave(ctx, ana, c))
		for p, power := range map[parley.ID]parley.MemberPower{guest.ID: "member", bo.ID: "manager", cy.ID: "member"} {
			members, err := w.Members(ctx, bo, c)
			w.must(err)
			i := slices.IndexFunc(members, func(m parley.Member) bool { return m.Person == p })
			if members[i].Role != power {
				w.t.Errorf("%+v, want %s", members[i], power)
			}
		}
		w.must(w.SetPower(ctx, bo, c, cy.ID, parley.ConversationManager))
		w.must(w.SetPower(ctx, cy, c, bo.ID, parley.ConversationMember))
		w.must(w.Leave(ctx, bo, c))
		w.must(w.Leave(ctx, cy, c))
		if role := w.get(guest, c).Me.Role; role != parley.ConversationManager {
			w.t.Errorf("the guest who is left is %s", role)
		}
		w.must(w.Leave(ctx, guest, c))
	})
}

func TestThereIsOneDirectConversationForTheSamePeople(t *testing.T) {
	each(t, func(w *world) {
		ana, bo, cy, guest := w.person("ana", parley.MemberRole), w.person("bo", parley.MemberRole), w.person("cy", parley.MemberRole), w.person("guest", parley.Guest)
		for name, c := range map[string]struct {
			kind         parley.ConversationKind
			people       []parley.Person
			becomes      parley.ConversationKind
			twice        []parley.ID
			howManyAreIn int
		}{
			"two":       {parley.Direct, []parley.Person{ana, bo}, parley.Direct, []parley.ID{bo.ID, bo.ID, ana.ID}, 2},
			"oneself":   {parley.Direct, []parley.Person{ana}, parley.Direct, []parley.ID{ana.ID}, 1},
			"three":     {parley.Group, []parley.Person{ana, bo, cy}, parley.Group, []parley.ID{cy.ID, bo.ID}, 3},
			"one group": {parley.Group, []parley.Person{cy, bo}, parley.Direct, []parley.ID{bo.ID}, 2},
		} {
			w.named(name, func() {
				found := make([]parley.ID, 6)
				var all sync.WaitGroup
				for i := range found {
					all.Go(func() {
						by := c.people[i%len(c.people)]
						got, err := w.Create(ctx, by, conversation.Beginning{Kind: c.kind, People: ids(c.people)})
						if err != nil {
							w.t.Error(err)
						}
						found[i] = got.ID
					})
				}
				all.Wait()
				again := w.create(c.people[0], conversation.Beginning{Kind: c.kind, People: c.twice})
				if got := slices.Compact(append(found, again)); len(got) != 1 {
					w.t.Errorf("there are %v", got)
				}
				if got := w.get(c.people[0], again); got.Kind != c.becomes || got.Visibility != parley.Private || got.Members != c.howManyAreIn || len(got.People) != c.howManyAreIn {
					w.t.Errorf("it is %+v", got)
				}
			})
		}
		for name, c := range map[string]struct {
			by   parley.Person
			b    conversation.Beginning
			kind error
		}{
			"with nobody who exists": {ana, conversation.Beginning{Kind: parley.Direct, People: []parley.ID{parley.NewID()}}, parley.ErrInvalid},
			"with an empty id":       {ana, conversation.Beginning{Kind: parley.Direct, People: []parley.ID{0}}, parley.ErrInvalid},
			"a guest with strangers": {guest, conversation.Beginning{Kind: parley.Direct, People: []parley.ID{ana.ID}}, parley.ErrInvalid},
			"a guest's channel":      {guest, conversation.Beginning{Kind: parley.Channel, Visibility: parley.Private, Name: "x"}, parley.ErrForbidden},
			"no kind":                {ana, conversation.Beginning{Kind: "party"}, parley.ErrInvalid},
			"no visibility":          {ana, conversation.Beginning{Kind: parley.Channel, Name: "x"}, parley.ErrInvalid},
			"no name":                {ana, conversation.Beginning{Kind: parley.Channel, Visibility: parley.Public, Name: " ## "}, parley.ErrInvalid},
			"a hidden name":          {ana, conversation.Beginning{Kind: parley.Channel, Visibility: parley.Public, Name: "a\u202eb"}, parley.ErrInvalid},
			"a long name":            {ana, conversation.Beginning{Kind: parley.Channel, Visibility: parley.Public, Name: strings.Repeat("é", parley.MaxName+1)}, parley.ErrInvalid},
			"a long purpose":         {ana, conversation.Beginning{Kind: parley.Channel, Visibility: parley.Public, Name: "x", Purpose: strings.Repeat("é", parley.MaxPurpose+1)}, parley.ErrInvalid},
		} {
			w.named(name, func() { w.refused(second(w.Create(ctx, c.by, c.b)), c.kind) })
		}
	})
}

func TestAnArchivedChannelIsReadOnly(t *testing.T) {
	each(t, func(w *world) {
		ana, bo := w.person("ana", parley.MemberRole), w.person("bo", parley.MemberRole)
		c, other := w.channel(ana, parley.Public, "c", bo), w.channel(ana, parley.Public, "other", bo)
		m := w.say(ana, c, "said")
		key := conversation.Draft{Conversation: c, Body: "accepted", Key: "k"}
		_, err := w.Post(ctx, bo, key)
		w.must(err)
		got, err := w.Update(ctx, ana, c, conversation.Change{Archived: new(true), Name: new("old"), Purpose: new("kept")})
		w.must(err)
		if got.ArchivedAt == nil || got.Name != "old" || got.Purpose != "kept" {
			w.t.Errorf("archived as %+v", got)
		}
		for name, err := range map[string]error{
			"post": second(w.Post(ctx, bo, conversation.Draft{Conversation: c, Body: "x"})), "edit": second(w.Edit(ctx, ana, at(m), "x")),
			"delete": w.Delete(ctx, ana, at(m)), "react": second(w.React(ctx, bo, at(m), "👍", true)), "pin": second(w.Pin(ctx, bo, at(m), true)),
			"add": w.Add(ctx, ana, c, []parley.ID{bo.ID}), "rename": second(w.Update(ctx, ana, c, conversation.Change{Name: new("x")})),
			"move away": second(w.Move(ctx, ana, at(m), other)), "move there": second(w.Move(ctx, ana, at(w.say(ana, other, "x")), c)),
			"type": w.Typing(ctx, bo, c, 0), "close": second(w.Update(ctx, ana, c, conversation.Change{Visibility: new(parley.Private)})),
		} {
			w.named(name, func() { w.refused(err, parley.ErrForbidden) })
		}
		again, err := w.Post(ctx, bo, key) // what was accepted stays accepted
		if err != nil || !again.Again {
			w.t.Errorf("sent again: %+v, %v", again, err)
		}
		w.finds(bo, "said", m)
		w.must(w.Leave(ctx, bo, c))
		got, err = w.Update(ctx, ana, c, conversation.Change{Archived: new(false), Name: new("new")})
		w.must(err)
		if got.ArchivedAt != nil || got.Name != "new" {
			w.t.Errorf("opened again as %+v", got)
		}
	})
}

func TestHowFarSomebodyHasReadIsForThoseWhoShowIt(t *testing.T) {
	each(t, func(w *world) {
		ana, bo := w.person("ana", parley.MemberRole), w.person("bo", parley.MemberRole)
		direct, room := w.create(ana, conversation.Beginning{Kind: parley.Direct, People: []parley.ID{bo.ID}}), w.channel(ana, parley.Public, "room", bo)
		reads := func(c parley.ID) int { return len(w.live.on("c:"+c.String(), parley.EventRead)) }
		seen := func(c parley.ID, p parley.Person) int64 {
			list, err := w.Members(ctx, ana, c)
			w.must(err)
			return list[slices.IndexFunc(list, func(m parley.Member) bool { return m.Person == p.ID })].ReadSeq
		}
		m := w.say(ana, direct, "hello")
		before := reads(direct)
		_, err := w.Read(ctx, bo, direct, 99) // bounded by what there is
		w.must(err)
		if reads(direct) != before+1 || seen(direct, bo) != m.Seq {
			w.t.Errorf("told %d times, read up to %d", reads(direct)-before, seen(direct, bo))
		}
		w.say(ana, room, "hello")
		_, err = w.Read(ctx, bo, room, 99)
		w.must(err)
		if reads(room) != 0 || seen(room, bo) != 0 {
			w.t.Error("heads are counted in a channel")
		}
		// Who moves a message has read it where it stands now, and the others are told.
		own := w.say(bo, room, "for you")
		before = reads(direct)
		moved, err := w.Move(ctx, bo, at(own), direct)
		w.must(err)
		if reads(direct) != before+1 || seen(direct, bo) != moved.Seq {
			w.t.Errorf("told %d times of moving, read up to %d", reads(direct)-before, seen(direct, bo))
		}
		w.must(w.db.Write(ctx, bo.ID, func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.Exec(ctx, `UPDATE person SET preferences = '{"read_receipts":false}' WHERE id = ?`, bo.ID)
			return err
		}))
		w.say(ana, direct, "are you there?")
		before = reads(direct)
		_, err = w.Read(ctx, bo, direct, 99)
		w.must(err)
		w.say(bo, direct, "no")
		if reads(direct) != before || seen(direct, bo) != 0 {
			w.t.Error("is shown although switched off")
		}
		got, err := w.SetMine(ctx, bo, direct, conversation.Mine{Level: new(parley.LevelNothing), Muted: new(true), Section: new(" Later ")})
		w.must(err)
		if got.Me.Level != parley.LevelNothing || !got.Me.Muted || got.Me.Section != "Later" || w.get(ana, direct).Me.Muted {
			w.t.Errorf("bo has %+v", got.Me)
		}
	})
}

func TestGuestsDoNotMeetStrangersByMentioningThem(t *testing.T) {
	each(t, func(w *world) {
		ana, secret, guest := w.person("ana", parley.MemberRole), w.person("secret.agent", parley.MemberRole), w.person("guest", parley.Guest)
		c := w.channel(ana, parley.Private, "c", guest)
		w.must(w.db.Write(ctx, 1, func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.Exec(ctx, `INSERT INTO person_group (id, handle, name, created_at) VALUES (1, 'board', 'The Board', 1)`)
			return err
		}))
		html, err := w.Render(ctx, guest, "@ana @secret.agent @board")
		w.must(err)
		if strings.Contains(html, secret.ID.String()) || strings.Contains(html, "The Board") || !strings.Contains(html, ana.ID.String()) {
			w.t.Errorf("a guest sees %s", html)
		}
		if html, err = w.Render(ctx, ana, "@secret.agent @board"); err != nil || !strings.Contains(html, secret.ID.String()) {
			w.t.Errorf("a member sees %s, %v", html, err)
		}
		if m := w.say(guest, c, "@secret.agent"); len(m.Mentions) > 0 {
			w.t.Errorf("a guest mentions %v", m.Mentions)
		}
	})
}

func TestWhoComesIsWelcomedWhereTheyWereInvitedTo(t *testing.T) {
	each(t, func(w *world) {
		welcome := func(p parley.Person, where ...parley.ID) {
			w.must(w.db.Write(ctx, p.ID, func(ctx context.Context, tx *store.Tx) error { return w.Welcome(ctx, tx, p, where) }))
		}
		owner, bo, guest := w.person("olga", parley.Owner), w.person("bo", parley.MemberRole), w.person("guest", parley.Guest)
		welcome(owner)
		mine, err := w.Mine(ctx, owner)
		w.must(err)
		if len(mine) != 1 || mine[0].Name != "general" || mine[0].LastSeq != 2 {
			w.t.Fatalf("the owner finds %+v", mine)
		}
		c := w.channel(owner, parley.Private, "project")
		archived := w.channel(owner, parley.Private, "old")
		_, err = w.Update(ctx, owner, archived, conversation.Change{Archived: new(true)})
		w.must(err)
		welcome(bo, c, parley.NewID(), archived, c)
		welcome(guest, c)
		for p, want := range map[*parley.Person]string{&bo: "general project", &guest: "project"} {
			mine, err := w.Mine(ctx, *p)
			w.must(err)
			var names []string
			for _, c := range mine {
				names = append(names, c.Name)
			}
			slices.Sort(names)
			if got := strings.Join(names, " "); got != want {
				w.t.Errorf("%s is in %s, want %s", p.Name, got, want)
			}
		}
		if met, err := w.GuestsWith(ctx, owner.ID); err != nil || !slices.Equal(met, []parley.ID{guest.ID}) {
			w.t.Errorf("guests %v, %v", met, err)
		}
		if list, err := w.Browse(ctx, guest); err != nil || len(list) > 0 {
			w.t.Errorf("a guest browses %v, %v", list, err)
		}
		fresh := w.person("fresh", parley.MemberRole)
		if list, err := w.Browse(ctx, fresh); err != nil || len(list) != 1 || list[0].Name != "general" {
			w.t.Errorf("a member browses %v, %v", list, err)
		}
	})
}

func TestMembersWhoAreNoManagersMayNotPublish(t *testing.T) {
	each(t, func(w *world) {
		ana, bo := w.person("ana", parley.MemberRole), w.person("bo", parley.MemberRole)
		c := w.channel(ana, parley.Private, "c", bo)
		w.refused(second(w.Update(ctx, bo, c, conversation.Change{Visibility: new(parley.Public)})), parley.ErrForbidden)
		w.refused(second(w.Update(ctx, ana, c, conversation.Change{Visibility: new(parley.Visibility("loud"))})), parley.ErrInvalid)
		got, err := w.Update(ctx, ana, c, conversation.Change{Visibility: new(parley.Public)})
		w.must(err)
		if got.Visibility != parley.Public {
			w.t.Errorf("%+v", got)
		}
		cy := w.person("cy", parley.MemberRole)
		w.must(w.MayListen(ctx, cy, c))
		if err := identity.May(cy, identity.SeeConversation, identity.Object{Conversation: new(w.get(cy, c))}); err != nil {
			w.t.Error(err)
		}
	})
}

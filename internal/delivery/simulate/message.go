package simulate

import (
	"math/rand/v2"
	"time"

	"github.com/parley-im/parley/internal/delivery"
	"github.com/parley-im/parley/internal/parley"
)

// message is something said by somebody, and to whom.
type message struct {
	delivery.Message
	number uint64
	at     time.Time
	direct int   // to this person; in a room: -1
	room   []int // to everybody in it but the author
	named  int   // how many of the room, counted on from the author, are mentioned
	author int
}

// everybody calls do for each recipient.
func (m *message) everybody(do func(to int, relation delivery.Relation)) {
	if m.direct >= 0 {
		do(m.direct, delivery.Direct)
		return
	}
	place := 0
	for i, n := range m.room {
		if n == m.author {
			place = i
		}
	}
	for i := 1; i < len(m.room); i++ {
		relation := delivery.Member
		if i <= m.named {
			relation = delivery.Mentioned
		}
		do(m.room[(place+i)%len(m.room)], relation)
	}
}

// The shares of what is said, and how often somebody says something.
const (
	shareWhenever = 0.25
	shareNormal   = 0.64
	shareAnswerBy = 0.10
	shareUrgent   = 0.01

	shareDirect    = 0.60
	shareMentioned = 0.15
	shareRoom      = 0.25

	shareEvening = 0.05 // of what would be said at work is said up to ten hours later
)

const between = 80 * time.Minute // mean time between two messages of one author, at work

// talk makes up what everybody says in the simulated time.
func talk(people []*person, c Config) (said []message) {
	for _, p := range people {
		r := row(c.Seed, ofTalk, p.number)
		end := begin.AddDate(0, 0, c.Days)
		for t := begin; ; {
			next, ok := p.work.After(t, wait(r, between))
			if !ok || !next.Before(end) {
				break
			}
			t = next
			at := t
			if r.Float64() < shareEvening {
				at = t.Add(time.Duration(r.Int64N(int64(10 * time.Hour))))
			}
			m := say(r, people, p, at)
			m.number = uint64(len(said))
			said = append(said, m)
		}
	}
	return said
}

func say(r *rand.Rand, people []*person, p *person, at time.Time) message {
	m := message{at: at, author: p.number, direct: -1}
	kind := pick(r, shareDirect, shareMentioned, shareRoom)
	need := pick(r, shareWhenever, shareNormal, shareAnswerBy, shareUrgent)
	m.Need = []parley.Need{parley.Whenever, parley.Normal, parley.AnswerBy, parley.Urgent}[need]
	if kind == 2 && need > 1 {
		kind = 1 // who wants an answer says from whom
	}
	m.room = p.team
	if r.Float64() < 0.3 || len(p.team) == 1 {
		m.room = p.round
	}
	switch kind {
	case 0:
		m.direct = m.room[r.IntN(len(m.room))]
		if r.Float64() < 0.15 {
			m.direct = r.IntN(len(people))
		}
		if m.direct == p.number {
			m.direct = (m.direct + 1) % len(people)
		}
	case 1:
		m.named = min(1+r.IntN(3), len(m.room)-1)
	}
	if m.Need == parley.AnswerBy { // by some of the author's own working hours later
		m.By, _ = p.work.After(at, []time.Duration{2, 4, 8, 16, 32}[r.IntN(5)]*time.Hour)
	}
	return m
}

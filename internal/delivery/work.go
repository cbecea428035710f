package delivery

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

// deliver is the job of one instant, in milliseconds: all steps that are due then, of whatever message. There is one for
// each instant that stands in a delivery, written by the same transaction.
type deliver struct {
	At int64 `json:"at"`
}

// Kind is deliver.
func (deliver) Kind() string { return "deliver" }

const (
	tickRows = 500            // deliveries that are taken from the database together
	giveUp   = 24 * time.Hour // a way that cannot be used for so long is given up
)

// work does what is due at an instant. Each step is done before it is written down that it was: who dies in between does
// it again, with the same key.
func (s *Service) work(ctx context.Context, d deliver) error {
	if err := s.wakeUp(ctx, d.At); err != nil {
		return err
	}
	var after parley.ID
	var failed error
	for {
		list, err := rows(ctx, s.db, `d.due_at = ? AND d.person_id > ? ORDER BY d.person_id, d.conversation_id, d.seq LIMIT ?`, d.At, after, tickRows)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return failed
		}
		if len(list) == tickRows { // the last person may have more
			last := list[len(list)-1].person
			if list[0].person != last {
				list = slices.DeleteFunc(list, func(r row) bool { return r.person == last })
			}
		}
		after = list[len(list)-1].person
		failed = errors.Join(failed, s.workOn(ctx, d.At, list))
	}
}

// workOn does what is due for some people.
func (s *Service) workOn(ctx context.Context, at int64, list []row) error {
	var ids []parley.ID
	byPerson := map[parley.ID][]row{}
	for _, r := range list {
		if byPerson[r.person] == nil {
			ids = append(ids, r.person)
		}
		byPerson[r.person] = append(byPerson[r.person], r)
	}
	people, err := s.someones(ctx, s.db, ids)
	if err != nil {
		return err
	}
	var wait sync.WaitGroup
	free := make(chan struct{}, s.AtOnce)
	errs := make([]error, len(ids))
	for i, id := range ids {
		free <- struct{}{}
		wait.Go(func() {
			defer func() { <-free }()
			if errs[i] = s.workFor(ctx, at, people[id], byPerson[id]); errs[i] != nil {
				errs[i] = fmt.Errorf("deliver to %s: %w", id, errs[i])
			}
		})
	}
	wait.Wait()
	return errors.Join(errs...)
}

// doing is one step that is being done.
type doing struct {
	row   *row
	index int
	err   error
	hours Calendar // of the person
}

func (d *doing) step() *step { return &d.row.steps[d.index] }

// workFor does what is due for one person, and writes down what became of it.
func (s *Service) workFor(ctx context.Context, at int64, p *someone, list []row) error {
	now := s.now()
	var hours Calendar
	if p != nil {
		hours = p.calendar()
	}
	var all []*doing
	for i := range list {
		r := &list[i]
		facts, err := factsOf(ctx, s.db, list[i:i+1])
		if err != nil {
			return err
		}
		s.apply(r, facts[r.person])
		if p == nil || !p.human {
			r.came(Answered)
		}
		for j := range r.steps {
			if st := &r.steps[j]; st.State == stepDue && millis(st.At) <= at {
				all = append(all, &doing{row: r, index: j, hours: hours})
			}
		}
	}
	for _, e := range s.errands(at, p, all) {
		err := s.tell(ctx, p, e.way, e.Envelope)
		for _, d := range e.doing {
			d.err = err
		}
		if err := s.noteAll(ctx, list, e.doing, now); err != nil { // at once: what was told is not told again
			return err
		}
	}
	return s.noteAll(ctx, list, slices.DeleteFunc(all, func(d *doing) bool { return d.outside() }), now)
}

// outside says whether a step is done by a way beside the app.
func (d *doing) outside() bool {
	st := d.row.steps[d.index]
	return (What(st.What) == Tell || What(st.What) == Bundle) && st.Way != parley.AddressApp
}

// errand is what is told to a person at once by one way.
type errand struct {
	way parley.AddressKind
	parley.Envelope
	doing []*doing
}

// errands are what is to be told by the ways beside the app: what was held back as one, the rest one by one.
func (s *Service) errands(at int64, p *someone, all []*doing) (list []errand) {
	bundles := map[parley.AddressKind][]*doing{}
	for _, d := range all {
		switch st := d.step(); {
		case !d.outside():
		case What(st.What) == Bundle:
			bundles[st.Way] = append(bundles[st.Way], d)
		default:
			list = append(list, single(p, d))
		}
	}
	for _, way := range slices.Sorted(maps.Keys(bundles)) {
		held := bundles[way]
		if len(held) == 1 {
			list = append(list, single(p, held[0]))
			continue
		}
		slices.SortFunc(held, byNeed)
		e := errand{way: way, doing: held, Envelope: parley.Envelope{
			Person: p.id, What: parley.NoticeBundle, Key: fmt.Sprintf("%s-%s-%d", p.id, way, at),
		}}
		for _, d := range held {
			e.Notes = append(e.Notes, noteOf(d))
			e.Urgent = e.Urgent || d.row.need == parley.Urgent
		}
		list = append(list, e)
	}
	return list
}

func single(p *someone, d *doing) errand {
	return errand{way: d.step().Way, doing: []*doing{d}, Envelope: parley.Envelope{
		Person: p.id, What: noticeOf(d.row), Notes: []parley.Note{noteOf(d)}, Urgent: d.row.need == parley.Urgent, Key: keyOf(d),
	}}
}

// noteAll writes down what became of some steps of a person's deliveries.
func (s *Service) noteAll(ctx context.Context, list []row, done []*doing, now time.Time) error {
	return s.db.Write(ctx, list[0].person, func(ctx context.Context, tx *store.Tx) error {
		for i := range list {
			r := &list[i]
			mine := slices.DeleteFunc(slices.Clone(done), func(d *doing) bool { return d.row != r })
			if len(mine) == 0 && r.due() == r.dueAt {
				continue
			}
			if err := s.note(ctx, tx, r, mine, now); err != nil {
				return err
			}
		}
		return nil
	})
}

func noticeOf(r *row) parley.Notice {
	if r.wants == parley.WantsReminder {
		return parley.NoticeRemind
	}
	if r.wants == parley.WantsReport {
		return parley.NoticeReport
	}
	return parley.NoticeTell
}

func noteOf(d *doing) parley.Note {
	return parley.Note{
		Message: d.row.message, Place: d.row.Place, Need: cmp.Or(d.row.need, parley.Normal), By: d.row.by, Why: d.step().Why, About: d.row.from,
		Deputy: d.row.because == becauseDeputy,
	}
}

// keyOf is the same for each attempt at a step, and different for all others: a step is known by its instant and way.
func keyOf(d *doing) string {
	st := d.step()
	return strings.Join([]string{d.row.message.String(), d.row.person.String(), string(st.Way), fmt.Sprint(d.index), fmt.Sprint(millis(d.row.createdAt))}, "-")
}

// byNeed orders what was held back: by need, then by conversation.
func byNeed(a, b *doing) int {
	needs := []parley.Need{parley.Urgent, parley.AnswerBy, "", parley.Whenever}
	return cmp.Or(
		slices.Index(needs, a.row.need)-slices.Index(needs, b.row.need),
		a.row.by.Compare(b.row.by),
		cmp.Compare(a.row.Conversation, b.row.Conversation), cmp.Compare(a.row.Seq, b.row.Seq))
}

var errNoWay = fmt.Errorf("no such way: %w", parley.ErrNotFound)

// tell delivers to all addresses that the person has by a way. One that took it is enough.
func (s *Service) tell(ctx context.Context, p *someone, kind parley.AddressKind, e parley.Envelope) error {
	way := s.ways[kind]
	if way == nil {
		return errNoWay
	}
	addresses, err := way.Addresses(ctx, p.id)
	if err != nil {
		return err
	}
	if len(addresses) == 0 {
		return errNoWay
	}
	var errs error
	took := false
	for _, a := range addresses {
		e.To = a
		if _, err := way.Deliver(ctx, e); err != nil {
			errs = errors.Join(errs, err)
			s.log.Info("delivery.not_taken", "way", kind, "person", p.id, "error", err)
			continue
		}
		took = true
	}
	if took {
		return nil
	}
	return errs
}

// passing says that it is worth trying again.
func passing(err error) bool {
	return errors.Is(err, parley.ErrUnavailable) || errors.Is(err, parley.ErrLimited) || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled)
}

// note writes down what became of the steps of a delivery, and does those that are rows and events themselves.
func (s *Service) note(ctx context.Context, tx *store.Tx, r *row, done []*doing, now time.Time) error {
	for _, d := range done {
		if err := s.finish(ctx, tx, d, now); err != nil {
			return err
		}
	}
	ok, err := s.update(ctx, tx, r)
	if err != nil || ok {
		if r.was && !r.listed { // the facts have come by another way
			s.gone(tx, *r)
			r.was = false
		}
		s.tallyAfter(tx, *r)
		return err
	}
	// Something has come meanwhile: it counts, and so does what was done.
	fresh, err := rows(ctx, tx, `d.message_id = ? AND d.person_id = ?`, r.message, r.person)
	if err != nil || len(fresh) == 0 {
		return err
	}
	since := &fresh[0]
	for _, d := range done {
		if d.index < len(since.steps) {
			was, is := d.step(), &since.steps[d.index]
			if is.What == was.What && is.Way == was.Way && was.State != stepDue {
				*is = *was
			}
		}
	}
	_, err = s.update(ctx, tx, since)
	s.tallyAfter(tx, *since)
	return err
}

// finish is the end of one step.
func (s *Service) finish(ctx context.Context, tx *store.Tx, d *doing, now time.Time) error {
	st, r := d.step(), d.row
	switch {
	case d.err != nil && passing(d.err) && (st.First.IsZero() || now.Sub(st.First) < giveUp):
		if st.Tries++; st.First.IsZero() {
			st.First = st.At
		}
		st.Note = "unavailable"
		st.At = now.Add(min(time.Duration(st.Tries*st.Tries)*15*time.Second, time.Hour))
		if at, ok := d.hours.Next(st.At); ok && r.need != parley.Urgent { // what was late is not told at night
			st.At = at
		}
		return nil
	case d.err != nil:
		st.State, st.Note, st.DoneAt = stepFailed, "failed", &now
		if errors.Is(d.err, parley.ErrNotFound) {
			st.Note = "no_address"
		}
		s.hurry(r, d.index, now)
		return nil
	}
	st.State, st.Note, st.DoneAt = stepDone, "", &now
	switch What(st.What) {
	case Tell, Bundle:
		if r.state == parley.DeliveryWaiting {
			r.enter(parley.DeliveryTold, now)
		}
		if st.Way == parley.AddressApp {
			s.tellApp(tx, *r, Reason(st.Why) == AgainUrgent)
		}
	case Ask:
		return s.ask(ctx, tx, r, st.Deputy, now)
	case Report:
		return s.report(ctx, tx, r, st.Why, now)
	}
	return nil
}

// hurry has the next way be tried at once when one has failed.
func (s *Service) hurry(r *row, failed int, now time.Time) {
	for i := failed + 1; i < len(r.steps); i++ {
		st := &r.steps[i]
		if st.State == stepDue && (What(st.What) == Tell || What(st.What) == Bundle) && Reason(st.Why) != ForDeadline {
			if st.At.After(now) {
				st.At = now.Add(time.Millisecond)
			}
			return
		}
	}
}

// ask makes the message the deputy's too, as if it were said to them.
func (s *Service) ask(ctx context.Context, tx *store.Tx, r *row, deputy parley.ID, now time.Time) error {
	m, _, err := s.conversations.ForDelivery(ctx, r.message)
	if err != nil {
		return ignoreGone(err)
	}
	people, err := s.someones(ctx, tx, []parley.ID{deputy})
	if err != nil || people[deputy] == nil || !people[deputy].human || deputy == m.Author {
		return err
	}
	p := people[deputy]
	plan := s.planFor(m, p, Mentioned, now)
	plan = slices.DeleteFunc(plan, func(st Step) bool { return st.What == Ask || st.What == Report }) // the first one's plan has those
	fresh := newRow(m, p, becauseDeputy, parley.WantsAcknowledge, plan, now)
	fresh.from = r.person
	return s.addRow(ctx, tx, &fresh, m)
}

// addRow writes a delivery with its job and its news.
func (s *Service) addRow(ctx context.Context, tx *store.Tx, r *row, m parley.Message) error {
	ok, err := s.insert(ctx, tx, r)
	if err != nil || !ok {
		return err
	}
	if r.dueAt > 0 {
		if err := s.jobs.Insert(ctx, tx, deliver{r.dueAt}, instant(r.dueAt)); err != nil {
			return err
		}
	}
	s.publishItem(tx, *r, m)
	return nil
}

// report tells the author that the message has not come to somebody: it stands in their Inbox until they have seen to it.
func (s *Service) report(ctx context.Context, tx *store.Tx, r *row, why string, now time.Time) error {
	if r.finished() {
		return nil
	}
	r.enter(parley.DeliveryMissed, now)
	m, _, err := s.conversations.ForDelivery(ctx, r.message)
	if err != nil {
		return ignoreGone(err)
	}
	people, err := s.someones(ctx, tx, []parley.ID{m.Author})
	if err != nil || people[m.Author] == nil || !people[m.Author].human {
		return err
	}
	p := people[m.Author]
	about := m
	if m.Need != parley.Urgent {
		about.Need = "" // told in their own hours
	}
	about.CreatedAt, about.By = now.Add(-Hold), nil
	plan := s.planFor(about, p, Direct, now)
	plan = slices.DeleteFunc(plan, func(st Step) bool {
		return st.What == Ask || st.What == Report || st.Way == parley.AddressApp && st.At.After(now)
	})
	fresh := newRow(m, p, becauseReport, parley.WantsReport, plan, now)
	fresh.from = r.person
	for i := range fresh.steps {
		fresh.steps[i].Why = why
	}
	old, err := rows(ctx, tx, `d.message_id = ? AND d.person_id = ?`, m.ID, m.Author)
	if err != nil {
		return err
	}
	if len(old) == 0 {
		return s.addRow(ctx, tx, &fresh, m)
	}
	// One report tells of all whom it has not reached; who was named last stands in it.
	o := &old[0]
	o.wants, o.because, o.from, o.listed, o.until = fresh.wants, fresh.because, fresh.from, true, 0
	if _, err := s.update(ctx, tx, o); err != nil {
		return err
	}
	s.publishItem(tx, *o, m)
	return nil
}

func ignoreGone(err error) error {
	if errors.Is(err, parley.ErrNotFound) {
		return nil
	}
	return err
}

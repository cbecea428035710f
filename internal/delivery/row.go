package delivery

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/parley-im/parley/internal/conversation"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

// row is a delivery as it is kept.
type row struct {
	message, person, author parley.ID
	parley.Place
	need      parley.Need
	by        time.Time
	wants     parley.Wants
	because   string
	from      parley.ID
	note      string
	state     parley.DeliveryState
	stateAt   time.Time
	steps     []step
	dueAt     int64
	listed    bool
	until     int64
	createdAt time.Time
	version   int64

	was bool // listed, when it was read
}

// step is a step of a plan with what became of it.
type step struct {
	parley.DeliveryStep
	Tries int       `json:"tries,omitempty"`
	First time.Time `json:"first,omitzero"` // when it was due, where it was put off since
}

// What became of a step.
const (
	stepDue      = "due"
	stepDone     = "done"
	stepNeedless = "needless"
	stepFailed   = "failed"
)

const rowColumns = `d.message_id, d.person_id, d.author_id, d.conversation_id, d.seq, d.need, d.answer_by, d.wants, d.because, d.from_id, d.note,
	d.state, d.state_at, d.steps, d.due_at, d.listed, d.until, d.created_at, d.version`

func scanRow(s store.Scanner) (r row, err error) {
	var by, stateAt, createdAt int64
	var steps string
	err = s.Scan(&r.message, &r.person, &r.author, &r.Conversation, &r.Seq, &r.need, &by, &r.wants, &r.because, &r.from, &r.note,
		&r.state, &stateAt, &steps, &r.dueAt, &r.listed, &r.until, &createdAt, &r.version)
	if err != nil {
		return r, err
	}
	r.was = r.listed
	r.by, r.stateAt, r.createdAt = instant(by), instant(stateAt), instant(createdAt)
	return r, json.Unmarshal([]byte(steps), &r.steps)
}

func rows(ctx context.Context, r store.Reader, where string, args ...any) ([]row, error) {
	list, err := store.All(ctx, r, scanRow, `SELECT `+rowColumns+` FROM delivery d WHERE `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("deliveries: %w", err)
	}
	return list, nil
}

func (r *row) stepsJSON() string {
	text, err := json.Marshal(r.steps)
	if err != nil {
		panic(fmt.Sprintf("delivery: steps cannot be encoded: %v", err)) // they hold nothing that can fail
	}
	if r.steps == nil {
		return "[]"
	}
	return string(text)
}

// due is when the next step is, in milliseconds; 0: none is left.
func (r *row) due() (due int64) {
	for _, st := range r.steps {
		if at := millis(st.At); st.State == stepDue && (due == 0 || at < due) {
			due = at
		}
	}
	return due
}

// insert writes a new delivery. It is no error if there is one: false.
func (s *Service) insert(ctx context.Context, tx *store.Tx, r *row) (bool, error) {
	r.dueAt, r.version = r.due(), 1
	done, err := tx.Exec(ctx, `INSERT INTO delivery (message_id, person_id, author_id, conversation_id, seq, need, answer_by, wants, because,
		from_id, note, state, state_at, steps, due_at, listed, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (message_id, person_id) DO NOTHING`,
		r.message, r.person, r.author, r.Conversation, r.Seq, r.need, millis(r.by), r.wants, r.because,
		r.from, r.note, r.state, millis(r.stateAt), r.stepsJSON(), r.dueAt, r.listed, millis(r.createdAt))
	if err != nil {
		return false, fmt.Errorf("write delivery of %s to %s: %w", r.message, r.person, err)
	}
	n, err := done.RowsAffected()
	return n > 0, err
}

// update writes a delivery that has changed. False: somebody else has changed it since it was read.
func (s *Service) update(ctx context.Context, tx *store.Tx, r *row) (bool, error) {
	due := r.due()
	done, err := tx.Exec(ctx, `UPDATE delivery SET wants = ?, because = ?, from_id = ?, note = ?, state = ?, state_at = ?, steps = ?, due_at = ?,
		listed = ?, until = ?, created_at = ?, version = version + 1 WHERE message_id = ? AND person_id = ? AND version = ?`,
		r.wants, r.because, r.from, r.note, r.state, millis(r.stateAt), r.stepsJSON(), due, r.listed, r.until, millis(r.createdAt),
		r.message, r.person, r.version)
	if err != nil {
		return false, fmt.Errorf("change delivery of %s to %s: %w", r.message, r.person, err)
	}
	n, err := done.RowsAffected()
	if n == 0 || err != nil {
		return false, err
	}
	r.version++
	if due > 0 && due != r.dueAt {
		if err := s.jobs.Insert(ctx, tx, deliver{due}, instant(due)); err != nil {
			return false, err
		}
	}
	r.dueAt = due
	return true, nil
}

// rank orders facts: each includes those below.
func rank(f Fact) int {
	return slices.Index([]Fact{Never, Seen, Acknowledged, Answered}, f)
}

// came makes needless what a fact makes so: an acknowledgement is as good as an answer for whoever waits.
func (r *row) came(f Fact) (changed bool) {
	if rank(f) >= rank(Acknowledged) {
		f = Answered
	}
	for i := range r.steps {
		st := &r.steps[i]
		if st.State == stepDue && st.Unless != "" && rank(Fact(st.Unless)) <= rank(f) {
			st.State = stepNeedless
			changed = true
		}
	}
	return changed
}

// finished says that nothing is wanted of the person any more.
func (r *row) finished() bool {
	return r.state == parley.DeliveryAnswered || r.state == parley.DeliveryAcknowledged || r.state == parley.DeliveryWithdrawn
}

func (r *row) enter(state parley.DeliveryState, at time.Time) {
	r.state, r.stateAt = state, at
}

// told are the ways by which it was told, but for the app.
func (r *row) told() (ways []parley.AddressKind) {
	for _, st := range r.steps {
		if st.State == stepDone && (st.What == string(Tell) || st.What == string(Bundle)) && st.Way != parley.AddressApp && !slices.Contains(ways, st.Way) {
			ways = append(ways, st.Way)
		}
	}
	return ways
}

func (r *row) delivery() parley.Delivery {
	d := parley.Delivery{
		Message: r.message, Person: r.person, Wants: r.wants, Because: r.because, State: r.state, At: r.stateAt,
		Next: instantOrNil(r.due()), Steps: make([]parley.DeliveryStep, len(r.steps)),
	}
	for i, st := range r.steps {
		d.Steps[i] = st.DeliveryStep
	}
	return d
}

// keep turns a plan into the steps that are kept: what an open app shows by itself is done already, and the daily
// summary is not a matter of one message.
func keep(plan []Step) []step {
	var kept []step
	for _, p := range plan {
		if p.What == Summarise {
			continue
		}
		st := step{DeliveryStep: parley.DeliveryStep{
			At: p.At.UTC().Truncate(time.Millisecond), What: string(p.What), Way: p.Way, Deputy: p.Deputy, Unless: string(p.Unless), Why: string(p.Why), State: stepDue,
		}}
		if p.What == Show {
			st.State, st.DoneAt = stepDone, &st.At
		}
		kept = append(kept, st)
	}
	return kept
}

// gone tells a person's apps that a message wants nothing of them any more.
func (s *Service) gone(tx *store.Tx, r row) {
	tx.After(func() {
		s.live.Publish(conversation.Own(r.person), 0, parley.Event{Type: parley.EventInboxGone, Gone: r.message})
	})
}

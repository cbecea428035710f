// Package conversation is what was said: join, post, edit, react, read, search. It is the only writer of
// conversations and messages.
//
// Every mode comes here with the same verbs. A verb checks what the person may do (identity.May), writes in ONE
// transaction, and returns when that is durable; after the commit, and in its order, the change goes to the live
// streams. The verbs answer ErrNotFound for what the person may not see.
//
// It must not know how a message came (sockets, SMTP, ...) nor how it reaches anybody.
package conversation

import (
	"context"
	"log/slog"
	"time"

	"github.com/parley-im/parley/internal/blob"
	"github.com/parley-im/parley/internal/job"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/preview"
	"github.com/parley-im/parley/internal/store"
)

// Live is where changes go once they are durable; internal/realtime has it. All three return at once.
type Live interface {
	// Publish sends e to who listens on the channel; an offset above 0 is its place in the channel's stream.
	Publish(channel string, offset uint64, e parley.Event)
	// Touch tells the members that a conversation has moved on, bundled.
	Touch(a parley.Activity, mentioned []parley.ID)
	// MembersChanged makes who is in the conversation be read again; the people named may have lost the sight of it.
	MembersChanged(conversation parley.ID, gone ...parley.ID)
}

// Delivery is told, in the transaction that does it, of all that decides how messages reach people; internal/delivery is
// one. What its methods refuse is not done.
type Delivery interface {
	// Said: by has said m, which has its place.
	Said(ctx context.Context, tx *store.Tx, by parley.Person, c parley.Conversation, m parley.Message) error
	// Read: a person has read the conversation up to seq.
	Read(ctx context.Context, tx *store.Tx, person, conversation parley.ID, seq int64) error
	// Answered: m, which wanted an answer, has one.
	Answered(ctx context.Context, tx *store.Tx, m parley.Message, a parley.Answer) error
	// Decided: m has come to its outcome, or to none.
	Decided(ctx context.Context, tx *store.Tx, m parley.Message) error
	// Withdraw: m is being taken back; ErrConflict when it has reached somebody.
	Withdraw(ctx context.Context, tx *store.Tx, m parley.Message) error
	// Gone: m was deleted.
	Gone(ctx context.Context, tx *store.Tx, m parley.Message) error
	// Moved: m stands elsewhere now.
	Moved(ctx context.Context, tx *store.Tx, m parley.Message) error
	// Left: a person is no member any more.
	Left(ctx context.Context, tx *store.Tx, person, conversation parley.ID) error
}

// undelivered is a Delivery for who needs none: an import, a test of what was said.
type undelivered struct{}

func (undelivered) Said(context.Context, *store.Tx, parley.Person, parley.Conversation, parley.Message) error {
	return nil
}

func (undelivered) Read(context.Context, *store.Tx, parley.ID, parley.ID, int64) error { return nil }

func (undelivered) Answered(context.Context, *store.Tx, parley.Message, parley.Answer) error {
	return nil
}
func (undelivered) Decided(context.Context, *store.Tx, parley.Message) error    { return nil }
func (undelivered) Withdraw(context.Context, *store.Tx, parley.Message) error   { return nil }
func (undelivered) Gone(context.Context, *store.Tx, parley.Message) error       { return nil }
func (undelivered) Moved(context.Context, *store.Tx, parley.Message) error      { return nil }
func (undelivered) Left(context.Context, *store.Tx, parley.ID, parley.ID) error { return nil }

// Rules are the settings of the organisation that posting depends on.
type Rules interface {
	Organisation(ctx context.Context) (parley.Organisation, error)
}

// Options are the parts that a Service works with.
type Options struct {
	DB      *store.DB
	Live    Live
	Rules   Rules
	Blobs   *blob.Store      // nil: no files
	Preview *preview.Fetcher // nil: links are not looked up
	Jobs    *job.Queue       // needed when links are looked up, and for decisions
	MaxFile int64            // bytes of one file; 0: 100 MB
	// Clock says when a thing is said or done that is written now. Default time.Now; an import, or a sample, sets it
	// to when it was. It orders nothing: that is seq's, so what is older must be written first.
	Clock  func() time.Time
	Logger *slog.Logger
}

// Hooks are told of what was said, after it is durable. Each may be nil. They run in the order of the conversation,
// must be quick and must not write. Set them before the first request.
type Hooks struct {
	Said func(parley.Message) // a new message, of whatever kind
}

// Service has the verbs.
type Service struct {
	Hooks Hooks

	db       *store.DB
	live     Live
	rules    Rules
	blobs    *blob.Store
	preview  *preview.Fetcher
	jobs     *job.Queue
	maxFile  int64
	clock    func() time.Time
	past     bool // clock is not that of now
	delivery Delivery
	log      *slog.Logger
}

// New returns the Service that writes to o.DB.
func New(o Options) *Service {
	if o.MaxFile == 0 {
		o.MaxFile = 100 << 20
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	s := &Service{
		db: o.DB, live: o.Live, rules: o.Rules, blobs: o.Blobs, preview: o.Preview, jobs: o.Jobs,
		maxFile: o.MaxFile, clock: o.Clock, past: o.Clock != nil, log: o.Logger,
		delivery: undelivered{},
	}
	if s.clock == nil {
		s.clock = time.Now
	}
	if s.jobs != nil {
		job.Register(s.jobs, s.closeDecision)
	}
	if s.preview != nil {
		job.Register(s.jobs, s.fetchLinks)
	}
	return s
}

// DeliverBy has messages reach people by d. Without it they are only said. Call it before the first request.
func (s *Service) DeliverBy(d Delivery) { s.delivery = d }

// Stream is the name of a conversation's live channel.
func Stream(id parley.ID) string { return "c:" + id.String() }

// Own is the name of a person's own live channel.
func Own(person parley.ID) string { return "p:" + person.String() }

// now is the instant that is written down: to the millisecond, as the database keeps it.
func (s *Service) now() time.Time { return s.clock().UTC().Truncate(time.Millisecond) }

func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func millisOrZero(t *time.Time) int64 {
	if t == nil {
		return 0
	}
	return t.UnixMilli()
}

func instant(ms int64) time.Time { return time.UnixMilli(ms).UTC() }

// instantOrNil reads what the schema calls "0 means never".
func instantOrNil(ms int64) *time.Time {
	if ms == 0 {
		return nil
	}
	t := instant(ms)
	return &t
}

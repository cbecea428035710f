package conversation

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

// Draft is a message before it is posted.
type Draft struct {
	Conversation parley.ID
	Thread       int64       // seq of the root that it answers; 0: none
	Body         string      // Markdown
	Files        []parley.ID // uploaded before by the author
	Via          parley.Via
	Key          string           // the author's idempotency key; empty: none
	As           *parley.ShownAs  // of webhooks
	Previews     []parley.Preview // of its links, where they are known (imports); none: they are looked up
	Need         parley.Need      // empty: normal
	By           time.Time        // of need answer: when it is wanted
	Reason       string           // of need urgent
	Decision     *Decision        // of need answer; nil: none
}

// Posted is a message, and whether this call made it: a key that was used before gives the first message again.
type Posted struct {
	parley.Message
	Again bool
}

// Post says something. When it returns, the message is durable and has its place; the live streams get it next.
//
// Errors: ErrNotFound (no such conversation, thread or file for by), ErrForbidden (not a member, archived, may not
// mention everyone), ErrInvalid (empty, thread of a thread), ErrLimited (too long, too many files).
func (s *Service) Post(ctx context.Context, by parley.Person, d Draft) (Posted, error) {
	return s.Enqueue(ctx, by, d)()
}

// Enqueue is Post in two halves: what one goroutine has queued for a conversation is posted in that order, and many
// posts can be under way before the first is durable. wait must be called, once.
func (s *Service) Enqueue(ctx context.Context, by parley.Person, d Draft) (wait func() (Posted, error)) {
	var doc document
	err := d.check()
	if err == nil {
		doc, err = s.render(ctx, by, d.Body)
	}
	if err != nil {
		return func() (Posted, error) { return Posted{}, fmt.Errorf("post: %w", err) }
	}
	var posted Posted
	written := s.db.Enqueue(ctx, d.Conversation, func(ctx context.Context, tx *store.Tx) (err error) {
		posted, err = s.post(ctx, tx, by, d, doc)
		return err
	})
	return func() (Posted, error) {
		err := written()
		if d.Key != "" && errors.Is(err, parley.ErrConflict) { // sent twice at once, by two nodes
			if first, read := firstWith(ctx, s.db, by, d.Key); read == nil {
				return Posted{Message: first, Again: true}, nil
			}
		}
		if err != nil {
			return Posted{}, fmt.Errorf("post: %w", err)
		}
		return posted, nil
	}
}

func (d *Draft) check() (err error) {
	if d.Body, err = checkBody(d.Body); err != nil {
		return err
	}
	switch {
	case d.Body == "" && len(d.Files) == 0:
		return parley.Invalid("body", "required", "there is nothing to say")
	case len(d.Files) > parley.MaxFiles:
		return &parley.FieldError{Field: "files", Code: "too_many", Kind: parley.ErrLimited, Msg: fmt.Sprintf("at most %d", parley.MaxFiles)}
	case len(d.Key) > parley.MaxIdemKey:
		return parley.Invalid("key", "too_long", fmt.Sprintf("at most %d bytes", parley.MaxIdemKey))
	case !utf8.ValidString(d.Key) || strings.ContainsRune(d.Key, 0):
		return parley.Invalid("key", "not_text", "must be UTF-8 text")
	case d.Thread < 0:
		return parley.Invalid("thread", "unknown", "is the seq of a message")
	}
	if err := d.checkNeed(); err != nil {
		return err
	}
	return d.checkDecision()
}

// checkNeed refuses a need without what it needs, and drops what it does not.
func (d *Draft) checkNeed() (err error) {
	if d.Need != parley.AnswerBy {
		d.By = time.Time{}
	}
	if d.Need != parley.Urgent {
		d.Reason = ""
	}
	switch d.Need {
	case parley.Normal:
		d.Need = ""
	case "", parley.Whenever:
	case parley.AnswerBy:
		if d.By.IsZero() {
			return parley.Invalid("by", "required", "is when an answer is wanted")
		}
		d.By = d.By.UTC().Truncate(time.Second)
	case parley.Urgent:
		if d.Reason, err = identity.CleanText("reason", d.Reason, parley.MaxReason); err != nil {
			return err
		}
		if d.Reason == "" {
			return parley.Invalid("reason", "required", "an urgent message says why it is")
		}
	default:
		return parley.Invalid("need", "unknown", "must be whenever, normal, answer or urgent")
	}
	return nil
}

// checkBody returns a body as it is kept.
func checkBody(body string) (string, error) {
	body = strings.TrimSpace(body)
	switch {
	case len(body) > parley.MaxBody:
		return body, &parley.FieldError{Field: "body", Code: "too_long", Kind: parley.ErrLimited, Msg: fmt.Sprintf("at most %d bytes", parley.MaxBody)}
	case !utf8.ValidString(body) || strings.ContainsRune(body, 0):
		return body, parley.Invalid("body", "not_text", "must be UTF-8 text")
	}
	return body, nil
}

// firstWith returns the message that by posted with a key, wherever it is now. ErrNotFound: there is none yet;
// ErrConflict: it has gone where they may not see it.
func firstWith(ctx context.Context, r store.Reader, by parley.Person, key string) (parley.Message, error) {
	m, err := message(ctx, r, `SELECT `+messageColumns+` FROM message m WHERE m.author_id = ? AND m.idem_key = ?`, by.ID, key)
	if err != nil {
		return m, err
	}
	if _, err := find(ctx, r, by, m.Conversation); err != nil {
		return parley.Message{}, &parley.FieldError{Field: "key", Code: "used", Kind: parley.ErrConflict, Msg: "was used for a message that you may not see any more"}
	}
	return m, nil
}

// findToPost is find, and says whether by has used the key before: every post asks both, so it is one question.
func findToPost(ctx context.Context, r store.Reader, by parley.Person, d Draft) (c parley.Conversation, again bool, err error) {
	c, err = store.One(ctx, r, func(row store.Scanner) (parley.Conversation, error) { return scanConversationAnd(row, &again) },
		`SELECT `+conversationColumns+`, EXISTS (SELECT 1 FROM message k WHERE k.author_id = ? AND k.idem_key = ?)
		FROM conversation c LEFT JOIN member m ON m.conversation_id = c.id AND m.person_id = ?
		WHERE c.id = ?`, by.ID, d.Key, by.ID, d.Conversation)
	if err != nil {
		return c, false, fmt.Errorf("conversation %s: %w", d.Conversation, err)
	}
	return c, again, may(by, identity.SeeConversation, c)
}

func (s *Service) post(ctx context.Context, tx *store.Tx, by parley.Person, d Draft, doc document) (Posted, error) {
	c, again, err := findToPost(ctx, tx, by, d)
	if err != nil {
		return Posted{}, err
	}
	if again { // before the right to post: what was accepted stays so, even if that has ended meanwhile
		first, err := firstWith(ctx, tx, by, d.Key)
		return Posted{Message: first, Again: true}, err
	}
	if err := may(by, identity.PostMessage, c); err != nil {
		return Posted{}, err
	}
	if doc.everyone && c.Members >= parley.LargeRoom {
		if err := s.mayMentionEveryone(ctx, by, c); err != nil {
			return Posted{}, err
		}
	}
	at := s.now()
	if !d.By.IsZero() && !d.By.After(at) {
		return Posted{}, parley.Invalid("by", "past", "must be in the future")
	}
	m := parley.Message{
		ID: s.newID(at), Conversation: c.ID, Thread: d.Thread, Author: by.ID, Kind: parley.Text, Via: d.Via,
		Need: d.Need, By: instantOrNil(millis(d.By)), Reason: d.Reason, Decision: d.Decision.begin(),
		Body: d.Body, HTML: doc.HTML, As: d.As, Previews: d.Previews, Mentions: doc.people, Everyone: doc.everyone, Key: d.Key, CreatedAt: at,
	}
	if m.Files, err = attach(ctx, tx, by, m.ID, d.Files); err != nil {
		return Posted{}, err
	}
	if err := s.append(ctx, tx, &m, doc); err != nil {
		return Posted{}, err
	}
	if d.Thread > 0 {
		if err := s.reply(ctx, tx, m); err != nil {
			return Posted{}, err
		}
	} else if c.Kind == parley.Direct {
		if err := s.answerOpen(ctx, tx, m); err != nil {
			return Posted{}, err
		}
	}
	if m.Decision != nil {
		if s.jobs == nil {
			return Posted{}, fmt.Errorf("decide without jobs: %w", parley.ErrUnavailable)
		}
		if err := s.jobs.Insert(ctx, tx, closeDecision{m.ID}, *m.By); err != nil {
			return Posted{}, err
		}
	}
	if err := s.delivery.Said(ctx, tx, by, c, m); err != nil {
		return Posted{}, err
	}
	if err := s.readByPosting(ctx, tx, by, c, m); err != nil {
		return Posted{}, err
	}
	if err := s.dropDraft(ctx, tx, by.ID, c.ID, d.Thread); err != nil {
		return Posted{}, err
	}
	return Posted{Message: m}, nil
}

// readByPosting makes the author of m have read up to it. Their apps know that of who had read all before.
func (s *Service) readByPosting(ctx context.Context, tx *store.Tx, by parley.Person, c parley.Conversation, m parley.Message) error {
	me := *c.Me
	err := tx.QueryRow(ctx, `UPDATE member SET read_seq = ?, read_at = ?, version = version + 1
		WHERE person_id = ? AND conversation_id = ? RETURNING version`, m.Seq, millis(m.CreatedAt), by.ID, c.ID).Scan(&me.Version)
	if err != nil {
		return err
	}
	if err := s.publishRead(ctx, tx, by, c, m.Seq); err != nil || me.ReadSeq == c.LastSeq {
		return err
	}
	if err := s.delivery.Read(ctx, tx, by.ID, c.ID, m.Seq); err != nil {
		return err
	}
	if c.Kind != parley.Channel || m.Thread > 0 { // its people, or the root's change, are not known here
		return s.announce(ctx, tx, by.ID, c.ID)
	}
	me.ReadSeq = m.Seq
	c.LastSeq, c.LastChange, c.LastAt, c.Me = m.Seq, m.Change, &m.CreatedAt, &me
	tx.After(func() {
		s.live.Publish(Own(by.ID), 0, parley.Event{Type: parley.EventConversation, Conversation: &c})
	})
	return nil
}

// append gives m the next place in its conversation and writes it, with all that is found by it.
func (s *Service) append(ctx context.Context, tx *store.Tx, m *parley.Message, doc document) error {
	err := tx.QueryRow(ctx, `UPDATE conversation SET last_seq = last_seq + 1, last_change = last_change + 1, last_at = ?
		WHERE id = ? RETURNING last_seq, last_change`, millis(m.CreatedAt), m.Conversation).Scan(&m.Seq, &m.Change)
	if err != nil {
		return fmt.Errorf("next place in %s: %w", m.Conversation, err)
	}
	key := sql.NullString{String: m.Key, Valid: m.Key != ""}
	_, err = tx.Exec(ctx, `INSERT INTO message (id, conversation_id, seq, change, thread_seq, author_id, kind, via, body, html, extra,
		everyone, files, links, idem_key, created_at, need, answer_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		m.ID, m.Conversation, m.Seq, m.Change, m.Thread, m.Author, m.Kind, m.Via, m.Body, m.HTML, extraOf(*m).String(),
		m.Everyone, len(m.Files), len(doc.Links) > 0, key, millis(m.CreatedAt), m.Need, millisOrZero(m.By))
	if err != nil {
		return fmt.Errorf("write message: %w", err)
	}
	for _, p := range m.Mentions {
		if _, err := tx.Exec(ctx, `INSERT INTO mention (person_id, conversation_id, seq) VALUES (?, ?, ?)`, p, m.Conversation, m.Seq); err != nil {
			return fmt.Errorf("write mention: %w", err)
		}
	}
	if err := s.index(ctx, tx, *m, doc); err != nil {
		return err
	}
	if len(m.Previews) == 0 {
		if err := s.lookUpLinks(ctx, tx, *m, doc.Links); err != nil {
			return err
		}
	}
	s.publish(tx, *m)
	if s.Hooks.Said != nil {
		said := *m
		tx.After(func() { s.Hooks.Said(said) })
	}
	mentioned := m.Mentions
	if m.Everyone {
		everybody, err := s.memberIDs(ctx, tx, m.Conversation)
		if err != nil {
			return err
		}
		mentioned = append(slices.DeleteFunc(everybody, func(p parley.ID) bool { return p == m.Author || slices.Contains(m.Mentions, p) }), m.Mentions...)
	}
	settled := int64(0)
	if m.Kind == parley.System {
		if settled, err = s.settle(ctx, tx, *m); err != nil {
			return err
		}
	}
	activity := parley.Activity{
		Conversation: m.Conversation, LastSeq: m.Seq, LastChange: m.Change, LastAt: millis(m.CreatedAt),
		Author: m.Author, Excerpt: doc.excerpt, Settled: settled,
	}
	tx.After(func() { s.live.Touch(activity, mentioned) })
	return nil
}

// newID is that of a message said at that instant: search goes by the instants in them.
func (s *Service) newID(at time.Time) parley.ID {
	if s.past {
		return parley.NewIDAt(at)
	}
	return parley.NewID()
}

// settle makes a system message read by all who had read what was said before it: that somebody joined is no news to be
// worked off. It returns the seq up to which they had to have read.
func (s *Service) settle(ctx context.Context, tx *store.Tx, m parley.Message) (said int64, err error) {
	err = tx.QueryRow(ctx, `SELECT seq FROM message WHERE conversation_id = ? AND kind <> 'system' ORDER BY seq DESC LIMIT 1`, m.Conversation).Scan(&said)
	if err != nil && !errors.Is(err, parley.ErrNotFound) {
		return 0, fmt.Errorf("last said in %s: %w", m.Conversation, err)
	}
	if m.Seq > 1 {
		said = max(said, 1) // 0 would not be told
	}
	_, err = tx.Exec(ctx, `UPDATE member SET read_seq = ?, version = version + 1 WHERE conversation_id = ? AND read_seq >= ?`, m.Seq, m.Conversation, said)
	return said, err
}

// index makes the message findable by its words, the names of its files, and that it has files, images, links.
func (s *Service) index(ctx context.Context, tx *store.Tx, m parley.Message, doc document) error {
	if m.Kind != parley.Text || m.DeletedAt != nil {
		return nil
	}
	text, has := doc.Text, store.Has(0)
	for _, f := range m.Files {
		text += "\n" + f.Name
		has |= store.HasFile
		if strings.HasPrefix(f.MediaType, "image/") {
			has |= store.HasImage
		}
	}
	if len(doc.Links) > 0 {
		has |= store.HasLink
	}
	if err := tx.IndexMessage(ctx, m.ID, m.Conversation, m.Author, text, has); err != nil {
		return fmt.Errorf("index message: %w", err)
	}
	return nil
}

// publish sends the message as it is to the conversation's stream, after the commit.
func (s *Service) publish(tx *store.Tx, m parley.Message) {
	tx.After(func() {
		s.live.Publish(Stream(m.Conversation), uint64(m.Change), parley.Event{Type: parley.EventMessage, Message: &m})
	})
}

// reply counts m in its thread's root.
func (s *Service) reply(ctx context.Context, tx *store.Tx, m parley.Message) error {
	root, err := message(ctx, tx, `SELECT `+messageColumns+` FROM message m WHERE m.conversation_id = ? AND m.seq = ?`, m.Conversation, m.Thread)
	switch {
	case errors.Is(err, parley.ErrNotFound) || err == nil && (root.Kind != parley.Text || root.Seq == m.Seq):
		return parley.Invalid("thread", "unknown", "there is no such message to answer")
	case err != nil:
		return err
	case root.Thread > 0:
		return parley.Invalid("thread", "not_a_root", fmt.Sprintf("is itself an answer: answer %d", root.Thread))
	}
	if root.Decision == nil { // what is to be decided is answered by a vote
		if err := s.answer(ctx, tx, &root, parley.Answer{Person: m.Author, How: parley.Answered, At: m.CreatedAt, Seq: m.Seq}); err != nil {
			return err
		}
	}
	root.Replies, root.LastReplySeq, root.LastReplyAt = root.Replies+1, m.Seq, &m.CreatedAt
	return s.change(ctx, tx, &root, `replies = replies + 1, last_reply_seq = ?, last_reply_at = ?`, m.Seq, millis(m.CreatedAt))
}

// change writes columns of a message that stands, gives it the conversation's next change and publishes it.
func (s *Service) change(ctx context.Context, tx *store.Tx, m *parley.Message, set string, args ...any) error {
	err := tx.QueryRow(ctx, `UPDATE conversation SET last_change = last_change + 1 WHERE id = ? RETURNING last_change`, m.Conversation).Scan(&m.Change)
	if err != nil {
		return fmt.Errorf("next change of %s: %w", m.Conversation, err)
	}
	if _, err := tx.Exec(ctx, `UPDATE message SET `+set+`, change = ? WHERE id = ?`, append(args, m.Change, m.ID)...); err != nil {
		return fmt.Errorf("change message %s: %w", m.ID, err)
	}
	s.publish(tx, *m)
	return nil
}

// tell appends what happened as a system message.
func (s *Service) tell(ctx context.Context, tx *store.Tx, id, by parley.ID, happened parley.Happened, at time.Time) error {
	m := parley.Message{
		ID: s.newID(at), Conversation: id, Author: by, Kind: parley.System, Via: parley.ViaApp,
		Happened: &happened, CreatedAt: at,
	}
	return s.append(ctx, tx, &m, document{})
}

func (s *Service) mayMentionEveryone(ctx context.Context, by parley.Person, c parley.Conversation) error {
	rules, err := s.rules.Organisation(ctx)
	if err != nil {
		return err
	}
	if err := identity.May(by, identity.MentionEveryone, identity.Object{Conversation: &c, Organisation: rules}); err != nil {
		return &parley.FieldError{Field: "body", Code: "everyone", Kind: parley.ErrForbidden, Msg: fmt.Sprintf("mentioning everyone of %d people is not yours to do here", c.Members)}
	}
	return nil
}

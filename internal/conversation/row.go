package conversation

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

// conversationColumns go with scanConversation; the member columns are NULL when the person is no member.
const conversationColumns = `c.id, c.kind, c.visibility, c.name, c.purpose, c.created_by, c.created_at, c.archived_at,
	c.last_seq, c.last_change, c.last_at, c.members, c.version,
	m.role, m.level, m.muted, m.section, m.read_seq, m.joined_at, m.version`

func scanConversation(row store.Scanner) (parley.Conversation, error) {
	return scanConversationAnd(row)
}

// scanConversationAnd reads what stands behind conversationColumns, too.
func scanConversationAnd(row store.Scanner, more ...any) (c parley.Conversation, err error) {
	var createdAt, archivedAt, lastAt int64
	var role, level, section sql.NullString
	var muted sql.NullBool
	var readSeq, joinedAt, version sql.NullInt64
	err = row.Scan(append([]any{
		&c.ID, &c.Kind, &c.Visibility, &c.Name, &c.Purpose, &c.CreatedBy, &createdAt, &archivedAt,
		&c.LastSeq, &c.LastChange, &lastAt, &c.Members, &c.Version,
		&role, &level, &muted, &section, &readSeq, &joinedAt, &version,
	}, more...)...)
	if err != nil {
		return c, err
	}
	c.CreatedAt, c.ArchivedAt, c.LastAt = instant(createdAt), instantOrNil(archivedAt), instantOrNil(lastAt)
	if role.Valid {
		c.Me = &parley.Membership{
			Role: parley.MemberPower(role.String), Level: parley.Level(level.String), Muted: muted.Bool,
			Section: section.String, ReadSeq: readSeq.Int64, JoinedAt: instant(joinedAt.Int64), Version: version.Int64,
		}
	}
	return c, nil
}

// extra is what a message has beside its columns; it is read and written whole.
type extra struct {
	Mentions  []parley.ID      `json:"mentions,omitempty"`
	Previews  []parley.Preview `json:"previews,omitempty"`
	As        *parley.ShownAs  `json:"as,omitempty"`
	Happened  *parley.Happened `json:"happened,omitempty"`
	MovedTo   *parley.Place    `json:"moved_to,omitempty"`
	DeletedBy parley.ID        `json:"deleted_by,omitempty"`
	Reason    string           `json:"reason,omitempty"`
	Withdrawn bool             `json:"withdrawn,omitempty"`
	Decision  *keptDecision    `json:"decision,omitempty"`
}

func (e extra) String() string {
	b, err := json.Marshal(e)
	if err != nil {
		panic(fmt.Sprintf("conversation: extra cannot be encoded: %v", err)) // it holds nothing that can fail
	}
	if string(b) == "{}" {
		return ""
	}
	return string(b)
}

func extraOf(m parley.Message) extra {
	return extra{
		Mentions: m.Mentions, Previews: m.Previews, As: m.As, Happened: m.Happened, MovedTo: m.MovedTo,
		DeletedBy: m.DeletedBy, Reason: m.Reason, Withdrawn: m.Withdrawn, Decision: keepDecision(m.Decision),
	}
}

// messageColumns go with scanMessage.
const messageColumns = `m.id, m.conversation_id, m.seq, m.change, m.thread_seq, m.author_id, m.kind, m.via, m.body, m.html,
	m.extra, m.everyone, m.files, m.reactions, m.replies, m.last_reply_seq, m.last_reply_at, m.idem_key,
	m.created_at, m.edited_at, m.deleted_at, m.pinned_at, m.pinned_by, m.need, m.answer_by, m.answers`

// counted is a message with how many files, reactions and answers are still to be fetched for it.
type counted struct {
	parley.Message
	files, reactions, answers int
}

func scanMessage(row store.Scanner) (m counted, err error) {
	var rest string
	var key sql.NullString
	var lastReplyAt, createdAt, editedAt, deletedAt, pinnedAt, answerBy int64
	err = row.Scan(&m.ID, &m.Conversation, &m.Seq, &m.Change, &m.Thread, &m.Author, &m.Kind, &m.Via, &m.Body, &m.HTML,
		&rest, &m.Everyone, &m.files, &m.reactions, &m.Replies, &m.LastReplySeq, &lastReplyAt, &key,
		&createdAt, &editedAt, &deletedAt, &pinnedAt, &m.PinnedBy, &m.Need, &answerBy, &m.answers)
	if err != nil {
		return m, err
	}
	m.Key, m.CreatedAt = key.String, instant(createdAt)
	m.LastReplyAt, m.EditedAt = instantOrNil(lastReplyAt), instantOrNil(editedAt)
	m.DeletedAt, m.PinnedAt, m.By = instantOrNil(deletedAt), instantOrNil(pinnedAt), instantOrNil(answerBy)
	if rest != "" {
		var e extra
		if err := json.Unmarshal([]byte(rest), &e); err != nil {
			return m, fmt.Errorf("extra of message %s: %w", m.ID, err)
		}
		m.Mentions, m.Previews, m.As, m.Happened = e.Mentions, e.Previews, e.As, e.Happened
		m.MovedTo, m.DeletedBy, m.Reason, m.Withdrawn = e.MovedTo, e.DeletedBy, e.Reason, e.Withdrawn
		m.Decision = e.Decision.decision()
	}
	return m, nil
}

// messages runs a query that selects messageColumns and adds files, reactions and answers to what it found.
func messages(ctx context.Context, r store.Reader, query string, args ...any) ([]parley.Message, error) {
	found, err := store.All(ctx, r, scanMessage, query, args...)
	if err != nil {
		return nil, err
	}
	list := make([]parley.Message, len(found))
	place := make(map[parley.ID]*parley.Message, len(found))
	var withFiles, withReactions, withAnswers []any
	for i, m := range found {
		list[i] = m.Message
		place[m.ID] = &list[i]
		if m.files > 0 {
			withFiles = append(withFiles, m.ID)
		}
		if m.reactions > 0 {
			withReactions = append(withReactions, m.ID)
		}
		if m.Decision != nil {
			if err := addVotes(ctx, r, &list[i]); err != nil {
				return nil, err
			}
		}
		if m.answers > 0 {
			withAnswers = append(withAnswers, m.ID)
		}
	}
	if err := addFiles(ctx, r, place, withFiles); err != nil {
		return nil, err
	}
	if err := addReactions(ctx, r, place, withReactions); err != nil {
		return nil, err
	}
	return list, addAnswers(ctx, r, place, withAnswers)
}

// message runs a query for one message; ErrNotFound when there is none.
func message(ctx context.Context, r store.Reader, query string, args ...any) (parley.Message, error) {
	list, err := messages(ctx, r, query, args...)
	if err != nil {
		return parley.Message{}, err
	}
	if len(list) == 0 {
		return parley.Message{}, fmt.Errorf("message: %w", parley.ErrNotFound)
	}
	return list[0], nil
}

func addFiles(ctx context.Context, r store.Reader, place map[parley.ID]*parley.Message, ids []any) error {
	if len(ids) == 0 {
		return nil
	}
	rows, err := r.Query(ctx, `SELECT mf.message_id, f.id, f.name, f.media_type, f.size, f.width, f.height, f.thumb
		FROM message_file mf JOIN file f ON f.id = mf.file_id
		WHERE mf.message_id IN (`+store.Marks(len(ids))+`) ORDER BY mf.message_id, mf.position`, ids...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var message parley.ID
		var f parley.File
		var thumb string
		if err := rows.Scan(&message, &f.ID, &f.Name, &f.MediaType, &f.Size, &f.Width, &f.Height, &thumb); err != nil {
			return err
		}
		f.Thumb = thumb != ""
		place[message].Files = append(place[message].Files, f)
	}
	return rows.Err()
}

func addReactions(ctx context.Context, r store.Reader, place map[parley.ID]*parley.Message, ids []any) error {
	if len(ids) == 0 {
		return nil
	}
	rows, err := r.Query(ctx, `SELECT message_id, emoji, person_id FROM reaction
		WHERE message_id IN (`+store.Marks(len(ids))+`) ORDER BY created_at, person_id, emoji`, ids...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var message, person parley.ID
		var emoji string
		if err := rows.Scan(&message, &emoji, &person); err != nil {
			return err
		}
		m := place[message]
		i := 0
		for i < len(m.Reactions) && m.Reactions[i].Emoji != emoji {
			i++
		}
		if i == len(m.Reactions) {
			m.Reactions = append(m.Reactions, parley.Reaction{Emoji: emoji})
		}
		m.Reactions[i].People = append(m.Reactions[i].People, person)
	}
	return rows.Err()
}

// invalidIfAbsent makes "no such row" a defect of the input that named it.
func invalidIfAbsent(err error) error {
	if errors.Is(err, parley.ErrNotFound) {
		return parley.ErrInvalid
	}
	return err
}

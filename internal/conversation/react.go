package conversation

import (
	"context"
	"fmt"
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

// React adds by's emoji to a message (on) or takes it away. Doing so twice changes nothing.
func (s *Service) React(ctx context.Context, by parley.Person, at parley.Place, emoji string, on bool) (parley.Message, error) {
	if !isEmoji(emoji) {
		return parley.Message{}, parley.Invalid("emoji", "not_an_emoji", "must be one emoji")
	}
	var m parley.Message
	err := s.db.Write(ctx, at.Conversation, func(ctx context.Context, tx *store.Tx) (err error) {
		if _, m, err = findMessage(ctx, tx, by, identity.React, at); err != nil {
			return err
		}
		i := slices.IndexFunc(m.Reactions, func(r parley.Reaction) bool { return r.Emoji == emoji })
		if on == (i >= 0 && slices.Contains(m.Reactions[i].People, by.ID)) {
			return nil
		}
		count := `reactions = reactions + 1`
		if on {
			if i < 0 && len(m.Reactions) >= parley.MaxReactions {
				return &parley.FieldError{Field: "emoji", Code: "too_many", Kind: parley.ErrLimited, Msg: fmt.Sprintf("a message has at most %d different ones", parley.MaxReactions)}
			}
			_, err = tx.Exec(ctx, `INSERT INTO reaction (message_id, emoji, person_id, created_at) VALUES (?, ?, ?, ?)`, m.ID, emoji, by.ID, millis(s.now()))
		} else {
			count = `reactions = reactions - 1`
			_, err = tx.Exec(ctx, `DELETE FROM reaction WHERE message_id = ? AND emoji = ? AND person_id = ?`, m.ID, emoji, by.ID)
		}
		if err != nil {
			return err
		}
		m.Reactions = nil // read again: their order is the database's
		if err := addReactions(ctx, tx, map[parley.ID]*parley.Message{m.ID: &m}, []any{m.ID}); err != nil {
			return err
		}
		return s.change(ctx, tx, &m, count)
	})
	if err != nil {
		return parley.Message{}, fmt.Errorf("react: %w", err)
	}
	return m, nil
}

// isEmoji tells whether s looks like one emoji: no letters, no digits alone, no spaces, one sequence of symbols with
// joiners, modifiers, tags and flags (Unicode Technical Standard 51). It is not a table of all that exist, so that
// next year's can be used.
func isEmoji(s string) bool {
	if s == "" || len(s) > 64 || !utf8.ValidString(s) {
		return false
	}
	symbols, joined, regional := 0, false, 0
	for i, r := range s {
		switch {
		case r >= 0x1f1e6 && r <= 0x1f1ff:
			regional++
		case r == 0x200d:
			joined = true
			continue
		case r == 0xfe0f || r == 0x20e3 || r >= 0x1f3fb && r <= 0x1f3ff || r >= 0xe0020 && r <= 0xe007f:
			if i == 0 {
				return false
			}
		case r < 0x80:
			if i > 0 || !(r >= '0' && r <= '9' || r == '#' || r == '*') || utf8.RuneCountInString(s) < 2 {
				return false
			}
			symbols++
		case unicode.Is(unicode.So, r) || unicode.Is(unicode.Sm, r) || unicode.Is(unicode.Po, r) || r == 0x3030 || r == 0x303d || r == 0x24c2:
			if symbols > 0 && !joined {
				return false
			}
			symbols++
		default:
			return false
		}
		joined = false
	}
	return symbols > 0 && regional == 0 || symbols == 0 && regional == 2
}

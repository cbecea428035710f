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

// isEmoji tells whether s has the form of one emoji (Unicode Technical Standard 51, section 1.4.9): a flag, a keycap, or
// pictures joined into one, each with its skin or its tags. It is not a table of all that exist, so that next year's
// can be used.
func isEmoji(s string) bool {
	if len(s) > 64 || !utf8.ValidString(s) {
		return false
	}
	r := []rune(s)
	take := func(is func(rune) bool) bool {
		if len(r) == 0 || !is(r[0]) {
			return false
		}
		r = r[1:]
		return true
	}
	switch {
	case take(isRegional):
		return take(isRegional) && len(r) == 0
	case take(isKey):
		take(isPicturesque)
		return take(func(r rune) bool { return r == 0x20e3 }) && len(r) == 0
	}
	for {
		if !take(isPicture) {
			return false
		}
		take(isPicturesque)
		take(isSkin)
		for take(isTag) {
		}
		if len(r) == 0 {
			return true
		}
		if !take(func(r rune) bool { return r == 0x200d }) {
			return false
		}
	}
}

func isRegional(r rune) bool    { return r >= 0x1f1e6 && r <= 0x1f1ff }
func isKey(r rune) bool         { return r >= '0' && r <= '9' || r == '#' || r == '*' }
func isPicturesque(r rune) bool { return r == 0xfe0f }
func isSkin(r rune) bool        { return r >= 0x1f3fb && r <= 0x1f3ff }
func isTag(r rune) bool         { return r >= 0xe0020 && r <= 0xe007f }

// isPicture: symbols, but for the signs that text is made of.
func isPicture(r rune) bool {
	return r >= 0x80 && !isSkin(r) && !isRegional(r) &&
		(unicode.Is(unicode.So, r) || unicode.Is(unicode.Sm, r) || unicode.Is(unicode.Po, r) || r == 0x3030 || r == 0x303d)
}

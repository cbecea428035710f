package conversation

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

// Welcome brings a new person into the conversations of their invitation, within the transaction that makes them;
// those that are gone meanwhile are passed over. Members of the organisation come into its first channel too. The
// owner, who has none to be invited to, gets that channel made.
func (s *Service) Welcome(ctx context.Context, tx *store.Tx, p parley.Person, conversations []parley.ID) error {
	var first parley.ID
	err := store.Setting(ctx, tx, "first_channel", &first)
	switch {
	case errors.Is(err, parley.ErrNotFound) && p.Role == parley.Owner:
		return s.begin(ctx, tx, p)
	case err != nil && !errors.Is(err, parley.ErrNotFound):
		return err
	case err == nil && p.Role != parley.Guest:
		conversations = append([]parley.ID{first}, conversations...)
	}
	for _, id := range conversations {
		c, err := store.One(ctx, tx, scanConversation, conversationOf, p.ID, id)
		switch {
		case errors.Is(err, parley.ErrNotFound):
			continue
		case err != nil:
			return err
		case c.Me != nil || c.Kind != parley.Channel || c.ArchivedAt != nil:
			continue
		}
		if err := s.enter(ctx, tx, c, p, []parley.ID{p.ID}, parley.Happened{What: "joined"}); err != nil {
			return fmt.Errorf("welcome to %s: %w", id, err)
		}
	}
	return nil
}

// begin makes the first channel, which explains itself.
func (s *Service) begin(ctx context.Context, tx *store.Tx, owner parley.Person) error {
	text := beginnings[owner.Language]
	if text.name == "" {
		text = beginnings["en"]
	}
	id := parley.NewID()
	err := s.insert(ctx, tx, owner, id, sql.NullString{}, Beginning{
		Kind: parley.Channel, Visibility: parley.Public, Name: text.name, Purpose: text.purpose,
	}, []parley.ID{owner.ID})
	if err != nil {
		return err
	}
	doc, err := s.render(ctx, owner, text.body)
	if err != nil {
		return err
	}
	if _, err := s.post(ctx, tx, owner, Draft{Conversation: id, Body: text.body, Via: parley.ViaApp}, doc); err != nil {
		return err
	}
	return tx.SetSetting(ctx, "first_channel", id)
}

// beginnings are what the first channel says, by language.
var beginnings = map[string]struct{ name, purpose, body string }{
	"en": {
		"general", "For everybody. New people come in here.",
		`**Welcome to Parley.** This is your first channel; everybody you invite comes in here.

- Write below. **Enter** sends, **Shift+Enter** makes a new line; Markdown works: ` + "`**bold**`, `_italic_`, `` `code` ``" + `, lists, tables.
- **@** mentions somebody, **:** finds an emoji, files can be dropped or pasted in.
- Answer beside: hover a message and choose *Reply in thread*. Answers stand here too, so nothing hides.
- **Ctrl+K** goes anywhere, **/** searches, **?** shows all keys.
- *People → Invite* brings the others in.

You may delete this message: hover it, then *More → Delete*.`,
	},
	"de": {
		"allgemein", "Für alle. Wer neu ist, kommt hier herein.",
		`**Willkommen bei Parley.** Dies ist dein erster Kanal; wen du einlädst, kommt hier herein.

- Schreib unten. **Eingabe** sendet, **Umschalt+Eingabe** macht eine neue Zeile; Markdown geht: ` + "`**fett**`, `_kursiv_`, `` `Code` ``" + `, Listen, Tabellen.
- **@** erwähnt jemanden, **:** findet ein Emoji, Dateien können hineingezogen oder eingefügt werden.
- Antworte daneben: auf eine Nachricht zeigen und *Im Thread antworten* wählen. Antworten stehen auch hier, nichts versteckt sich.
- **Strg+K** führt überallhin, **/** sucht, **?** zeigt alle Tasten.
- *Personen → Einladen* holt die anderen herein.

Diese Nachricht darfst du löschen: darauf zeigen, dann *Mehr → Löschen*.`,
	},
}

package chat

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/parley-im/parley/internal/conversation"
	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

// Hook is an incoming webhook: who knows its address may post in one conversation.
type Hook struct {
	ID           parley.ID  `json:"id"`
	Conversation parley.ID  `json:"conversation"`
	Person       parley.ID  `json:"person" doc:"The bot that it posts as"`
	Name         string     `json:"name"`
	CreatedBy    parley.ID  `json:"created_by"`
	CreatedAt    time.Time  `json:"created_at"`
	LastUsedAt   *time.Time `json:"last_used_at,omitempty"`
}

// MaxHooks is how many webhooks a conversation may have.
const MaxHooks = 20

// createHook makes a webhook, and the bot that it posts as a member of the conversation. The token is told once.
func (m *Mode) createHook(ctx context.Context, by parley.Person, id parley.ID, name string) (Hook, string, error) {
	c, err := m.manages(ctx, by, id)
	if err != nil {
		return Hook{}, "", err
	}
	if err := identity.May(by, identity.AddPeople, identity.Object{Conversation: &c}); err != nil { // archived: make no bot in vain
		return Hook{}, "", err
	}
	if there, err := countHooks(ctx, m.db, id); err != nil || there >= MaxHooks { // nor here
		return Hook{}, "", cmp.Or(err, errTooManyHooks)
	}
	bot, err := m.people.MakeHookBot(ctx, by, c, name)
	if err != nil {
		return Hook{}, "", err
	}
	token := strings.ToLower(rand.Text())
	h := Hook{ID: parley.NewID(), Conversation: id, Person: bot.ID, Name: bot.Name, CreatedBy: by.ID, CreatedAt: time.Now().UTC().Truncate(time.Millisecond)}
	if err = m.conversations.Add(ctx, by, c.ID, []parley.ID{bot.ID}); err == nil {
		err = m.db.Write(ctx, id, func(ctx context.Context, tx *store.Tx) error {
			// The row of the conversation is locked: of two at once, the second counts the first.
			if _, err := tx.Exec(ctx, `UPDATE conversation SET version = version WHERE id = ?`, id); err != nil {
				return err
			}
			if there, err := countHooks(ctx, tx, id); err != nil || there >= MaxHooks {
				return cmp.Or(err, errTooManyHooks)
			}
			_, err := tx.Exec(ctx, `INSERT INTO webhook (id, token_hash, conversation_id, person_id, created_by, created_at) VALUES (?, ?, ?, ?, ?, ?)`,
				h.ID, fingerprint(token), id, bot.ID, by.ID, h.CreatedAt.UnixMilli())
			return err
		})
	}
	if err != nil {
		return Hook{}, "", errors.Join(err, m.people.RetireHookBot(context.WithoutCancel(ctx), by, c, bot.ID))
	}
	return h, token, nil
}

var errTooManyHooks = fmt.Errorf("a conversation has at most %d webhooks: %w", MaxHooks, parley.ErrLimited)

func countHooks(ctx context.Context, r store.Reader, in parley.ID) (n int, err error) {
	err = r.QueryRow(ctx, `SELECT COUNT(*) FROM webhook WHERE conversation_id = ?`, in).Scan(&n)
	return n, err
}

// hooks returns the webhooks of a conversation to who manages it.
func (m *Mode) hooks(ctx context.Context, by parley.Person, id parley.ID) ([]Hook, error) {
	if _, err := m.manages(ctx, by, id); err != nil {
		return nil, err
	}
	return store.All(ctx, m.db, func(row store.Scanner) (h Hook, err error) {
		var createdAt, usedAt int64
		err = row.Scan(&h.ID, &h.Conversation, &h.Person, &h.Name, &h.CreatedBy, &createdAt, &usedAt)
		h.CreatedAt = time.UnixMilli(createdAt).UTC()
		if usedAt > 0 {
			t := time.UnixMilli(usedAt).UTC()
			h.LastUsedAt = &t
		}
		return h, err
	}, `SELECT w.id, w.conversation_id, w.person_id, p.name, w.created_by, w.created_at, w.last_used_at
		FROM webhook w JOIN person p ON p.id = w.person_id WHERE w.conversation_id = ? ORDER BY w.created_at`, id)
}

// deleteHook ends a webhook, and its bot with it. What it posted stays.
func (m *Mode) deleteHook(ctx context.Context, by parley.Person, id parley.ID) error {
	var in, bot parley.ID
	if err := m.db.QueryRow(ctx, `SELECT conversation_id, person_id FROM webhook WHERE id = ?`, id).Scan(&in, &bot); err != nil {
		return fmt.Errorf("webhook %s: %w", id, err)
	}
	c, err := m.manages(ctx, by, in)
	if err != nil {
		return err
	}
	err = m.db.Write(ctx, in, func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM webhook WHERE id = ?`, id)
		return err
	})
	if err != nil {
		return err
	}
	return m.people.RetireHookBot(ctx, by, c, bot)
}

// postByHook posts a payload in Slack's form for who knows the token. It is durable when this returns.
func (m *Mode) postByHook(ctx context.Context, token string, payload []byte) error {
	var bot parley.Person
	var in parley.ID
	var deactivatedAt int64
	err := m.db.QueryRow(ctx, `SELECT w.conversation_id, p.id, p.kind, p.role, p.deactivated_at
		FROM webhook w JOIN person p ON p.id = w.person_id WHERE w.token_hash = ?`, fingerprint(token)).
		Scan(&in, &bot.ID, &bot.Kind, &bot.Role, &deactivatedAt)
	if err != nil || deactivatedAt > 0 {
		return fmt.Errorf("webhook: %w", parley.ErrNotFound)
	}
	if err := m.api.Spend(bot.ID); err != nil {
		return err
	}
	body, as, err := parseSlack(payload)
	if err != nil {
		return err
	}
	_, err = m.conversations.Post(ctx, bot, conversation.Draft{Conversation: in, Body: body, As: as, Via: parley.ViaWebhook})
	if err != nil {
		return err
	}
	return m.db.Write(ctx, in, func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE webhook SET last_used_at = ? WHERE token_hash = ?`, time.Now().UnixMilli(), fingerprint(token))
		return err
	})
}

// manages returns the conversation when by may manage its webhooks.
func (m *Mode) manages(ctx context.Context, by parley.Person, id parley.ID) (parley.Conversation, error) {
	c, err := m.conversations.Get(ctx, by, id)
	if err != nil {
		return c, err
	}
	return c, identity.May(by, identity.ManageWebhooks, identity.Object{Conversation: &c})
}

// fingerprint is what is kept of a token.
func fingerprint(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

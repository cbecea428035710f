package identity

import (
	"context"
	"fmt"
	"time"

	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

const (
	maxTokens    = 100  // of one person or bot
	maxTokenDays = 3650 //
)

// AccessToken lets a program act as a person or a bot.
type AccessToken struct {
	ID         parley.ID  `json:"id"`
	Person     parley.ID  `json:"person" doc:"As whom it acts"`
	Name       string     `json:"name"`
	CreatedBy  parley.ID  `json:"created_by"`
	CreatedAt  time.Time  `json:"created_at"`
	LastUsedAt *time.Time `json:"last_used_at,omitempty" doc:"Exact to five minutes"`
	ExpiresAt  *time.Time `json:"expires_at,omitempty" doc:"Absent: never"`
}

// TokenOrder says what an access token shall be.
type TokenOrder struct {
	Name          string `json:"name" minLength:"1"`
	ExpiresInDays int    `json:"expires_in_days,omitempty" minimum:"0" maximum:"3650" doc:"0: never"`
}

// actAs returns the person whose tokens by may make and revoke: themselves, or a bot for who manages bots.
func (s *Service) actAs(ctx context.Context, by parley.Person, id parley.ID) (parley.Person, error) {
	if id == by.ID {
		return by, nil
	}
	p, err := s.seePerson(ctx, s.db, by, id)
	if err != nil {
		return p, err
	}
	if err := May(by, ManageBots, Object{}); err != nil {
		return p, err
	}
	if p.Kind != parley.Bot {
		return p, fmt.Errorf("%s is no bot: %w", id, parley.ErrNotFound)
	}
	return p, nil
}

// Tokens returns the access tokens of a person: oneself, or a bot.
func (s *Service) Tokens(ctx context.Context, by parley.Person, of parley.ID) ([]AccessToken, error) {
	if _, err := s.actAs(ctx, by, of); err != nil {
		return nil, err
	}
	all, err := store.All(ctx, s.db, func(row store.Scanner) (t AccessToken, err error) {
		var created, used, expires int64
		err = row.Scan(&t.ID, &t.Person, &t.Name, &t.CreatedBy, &created, &used, &expires)
		t.CreatedAt, t.LastUsedAt, t.ExpiresAt = instant(created), instantOrNil(used), instantOrNil(expires)
		return t, err
	}, `SELECT id, person_id, name, created_by, created_at, last_used_at, expires_at FROM access_token WHERE person_id = ? ORDER BY id DESC`, of)
	if all == nil {
		all = []AccessToken{}
	}
	return all, err
}

// MakeToken returns a new access token, and its secret, which is not kept.
func (s *Service) MakeToken(ctx context.Context, by parley.Person, of parley.ID, order TokenOrder) (AccessToken, string, error) {
	p, err := s.actAs(ctx, by, of)
	if err != nil {
		return AccessToken{}, "", err
	}
	if p.DeactivatedAt != nil {
		return AccessToken{}, "", fmt.Errorf("%s is deactivated: %w", of, parley.ErrForbidden)
	}
	name, err := CleanName("name", order.Name)
	if err != nil {
		return AccessToken{}, "", err
	}
	if order.ExpiresInDays < 0 || order.ExpiresInDays > maxTokenDays {
		return AccessToken{}, "", parley.Invalid("expires_in_days", "range", fmt.Sprintf("must be 0 to %d", maxTokenDays))
	}
	now := s.now()
	t := AccessToken{ID: parley.NewID(), Person: of, Name: name, CreatedBy: by.ID, CreatedAt: now}
	if order.ExpiresInDays > 0 {
		at := now.AddDate(0, 0, order.ExpiresInDays)
		t.ExpiresAt = &at
	}
	secret := TokenPrefix + randomToken()
	err = s.db.Write(ctx, of, func(ctx context.Context, tx *store.Tx) error {
		var n int
		if err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM access_token WHERE person_id = ?`, of).Scan(&n); err != nil {
			return err
		}
		if n >= maxTokens {
			return parley.Refuse(parley.ErrConflict, "too_many", fmt.Sprintf("there are %d access tokens, which is as many as can be", maxTokens))
		}
		var expires int64
		if t.ExpiresAt != nil {
			expires = millis(*t.ExpiresAt)
		}
		_, err := tx.Exec(ctx, `INSERT INTO access_token (id, token_hash, person_id, name, created_by, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			t.ID, fingerprint(secret), of, name, by.ID, millis(now), expires)
		return err
	})
	if err != nil {
		return AccessToken{}, "", fmt.Errorf("make access token: %w", err)
	}
	return t, secret, nil
}

// RevokeToken makes an access token worthless: one's own, or a bot's.
func (s *Service) RevokeToken(ctx context.Context, by parley.Person, id parley.ID) error {
	var of parley.ID
	if err := s.db.QueryRow(ctx, `SELECT person_id FROM access_token WHERE id = ?`, id).Scan(&of); err != nil {
		return fmt.Errorf("access token %s: %w", id, err)
	}
	if _, err := s.actAs(ctx, by, of); err != nil {
		return fmt.Errorf("access token %s: %w", id, parley.ErrNotFound)
	}
	return s.db.Write(ctx, of, func(ctx context.Context, tx *store.Tx) error {
		done, err := changedOne(tx.Exec(ctx, `DELETE FROM access_token WHERE id = ?`, id))
		if err == nil && !done {
			err = fmt.Errorf("access token %s: %w", id, parley.ErrNotFound)
		}
		if err == nil {
			s.tellRevoked(tx, of, id)
		}
		return err
	})
}

// BotOrder says what a bot shall be called.
type BotOrder struct {
	Name   string `json:"name" minLength:"1"`
	Handle string `json:"handle,omitempty" doc:"Made from the name when absent"`
}

// Bots returns all bots that are active.
func (s *Service) Bots(ctx context.Context, by parley.Person) ([]parley.Person, error) {
	if err := May(by, ManageBots, Object{}); err != nil {
		return nil, err
	}
	all, err := store.All(ctx, s.db, s.scanPerson, `SELECT `+personColumns+` FROM person p
		WHERE p.kind = 'bot' AND p.deactivated_at = 0 ORDER BY LOWER(p.name), p.id`)
	if all == nil {
		all = []parley.Person{}
	}
	return all, err
}

// MakeBot makes a bot: a member who comes in by access tokens only.
func (s *Service) MakeBot(ctx context.Context, by parley.Person, order BotOrder) (bot parley.Person, err error) {
	if err := May(by, ManageBots, Object{}); err != nil {
		return bot, err
	}
	return s.makeBot(ctx, order)
}

// MakeHookBot makes the bot that a webhook of a conversation posts as. Who manages its webhooks may; they need not
// manage bots, and get no tokens of it.
func (s *Service) MakeHookBot(ctx context.Context, by parley.Person, c parley.Conversation, name string) (parley.Person, error) {
	if err := May(by, ManageWebhooks, Object{Conversation: &c}); err != nil {
		return parley.Person{}, err
	}
	return s.makeBot(ctx, BotOrder{Name: name})
}

// RetireHookBot deactivates the bot of a webhook that is no more, unless somebody has given it tokens: then it has
// another life.
func (s *Service) RetireHookBot(ctx context.Context, by parley.Person, c parley.Conversation, id parley.ID) error {
	if err := May(by, ManageWebhooks, Object{Conversation: &c}); err != nil {
		return err
	}
	_, err := s.changePerson(ctx, id, func(ctx context.Context, tx *store.Tx) (columns, error) {
		var others int
		err := tx.QueryRow(ctx, `SELECT (SELECT COUNT(*) FROM access_token WHERE person_id = ?)
			+ (SELECT COUNT(*) FROM person WHERE id = ? AND (kind <> 'bot' OR deactivated_at > 0))`, id, id).Scan(&others)
		if err != nil || others > 0 {
			return nil, err
		}
		return columns{{"deactivated_at", millis(s.now())}}, nil
	})
	return err
}

func (s *Service) makeBot(ctx context.Context, order BotOrder) (bot parley.Person, err error) {
	name, err := CleanName("name", order.Name)
	if err != nil {
		return bot, err
	}
	o, err := s.Organisation(ctx)
	if err != nil {
		return bot, err
	}
	err = s.db.Write(ctx, parley.None, func(ctx context.Context, tx *store.Tx) error {
		bot, err = s.makePerson(ctx, tx, parley.Person{
			Name: name, Handle: order.Handle, Kind: parley.Bot, Role: parley.MemberRole, Zone: o.Zone, Language: o.Language,
		})
		return err
	})
	return bot, err
}

// RemoveBot deactivates a bot and takes its tokens; what it said stays.
func (s *Service) RemoveBot(ctx context.Context, by parley.Person, id parley.ID) error {
	if err := May(by, ManageBots, Object{}); err != nil {
		return err
	}
	p, err := s.seePerson(ctx, s.db, by, id)
	if err != nil {
		return err
	}
	if p.Kind != parley.Bot {
		return fmt.Errorf("%s is no bot: %w", id, parley.ErrNotFound)
	}
	gone := true
	_, err = s.ChangePerson(ctx, by, id, PersonChange{Deactivated: &gone})
	return err
}

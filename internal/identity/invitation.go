package identity

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

// Limits and defaults of invitations.
const (
	InvitationUses    = 1
	InvitationDays    = 7
	maxInvitationUses = 1000
	maxInvitationDays = 365
	maxNote           = 300 // characters
	maxInvitedTo      = 50  // conversations
)

// Invitation is a link by which people come in.
type Invitation struct {
	ID            parley.ID   `json:"id"`
	Role          parley.Role `json:"role" enum:"owner,admin,member,guest"`
	Conversations []parley.ID `json:"conversations" nullable:"false" doc:"Which who accepts joins"`
	Note          string      `json:"note,omitempty"`
	UsesLeft      int         `json:"uses_left"`
	CreatedBy     parley.ID   `json:"created_by"`
	CreatedAt     time.Time   `json:"created_at"`
	ExpiresAt     time.Time   `json:"expires_at"`
}

// InvitationOrder says what an invitation shall be.
type InvitationOrder struct {
	Role          parley.Role `json:"role" enum:"owner,admin,member,guest" doc:"Never above one's own"`
	Uses          int         `json:"uses,omitempty" minimum:"1" maximum:"1000" default:"1"`
	ExpiresInDays int         `json:"expires_in_days,omitempty" minimum:"1" maximum:"365" default:"7"`
	Conversations []parley.ID `json:"conversations,omitempty" doc:"Which who accepts joins: the inviter must be able to add people there"`
	Note          string      `json:"note,omitempty" doc:"For the list of invitations"`
}

// Offer is what an invitation tells who holds it.
type Offer struct {
	Organisation string      `json:"organisation"`
	InvitedBy    string      `json:"invited_by" doc:"Their name"`
	Role         parley.Role `json:"role" enum:"owner,admin,member,guest"`
	Zone         string      `json:"zone" doc:"Of the organisation"`
	Language     string      `json:"language" doc:"Of the organisation"`
}

// Invite makes an invitation and returns its link, which is not kept.
func (s *Service) Invite(ctx context.Context, by parley.Person, o InvitationOrder) (Invitation, string, error) {
	organisation, err := s.Organisation(ctx)
	if err != nil {
		return Invitation{}, "", err
	}
	if rank(o.Role) == 0 {
		return Invitation{}, "", parley.Invalid("role", "unknown", "must be owner, admin, member or guest")
	}
	if err := May(by, Invite, Object{Organisation: organisation, Role: o.Role}); err != nil {
		return Invitation{}, "", err
	}
	if o.Uses == 0 {
		o.Uses = InvitationUses
	}
	if o.ExpiresInDays == 0 {
		o.ExpiresInDays = InvitationDays
	}
	switch {
	case o.Uses < 1 || o.Uses > maxInvitationUses:
		return Invitation{}, "", parley.Invalid("uses", "range", fmt.Sprintf("must be 1 to %d", maxInvitationUses))
	case o.ExpiresInDays < 1 || o.ExpiresInDays > maxInvitationDays:
		return Invitation{}, "", parley.Invalid("expires_in_days", "range", fmt.Sprintf("must be 1 to %d", maxInvitationDays))
	case len(o.Conversations) > maxInvitedTo:
		return Invitation{}, "", parley.Invalid("conversations", "too_many", fmt.Sprintf("must be at most %d", maxInvitedTo))
	}
	if o.Note, err = CleanText("note", o.Note, maxNote); err != nil {
		return Invitation{}, "", err
	}
	for i, id := range o.Conversations {
		if err := s.mayAddTo(ctx, by, id); err != nil {
			return Invitation{}, "", &parley.FieldError{Field: fmt.Sprintf("conversations[%d]", i), Code: "conversation", Msg: "is none to which you may add people"}
		}
	}
	token := randomToken()
	now := s.now()
	inv := Invitation{
		ID: parley.NewID(), Role: o.Role, Conversations: o.Conversations, Note: o.Note, UsesLeft: o.Uses,
		CreatedBy: by.ID, CreatedAt: now, ExpiresAt: now.AddDate(0, 0, o.ExpiresInDays),
	}
	if inv.Conversations == nil {
		inv.Conversations = []parley.ID{}
	}
	conversations, err := json.Marshal(inv.Conversations)
	if err != nil {
		return Invitation{}, "", err
	}
	err = s.db.Write(ctx, by.ID, func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO invitation (id, token_hash, role, conversations, note, created_by, created_at, expires_at, uses_left)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			inv.ID, fingerprint(token), inv.Role, string(conversations), inv.Note, by.ID, millis(now), millis(inv.ExpiresAt), inv.UsesLeft)
		return err
	})
	if err != nil {
		return Invitation{}, "", fmt.Errorf("make invitation: %w", err)
	}
	return inv, s.URL("/join") + "#" + token, nil
}

// mayAddTo says whether by may add people to a conversation.
func (s *Service) mayAddTo(ctx context.Context, by parley.Person, id parley.ID) error {
	var c parley.Conversation
	var archived int64
	var role *parley.MemberPower
	err := s.db.QueryRow(ctx, `SELECT c.kind, c.visibility, c.archived_at, m.role FROM conversation c
		LEFT JOIN member m ON m.conversation_id = c.id AND m.person_id = ? WHERE c.id = ?`, by.ID, id).Scan(&c.Kind, &c.Visibility, &archived, &role)
	if err != nil {
		return err
	}
	c.ID, c.ArchivedAt = id, instantOrNil(archived)
	if role != nil {
		c.Me = &parley.Membership{Role: *role}
	}
	return May(by, AddPeople, Object{Conversation: &c})
}

const invitationColumns = `id, role, conversations, note, uses_left, created_by, created_at, expires_at`

func scanInvitation(row store.Scanner) (inv Invitation, err error) {
	var conversations string
	var created, expires int64
	if err := row.Scan(&inv.ID, &inv.Role, &conversations, &inv.Note, &inv.UsesLeft, &inv.CreatedBy, &created, &expires); err != nil {
		return inv, err
	}
	inv.CreatedAt, inv.ExpiresAt = instant(created), instant(expires)
	return inv, json.Unmarshal([]byte(conversations), &inv.Conversations)
}

// Invitations returns those that can still be accepted: for who runs the organisation all, for others their own.
func (s *Service) Invitations(ctx context.Context, by parley.Person) ([]Invitation, error) {
	query := `SELECT ` + invitationColumns + ` FROM invitation WHERE revoked_at = 0 AND uses_left > 0 AND expires_at > ?`
	args := []any{millis(s.now())}
	if May(by, ManageOrganisation, Object{}) != nil {
		query += ` AND created_by = ?`
		args = append(args, by.ID)
	}
	all, err := store.All(ctx, s.db, scanInvitation, query+` ORDER BY id DESC`, args...)
	if all == nil {
		all = []Invitation{}
	}
	return all, err
}

// RevokeInvitation makes a link worthless: one's own, or any for who runs the organisation.
func (s *Service) RevokeInvitation(ctx context.Context, by parley.Person, id parley.ID) error {
	anyones := May(by, ManageOrganisation, Object{}) == nil
	return s.db.Write(ctx, by.ID, func(ctx context.Context, tx *store.Tx) error {
		done, err := changedOne(tx.Exec(ctx, `UPDATE invitation SET revoked_at = ? WHERE id = ? AND revoked_at = 0 AND (created_by = ? OR ?)`,
			millis(s.now()), id, by.ID, anyones))
		if err == nil && !done {
			err = fmt.Errorf("invitation %s: %w", id, parley.ErrNotFound)
		}
		return err
	})
}

const validInvitation = `token_hash = ? AND revoked_at = 0 AND uses_left > 0 AND expires_at > ?`

// Offer returns what an invitation offers. ErrNotFound: it never was, or is used up, expired or revoked.
func (s *Service) Offer(ctx context.Context, token string) (Offer, error) {
	var o Offer
	err := s.db.QueryRow(ctx, `SELECT i.role, p.name FROM invitation i JOIN person p ON p.id = i.created_by WHERE `+validInvitation,
		fingerprint(token), millis(s.now())).Scan(&o.Role, &o.InvitedBy)
	if err != nil {
		return Offer{}, invalidInvitation(err)
	}
	organisation, err := s.Organisation(ctx)
	o.Organisation, o.Zone, o.Language = organisation.Name, organisation.Zone, organisation.Language
	return o, err
}

// Accept makes an account for who holds an invitation, and takes one of its uses.
func (s *Service) Accept(ctx context.Context, token string, a Account, c Client) (Entry, error) {
	offer, err := s.Offer(ctx, token) // before anything costly is done for strangers
	if err != nil {
		return Entry{}, err
	}
	return s.enter(ctx, a, offer.Role, c, func(ctx context.Context, tx *store.Tx) ([]parley.ID, error) {
		inv, err := store.One(ctx, tx, scanInvitation, `UPDATE invitation SET uses_left = uses_left - 1 WHERE `+validInvitation+`
			RETURNING `+invitationColumns, fingerprint(token), millis(s.now()))
		return inv.Conversations, invalidInvitation(err)
	})
}

func invalidInvitation(err error) error {
	if errors.Is(err, parley.ErrNotFound) {
		return parley.Refuse(parley.ErrNotFound, "invitation", "this invitation is not valid, or not any more")
	}
	return err
}

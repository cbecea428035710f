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

// Account is what somebody tells who comes in.
type Account struct {
	Name     string         `json:"name" minLength:"1"`
	Email    string         `json:"email" format:"email"`
	Password string         `json:"password,omitempty" doc:"At least 10 characters. May be left out by who registers a passkey at once"`
	Zone     string         `json:"zone" example:"Europe/Berlin"`
	Language string         `json:"language" example:"de"`
	Hours    []parley.Hours `json:"hours,omitempty"`
}

// Client is the device that somebody comes with, to be recognised in the list of sessions.
type Client struct {
	IP        string
	UserAgent string
}

// Entry is what somebody gets who has come in. Token is the secret of their new session.
type Entry struct {
	Me      Me
	Token   string
	Session parley.ID
}

// setupSetting holds the fingerprint of the token that makes the first owner.
const setupSetting = "setup"

// Setup says whether an owner is needed and returns the token with which one is made (Found), new at each call; it
// goes into the fragment of a link, so that no log has it. With an owner there is neither token nor need.
func (s *Service) Setup(ctx context.Context) (token string, needed bool, err error) {
	if needed, err = s.NeedsOwner(ctx); err != nil || !needed {
		return "", needed, err
	}
	token = randomToken()
	err = s.db.Write(ctx, parley.None, func(ctx context.Context, tx *store.Tx) error {
		return tx.SetSetting(ctx, setupSetting, fingerprint(token))
	})
	if err != nil {
		return "", true, fmt.Errorf("prepare the first start: %w", err)
	}
	return token, true, nil
}

// NeedsOwner says whether nobody is owner yet.
func (s *Service) NeedsOwner(ctx context.Context) (bool, error) {
	n, err := owners(ctx, s.db)
	return n == 0, err
}

// Found makes the first owner and their organisation. It works once: ErrForbidden when the token is wrong or used.
func (s *Service) Found(ctx context.Context, token, organisation string, a Account, c Client) (Entry, error) {
	name, err := CleanName("organisation", organisation)
	if err != nil {
		return Entry{}, err
	}
	return s.enter(ctx, a, parley.Owner, c, func(ctx context.Context, tx *store.Tx) ([]parley.ID, error) {
		valid, err := changedOne(tx.Exec(ctx, `DELETE FROM setting WHERE name = ? AND value = ?`, setupSetting, fmt.Sprintf("%q", fingerprint(token))))
		if err != nil {
			return nil, err
		}
		n, err := owners(ctx, tx)
		if err != nil {
			return nil, err
		}
		if !valid || n > 0 {
			return nil, parley.Refuse(parley.ErrForbidden, "link_used", "this link has been used or replaced; the newest is printed when the server starts")
		}
		o := usualRules()
		o.Name, o.Zone, o.Language = name, a.Zone, a.Language
		return nil, tx.SetSetting(ctx, organisationSetting, o)
	})
}

// enter makes an account and its first session. admit runs in the transaction, before anything of the account is
// looked at: it says whether they may come in, and into which conversations.
func (s *Service) enter(ctx context.Context, a Account, role parley.Role, c Client, admit func(context.Context, *store.Tx) ([]parley.ID, error)) (Entry, error) {
	email, err := a.clean()
	if err != nil {
		return Entry{}, err
	}
	hash := ""
	if a.Password != "" {
		if hash, err = s.hasher.hash(ctx, a.Password); err != nil {
			return Entry{}, err
		}
	}
	var e Entry
	err = s.db.Write(ctx, parley.None, func(ctx context.Context, tx *store.Tx) error {
		conversations, err := admit(ctx, tx)
		if err != nil {
			return err
		}
		p, err := s.makePerson(ctx, tx, parley.Person{Name: a.Name, Kind: parley.Human, Role: role, Zone: a.Zone, Language: a.Language, Hours: a.Hours})
		if err != nil {
			return err
		}
		if err := addAddress(ctx, tx, p.ID, email); err != nil {
			return err
		}
		if hash != "" {
			if err := setPassword(ctx, tx, p.ID, hash, s.now()); err != nil {
				return err
			}
		}
		if s.Hooks.Welcome != nil {
			if err := s.Hooks.Welcome(ctx, tx, p, conversations); err != nil {
				return fmt.Errorf("welcome %s: %w", p.ID, err)
			}
		}
		e = Entry{Me: Me{Person: p, Email: email, HasPassword: hash != ""}}
		e.Token, e.Session, err = s.makeSession(ctx, tx, p.ID, c)
		return err
	})
	return e, err
}

// clean checks an account in place and returns its address.
func (a *Account) clean() (email string, err error) {
	if a.Name, err = CleanName("name", a.Name); err != nil {
		return "", err
	}
	if email, err = CleanEmail(a.Email); err != nil {
		return "", err
	}
	if a.Password != "" {
		if err := CheckPassword(a.Password, a.Name, email); err != nil {
			return "", err
		}
	}
	if err := CheckZone(a.Zone); err != nil {
		return "", err
	}
	if a.Language, err = CleanLanguage(a.Language); err != nil {
		return "", err
	}
	a.Hours, err = CleanHours(a.Hours)
	return email, err
}

// makePerson inserts a person under a handle of their name, or the one that is set.
func (s *Service) makePerson(ctx context.Context, tx *store.Tx, p parley.Person) (parley.Person, error) {
	if err := s.chooseHandle(ctx, tx, &p); err != nil {
		return p, err
	}
	if p.Hours == nil {
		p.Hours = []parley.Hours{}
	}
	hours, err := json.Marshal(p.Hours)
	if err != nil {
		return p, err
	}
	p.ID, p.CreatedAt, p.Version = parley.NewID(), s.now(), 1
	_, err = tx.Exec(ctx, `INSERT INTO person (id, handle, name, kind, role, zone, language, hours, title, created_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		p.ID, p.Handle, p.Name, p.Kind, p.Role, p.Zone, p.Language, string(hours), p.Title, millis(p.CreatedAt))
	if err != nil {
		return p, fmt.Errorf("make person: %w", err)
	}
	s.tellOf(tx, p)
	return p, nil
}

func (s *Service) chooseHandle(ctx context.Context, tx *store.Tx, p *parley.Person) error {
	if p.Handle != "" {
		if err := CheckHandle(p.Handle); err != nil {
			return err
		}
		return s.claimHandle(ctx, tx, p.Handle, parley.None)
	}
	for h := range Handles(p.Name) {
		err := s.claimHandle(ctx, tx, h, parley.None)
		if err == nil {
			p.Handle = h
		}
		if !errors.Is(err, parley.ErrConflict) {
			return err
		}
	}
	return &parley.FieldError{Field: "name", Code: "taken", Msg: "has too many namesakes", Kind: parley.ErrConflict}
}

// claimHandle makes sure that nobody but owner, a person or a group, has the handle, until the transaction ends.
func (s *Service) claimHandle(ctx context.Context, tx *store.Tx, handle string, owner parley.ID) error {
	if err := lockNames(ctx, tx); err != nil {
		return err
	}
	var others int
	err := tx.QueryRow(ctx, `SELECT (SELECT COUNT(*) FROM person WHERE handle = ? AND id <> ?)
		+ (SELECT COUNT(*) FROM person_group WHERE handle = ? AND id <> ?)`, handle, owner, handle, owner).Scan(&others)
	if err != nil {
		return fmt.Errorf("look for handle: %w", err)
	}
	if others > 0 {
		return &parley.FieldError{Field: "handle", Code: "taken", Msg: "is somebody else's", Kind: parley.ErrConflict}
	}
	return nil
}

// addAddress gives a person an e-mail address that nobody has proven yet. The error does not say whose it is, and
// only who was admitted by a link gets so far.
func addAddress(ctx context.Context, tx *store.Tx, id parley.ID, email string) error {
	done, err := changedOne(tx.Exec(ctx, `INSERT INTO address (kind, value, person_id) VALUES ('email', ?, ?) ON CONFLICT DO NOTHING`, email, id))
	if err == nil && !done {
		err = &parley.FieldError{Field: "email", Code: "unusable", Msg: "cannot be used here; if you have an account, sign in", Kind: parley.ErrConflict}
	}
	return err
}

func setPassword(ctx context.Context, tx *store.Tx, id parley.ID, hash string, at time.Time) error {
	_, err := tx.Exec(ctx, `INSERT INTO password (person_id, hash, changed_at) VALUES (?, ?, ?)
		ON CONFLICT (person_id) DO UPDATE SET hash = excluded.hash, changed_at = excluded.changed_at`, id, hash, millis(at))
	return err
}

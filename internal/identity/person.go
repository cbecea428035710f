package identity

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

// maxTitle is how many characters of what they do, and of their status, a person may tell.
const maxTitle = 100

// Me is a person as they see themselves.
type Me struct {
	parley.Person
	Email       string `json:"email,omitempty"`
	HasPassword bool   `json:"has_password"`
	Passkeys    int    `json:"passkeys" doc:"How many"`
}

const personColumns = `p.id, p.handle, p.name, p.kind, p.role, p.zone, p.language, p.hours, p.title, p.avatar,
	p.status_text, p.status_emoji, p.status_until, p.preferences, p.last_seen_at, p.created_at, p.deactivated_at, p.version`

// personScan reads personColumns, after what stands before them.
func (s *Service) personScan(row store.Scanner, before ...any) (p parley.Person, err error) {
	var hours, avatar, text, emoji, preferences string
	var until, seen, created, deactivated int64
	err = row.Scan(append(before, &p.ID, &p.Handle, &p.Name, &p.Kind, &p.Role, &p.Zone, &p.Language, &hours, &p.Title,
		&avatar, &text, &emoji, &until, &preferences, &seen, &created, &deactivated, &p.Version)...)
	if err != nil {
		return p, err
	}
	if err := json.Unmarshal([]byte(hours), &p.Hours); err != nil {
		return p, fmt.Errorf("hours of %s: %w", p.ID, err)
	}
	if p.Hours == nil {
		p.Hours = []parley.Hours{}
	}
	if avatar != "" {
		p.Avatar = avatarPath + avatar
	}
	if (text != "" || emoji != "") && (until == 0 || until > s.clock().UnixMilli()) {
		p.Status = &parley.Status{Emoji: emoji, Text: text, Until: instantOrNil(until)}
	}
	if !hidesPresence(preferences) {
		p.LastSeenAt = instantOrNil(seen)
	}
	p.CreatedAt, p.DeactivatedAt = instant(created), instantOrNil(deactivated)
	return p, nil
}

func (s *Service) scanPerson(row store.Scanner) (parley.Person, error) { return s.personScan(row) }

func (s *Service) findPerson(ctx context.Context, r store.Reader, id parley.ID) (parley.Person, error) {
	p, err := store.One(ctx, r, s.scanPerson, `SELECT `+personColumns+` FROM person p WHERE p.id = ?`, id)
	if err != nil {
		return p, fmt.Errorf("person %s: %w", id, err)
	}
	return p, nil
}

// met says whether two people share a conversation.
const met = `SELECT COUNT(*) FROM member a JOIN member b ON b.conversation_id = a.conversation_id
	WHERE a.person_id = ? AND b.person_id = ?`

// seePerson returns the person if by may see them.
func (s *Service) seePerson(ctx context.Context, r store.Reader, by parley.Person, id parley.ID) (parley.Person, error) {
	p, err := s.findPerson(ctx, r, id)
	if err != nil {
		return p, err
	}
	o := Object{Person: &p}
	if by.Role == parley.Guest && by.ID != id {
		var shared int
		if err := r.QueryRow(ctx, met, by.ID, id).Scan(&shared); err != nil {
			return p, err
		}
		o.Met = shared > 0
	}
	if err := May(by, SeePerson, o); err != nil {
		return parley.Person{}, err
	}
	return p, nil
}

// Person returns somebody whom by may see.
func (s *Service) Person(ctx context.Context, by parley.Person, id parley.ID) (parley.Person, error) {
	return s.seePerson(ctx, s.db, by, id)
}

// Find returns a person by id, for parts of the house that ask for nobody. Like Authenticate it remembers them for a
// moment: who writes on an open connection is asked for with each message.
func (s *Service) Find(ctx context.Context, id parley.ID) (parley.Person, error) {
	key := id.String() // no fingerprint is as short
	if c, ok := s.callers.get(key); ok {
		return c.Person, nil
	}
	generation := s.callers.generation()
	p, err := s.findPerson(ctx, s.db, id)
	if err == nil {
		s.callers.put(key, Caller{Person: p}, generation)
	}
	return p, err
}

// People returns all whom by may see, bots and the deactivated too, in the order of their names.
func (s *Service) People(ctx context.Context, by parley.Person) ([]parley.Person, error) {
	query, args := `SELECT `+personColumns+` FROM person p ORDER BY LOWER(p.name), p.id`, []any(nil)
	if May(by, SeeEveryone, Object{}) != nil {
		query = `SELECT ` + personColumns + ` FROM person p WHERE p.id = ? OR p.id IN (
			SELECT b.person_id FROM member a JOIN member b ON b.conversation_id = a.conversation_id WHERE a.person_id = ?)
			ORDER BY LOWER(p.name), p.id`
		args = []any{by.ID, by.ID}
	}
	people, err := store.All(ctx, s.db, s.scanPerson, query, args...)
	if people == nil {
		people = []parley.Person{}
	}
	return people, err
}

// Me returns a person as they see themselves.
func (s *Service) Me(ctx context.Context, id parley.ID) (Me, error) {
	var email *string
	var passwords, seen int64
	var me Me
	p, err := store.One(ctx, s.db, func(row store.Scanner) (parley.Person, error) {
		return s.personScan(row, &email, &passwords, &me.Passkeys, &seen)
	}, `SELECT (SELECT MIN(value) FROM address WHERE person_id = p.id AND kind = 'email'),
		(SELECT COUNT(*) FROM password WHERE person_id = p.id),
		(SELECT COUNT(*) FROM passkey WHERE person_id = p.id), p.last_seen_at, `+personColumns+`
		FROM person p WHERE p.id = ?`, id)
	if err != nil {
		return Me{}, fmt.Errorf("person %s: %w", id, err)
	}
	me.Person, me.HasPassword, me.LastSeenAt = p, passwords > 0, instantOrNil(seen)
	if email != nil {
		me.Email = *email
	}
	return me, nil
}

// Profile is what people tell of themselves. Nil fields stay as they are.
type Profile struct {
	Name     *string         `json:"name,omitempty"`
	Handle   *string         `json:"handle,omitempty"`
	Title    *string         `json:"title,omitempty"`
	Zone     *string         `json:"zone,omitempty"`
	Language *string         `json:"language,omitempty"`
	Hours    *[]parley.Hours `json:"hours,omitempty"`
}

// ChangeProfile changes what id tells of themselves. ErrConflict: somebody has the handle.
func (s *Service) ChangeProfile(ctx context.Context, id parley.ID, change Profile) (parley.Person, error) {
	set, err := change.columns()
	if err != nil {
		return parley.Person{}, err
	}
	return s.changePerson(ctx, id, func(ctx context.Context, tx *store.Tx) (columns, error) {
		if change.Handle != nil {
			if err := s.claimHandle(ctx, tx, *change.Handle, id); err != nil {
				return nil, err
			}
		}
		return set, nil
	})
}

// columns are new values of a row, by the column's name: always constants of ours.
type columns []column

type column struct {
	name  string
	value any
}

func (c Profile) columns() (set columns, err error) {
	if c.Name != nil {
		name, err := CleanName("name", *c.Name)
		if err != nil {
			return nil, err
		}
		set = append(set, column{"name", name})
	}
	if c.Handle != nil {
		if err := CheckHandle(*c.Handle); err != nil {
			return nil, err
		}
		set = append(set, column{"handle", *c.Handle})
	}
	if c.Title != nil {
		title, err := CleanText("title", *c.Title, maxTitle)
		if err != nil {
			return nil, err
		}
		set = append(set, column{"title", title})
	}
	if c.Zone != nil {
		if err := CheckZone(*c.Zone); err != nil {
			return nil, err
		}
		set = append(set, column{"zone", *c.Zone})
	}
	if c.Language != nil {
		tag, err := CleanLanguage(*c.Language)
		if err != nil {
			return nil, err
		}
		set = append(set, column{"language", tag})
	}
	if c.Hours != nil {
		hours, err := CleanHours(*c.Hours)
		if err != nil {
			return nil, err
		}
		text, err := json.Marshal(hours)
		if err != nil {
			return nil, err
		}
		set = append(set, column{"hours", string(text)})
	}
	return set, nil
}

// changePerson sets the columns that decide returns, if any, and tells of the change. decide runs in the transaction.
func (s *Service) changePerson(ctx context.Context, id parley.ID, decide func(context.Context, *store.Tx) (columns, error)) (changed parley.Person, err error) {
	err = s.db.Write(ctx, parley.None, func(ctx context.Context, tx *store.Tx) error {
		set, err := decide(ctx, tx)
		if err != nil {
			return err
		}
		if len(set) > 0 {
			var names strings.Builder
			var args []any
			for _, c := range set {
				names.WriteString(c.name + " = ?, ")
				args = append(args, c.value)
			}
			if _, err := tx.Exec(ctx, `UPDATE person SET `+names.String()+`version = version + 1 WHERE id = ?`, append(args, id)...); err != nil {
				return err
			}
		}
		if changed, err = s.findPerson(ctx, tx, id); err == nil && len(set) > 0 {
			s.tellOf(tx, changed)
		}
		return err
	})
	return changed, err
}

// tellOf tells of a changed person after the commit.
func (s *Service) tellOf(tx *store.Tx, p parley.Person) {
	tx.After(func() {
		s.callers.forget()
		if s.Hooks.PersonChanged != nil {
			s.Hooks.PersonChanged(p)
		}
	})
}

// SetStatus says what id is up to, until it ends by itself; nil takes it back.
func (s *Service) SetStatus(ctx context.Context, id parley.ID, status *parley.Status) (parley.Person, error) {
	var text, emoji string
	var until time.Time
	if status != nil {
		var err error
		if text, err = CleanText("text", status.Text, maxTitle); err != nil {
			return parley.Person{}, err
		}
		if emoji, err = CleanText("emoji", status.Emoji, 16); err != nil {
			return parley.Person{}, err
		}
		if text == "" && emoji == "" {
			return parley.Person{}, parley.Invalid("text", "required", "must not be empty without an emoji")
		}
		if status.Until != nil {
			if until = *status.Until; !until.After(s.clock()) {
				return parley.Person{}, parley.Invalid("until", "past", "must be in the future")
			}
		}
	}
	return s.changePerson(ctx, id, func(context.Context, *store.Tx) (columns, error) {
		return columns{{"status_text", text}, {"status_emoji", emoji}, {"status_until", millis(until)}}, nil
	})
}

package push

import (
	"context"
	"crypto/ecdh"
	"encoding/base64"
	"fmt"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

const (
	maxDevices  = 20 // of one person; the one unused for longest goes
	maxEndpoint = 2 << 10
	maxName     = 80
)

// Device is a browser that wants to be told.
type Device struct {
	ID         parley.ID  `json:"id"`
	Name       string     `json:"name"`
	CreatedAt  time.Time  `json:"created_at"`
	LastUsedAt *time.Time `json:"last_used_at,omitempty" doc:"When it was told something last"`
	This       bool       `json:"this,omitempty" doc:"The browser that asks"`
	endpoint   string
	p256dh     string
	auth       string
	person     parley.ID
}

const deviceColumns = `id, person_id, endpoint, p256dh, auth, name, created_at, last_used_at`

func scanDevice(row store.Scanner) (d Device, err error) {
	var created, used int64
	err = row.Scan(&d.ID, &d.person, &d.endpoint, &d.p256dh, &d.auth, &d.Name, &created, &used)
	d.CreatedAt = time.UnixMilli(created).UTC()
	if used > 0 {
		t := time.UnixMilli(used).UTC()
		d.LastUsedAt = &t
	}
	return d, err
}

// Subscription is what a browser gives to who may tell it something (Push API, PushSubscription.toJSON).
type Subscription struct {
	Endpoint string `json:"endpoint" maxLength:"2048"`
	Keys     struct {
		P256dh string `json:"p256dh"`
		Auth   string `json:"auth"`
	} `json:"keys"`
}

// check refuses what no browser gives. A push service of one's own network, named by who runs this server, need not have
// a certificate.
func (s Subscription) check(allow []netip.AddrPort) error {
	u, err := url.Parse(s.Endpoint)
	ours := false
	if err == nil {
		at, bad := netip.ParseAddrPort(u.Host)
		ours = bad == nil && u.Scheme == "http" && slices.Contains(allow, at)
	}
	if err != nil || u.Scheme != "https" && !ours || u.Host == "" || u.User != nil || len(s.Endpoint) > maxEndpoint {
		return parley.Invalid("endpoint", "url", "must be an https address of at most 2 KiB")
	}
	point, err := decode(s.Keys.P256dh)
	if err == nil {
		_, err = ecdh.P256().NewPublicKey(point)
	}
	if err != nil {
		return parley.Invalid("keys.p256dh", "key", "must be a public key on P-256, base64url")
	}
	if auth, err := decode(s.Keys.Auth); err != nil || len(auth) != 16 {
		return parley.Invalid("keys.auth", "key", "must be 16 bytes, base64url")
	}
	return nil
}

func decode(s string) ([]byte, error) {
	return base64.RawURLEncoding.DecodeString(strings.TrimRight(s, "="))
}

// Subscribe has a browser be told what concerns the caller. The same browser again, by its address or by its session,
// replaces what was known of it, whoever used it before.
func (m *Mode) Subscribe(ctx context.Context, by identity.Caller, s Subscription, name string) (d Device, err error) {
	if by.Session == parley.None {
		return d, parley.Refuse(parley.ErrForbidden, "session", "only who is signed in with a browser is told by it")
	}
	if err := s.check(m.allow); err != nil {
		return d, err
	}
	if name, err = identity.CleanText("name", name, maxName); err != nil {
		return d, err
	}
	now := m.clock().UTC().Truncate(time.Millisecond)
	d = Device{ID: parley.NewID(), Name: name, CreatedAt: now, This: true}
	err = m.db.Write(ctx, by.Person.ID, func(ctx context.Context, tx *store.Tx) error {
		if _, err := tx.Exec(ctx, `DELETE FROM push_device WHERE endpoint = ? OR session_id = ?`, s.Endpoint, by.Session); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `DELETE FROM push_device WHERE person_id = ? AND id IN (
			SELECT id FROM push_device WHERE person_id = ? ORDER BY last_used_at DESC, created_at DESC LIMIT 1000 OFFSET ?)`,
			by.Person.ID, by.Person.ID, maxDevices-1); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `INSERT INTO push_device (id, person_id, session_id, endpoint, p256dh, auth, name, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
			d.ID, by.Person.ID, by.Session, s.Endpoint, strings.TrimRight(s.Keys.P256dh, "="), strings.TrimRight(s.Keys.Auth, "="), name, now.UnixMilli())
		return err
	})
	if err != nil {
		return d, fmt.Errorf("subscribe: %w", err)
	}
	return d, nil
}

// Devices returns the browsers of the caller.
func (m *Mode) Devices(ctx context.Context, by identity.Caller) ([]Device, error) {
	var here parley.ID
	_ = m.db.QueryRow(ctx, `SELECT id FROM push_device WHERE session_id = ? AND person_id = ? ORDER BY created_at DESC LIMIT 1`, by.Session, by.Person.ID).Scan(&here)
	list, err := store.All(ctx, m.db, scanDevice, `SELECT `+deviceColumns+` FROM push_device WHERE person_id = ? ORDER BY created_at`, by.Person.ID)
	for i := range list {
		list[i].This = list[i].ID == here
	}
	if list == nil {
		list = []Device{}
	}
	return list, err
}

// Unsubscribe has a browser be told no more.
func (m *Mode) Unsubscribe(ctx context.Context, person, id parley.ID) error {
	return m.db.Write(ctx, person, func(ctx context.Context, tx *store.Tx) error {
		done, err := tx.Exec(ctx, `DELETE FROM push_device WHERE id = ? AND person_id = ?`, id, person)
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return errOr(err, fmt.Errorf("device %s: %w", id, parley.ErrNotFound))
		}
		return nil
	})
}

func errOr(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}

// Addresses returns the devices of a person, by their ids.
func (m *Mode) Addresses(ctx context.Context, person parley.ID) ([]parley.Address, error) {
	ids, err := store.All(ctx, m.db, store.Value[parley.ID], `SELECT d.id FROM push_device d JOIN session s ON s.id = d.session_id
		WHERE d.person_id = ? AND s.expires_at > ? ORDER BY d.id`, person, m.clock().UnixMilli())
	if err != nil {
		return nil, fmt.Errorf("devices of %s: %w", person, err)
	}
	var list []parley.Address
	for _, id := range ids {
		list = append(list, parley.Address{Kind: parley.AddressPush, Value: id.String(), Proof: "subscription"})
	}
	return list, nil
}

func (m *Mode) device(ctx context.Context, person parley.ID, value string) (Device, error) {
	id, err := parley.ParseID(value)
	if err != nil {
		return Device{}, err
	}
	d, err := store.One(ctx, m.db, scanDevice, `SELECT `+deviceColumns+` FROM push_device WHERE id = ? AND person_id = ?`, id, person)
	if err != nil {
		return d, fmt.Errorf("device %s: %w", id, err)
	}
	return d, nil
}

package store

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"

	"github.com/parley-im/parley/internal/parley"
)

// Setting reads the organisation's setting of that name into v, as JSON. The error wraps parley.ErrNotFound, and v
// is untouched, when it was never set.
func Setting(ctx context.Context, r Reader, name string, v any) error {
	var text string
	if err := r.QueryRow(ctx, `SELECT value FROM setting WHERE name = ?`, name).Scan(&text); err != nil {
		return fmt.Errorf("setting %s: %w", name, err)
	}
	if err := json.Unmarshal([]byte(text), v); err != nil {
		return fmt.Errorf("setting %s: %w", name, err)
	}
	return nil
}

// SetSetting stores v, as JSON, as the organisation's setting of that name.
func (tx *Tx) SetSetting(ctx context.Context, name string, v any) error {
	text, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("setting %s: %w", name, err)
	}
	_, err = tx.Exec(ctx, `INSERT INTO setting (name, value) VALUES (?, ?)
		ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, string(text))
	if err != nil {
		return fmt.Errorf("setting %s: %w", name, err)
	}
	return nil
}

// readEpoch makes the epoch if this database has none. Of two nodes that start at once, one makes it.
func (db *DB) readEpoch(ctx context.Context) error {
	const read = `SELECT value FROM setting WHERE name = 'epoch'`
	if db.QueryRow(ctx, read).Scan(&db.epoch) == nil {
		return json.Unmarshal([]byte(db.epoch), &db.epoch)
	}
	err := db.Write(ctx, parley.None, func(ctx context.Context, tx *Tx) error {
		fresh, err := json.Marshal(rand.Text())
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `INSERT INTO setting (name, value) VALUES ('epoch', ?) ON CONFLICT (name) DO NOTHING`, string(fresh))
		return err
	})
	if err != nil {
		return fmt.Errorf("make epoch: %w", err)
	}
	return Setting(ctx, db, "epoch", &db.epoch)
}

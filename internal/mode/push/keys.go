package push

import (
	"context"
	"errors"
	"fmt"

	webpush "github.com/SherClockHolmes/webpush-go"

	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

// keys are those by which push services know this server (VAPID), base64url.
type keys struct {
	Public  string `json:"public"`
	Private string `json:"private"`
}

// readKeys reads the keys, and makes them at the first start. Of two nodes that start at once, one makes them.
func readKeys(ctx context.Context, db *store.DB) (k keys, err error) {
	const name = "push"
	if err := store.Setting(ctx, db, name, &k); !errors.Is(err, parley.ErrNotFound) {
		return k, err
	}
	if k.Private, k.Public, err = webpush.GenerateVAPIDKeys(); err != nil {
		return k, fmt.Errorf("make push keys: %w", err)
	}
	err = db.Write(ctx, parley.None, func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING`, name,
			fmt.Sprintf(`{"public":%q,"private":%q}`, k.Public, k.Private))
		return err
	})
	if err != nil {
		return k, fmt.Errorf("make push keys: %w", err)
	}
	return k, store.Setting(ctx, db, name, &k)
}

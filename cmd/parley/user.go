package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

type userCommand struct {
	List     userListCommand     `cmd:"" help:"List the people: handle, role, name, mail, last seen."`
	Recover  userRecoverCommand  `cmd:"" help:"Print a link by which somebody who is locked out chooses a new way in. The server may run."`
	Password userPasswordCommand `cmd:"" help:"Give somebody who is locked out a new password, and end their sessions. The server must not run."`
}

// folder says which Parley is meant.
type folder struct {
	Data     string `help:"The data folder." default:"data" type:"path" env:"PARLEY_DATA"`
	Database string `help:"The PostgreSQL, when it is not SQLite in the data folder." env:"PARLEY_DATABASE"`
}

// open opens the database while f runs. Its server must not run: it would not learn of what f changes, and would
// neither hang up nor forget whom it knows.
func (o folder) open(f func(ctx context.Context, db *store.DB) error) error {
	return o.with(store.Open, f)
}

// beside is open for what may be done while the server runs.
func (o folder) beside(f func(ctx context.Context, db *store.DB) error) error {
	return o.with(func(ctx context.Context, options store.Options) (*store.DB, error) {
		db, err := store.Open(ctx, options)
		if errors.Is(err, parley.ErrConflict) {
			return store.Beside(ctx, options)
		}
		return db, err
	}, f)
}

func (o folder) with(open func(context.Context, store.Options) (*store.DB, error), f func(context.Context, *store.DB) error) error {
	if o.Database == "" {
		if _, err := os.Stat(o.Data); err != nil {
			return fmt.Errorf("no data folder %s: %w", o.Data, parley.ErrNotFound)
		}
	}
	ctx := context.Background()
	db, err := open(ctx, store.Options{Dir: o.Data, URL: o.Database, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // what matters was committed
	return f(ctx, db)
}

type userListCommand struct {
	folder `embed:""`
}

// Run prints a table.
func (c *userListCommand) Run() error {
	return c.beside(func(ctx context.Context, db *store.DB) error {
		type row struct {
			handle, role, name, mail string
			seen                     int64
		}
		list, err := store.All(ctx, db, func(s store.Scanner) (r row, err error) {
			err = s.Scan(&r.handle, &r.role, &r.name, &r.mail, &r.seen)
			return r, err
		}, `SELECT p.handle, p.role, p.name, coalesce(a.value, ''), p.last_seen_at FROM person p
			LEFT JOIN address a ON a.person_id = p.id AND a.kind = 'email' WHERE p.deactivated_at = 0 ORDER BY p.handle`)
		if err != nil {
			return err
		}
		w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
		for _, r := range list {
			seen := "never"
			if r.seen > 0 {
				seen = time.UnixMilli(r.seen).Format(time.DateTime)
			}
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", r.handle, r.role, r.name, r.mail, seen)
		}
		return w.Flush()
	})
}

type userRecoverCommand struct {
	folder    `embed:""`
	PublicURL string `help:"Address by which people reach the server." default:"http://localhost:8080" env:"PARLEY_PUBLIC_URL"`
	Email     string `arg:"" help:"Their mail address."`
}

// Run makes the link and prints it.
func (c *userRecoverCommand) Run() error {
	return c.beside(func(ctx context.Context, db *store.DB) error {
		people, err := identity.New(ctx, identity.Options{DB: db, URL: c.PublicURL, Logger: slog.New(slog.DiscardHandler)})
		if err != nil {
			return err
		}
		_, link, err := people.MakeRecoveryOf(ctx, c.Email)
		if err != nil {
			return err
		}
		fmt.Println(link)
		return nil
	})
}

type userPasswordCommand struct {
	folder `embed:""`
	Email  string `arg:"" help:"Their mail address."`
}

// Run makes the password and prints it.
func (c *userPasswordCommand) Run() error {
	return c.open(func(ctx context.Context, db *store.DB) error {
		people, err := identity.New(ctx, identity.Options{DB: db, Logger: slog.New(slog.DiscardHandler)})
		if err != nil {
			return err
		}
		password := strings.ToLower(rand.Text())
		if err := people.ResetPassword(ctx, c.Email, password); err != nil {
			return err
		}
		fmt.Println(password)
		return nil
	})
}

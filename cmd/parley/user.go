package main

import (
	"context"
	"crypto/rand"
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
	Password userPasswordCommand `cmd:"" help:"Give somebody who is locked out a new password, and end their sessions."`
}

// folder says which Parley is meant. Its server must not run: it would not learn of what is changed here.
type folder struct {
	Data     string `help:"The data folder." default:"data" type:"path" env:"PARLEY_DATA"`
	Database string `help:"The PostgreSQL, when it is not SQLite in the data folder." env:"PARLEY_DATABASE"`
}

// open opens the database while f runs.
func (o folder) open(f func(ctx context.Context, db *store.DB) error) error {
	if o.Database == "" {
		if _, err := os.Stat(o.Data); err != nil {
			return fmt.Errorf("no data folder %s: %w", o.Data, parley.ErrNotFound)
		}
	}
	ctx := context.Background()
	db, err := store.Open(ctx, store.Options{Dir: o.Data, URL: o.Database, Logger: slog.New(slog.DiscardHandler)})
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
	return c.open(func(ctx context.Context, db *store.DB) error {
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

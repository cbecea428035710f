package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"github.com/parley-im/parley/internal/config"
	"github.com/parley-im/parley/internal/server"
)

type serveCommand struct {
	config.Config `embed:""`
}

// Run serves until a signal comes.
func (c *serveCommand) Run() error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	s, err := server.New(ctx, &c.Config, version, logger(&c.Config), nil)
	if err != nil {
		return err
	}
	return serve(ctx, s, &c.Config, func() error {
		token, needed, err := s.People.Setup(ctx)
		if err != nil || !needed {
			return err
		}
		fmt.Printf("\nNobody is here yet. Who opens this link becomes the owner:\n\n    %s/setup#%s\n\n", s.URL, token)
		return nil
	})
}

// serve starts s, calls ready, and stops it when ctx ends.
func serve(ctx context.Context, s *server.Server, c *config.Config, ready func() error) error {
	err := s.Start(ctx)
	if err == nil {
		err = ready()
	}
	if err == nil {
		err = s.Wait(ctx)
	}
	ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), c.Limit.Stop)
	defer cancel()
	if stopped := s.Stop(ending); err == nil {
		err = stopped
	}
	return err
}

func logger(c *config.Config) *slog.Logger {
	options := &slog.HandlerOptions{Level: c.Level()}
	if c.Log.Format == "json" {
		return slog.New(slog.NewJSONHandler(os.Stderr, options))
	}
	return slog.New(slog.NewTextHandler(os.Stderr, options))
}

package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/parley-im/parley/internal/clock"
	"github.com/parley-im/parley/internal/config"
	"github.com/parley-im/parley/internal/demo"
	"github.com/parley-im/parley/internal/server"
)

type demoCommand struct {
	Listen string `help:"Address to serve on. Who reaches it may enter as anybody: keep it on this machine." default:"localhost:8080"`
	Data   string `help:"Folder to keep the sample in. Default: a temporary one, removed at the end." type:"path"`
}

// Run serves the sample until a signal comes. Only the flags here count: settings of a real server in the environment
// must not make a sample of it.
func (c *demoCommand) Run() (err error) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	folder := c.Data
	if folder == "" {
		if folder, err = os.MkdirTemp("", "parley-demo-"); err != nil {
			return err
		}
		defer func() {
			if removed := os.RemoveAll(folder); err == nil {
				err = removed
			}
		}()
	}
	settings, err := demoSettings(folder, c.Listen)
	if err != nil {
		return err
	}
	log := logger(settings)
	var time clock.Clock
	s, err := server.New(ctx, settings, version, log, &time)
	if err != nil {
		return err
	}
	d, err := demo.New(ctx, demo.Parts{
		URL: s.URL, API: s.API, People: s.People, Conversations: s.Conversations, Blobs: s.Blobs, DB: s.DB, Web: s.Web, Clock: &time, Log: log,
	})
	if err != nil {
		_ = s.Stop(context.WithoutCancel(ctx))
		return err
	}
	defer d.Stop()
	return serve(ctx, s, settings, func() error {
		d.Start(ctx)
		fmt.Printf("\nA sample organisation, made up and talking, is at\n\n    %s\n\nCtrl+C ends it", s.URL+"/demo")
		if c.Data == "" {
			fmt.Print(" and removes its folder")
		}
		fmt.Print(".\n\n")
		return nil
	})
}

// demoSettings are the defaults, whatever the environment says of a real server.
func demoSettings(folder, listen string) (*config.Config, error) {
	var c config.Config
	if err := defaults(&c, "--data", folder, "--listen", listen, "--log-level", "warn"); err != nil {
		return nil, err
	}
	c.Database, c.Redis, c.Files, c.PublicURL = "", "", "", ""
	c.TLS.Cert, c.TLS.Key, c.TLS.ACME = "", "", nil
	c.Email.Smarthost = "" // nobody of the sample has an address
	return &c, nil
}

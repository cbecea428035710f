// Package server wires the house: it builds all parts from a config.Config, starts them in order and stops them in
// reverse. It is the only package that knows every mode, and it has no logic of its own.
package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/parley-im/parley/internal/api"
	"github.com/parley-im/parley/internal/blob"
	"github.com/parley-im/parley/internal/clock"
	"github.com/parley-im/parley/internal/config"
	"github.com/parley-im/parley/internal/conversation"
	"github.com/parley-im/parley/internal/delivery"
	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/job"
	"github.com/parley-im/parley/internal/mode/chat"
	"github.com/parley-im/parley/internal/mode/email"
	"github.com/parley-im/parley/internal/mode/inbox"
	"github.com/parley-im/parley/internal/mode/push"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/preview"
	"github.com/parley-im/parley/internal/realtime"
	"github.com/parley-im/parley/internal/store"
	"github.com/parley-im/parley/internal/web"
	dist "github.com/parley-im/parley/web"
)

// Server is a whole Parley.
type Server struct {
	URL           string // where people reach it
	API           *api.API
	People        *identity.Service
	Conversations *conversation.Service
	Blobs         *blob.Store
	DB            *store.DB
	Web           http.Handler // the web app, which has all addresses that no other part wants

	config   *config.Config
	log      *slog.Logger
	jobs     *job.Queue
	node     *realtime.Node
	delivery *delivery.Service
	modes    []parley.Mode
	listener net.Listener
	acme     *acme // nil: no certificates are got
	http     *http.Server
	served   chan error
	closers  []func(context.Context) error // in the order of opening
}

// New opens the data and the port, and builds all parts. Nothing is served before Start. On an error everything that
// was opened is closed again. With a clock of its own (a sample), what is said and due goes by that.
func New(ctx context.Context, c *config.Config, version string, log *slog.Logger, own *clock.Clock) (_ *Server, err error) {
	s := &Server{config: c, log: log, served: make(chan error, 1)}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.close(ctx))
		}
	}()
	if len(c.TLS.ACME) > 0 {
		if s.acme, err = newACME(ctx, c, log); err != nil {
			return nil, err
		}
		s.listener = s.acme.app
	} else if s.listener, err = listen(c, log); err != nil {
		return nil, err
	}
	s.URL = c.URL(s.listener.Addr().String())
	if s.DB, err = store.Open(ctx, store.Options{Dir: c.Data, URL: c.Database, Logger: log}); err != nil {
		return nil, err
	}
	s.opened(func(context.Context) error { return s.DB.Close() })
	if s.Blobs, err = blob.Open(ctx, c.FilesURL()); err != nil {
		return nil, err
	}
	s.opened(func(context.Context) error { return s.Blobs.Close() })
	metrics := prometheus.NewRegistry()
	var now func() time.Time // nil: the machine's
	if own != nil {
		now = own.Now
	}
	if s.People, err = identity.New(ctx, identity.Options{DB: s.DB, Blobs: s.Blobs, URL: s.URL, Clock: now, Logger: log}); err != nil {
		return nil, err
	}
	if s.API, err = s.api(version, metrics); err != nil {
		return nil, err
	}
	s.node, err = realtime.New(realtime.Options{
		Epoch: s.DB.Epoch(), RedisURL: c.Redis, Logger: log, Metrics: metrics, Address: s.API.ClientIP,
		PerPerson: c.Limit.Connections, PerAddress: c.Limit.Address, PerSecond: c.Limit.Arrivals,
	})
	if err != nil {
		return nil, err
	}
	s.jobs = job.New(s.DB, log)
	if own != nil {
		s.jobs.Clock = own.Now
		own.OnMove(s.jobs.Look)
		own.OnMove(func() { // the apps ask for the time again
			s.node.Publish(realtime.MembersChannel, 0, parley.Event{Type: parley.EventOrganisation})
		})
	}
	var previews *preview.Fetcher
	if c.Previews {
		previews = preview.New(preview.Options{Blobs: s.Blobs})
	}
	s.Conversations = conversation.New(conversation.Options{
		DB: s.DB, Live: s.node, Rules: s.People, Blobs: s.Blobs, Preview: previews, Jobs: s.jobs, MaxFile: c.Limit.File, Clock: now, Logger: log,
	})
	s.People.Hooks.Welcome = s.Conversations.Welcome
	s.delivery = delivery.New(delivery.Options{
		DB: s.DB, Conversations: s.Conversations, People: s.People, Jobs: s.jobs, Live: s.node, Clock: now, Logger: log,
	})
	pushes, err := push.New(ctx, push.Parts{
		API: s.API, DB: s.DB, Conversations: s.Conversations, People: s.People, Clock: now, Log: log, Allow: c.Push,
	})
	if err != nil {
		return nil, err
	}
	s.delivery.Use(pushes)
	s.modes = []parley.Mode{
		chat.New(chat.Parts{API: s.API, Conversations: s.Conversations, People: s.People, Delivery: s.delivery, Node: s.node, DB: s.DB, Blobs: s.Blobs, Log: log}),
		inbox.New(inbox.Parts{API: s.API, Conversations: s.Conversations, People: s.People, Delivery: s.delivery}),
	}
	mail, err := email.New(email.Parts{
		API: s.API, Conversations: s.Conversations, People: s.People, Settings: c.Email, URL: s.URL, Clock: now, Log: log,
	})
	if err != nil {
		return nil, err
	}
	s.modes = append(s.modes, mail)
	if mail.Configured() {
		s.delivery.Use(mail)
	}
	s.Web = web.New(dist.Dist)
	s.API.Mux.Handle("/", s.Web)
	return s, nil
}

func (s *Server) api(version string, metrics *prometheus.Registry) (*api.API, error) {
	writes := s.config.Limit.Writes
	if writes == 0 {
		writes = -1
	}
	return api.New(api.Options{
		Identity: s.People, URL: s.URL, Version: version, TrustedProxies: s.config.TrustedProxies, Writes: writes, WriteBurst: s.config.Limit.Burst,
		Metrics: metrics, MetricsToken: s.config.MetricsToken, Logger: s.log,
		Ready: func(ctx context.Context) error {
			ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
			defer cancel()
			var one int
			return s.DB.QueryRow(ctx, `SELECT 1`).Scan(&one)
		},
	})
}

// opened remembers how to close what was opened.
func (s *Server) opened(closer func(context.Context) error) { s.closers = append(s.closers, closer) }

// Start starts the parts, the door last, and returns when people can come in.
func (s *Server) Start(ctx context.Context) error {
	s.jobs.Start()
	s.opened(s.jobs.Stop)
	for _, m := range s.modes {
		if err := m.Start(ctx); err != nil {
			return err
		}
		s.opened(m.Stop)
	}
	s.http = &http.Server{
		Handler: s.API, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10,
		ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelDebug),
	}
	go func() { s.served <- s.http.Serve(s.listener) }()
	if s.acme != nil {
		s.opened(s.acme.stop)
		if err := s.acme.start(context.WithoutCancel(ctx), s.URL); err != nil {
			return err
		}
	}
	s.log.Info("server.started", "url", s.URL)
	return nil
}

// Wait returns when ctx ends, or with the error that ended serving.
func (s *Server) Wait(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return nil
	case err := <-s.served:
		return fmt.Errorf("serve: %w", err)
	}
}

// Stop ends in order: no new requests, the live connections are told to come again, what is under way is finished
// (until ctx ends), then the data is closed.
func (s *Server) Stop(ctx context.Context) error {
	s.log.Info("server.stopping")
	var err error
	if s.http != nil {
		// Live connections are not the HTTP server's any more: the modes end them, and Shutdown waits for the rest.
		err = s.http.Shutdown(ctx)
	}
	return errors.Join(err, s.close(ctx))
}

func (s *Server) close(ctx context.Context) (err error) {
	for i := len(s.closers) - 1; i >= 0; i-- {
		err = errors.Join(err, s.closers[i](ctx))
	}
	s.closers = nil
	if s.listener != nil {
		_ = s.listener.Close() // the HTTP server has done so, if it ran
	}
	if s.acme != nil {
		s.acme.close()
	}
	return err
}

package main

import (
	"context"
	"io"
	"log/slog"
	"os"

	"github.com/alecthomas/kong"

	"github.com/parley-im/parley/internal/config"
	"github.com/parley-im/parley/internal/server"
)

type openapiCommand struct{}

// Run builds a server on an empty folder, for the description that its parts make, and prints it.
func (openapiCommand) Run() error {
	folder, err := os.MkdirTemp("", "parley-openapi-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder) //nolint:errcheck // temporary
	var c config.Config
	if err := defaults(&c, "--data", folder, "--listen", "localhost:0"); err != nil {
		return err
	}
	ctx := context.Background()
	s, err := server.New(ctx, &c, version, slog.New(slog.DiscardHandler), nil)
	if err != nil {
		return err
	}
	defer s.Stop(ctx) //nolint:errcheck // nothing was written
	text, err := s.API.Document()
	if err != nil {
		return err
	}
	_, err = io.WriteString(os.Stdout, string(text)+"\n")
	return err
}

// defaults fills c as if the arguments were all that was given.
func defaults(c *config.Config, arguments ...string) error {
	parser, err := kong.New(c, kong.Name("parley"))
	if err != nil {
		return err
	}
	_, err = parser.Parse(arguments)
	return err
}

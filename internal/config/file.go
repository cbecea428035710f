package config

import (
	"fmt"
	"io"
	"os"

	"github.com/alecthomas/kong"
	kongtoml "github.com/alecthomas/kong-toml"
)

// file is what the file of settings says. The environment goes before it; kong by itself has it the other way round.
type file struct{ kong.Resolver }

// Read reads a file of settings (TOML) for kong.Configuration.
func Read(r io.Reader) (kong.Resolver, error) {
	settings, err := kongtoml.Loader(r)
	if err != nil {
		return nil, fmt.Errorf("not TOML: %w", err)
	}
	return file{settings}, nil
}

// Resolve returns what the file says of a flag, if the environment says nothing.
func (f file) Resolve(ctx *kong.Context, parent *kong.Path, flag *kong.Flag) (any, error) {
	for _, name := range flag.Envs {
		if _, set := os.LookupEnv(name); set {
			return nil, nil
		}
	}
	return f.Resolver.Resolve(ctx, parent, flag)
}

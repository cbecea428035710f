// Command parley is the whole of Parley: the server, and the tools around it. One file for each subcommand.
package main

import (
	"fmt"
	"io"
	"os"

	"github.com/alecthomas/kong"
	kongtoml "github.com/alecthomas/kong-toml"
)

// version is set by the linker.
var version = "devel"

type commands struct {
	Serve    serveCommand    `cmd:"" help:"Serve Parley. The first start prints a link; who opens it becomes the owner."`
	User     userCommand     `cmd:"" help:"Look after accounts from the machine, when nobody can sign in."`
	Demo     demoCommand     `cmd:"" help:"Serve a living sample organisation from a throw-away folder, to look around in."`
	Simulate simulateCommand `cmd:"" help:"Let a made-up organisation live for a month, and count what the planner of delivery costs and brings."`
	Backup   backupCommand   `cmd:"" help:"Write everything into one file, while the server goes on."`
	Restore  restoreCommand  `cmd:"" help:"Make a data folder, or fill an empty PostgreSQL, from a backup."`
	OpenAPI  openapiCommand  `cmd:"" name:"openapi" help:"Print the OpenAPI description of the HTTP interface."`
	Version  versionCommand  `cmd:"" help:"Print the version."`

	Config kong.ConfigFlag `help:"File with settings (TOML), named as the flags are." type:"path" env:"PARLEY_CONFIG"`
}

type versionCommand struct{}

func (versionCommand) Run() error {
	_, err := fmt.Println("parley", version)
	return err
}

func main() {
	var c commands
	run := kong.Parse(&c,
		kong.Name("parley"),
		kong.Description("Parley: one conversation, any tempo. A self-hosted server in one binary; nothing else is needed.\n\n"+
			"Every flag can also stand in a file (--config) or in the environment (PARLEY_..., named in brackets)."),
		kong.Configuration(readSettings),
		kong.UsageOnError(),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}),
	)
	if err := run.Run(); err != nil {
		fmt.Fprintln(os.Stderr, "parley:", err)
		os.Exit(1)
	}
}

// settings are those of the file. The environment goes before them; kong by itself has it the other way round.
type settings struct{ kong.Resolver }

func readSettings(r io.Reader) (kong.Resolver, error) {
	file, err := kongtoml.Loader(r)
	return settings{file}, err
}

// Resolve returns what the file says of a flag, if the environment says nothing.
func (s settings) Resolve(ctx *kong.Context, parent *kong.Path, flag *kong.Flag) (any, error) {
	for _, name := range flag.Envs {
		if _, set := os.LookupEnv(name); set {
			return nil, nil
		}
	}
	return s.Resolver.Resolve(ctx, parent, flag)
}

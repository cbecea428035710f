// Command parley is the whole of Parley: the server, and the tools around it. One file for each subcommand.
package main

import (
	"fmt"
	"os"

	"github.com/alecthomas/kong"

	"github.com/parley-im/parley/internal/config"
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
		kong.Configuration(config.Read),
		kong.UsageOnError(),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}),
	)
	if err := run.Run(); err != nil {
		fmt.Fprintln(os.Stderr, "parley:", err)
		os.Exit(1)
	}
}

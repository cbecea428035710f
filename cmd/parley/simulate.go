package main

import (
	"fmt"
	"os"

	"github.com/parley-im/parley/internal/delivery/simulate"
	"github.com/parley-im/parley/internal/delivery/simulate/chart"
)

type simulateCommand struct {
	People int    `help:"How many people." default:"1000"`
	Zones  int    `help:"In how many time zones, up to 16." default:"8"`
	Days   int    `help:"How many days of messages." default:"30"`
	Seed   uint64 `help:"Of everything made up: the same seed, the same result." default:"1"`
	Vary   bool   `help:"Run it under other assumptions, too, and show what that changes. Takes ten times as long."`
	PNG    string `name:"png" help:"File to draw the figures into." type:"path" placeholder:"FILE"`
}

// Run prints what the planner, and what others do, would cost and bring.
func (c *simulateCommand) Run() error {
	config := simulate.Config{People: c.People, Zones: c.Zones, Days: c.Days, Seed: c.Seed, Habits: simulate.Usual()}
	result, err := simulate.Run(config)
	if err != nil {
		return err
	}
	fmt.Printf("%d people in %d time zones, %d days, seed %d: %d messages, %d deliveries\n\n%s\n%s",
		c.People, c.Zones, c.Days, c.Seed, result.Messages, result.Deliveries, result.Table(), result.Plot())
	if c.PNG != "" {
		drawn, err := chart.Draw(result)
		if err != nil {
			return err
		}
		if err := os.WriteFile(c.PNG, drawn, 0o644); err != nil {
			return err
		}
	}
	if c.Vary {
		varied, err := simulate.Vary(config)
		fmt.Print("\n", varied)
		return err
	}
	return nil
}

// Package simulate lets a made-up organisation live for some days, on a clock of its own, under the planner of delivery
// and under what others do, and counts what each costs and brings: interruptions, and the time until people answer.
//
// It knows how people might work, talk and react; docs/simulation.md says what each assumption is based on. It does no I/O,
// and the same Config has the same Result.
package simulate

import (
	"sync"
	"time"

	"github.com/parley-im/parley/internal/delivery"
	"github.com/parley-im/parley/internal/parley"
)

// Config is what is simulated.
type Config struct {
	People, Zones, Days int
	Seed                uint64
	Habits              Habits
}

// Result is what came of it.
type Result struct {
	Config
	Messages, Deliveries int
	Figures              []Figures // one for each strategy
}

// never is after everything.
var never = time.Unix(1<<40, 0)

// Run simulates each of the strategies; without any, Strategies. It returns ErrInvalid for what cannot be an organisation.
func Run(c Config, strategies ...Strategy) (Result, error) {
	if len(strategies) == 0 {
		strategies = Strategies()
	}
	people, err := hire(c)
	if err != nil {
		return Result{}, err
	}
	said := talk(people, c)
	result := Result{Config: c, Messages: len(said), Figures: make([]Figures, len(strategies))}
	for i := range said {
		said[i].everybody(func(int, delivery.Relation) { result.Deliveries++ })
	}
	var all sync.WaitGroup
	for i, s := range strategies {
		all.Go(func() {
			way := course{plan: s.Plan, habits: &c.Habits, chance: chance(c.Seed), people: people, bundled: map[bundle]bool{}}
			way.Figures = Figures{Strategy: s.Name, PersonDays: c.People * c.Days, Answers: map[parley.Need]Times{}}
			for i := range said {
				way.follow(&said[i])
			}
			way.sum()
			result.Figures[i] = way.Figures
		})
	}
	all.Wait()
	return result, nil
}

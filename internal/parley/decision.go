package parley

import (
	"slices"
	"time"
)

// Decision is what a message lets its recipients decide by a time. It closes itself.
type Decision struct {
	Options  []Option   `json:"options" nullable:"false"`
	Default  *int       `json:"default,omitempty" doc:"Number of the option, from 0, that it is if nobody objects"`
	Quorum   int        `json:"quorum,omitempty" doc:"How many must vote for another outcome than the default"`
	ClosedAt *time.Time `json:"closed_at,omitempty"`
	Outcome  *int       `json:"outcome,omitempty" doc:"Number of the option; absent: none was found"`
	How      string     `json:"how,omitempty" enum:"voted,default,no_quorum,tie,no_votes" doc:"How the outcome came to be"`
}

// Option is one of the outcomes, and who is for it, the first first.
type Option struct {
	Text   string `json:"text"`
	People []ID   `json:"people" nullable:"false"`
}

// How a decision came to its outcome, or to none.
const (
	DecidedByVotes   = "voted"
	DecidedByDefault = "default"   // nobody objected, or too few for another outcome
	DecidedNoQuorum  = "no_quorum" // too few have voted, and there is no default
	DecidedTie       = "tie"       // two have most, and neither is the default
	DecidedNoVotes   = "no_votes"  // nobody has voted, and there is no default
)

// Votes is how many have voted.
func (d *Decision) Votes() (n int) {
	for _, o := range d.Options {
		n += len(o.People)
	}
	return n
}

// Voted says whether a person has voted.
func (d *Decision) Voted(person ID) bool {
	return slices.ContainsFunc(d.Options, func(o Option) bool { return slices.Contains(o.People, person) })
}

// Close gives the decision its outcome: what most are for, if there are enough of them and no other has as many; else
// the default.
func (d *Decision) Close(at time.Time) {
	d.ClosedAt = &at
	most, best, tied := 0, -1, false
	for i, o := range d.Options {
		switch n := len(o.People); {
		case n > most:
			most, best, tied = n, i, false
		case n == most && n > 0:
			tied = true
			if d.Default != nil && *d.Default == i {
				best, tied = i, false // the default is what it is unless more object
			} else if d.Default != nil && *d.Default == best {
				tied = false
			}
		}
	}
	votes := d.Votes()
	switch {
	case votes > 0 && votes >= d.Quorum && !tied:
		d.Outcome, d.How = &best, DecidedByVotes
	case d.Default != nil:
		d.Outcome, d.How = d.Default, DecidedByDefault
	case votes == 0:
		d.How = DecidedNoVotes
	case votes < d.Quorum:
		d.How = DecidedNoQuorum
	default:
		d.How = DecidedTie
	}
}

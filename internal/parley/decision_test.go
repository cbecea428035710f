package parley_test

import (
	"testing"
	"time"

	"github.com/parley-im/parley/internal/parley"
)

func TestADecisionClosesAsItsVotesSay(t *testing.T) {
	none, first, second := (*int)(nil), new(int), new(int)
	*second = 1
	for _, c := range []struct {
		name      string
		votes     []int // for each option
		otherwise *int
		quorum    int
		outcome   int // -1: none
		how       string
	}{
		{"most are for the second", []int{1, 2, 0}, none, 0, 1, parley.DecidedByVotes},
		{"nobody votes, and there is a default", []int{0, 0}, second, 0, 1, parley.DecidedByDefault},
		{"nobody votes, and there is none", []int{0, 0}, none, 0, -1, parley.DecidedNoVotes},
		{"one objects to the default", []int{0, 1}, first, 0, 1, parley.DecidedByVotes},
		{"too few object to the default", []int{0, 1}, first, 2, 0, parley.DecidedByDefault},
		{"too few, and no default", []int{0, 1}, none, 2, -1, parley.DecidedNoQuorum},
		{"a tie with the default, which comes first", []int{2, 2}, first, 0, 0, parley.DecidedByVotes},
		{"a tie with the default, which comes second", []int{2, 2}, second, 0, 1, parley.DecidedByVotes},
		{"a tie of others", []int{0, 2, 2}, first, 0, 0, parley.DecidedByDefault},
		{"a tie without a default", []int{2, 2}, none, 0, -1, parley.DecidedTie},
		{"a tie of three with the default in the middle", []int{1, 1, 1}, second, 0, 1, parley.DecidedByVotes},
	} {
		d := parley.Decision{Default: c.otherwise, Quorum: c.quorum}
		for i, n := range c.votes {
			o := parley.Option{Text: string(rune('A' + i))}
			for range n {
				o.People = append(o.People, parley.NewID())
			}
			d.Options = append(d.Options, o)
		}
		d.Close(time.Now())
		got := -1
		if d.Outcome != nil {
			got = *d.Outcome
		}
		if got != c.outcome || d.How != c.how || d.ClosedAt == nil {
			t.Errorf("%s: %d %s, want %d %s", c.name, got, d.How, c.outcome, c.how)
		}
	}
}

package demo

import (
	"fmt"
	"slices"
	"time"

	"github.com/parley-im/parley/internal/parley"
)

// script is a conversation as its file has it, with the times at which things were said.
type script struct {
	document
	kind    parley.ConversationKind
	people  []string // who creates it first
	sayings []saying
	at      []time.Time
}

// plan reads a conversation's file and finds a time for each message, from the last to the first: that way everything
// lies in the past, and everybody speaks in their hours.
func plan(d document, people map[string]*person, now time.Time) (script, error) {
	s := script{document: d}
	switch {
	case d.head["channel"] != "":
		s.kind, s.people = parley.Channel, words(d.head["members"])
		if by := d.head["by"]; by != "" {
			s.people = slices.Insert(slices.DeleteFunc(s.people, func(p string) bool { return p == by }), 0, by)
		}
	case d.head["direct"] != "":
		s.kind, s.people = parley.Direct, words(d.head["direct"])
	case d.head["group"] != "":
		s.kind, s.people = parley.Group, words(d.head["group"])
	}
	if len(s.people) == 0 || len(d.sections) == 0 {
		return s, fmt.Errorf("%s: nobody, or nothing said", d.name)
	}
	for n, section := range d.sections {
		m, err := section.saying(d.name, n)
		if err != nil {
			return s, err
		}
		if !slices.Contains(s.people, m.author) {
			return s, fmt.Errorf("%s: %s is not in it", d.name, m.author)
		}
		s.sayings = append(s.sayings, m)
	}
	pause, err := duration(d.head["end"])
	if err != nil {
		return s, fmt.Errorf("%s: end: %w", d.name, err)
	}
	s.at = make([]time.Time, len(s.sayings))
	for i, t := len(s.sayings)-1, now; i >= 0; i-- {
		m := s.sayings[i]
		p := people[m.author]
		little := 5*time.Minute + 9*someMinutes(d.name, i)
		t = atWork(p.Hours, p.zone, t.Add(-pause), little).Truncate(time.Second)
		s.at[i], pause = t, m.pause
	}
	return s, nil
}

// start is when the conversation began.
func (s script) start() time.Time { return s.at[0].Add(-3 * time.Minute) }

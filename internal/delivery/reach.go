package delivery

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/parley-im/parley/internal/conversation"
	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

// Who may break through, as parley.Through says it.
const (
	everyone   = "everyone"
	somePeople = "people"
	nobody     = "nobody"
)

const (
	maxRungs    = 8
	maxDeputies = 5
	maxThrough  = 100
	maxOff      = 100
	maxFocus    = 30 * 24 * time.Hour
	maxLeave    = 2 * 366 * 24 * time.Hour
)

// DefaultReach is how a person is reached who has set nothing: nobody is woken.
func DefaultReach() parley.Reach {
	r := parley.Reach{
		Off:      []string{},
		Ladder:   []parley.Rung{{Way: parley.AddressPush}, {Way: parley.AddressEmail, After: 30}},
		Alarm:    []parley.Rung{{Way: parley.AddressPush}, {Way: parley.AddressSMS, After: 2}, {Way: parley.AddressEmail, After: 2}, {Way: parley.AddressPhone, After: 4}},
		Deputies: []parley.ID{},
		Through:  parley.Through{Waking: everyone, Quiet: nobody, People: []parley.ID{}},
		Digest:   true,
		Levels:   parley.Levels{Direct: parley.LevelAll, Group: parley.LevelAll, Channel: parley.LevelMentions},
	}
	for day := 1; day <= 7; day++ {
		r.Quiet = append(r.Quiet, parley.Hours{Day: day, From: "00:00", To: "07:00"}, parley.Hours{Day: day, From: "22:00", To: "24:00"})
	}
	return r
}

// readReach reads settings as they are kept: what is absent has its default.
func readReach(settings string, version int64) (parley.Reach, error) {
	r := DefaultReach()
	r.Version = version
	if settings == "" {
		return r, nil
	}
	if err := json.Unmarshal([]byte(settings), &r); err != nil {
		return r, fmt.Errorf("reach: %w", err)
	}
	r.Version = version
	return r, nil
}

// current is r without what is over.
func current(r parley.Reach, now time.Time) parley.Reach {
	if r.Focus != nil && !r.Focus.After(now) {
		r.Focus = nil
	}
	if r.Leave != nil && !r.Leave.To.After(now) {
		r.Leave = nil
	}
	return r
}

// Reach returns how a person wants to be reached.
func (s *Service) Reach(ctx context.Context, id parley.ID) (parley.Reach, error) {
	r, err := reachOf(ctx, s.db, id)
	return current(r, s.now()), err
}

func reachOf(ctx context.Context, r store.Reader, id parley.ID) (parley.Reach, error) {
	list, err := store.All(ctx, r, func(row store.Scanner) (parley.Reach, error) {
		var settings string
		var version int64
		if err := row.Scan(&settings, &version); err != nil {
			return parley.Reach{}, err
		}
		return readReach(settings, version)
	}, `SELECT settings, version FROM reach WHERE person_id = ?`, id)
	if err != nil || len(list) == 0 {
		return DefaultReach(), err
	}
	return list[0], nil
}

// ReachChange is what is to be different; nil stays as it is.
type ReachChange struct {
	Quiet    *[]parley.Hours `json:"quiet,omitempty"`
	Leave    *parley.Leave   `json:"leave,omitempty"`
	Back     bool            `json:"back,omitempty" doc:"The leave is over, or not to be"`
	Off      *[]string       `json:"off,omitempty"`
	Ladder   *[]parley.Rung  `json:"ladder,omitempty"`
	Alarm    *[]parley.Rung  `json:"alarm,omitempty"`
	Deputies *[]parley.ID    `json:"deputies,omitempty"`
	Through  *parley.Through `json:"through,omitempty"`
	Digest   *bool           `json:"digest,omitempty"`
	Levels   *parley.Levels  `json:"levels,omitempty"`
}

// ChangeReach changes how by wants to be reached. What is under way to them is planned anew.
func (s *Service) ChangeReach(ctx context.Context, by parley.Person, change ReachChange) (parley.Reach, error) {
	return s.changeReach(ctx, by.ID, func(r *parley.Reach) error { return change.apply(r, by, s.now()) })
}

// Focus lets nothing that is not urgent disturb by until then; a time that is past ends it.
func (s *Service) Focus(ctx context.Context, by parley.Person, until time.Time) (parley.Reach, error) {
	return s.changeReach(ctx, by.ID, func(r *parley.Reach) error {
		now := s.now()
		if until.Sub(now) > maxFocus {
			return parley.Invalid("until", "too_long", "must be within 30 days")
		}
		if r.Focus = nil; until.After(now) {
			until = until.UTC().Truncate(time.Second)
			r.Focus = &until
		}
		return nil
	})
}

func (s *Service) changeReach(ctx context.Context, id parley.ID, change func(*parley.Reach) error) (r parley.Reach, err error) {
	err = s.db.Write(ctx, id, func(ctx context.Context, tx *store.Tx) error {
		if r, err = reachOf(ctx, tx, id); err != nil {
			return err
		}
		r = current(r, s.now())
		if err := change(&r); err != nil {
			return err
		}
		for _, other := range append(slices.Concat(r.Deputies, r.Through.People), deputyOf(r.Leave)...) {
			var known bool
			if err := tx.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM person WHERE id = ?)`, other).Scan(&known); err != nil || !known {
				return cmpErr(err, parley.Invalid("people", "unknown_person", "there is no such person"))
			}
		}
		kept := r
		kept.Version = 0
		text, err := json.Marshal(kept)
		if err != nil {
			return err
		}
		if err := tx.QueryRow(ctx, `INSERT INTO reach (person_id, settings) VALUES (?, ?)
			ON CONFLICT (person_id) DO UPDATE SET settings = excluded.settings, version = reach.version + 1 RETURNING version`,
			id, string(text)).Scan(&r.Version); err != nil {
			return err
		}
		told := r
		tx.After(func() {
			s.forgetEager()
			s.live.Publish(conversation.Own(id), 0, parley.Event{Type: parley.EventReach, Reach: &told})
		})
		return s.replanLater(ctx, tx, id)
	})
	if err != nil {
		return r, fmt.Errorf("change how %s is reached: %w", id, err)
	}
	return r, nil
}

func cmpErr(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}

func deputyOf(l *parley.Leave) []parley.ID {
	if l == nil || l.Deputy == parley.None {
		return nil
	}
	return []parley.ID{l.Deputy}
}

func (c ReachChange) apply(r *parley.Reach, by parley.Person, now time.Time) (err error) {
	if c.Quiet != nil {
		if r.Quiet, err = identity.CleanHours(*c.Quiet); err != nil {
			return renamed(err, "quiet")
		}
	}
	if c.Back {
		r.Leave = nil
	}
	if c.Leave != nil {
		l := *c.Leave
		l.From, l.To = l.From.UTC().Truncate(time.Second), l.To.UTC().Truncate(time.Second)
		switch {
		case !l.To.After(l.From):
			return parley.Invalid("leave.to", "order", "must be later than from")
		case !l.To.After(now):
			return parley.Invalid("leave.to", "past", "must be in the future")
		case l.To.Sub(l.From) > maxLeave:
			return parley.Invalid("leave.to", "too_long", "must be within two years")
		case l.Deputy == by.ID:
			return parley.Invalid("leave.deputy", "self", "must be somebody else")
		}
		if l.Text, err = identity.CleanText("leave.text", l.Text, parley.MaxPurpose); err != nil {
			return err
		}
		r.Leave = &l
	}
	if c.Off != nil {
		if r.Off, err = cleanDays(*c.Off); err != nil {
			return err
		}
	}
	for _, l := range []struct {
		field string
		to    *[]parley.Rung
		at    *[]parley.Rung
	}{{"ladder", c.Ladder, &r.Ladder}, {"alarm", c.Alarm, &r.Alarm}} {
		if l.to == nil {
			continue
		}
		if err := checkLadder(l.field, *l.to); err != nil {
			return err
		}
		*l.at = append([]parley.Rung{}, *l.to...)
	}
	if c.Deputies != nil {
		if len(*c.Deputies) > maxDeputies || slices.Contains(*c.Deputies, by.ID) {
			return parley.Invalid("deputies", "people", fmt.Sprintf("must be at most %d others", maxDeputies))
		}
		r.Deputies = unique(*c.Deputies)
	}
	if c.Through != nil {
		for field, v := range map[string]string{"through.waking": c.Through.Waking, "through.quiet": c.Through.Quiet} {
			if v != everyone && v != somePeople && v != nobody {
				return parley.Invalid(field, "unknown", "must be everyone, people or nobody")
			}
		}
		if len(c.Through.People) > maxThrough {
			return parley.Invalid("through.people", "too_many", fmt.Sprintf("must be at most %d", maxThrough))
		}
		r.Through = *c.Through
		r.Through.People = unique(c.Through.People)
	}
	if c.Digest != nil {
		r.Digest = *c.Digest
	}
	if c.Levels != nil {
		for field, v := range map[string]parley.Level{"levels.direct": c.Levels.Direct, "levels.group": c.Levels.Group, "levels.channel": c.Levels.Channel} {
			if v != parley.LevelAll && v != parley.LevelMentions && v != parley.LevelNothing {
				return parley.Invalid(field, "unknown", "must be all, mentions or nothing")
			}
		}
		r.Levels = *c.Levels
	}
	return nil
}

// renamed calls hours what they are called here.
func renamed(err error, field string) error {
	if f, ok := err.(*parley.FieldError); ok && len(f.Field) >= len("hours") { //nolint:errorlint // made by CleanHours itself
		g := *f
		g.Field = field + f.Field[len("hours"):]
		return &g
	}
	return err
}

func unique(ids []parley.ID) []parley.ID {
	list := []parley.ID{}
	for _, id := range ids {
		if !slices.Contains(list, id) {
			list = append(list, id)
		}
	}
	return list
}

func cleanDays(days []string) ([]string, error) {
	if len(days) > maxOff {
		return nil, parley.Invalid("off", "too_many", fmt.Sprintf("must be at most %d days", maxOff))
	}
	list := []string{}
	for i, d := range days {
		if _, err := time.Parse(time.DateOnly, d); err != nil {
			return nil, parley.Invalid(fmt.Sprintf("off[%d]", i), "date", "must be a day, like 2026-12-25")
		}
		list = append(list, d)
	}
	slices.Sort(list)
	return slices.Compact(list), nil
}

func checkLadder(field string, ladder []parley.Rung) error {
	if len(ladder) > maxRungs {
		return parley.Invalid(field, "too_many", fmt.Sprintf("must have at most %d rungs", maxRungs))
	}
	for i, r := range ladder {
		at := func(part string) string { return fmt.Sprintf("%s[%d].%s", field, i, part) }
		switch {
		case !slices.Contains([]parley.AddressKind{parley.AddressPush, parley.AddressEmail, parley.AddressSMS, parley.AddressPhone}, r.Way):
			return parley.Invalid(at("way"), "unknown", "must be push, email, sms or phone")
		case r.After < 0 || r.After > 7*24*60:
			return parley.Invalid(at("after"), "range", "must be 0 to 10080 minutes")
		case i > 0 && r.After < ladder[i-1].After:
			return parley.Invalid(at("after"), "order", "must not be less than that of the way before")
		}
	}
	return nil
}

// WayState is whether a way to reach people exists on this server, and the person's addresses there.
type WayState struct {
	Kind       parley.AddressKind `json:"kind" enum:"push,email,sms,phone"`
	Configured bool               `json:"configured" doc:"This server has it"`
	Values     []string           `json:"values" nullable:"false" doc:"The person's, proven"`
}

// Ways returns the ways beside the app, and by which a person can be reached.
func (s *Service) Ways(ctx context.Context, id parley.ID) ([]WayState, error) {
	var list []WayState
	for _, kind := range []parley.AddressKind{parley.AddressPush, parley.AddressEmail, parley.AddressSMS, parley.AddressPhone} {
		w := WayState{Kind: kind, Values: []string{}}
		if way := s.ways[kind]; way != nil {
			w.Configured = true
			addresses, err := way.Addresses(ctx, id)
			if err != nil {
				return nil, err
			}
			for _, a := range addresses {
				w.Values = append(w.Values, a.Value)
			}
		}
		list = append(list, w)
	}
	s.reached.forget(id)
	return list, nil
}

package demo

import (
	"bytes"
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/parley"
)

// person is somebody of the sample.
type person struct {
	parley.Person
	zone    *time.Location
	email   string
	status  *parley.Status
	picture string
	members []string // of a group of people
}

// readPeople reads who is there: in order, and by handle. Groups have handles that begin with @.
func readPeople() (organisation map[string]string, order []*person, err error) {
	d, err := read("people.txt")
	if err != nil {
		return nil, nil, err
	}
	for _, s := range d.sections {
		p, err := readPerson(s)
		if err != nil {
			return nil, nil, fmt.Errorf("people.txt: %s: %w", s.heading, err)
		}
		order = append(order, p)
	}
	return d.head, order, nil
}

func readPerson(s section) (*person, error) {
	p := &person{}
	p.Handle, p.Kind, p.Role, p.Language, p.Zone = s.heading, parley.Human, parley.MemberRole, "en", "UTC"
	p.email = p.Handle + "@meander.example"
	for line := range strings.Lines(s.text) {
		key, value, _ := strings.Cut(line, ":")
		switch value = strings.TrimSpace(value); key {
		case "name":
			p.Name = value
		case "title":
			p.Title = value
		case "zone":
			p.Zone = value
		case "language":
			p.Language = value
		case "picture":
			p.picture = value
		case "members":
			p.members = words(value)
		case "role":
			p.Role = parley.Role(value)
			if value == "bot" {
				p.Kind, p.Role = parley.Bot, parley.MemberRole
			}
		case "status":
			p.status = &parley.Status{}
			p.status.Emoji, p.status.Text, _ = strings.Cut(value, " ")
		case "hours":
			var err error
			if p.Hours, err = readHours(value); err != nil {
				return nil, err
			}
		default:
			return nil, fmt.Errorf("what is %q", key)
		}
	}
	var err error
	p.zone, err = time.LoadLocation(p.Zone)
	return p, err
}

// readHours reads stretches such as "1-4 08:00-12:00 13:00-17:00, 5 08:00-13:00".
func readHours(text string) (hours []parley.Hours, err error) {
	for part := range strings.SplitSeq(text, ",") {
		w := words(part)
		if len(w) < 2 {
			return nil, fmt.Errorf("hours %q", part)
		}
		first, last, ok := strings.Cut(w[0], "-")
		if !ok {
			last = first
		}
		from, err := strconv.Atoi(first)
		if err != nil {
			return nil, err
		}
		to, err := strconv.Atoi(last)
		if err != nil {
			return nil, err
		}
		for day := from; day <= to; day++ {
			for _, stretch := range w[1:] {
				begin, end, _ := strings.Cut(stretch, "-")
				hours = append(hours, parley.Hours{Day: day, From: begin, To: end})
			}
		}
	}
	return hours, nil
}

func words(s string) []string { return strings.Fields(s) }

// found makes the organisation and its owner, and invites the others, each of whom accepts.
func (s *seeder) found(ctx context.Context, organisation map[string]string, order []*person) error {
	client := identity.Client{UserAgent: "Parley demo"}
	token, needed, err := s.people.Setup(ctx)
	if err != nil {
		return err
	}
	if !needed {
		return fmt.Errorf("there is an organisation already: %w", parley.ErrConflict)
	}
	var owner parley.Person
	for _, p := range order {
		var e identity.Entry
		account := identity.Account{Name: p.Name, Email: p.email, Zone: p.Zone, Language: p.Language, Hours: p.Hours}
		switch {
		case p.members != nil:
			continue
		case p.Role == parley.Owner:
			e, err = s.people.Found(ctx, token, organisation["organisation"], account, client)
			owner = e.Me.Person
		case p.Kind == parley.Bot:
			e.Me.Person, err = s.people.MakeBot(ctx, owner, identity.BotOrder{Name: p.Name, Handle: p.Handle})
		default:
			var link string
			if _, link, err = s.people.Invite(ctx, owner, identity.InvitationOrder{Role: p.Role}); err == nil {
				_, secret, _ := strings.Cut(link, "#")
				e, err = s.people.Accept(ctx, secret, account, client)
			}
		}
		if err == nil && e.Session != parley.None {
			err = s.people.SignOut(ctx, e.Me.ID, e.Session)
		}
		if err != nil {
			return fmt.Errorf("%s comes in: %w", p.Handle, err)
		}
		p.ID = e.Me.ID
	}
	return atOnce(order, func(p *person) error { return s.introduce(ctx, owner, p) })
}

// introduce gives a person what they tell of themselves, and makes the groups of people.
func (s *seeder) introduce(ctx context.Context, owner parley.Person, p *person) error {
	if p.members != nil {
		var members []parley.ID
		for _, m := range p.members {
			members = append(members, s.by[m].ID)
		}
		handle := strings.TrimPrefix(p.Handle, "@")
		_, err := s.people.MakeGroup(ctx, owner, identity.GroupChange{Handle: &handle, Name: &p.Name, Members: &members})
		return err
	}
	changed, err := s.people.ChangeProfile(ctx, p.ID, identity.Profile{Handle: &p.Handle, Title: &p.Title})
	if err == nil && p.status != nil {
		changed, err = s.people.SetStatus(ctx, p.ID, p.status)
	}
	if err == nil && p.picture != "" {
		var face []byte
		if face, err = drawFace(p.picture); err == nil {
			changed, err = s.people.SetAvatar(ctx, p.ID, bytes.NewReader(face))
		}
	}
	p.Person = changed
	return err
}

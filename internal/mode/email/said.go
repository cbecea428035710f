package email

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/parley-im/parley/internal/parley"
)

// said is a message of a mail, as its reader may see it when the mail is written.
type said struct {
	parley.Note
	message      parley.Message
	conversation parley.Conversation
	author       string
	place        string // the conversation's name, as the reader has it
	about        string // the name of Note.About
	unseen       bool   // the reader may not see it, and is asked for somebody else
}

// look returns what a note speaks of; false when it is gone, or not for the reader's eyes any more.
func (m *Mode) look(ctx context.Context, reader parley.Person, n parley.Note, w *words) (s said, ok bool, err error) {
	s.Note = n
	if n.About != parley.None {
		if s.about, err = m.nameOf(ctx, n.About); err != nil {
			return s, false, err
		}
	}
	s.message, err = m.conversations.MessageByID(ctx, reader, n.Message)
	if errors.Is(err, parley.ErrNotFound) {
		s.unseen = n.About != parley.None && n.Need == parley.Urgent
		return s, s.unseen, nil
	}
	if err != nil {
		return s, false, err
	}
	if s.message.Kind != parley.Text || s.message.DeletedAt != nil || s.message.Withdrawn {
		return s, false, nil
	}
	if s.conversation, err = m.conversations.Get(ctx, reader, s.message.Conversation); err != nil {
		if errors.Is(err, parley.ErrNotFound) {
			err = nil
		}
		return s, false, err
	}
	if s.message.As != nil && s.message.As.Name != "" {
		s.author = s.message.As.Name
	} else if s.author, err = m.nameOf(ctx, s.message.Author); err != nil {
		return s, false, err
	}
	s.author = cmp.Or(s.author, w.program)
	s.place, err = m.placeName(ctx, reader, s.conversation)
	return s, err == nil, err
}

// placeName is what a conversation is called: its name, or those of the others in it.
func (m *Mode) placeName(ctx context.Context, reader parley.Person, c parley.Conversation) (string, error) {
	if c.Kind == parley.Channel {
		return "#" + c.Name, nil
	}
	if c.Name != "" {
		return c.Name, nil
	}
	var names []string
	for _, id := range c.People {
		if id == reader.ID {
			continue
		}
		if len(names) == maxNames {
			names = append(names, "…")
			break
		}
		name, err := m.nameOf(ctx, id)
		if err != nil {
			return "", err
		}
		names = append(names, name)
	}
	if len(names) == 0 {
		return reader.Name, nil
	}
	return strings.Join(names, ", "), nil
}

// maxNames is how many of its people name a group.
const maxNames = 4

// nameOf returns what somebody is called; "" when they are gone.
func (m *Mode) nameOf(ctx context.Context, id parley.ID) (string, error) {
	p, err := m.people.Find(ctx, id)
	if errors.Is(err, parley.ErrNotFound) {
		return "", nil
	}
	return p.Name, err
}

// rank orders by need, the greatest first.
func (s said) rank() int {
	return -slices.Index([]parley.Need{parley.Whenever, parley.Normal, parley.AnswerBy, parley.Urgent}, cmp.Or(s.Need, parley.Normal))
}

// together orders messages so that those of one conversation stand together, the conversation that came first first;
// with needs, the greater needs come before.
func together(list []said, needs bool) []said {
	type key struct {
		need         int
		conversation parley.ID
	}
	keyOf := func(s said) key {
		k := key{conversation: s.message.Conversation}
		if needs {
			k.need = s.rank()
		}
		return k
	}
	first := map[key]int{}
	for i, s := range list {
		if _, ok := first[keyOf(s)]; !ok {
			first[keyOf(s)] = i
		}
	}
	slices.SortStableFunc(list, func(a, b said) int {
		ka, kb := keyOf(a), keyOf(b)
		return cmp.Or(cmp.Compare(ka.need, kb.need), cmp.Compare(first[ka], first[kb]), cmp.Compare(a.message.Seq, b.message.Seq))
	})
	return list
}

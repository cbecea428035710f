package demo

import (
	"context"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/parley-im/parley/internal/conversation"
	"github.com/parley-im/parley/internal/parley"
)

// readAnswers reads answers.md: for each kind of message what may be answered.
func readAnswers() (map[string][]string, error) {
	d, err := read("answers.md")
	if err != nil {
		return nil, err
	}
	all := map[string][]string{}
	for _, s := range d.sections {
		for line := range strings.Lines(s.text) {
			if line = strings.TrimSpace(line); line != "" {
				all[s.heading] = append(all[s.heading], line)
			}
		}
	}
	return all, nil
}

// often is how long a conversation is left alone after an answer: who writes quickly gets reactions meanwhile.
const often = 8 * time.Second

// answer lets somebody in the conversation react to what a visitor has said, and somebody answer.
func (r *director) answer(ctx context.Context) {
	answered := map[parley.ID]time.Time{}
	for {
		select {
		case <-ctx.Done():
			return
		case m := <-r.said:
			quiet := time.Since(answered[m.Conversation]) < often
			if !quiet {
				answered[m.Conversation] = time.Now()
			}
			if err := r.reply(ctx, m, quiet); err != nil && ctx.Err() == nil {
				r.d.log.Info("demo.answered_nothing", "error", err)
			}
		}
	}
}

func (r *director) reply(ctx context.Context, m parley.Message, quiet bool) error {
	partners, err := r.partners(ctx, m)
	if err != nil || len(partners) == 0 {
		return err
	}
	kind := kindOf(m)
	if !r.wait(ctx, r.pace/4) {
		return nil
	}
	first, second := partners[0], partners[len(partners)-1]
	place := parley.Place{Conversation: m.Conversation, Seq: m.Seq}
	emoji := strings.Fields(r.one("react " + strings.TrimSuffix(kind, " de")))
	if len(partners) > 1 || quiet || kind == "thanks" || kind == "thanks de" {
		if _, err := r.d.parts.Conversations.React(ctx, second.Person, place, emoji[rand.IntN(len(emoji))], true); err != nil { //nolint:gosec // nothing secret
			return err
		}
	}
	if quiet {
		return nil
	}
	_, err = r.write(ctx, first, conversation.Draft{Conversation: m.Conversation, Thread: m.Thread, Body: r.one(kind)})
	return err
}

// partners are those who may answer, in random order, the mentioned first.
func (r *director) partners(ctx context.Context, m parley.Message) ([]*person, error) {
	ids, err := r.d.parts.Conversations.MemberIDs(ctx, m.Conversation)
	if err != nil {
		return nil, err
	}
	german := strings.HasSuffix(kindOf(m), " de")
	var list []*person
	for _, p := range r.d.order {
		if slices.Contains(ids, p.ID) && p.ID != m.Author && p.Kind == parley.Human && !r.d.played(p.Handle) {
			list = append(list, p)
		}
	}
	rand.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] }) //nolint:gosec // who answers is no secret
	slices.SortStableFunc(list, func(a, b *person) int { return rank(b, m, german) - rank(a, m, german) })
	return list, nil
}

func rank(p *person, m parley.Message, german bool) int {
	n := 0
	if slices.Contains(m.Mentions, p.ID) {
		n += 2
	}
	if german == (p.Language == "de") {
		n++
	}
	return n
}

func (r *director) one(kind string) string {
	list := r.answers[kind]
	return list[rand.IntN(len(list))] //nolint:gosec // nothing secret
}

// What a visitor's message looks like, at a glance. Nobody here understands it, so the answers promise nothing.
var (
	inGerman = regexp.MustCompile(`(?i)[äöüß]|(^|\W)(ich|und|ist|nicht|der|die|das|ein|eine|hallo|moin|danke|guten|wie|was|wir)(\W|$)`)
	thanks   = regexp.MustCompile(`(?i)(^|\W)(thanks?|thank you|thx|cheers|danke|dankeschön|obrigad[oa])(\W|$)`)
	greeting = regexp.MustCompile(`(?i)^\W*(hi|hello|hey|good (morning|evening|afternoon)|kia ora|hallo|moin|guten (morgen|tag|abend)|servus|olá)(\W|$)`)
)

// kindOf says which answers fit.
func kindOf(m parley.Message) string {
	kind := "other"
	switch {
	case thanks.MatchString(m.Body):
		kind = "thanks"
	case strings.Contains(m.Body, "?"):
		kind = "question"
	case greeting.MatchString(m.Body):
		kind = "greeting"
	case len(m.Files) > 0:
		kind = "file"
	}
	if inGerman.MatchString(m.Body) {
		kind += " de"
	}
	return kind
}

package delivery_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/parley-im/parley/internal/conversation"
	"github.com/parley-im/parley/internal/parley"
)

func TestADecisionIsClosedByItsTimeAndToldInTheConversation(t *testing.T) {
	each(t, func(w *world) {
		ada, bo, cy := w.person("ada", "Europe/Berlin"), w.person("bo", "Europe/Berlin"), w.person("cy", "Europe/Berlin")
		room := w.channel(ada, bo, cy)
		zero := 0
		m := w.say(ada, conversation.Draft{
			Conversation: room, Body: "where do we meet?", Need: parley.AnswerBy, By: w.now.Add(4 * time.Hour),
			Decision: &conversation.Decision{Options: []string{"Lisbon", "Berlin"}, Default: &zero},
		})
		place := parley.Place{Conversation: room, Seq: m.Seq}
		w.say(cy, conversation.Draft{Conversation: room, Thread: m.Seq, Body: "what about Porto?"}) // is no vote
		if in := w.inbox(cy); len(in.Items) != 1 || in.Items[0].Wants != parley.WantsAnswer || in.Items[0].Message.Decision == nil {
			t.Fatalf("cy has %+v", in.Items)
		}
		if _, err := w.conversations.Acknowledge(t.Context(), cy, place); !errors.Is(err, parley.ErrConflict) {
			t.Errorf("acknowledged: %v", err)
		}
		for _, option := range []int{0, 1} { // he changes his mind
			_, err := w.conversations.Vote(t.Context(), bo, place, option)
			w.must(err)
		}
		if in := w.inbox(bo); len(in.Items) != 0 {
			t.Errorf("bo, who has voted, has %+v", in.Items)
		}
		w.pass(4*time.Hour + time.Minute)
		got, err := w.conversations.Message(t.Context(), ada, place)
		w.must(err)
		if d := got.Decision; d.ClosedAt == nil || d.Outcome == nil || *d.Outcome != 1 || d.How != parley.DecidedByVotes || len(d.Options[1].People) != 1 {
			t.Errorf("decided %+v", d)
		}
		if in := w.inbox(cy); len(in.Items) != 0 {
			t.Errorf("cy still has %+v", in.Items)
		}
		for _, it := range w.inbox(ada).Items {
			if it.Wants == parley.WantsReport {
				t.Errorf("ada has a report: %+v", it)
			}
		}
		if _, err := w.conversations.Vote(t.Context(), cy, place, 0); !errors.Is(err, parley.ErrConflict) {
			t.Errorf("voted when it was decided: %v", err)
		}
		page, err := w.conversations.Messages(t.Context(), ada, room, conversation.Range{})
		w.must(err)
		last := page.Messages[len(page.Messages)-1]
		if last.Happened == nil || last.Happened.What != "decided" || last.Happened.Name != "Berlin" || last.Happened.Seq != m.Seq {
			t.Errorf("the conversation ends with %+v", last)
		}
	})
}

func TestADecisionIsMadeWhenAllHaveVoted(t *testing.T) {
	each(t, func(w *world) {
		ada, bo, cy := w.person("ada", "Europe/Berlin"), w.person("bo", "Europe/Berlin"), w.person("cy", "Europe/Berlin")
		group := w.create(ada, conversation.Beginning{Kind: parley.Group, People: []parley.ID{bo.ID, cy.ID}})
		m := w.say(ada, conversation.Draft{
			Conversation: group, Body: "tea?", Need: parley.AnswerBy, By: w.now.Add(4 * time.Hour),
			Decision: &conversation.Decision{Options: []string{"yes", "no"}},
		})
		place := parley.Place{Conversation: group, Seq: m.Seq}
		for i, p := range []parley.Person{bo, cy} {
			got, err := w.conversations.Vote(t.Context(), p, place, 0)
			if w.must(err); (got.Decision.ClosedAt != nil) != (i == 1) {
				t.Errorf("after %d votes closed at %v", i+1, got.Decision.ClosedAt)
			}
		}
	})
}

func TestADecisionNeedsOptionsAndATime(t *testing.T) {
	each(t, func(w *world) {
		ada := w.person("ada", "Europe/Berlin")
		room := w.channel(ada)
		two := 2
		for field, d := range map[string]conversation.Draft{
			"need":                {Decision: &conversation.Decision{Options: []string{"a", "b"}}},
			"decision.options":    {Need: parley.AnswerBy, Decision: &conversation.Decision{Options: []string{"a"}}},
			"decision.options[1]": {Need: parley.AnswerBy, Decision: &conversation.Decision{Options: []string{"a", " a "}}},
			"decision.default":    {Need: parley.AnswerBy, Decision: &conversation.Decision{Options: []string{"a", "b"}, Default: &two}},
			"decision.quorum":     {Need: parley.AnswerBy, Decision: &conversation.Decision{Options: []string{"a", "b"}, Quorum: -1}},
			"by":                  {Need: parley.AnswerBy, By: w.now},
			"reason":              {Need: parley.Urgent},
			"need ":               {Need: "soon"},
		} {
			d.Conversation, d.Body = room, "?"
			if d.By.IsZero() {
				d.By = w.now.Add(time.Hour)
			}
			_, err := w.conversations.Post(t.Context(), ada, d)
			var is *parley.FieldError
			if !errors.As(err, &is) || !errors.Is(err, parley.ErrInvalid) || is.Field != strings.TrimSpace(field) {
				t.Errorf("%s: %v", field, err)
			}
		}
	})
}

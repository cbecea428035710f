package email_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/parley-im/parley/internal/config"
	"github.com/parley-im/parley/internal/conversation"
	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
	"github.com/parley-im/parley/internal/store/storetest"
)

var update = flag.Bool("update", false, "write the golden files anew")

// nowhere is a smart host that is not called.
var nowhere = config.Email{Smarthost: "smtp://localhost:1", From: "parley@harbour.example"}

func (h *house) say(by parley.Person, d conversation.Draft) parley.Message {
	h.t.Helper()
	return must[conversation.Posted](h.t)(h.conversations.Post(h.t.Context(), by, d)).Message
}

func note(m parley.Message, why string) parley.Note {
	n := parley.Note{Message: m.ID, Place: parley.Place{Conversation: m.Conversation, Seq: m.Seq}, Need: m.Need, Why: why}
	if n.Need == "" {
		n.Need = parley.Normal
	}
	if m.By != nil {
		n.By = *m.By
	}
	return n
}

// ids are different in each run, and so is what is made of them.
var ids = regexp.MustCompile(`\b[0-9a-hjkmnp-tv-z]{13}\b|\b[0-9a-f]{32}\b`)

// masked gives each id a name in the order in which they come, and undoes the folding that they make.
func masked(mail []byte) string {
	names := map[string]string{}
	text := strings.ReplaceAll(string(mail), "\r\n", "\n")
	text = strings.ReplaceAll(text, "=\n", "") // soft line breaks of quoted-printable
	return ids.ReplaceAllStringFunc(text, func(id string) string {
		if strings.Trim(id, "0123456789") == "" || strings.Trim(id, "abcdefghijklmnopqrstuvwxyz") == "" {
			return id // a number or a word
		}
		if names[id] == "" {
			names[id] = "ID" + string(rune('A'+len(names)))
		}
		return names[id]
	})
}

// rich has everything that a message can have.
const rich = "Hallo @bo, **morgen** um <time:2026-11-26T14:00+01:00>?\n\n> Zitat\n\n- eins\n- [x] zwei\n\n" +
	"```go\nx := 1 // <b>\n```\n\n| a | b |\n|---|:-:|\n| 1 | 2 |\n\n||geheim|| [Seite](https://example.org/?a=1&b=2) ![Bild](https://example.org/x.png) $e^x$ /c/ 日本語 🎉"

func TestMailsLookLikeTheirGoldenFiles(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := build(t, db, nowhere)
		to := map[parley.ID]parley.Address{h.ada.ID: h.proven(h.ada), h.bo.ID: h.proven(h.bo)}
		direct, harbour := h.direct(h.ada, h.bo), h.channel("harbour", h.bo)
		group := must[parley.Conversation](t)(h.conversations.Create(t.Context(), h.ada, conversation.Beginning{
			Kind: parley.Group, People: []parley.ID{h.bo.ID, h.comes("Cleo Zoë", "cleo@harbour.example", "Asia/Kathmandu", "en").ID},
		})).ID
		h.clock.pass(time.Minute)
		by := dawn.Add(55 * time.Hour)
		plain := h.say(h.ada, conversation.Draft{Conversation: direct, Body: rich})
		root := h.say(h.ada, conversation.Draft{Conversation: harbour, Body: "Where does the boat lie?"})
		reply := h.say(h.ada, conversation.Draft{Conversation: harbour, Thread: root.Seq, Body: "At pier 3."})
		answer := h.say(h.ada, conversation.Draft{Conversation: group, Body: "Wer macht den Anstrich?", Need: parley.AnswerBy, By: by})
		urgent := h.say(h.ada, conversation.Draft{Conversation: harbour, Body: "The mast **falls**", Need: parley.Urgent, Reason: "Somebody could be hurt"})
		asked := h.say(h.ada, conversation.Draft{Conversation: direct, Body: "Kommst du?", Need: parley.AnswerBy, By: by})
		second := 1
		vote := h.say(h.ada, conversation.Draft{
			Conversation: group, Body: "Welche Farbe?", Need: parley.AnswerBy, By: by,
			Decision: &conversation.Decision{Options: []string{"Blau", "Rot <b>"}, Default: &second},
		})
		long := h.say(h.ada, conversation.Draft{Conversation: direct, Body: strings.Repeat("So it goes, **on** and on. ", 2000)})
		deputy := note(urgent, "away")
		deputy.About = h.ada.ID
		report := note(asked, "active")
		report.About = h.bo.ID
		reportUrgent := note(urgent, "nobody")
		reportUrgent.About = h.bo.ID

		for _, c := range []struct {
			name  string
			to    parley.Person
			what  parley.Notice
			notes []parley.Note
		}{
			{"tell-direct-de", h.bo, parley.NoticeTell, []parley.Note{note(plain, "unseen")}},
			{"tell-thread-en", h.ada, parley.NoticeTell, []parley.Note{note(reply, "away")}},
			{"tell-answer-de", h.bo, parley.NoticeTell, []parley.Note{note(answer, "deadline")}},
			{"tell-decision-de", h.bo, parley.NoticeTell, []parley.Note{note(vote, "away")}},
			{"tell-urgent-de", h.bo, parley.NoticeTell, []parley.Note{note(urgent, "urgent")}},
			{"tell-deputy-en", h.ada, parley.NoticeTell, []parley.Note{deputy}},
			{"tell-long-en", h.ada, parley.NoticeTell, []parley.Note{note(long, "away")}},
			{"bundle-de", h.bo, parley.NoticeBundle, []parley.Note{
				note(urgent, "hours"), note(asked, "hours"), note(answer, "hours"), note(root, "hours"), note(plain, "hours"), note(reply, "hours"),
			}},
			{"summary-en", h.ada, parley.NoticeSummarise, []parley.Note{note(root, "digest"), note(long, "digest"), note(reply, "digest")}},
			{"report-en", h.ada, parley.NoticeReport, []parley.Note{report}},
			{"report-urgent-en", h.ada, parley.NoticeReport, []parley.Note{reportUrgent}},
			{"remind-de", h.bo, parley.NoticeRemind, []parley.Note{note(plain, "")}},
		} {
			e := parley.Envelope{Person: c.to.ID, To: to[c.to.ID], What: c.what, Notes: c.notes, Key: c.name}
			mail, html, err := h.mail.Written(t.Context(), e)
			if err != nil {
				t.Fatalf("%s: %v", c.name, err)
			}
			if again, _, _ := h.mail.Written(t.Context(), e); !bytes.Equal(mail, again) {
				t.Errorf("%s: written again, it is another mail", c.name)
			}
			golden(t, c.name, masked(mail))
			if folder := os.Getenv("PARLEY_LOOK_AT_MAILS"); folder != "" { // to open them in a browser
				if err := os.WriteFile(filepath.Join(folder, c.name+".html"), []byte(html), 0o600); err != nil {
					t.Fatal(err)
				}
			}
		}
	})
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name+".eml")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s -want +got:\n%s", name, diff)
	}
}

func TestAMailSaysWhatItsReaderMaySeeNow(t *testing.T) {
	each(t, nowhere, func(h *house) {
		t, ctx := h.t, h.t.Context()
		to := h.proven(h.bo)
		harbour := h.channel("harbour", h.bo)
		m := h.say(h.ada, conversation.Draft{Conversation: harbour, Body: "old words"})
		e := parley.Envelope{Person: h.bo.ID, To: to, What: parley.NoticeTell, Notes: []parley.Note{note(m, "away")}, Key: "k"}
		text := func() string {
			t.Helper()
			mail, _, err := h.mail.Written(ctx, e)
			if err != nil {
				t.Fatal(err)
			}
			return string(mail)
		}
		nothing := func(why string) {
			t.Helper()
			if mail, _, err := h.mail.Written(ctx, e); !errors.Is(err, parley.ErrNotFound) {
				t.Errorf("%s: %v\n%s", why, err, mail)
			}
		}
		if !strings.Contains(text(), "old words") {
			t.Error("it does not say what was said")
		}
		if _, err := h.conversations.Edit(ctx, h.ada, parley.Place{Conversation: harbour, Seq: m.Seq}, "new words"); err != nil {
			t.Fatal(err)
		}
		if got := text(); !strings.Contains(got, "new words") || strings.Contains(got, "old words") {
			t.Errorf("what was edited goes out as it was:\n%s", got)
		}
		if err := h.conversations.Remove(ctx, h.ada, harbour, h.bo.ID); err != nil {
			t.Fatal(err)
		}
		nothing("who was removed is told")

		// Something urgent for which one stands in is told of, but not what it is.
		e.Notes[0].Need, e.Notes[0].About = parley.Urgent, h.ada.ID
		if got := text(); strings.Contains(got, "new words") || strings.Contains(got, "harbour<") || !strings.Contains(got, "Ada Lovelace") {
			t.Errorf("a deputy reads\n%s", got)
		}
		e.Notes[0] = note(m, "away")
		if err := h.conversations.Add(ctx, h.ada, harbour, []parley.ID{h.bo.ID}); err != nil {
			t.Fatal(err)
		}
		_ = text()
		if err := h.conversations.Delete(ctx, h.ada, parley.Place{Conversation: harbour, Seq: m.Seq}); err != nil {
			t.Fatal(err)
		}
		nothing("what was deleted is told")
		second := h.say(h.ada, conversation.Draft{Conversation: harbour, Body: "still here"})
		e.Notes = []parley.Note{note(m, "hours"), note(second, "hours")}
		e.What = parley.NoticeBundle
		if got := text(); !strings.Contains(got, "still here") || strings.Contains(got, "new words") {
			t.Errorf("of two, one deleted, it says\n%s", got)
		}
		e.To.Value = "other@harbour.example"
		nothing("an address that is not theirs")
		e.To = to
		no := true
		if _, err := h.people.ChangePerson(ctx, h.ada, h.bo.ID, identity.PersonChange{Deactivated: &no}); err != nil {
			t.Fatal(err)
		}
		nothing("who is deactivated")
	})
}

// A person who has proven nothing has no address; neither has anybody on a server without a smart host.
func TestOnlyProvenAddressesAreUsed(t *testing.T) {
	each(t, nowhere, func(h *house) {
		list, err := h.mail.Addresses(h.t.Context(), h.bo.ID)
		if err != nil || len(list) != 0 {
			h.t.Errorf("unproven: %+v, %v", list, err)
		}
		h.proven(h.bo)
	})
	each(t, config.Email{}, func(h *house) {
		ctx := h.t.Context()
		proof := must[identity.EmailProof](h.t)(h.people.MakeEmailProof(ctx, h.bo.ID))
		_, token, _ := strings.Cut(proof.Link, "#")
		if err := h.people.ProveEmail(ctx, token, identity.Client{}); err != nil {
			h.t.Fatal(err)
		}
		if list, err := h.mail.Addresses(ctx, h.bo.ID); err != nil || len(list) != 0 || h.mail.Configured() {
			h.t.Errorf("without a smart host: %+v, %v", list, err)
		}
		if _, err := h.mail.Deliver(context.Background(), parley.Envelope{Person: h.bo.ID}); !errors.Is(err, parley.ErrNotFound) {
			h.t.Errorf("without a smart host: %v", err)
		}
	})
}

package email

import (
	"fmt"
	"strings"
	"time"

	"github.com/parley-im/parley/internal/parley"
)

// words are what a mail says in one language. %s and %d stand for what comes in, in the order that the English has.
type words struct {
	tag   string
	when  func(t time.Time, now time.Time) string // "Fri 27 Nov, 15:00", in t's zone
	times string                                  // the last line: whose times these are

	// Subjects and what stands on top.
	messageFrom, messageIn, threadIn   string
	urgent, answerBy, answer           string
	held                               plural // how many were held back
	unseen                             plural
	heldLead, unseenLead               string
	through, throughUnseen             string // whose deputy one is, or who handed it over
	reminder, remindLead               string
	missed, missedUrgent               string // whom
	missedLead                         map[string]string
	missedDo                           string
	reason                             string
	sectionUrgent, sectionAnswer, rest string // of what was held back

	// Of one message.
	in, thread, direct, myself             string
	files                                  plural
	edited, readOn                         string
	open, acknowledge, answerThere         string
	vote, decide, decideBy, unlessObjected string
	openAll                                string
	omitted                                plural
	program                                string // that wrote a message, and has no name any more

	// The foot.
	why       map[string]string // by the code of a step's reason
	noReplies string
	settings  string

	confirmSubject, confirmTitle, confirmLead, confirmYes, confirmElse string
}

// plural has a text for one and one for more.
type plural struct{ one, more string }

func (p plural) of(n int) string {
	if n == 1 {
		return p.one
	}
	return fmt.Sprintf(p.more, n)
}

// wordsOf returns the words of a person's language (BCP 47): German, or English.
func wordsOf(language string) *words {
	if base, _, _ := strings.Cut(language, "-"); strings.EqualFold(base, "de") {
		return &german
	}
	return &english
}

var english = words{
	tag: "en",
	when: func(t, now time.Time) string {
		if t.Year() != now.In(t.Location()).Year() {
			return t.Format("Mon 2 Jan 2006, 15:04")
		}
		return t.Format("Mon 2 Jan, 15:04")
	},
	times: "All times are those of %s.",

	messageFrom: "Message from %s", messageIn: "Messages in %s", threadIn: "Thread in %s",
	urgent: "Urgent: %s", answerBy: "Answer by %s: %s", answer: "Answer wanted by %s",
	held:     plural{"One message waited for you", "%d messages waited for you"},
	unseen:   plural{"One message you have not seen", "%d messages you have not seen"},
	heldLead: "They came outside your hours. What matters most is first.", unseenLead: "What has been said since you last looked.",
	through:       "It comes to you through %s: you are their deputy, or they have handed it over.",
	throughUnseen: "You are the deputy of %s, whom something urgent could not reach. You are not in that conversation, so it is not shown here: look into your Inbox.",
	reminder:      "Reminder: %s", remindLead: "You wanted to be reminded of this.",
	missed: "No answer from %s", missedUrgent: "Not acknowledged by %s",
	missedLead: map[string]string{
		"missed":   "%s has not answered, and the time for it is over or ends before their hours begin.",
		"closed":   "%s lets nothing through now, not even what is urgent.",
		"nobody":   "%s has not acknowledged it by any way, and neither has a deputy.",
		"no_way":   "There is no way to tell %s but the app, and they have not opened it.",
		"no_hours": "%s has no working hours in sight.",
		"":         "It has not reached %s.",
	},
	missedDo: "You can ask somebody else, try another way yourself, or change the deadline by writing again.",
	reason:   "Why it is urgent: %s", sectionUrgent: "Urgent", sectionAnswer: "An answer is wanted", rest: "Messages",

	in: "in %s", thread: "a thread in %s", direct: "to you", myself: "note to yourself",
	files: plural{"1 file", "%d files"}, edited: "edited", readOn: "Read all of it in Parley",
	open: "Open in Parley", acknowledge: "Acknowledge in Parley", answerThere: "Answer in Parley", openAll: "Open Parley",
	vote: "Vote in Parley", decide: "To be decided by %s", decideBy: "Decide by %s: %s", unlessObjected: "%s (if nobody objects)",
	omitted: plural{"One more is in Parley.", "%d more are in Parley."}, program: "A program",

	why: map[string]string{
		"away": "You get this mail because the app was not open.", "unseen": "You get this mail because you have not seen it in the app.",
		"hours": "It was held back until your hours began.", "digest": "This is your daily summary.",
		"deadline": "You get this mail because much of the time for an answer has passed.",
		"urgent":   "You get this mail because you let urgent messages through.", "not_acked": "You get this mail because nobody has acknowledged it yet.",
	},
	noReplies: "Nobody reads what is sent to this address: answer in Parley.", settings: "Choose what you get by mail",

	confirmSubject: "Confirm your mail address", confirmTitle: "Is this your mail address?",
	confirmLead: "%s at %s wants to be told by mail, at %s, of what they would miss in the app. If that is you, confirm it within a day.",
	confirmYes:  "Confirm the address", confirmElse: "If it is not, do nothing: no mail will come.",
}

var germanDays = [...]string{"So.", "Mo.", "Di.", "Mi.", "Do.", "Fr.", "Sa."}

var germanMonths = [...]string{"Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."}

var german = words{
	tag: "de",
	when: func(t, now time.Time) string {
		day := fmt.Sprintf("%s, %d. %s", germanDays[t.Weekday()], t.Day(), germanMonths[t.Month()-1])
		if t.Year() != now.In(t.Location()).Year() {
			day += t.Format(" 2006")
		}
		return day + t.Format(", 15:04")
	},
	times: "Alle Zeiten sind die von %s.",

	messageFrom: "Nachricht von %s", messageIn: "Nachrichten in %s", threadIn: "Thread in %s",
	urgent: "Dringend: %s", answerBy: "Antwort bis %s: %s", answer: "Antwort erbeten bis %s",
	held:     plural{"Eine Nachricht hat auf dich gewartet", "%d Nachrichten haben auf dich gewartet"},
	unseen:   plural{"Eine Nachricht, die du nicht gesehen hast", "%d Nachrichten, die du nicht gesehen hast"},
	heldLead: "Sie kamen außerhalb deiner Zeiten. Das Wichtigste steht zuerst.", unseenLead: "Was gesagt wurde, seit du zuletzt da warst.",
	through:       "Es kommt durch %s zu dir: Du bist die Vertretung, oder es wurde dir übergeben.",
	throughUnseen: "Du vertrittst %s, und etwas Dringendes kam dort nicht an. Du bist nicht in dieser Unterhaltung, darum steht es nicht hier: Schau in deinen Eingang.",
	reminder:      "Erinnerung: %s", remindLead: "Daran wolltest du erinnert werden.",
	missed: "Keine Antwort von %s", missedUrgent: "Nicht bestätigt von %s",
	missedLead: map[string]string{
		"missed":   "%s hat nicht geantwortet, und die Zeit dafür ist vorbei oder endet vor der nächsten Arbeitszeit.",
		"closed":   "%s lässt jetzt nichts durch, auch nichts Dringendes.",
		"nobody":   "%s hat es auf keinem Weg bestätigt, und eine Vertretung auch nicht.",
		"no_way":   "%s ist nur über die App zu erreichen und hat sie nicht geöffnet.",
		"no_hours": "Für %s ist keine Arbeitszeit in Sicht.",
		"":         "Es hat %s nicht erreicht.",
	},
	missedDo: "Du kannst jemand anderen fragen, es selbst auf einem anderen Weg versuchen oder mit neuer Frist noch einmal schreiben.",
	reason:   "Warum es dringend ist: %s", sectionUrgent: "Dringend", sectionAnswer: "Eine Antwort wird erbeten", rest: "Nachrichten",

	in: "in %s", thread: "ein Thread in %s", direct: "an dich", myself: "Notiz an dich selbst",
	files: plural{"1 Datei", "%d Dateien"}, edited: "bearbeitet", readOn: "Alles in Parley lesen",
	open: "In Parley öffnen", acknowledge: "In Parley bestätigen", answerThere: "In Parley antworten", openAll: "Parley öffnen",
	vote: "In Parley abstimmen", decide: "Zu entscheiden bis %s", decideBy: "Entscheiden bis %s: %s", unlessObjected: "%s (wenn niemand widerspricht)",
	omitted: plural{"Eine weitere steht in Parley.", "%d weitere stehen in Parley."}, program: "Ein Programm",

	why: map[string]string{
		"away": "Diese Mail kommt, weil die App nicht offen war.", "unseen": "Diese Mail kommt, weil du es in der App nicht gesehen hast.",
		"hours": "Es wurde bis zum Beginn deiner Zeiten zurückgehalten.", "digest": "Das ist deine tägliche Zusammenfassung.",
		"deadline": "Diese Mail kommt, weil viel von der Zeit für eine Antwort vergangen ist.",
		"urgent":   "Diese Mail kommt, weil du Dringendes durchlässt.", "not_acked": "Diese Mail kommt, weil es noch niemand bestätigt hat.",
	},
	noReplies: "Was an diese Adresse geschickt wird, liest niemand: Antworte in Parley.", settings: "Bestimmen, was per Mail kommt",

	confirmSubject: "Bestätige deine E-Mail-Adresse", confirmTitle: "Ist das deine E-Mail-Adresse?",
	confirmLead: "%s bei %s will per Mail an %s erfahren, was in der App unbemerkt bliebe. Wenn du das bist, bestätige es innerhalb eines Tages.",
	confirmYes:  "Adresse bestätigen", confirmElse: "Wenn nicht, tu nichts: Es kommt dann keine Mail.",
}

// sections are the headings under which messages that were held back stand, by their need.
func (w *words) section(n parley.Need) string {
	switch n {
	case parley.Urgent:
		return w.sectionUrgent
	case parley.AnswerBy:
		return w.sectionAnswer
	}
	return w.rest
}

package push

import (
	"fmt"
	"strconv"

	"golang.org/x/text/language"
)

// words are what notifications say in a language.
type words struct {
	acknowledge, testTitle, testText string
	urgent, answer, reminder         func(title string) string
	deputy, missed                   func(name string) string
	in                               func(name, conversation string) string
	many, more                       func(n int) string
	file                             func(name string, n int) string
}

func with(format string) func(string) string {
	return func(s string) string { return fmt.Sprintf(format, s) }
}

func count(one, many string) func(int) string {
	return func(n int) string {
		if n == 1 {
			return one
		}
		return fmt.Sprintf(many, n)
	}
}

var catalogue = map[language.Tag]words{
	language.English: {
		acknowledge: "Acknowledge", testTitle: "Parley reaches this device", testText: "This is how you will be told here.",
		urgent: with("Urgent: %s"), answer: with("%s asks for an answer"), reminder: with("Reminder: %s"),
		deputy: with("%s urgently looks for whom you stand in for"), missed: with("It has not reached %s"),
		in:   func(name, c string) string { return name + " in " + c },
		many: count("One message", "%d messages"), more: count("and one more", "and %d more"),
		file: func(name string, n int) string {
			if n == 1 {
				return "File: " + name
			}
			return fmt.Sprintf("%d files: %s …", n, name)
		},
	},
	language.German: {
		acknowledge: "Zur Kenntnis genommen", testTitle: "Parley erreicht dieses Gerät", testText: "So wird hier Bescheid gegeben.",
		urgent: with("Dringend: %s"), answer: with("%s bittet um Antwort"), reminder: with("Erinnerung: %s"),
		deputy: with("%s sucht dringend jemanden, den Sie vertreten"), missed: with("%s wurde nicht erreicht"),
		in:   func(name, c string) string { return name + " in " + c },
		many: count("Eine Nachricht", "%d Nachrichten"), more: count("und eine weitere", "und %d weitere"),
		file: func(name string, n int) string {
			if n == 1 {
				return "Datei: " + name
			}
			return fmt.Sprintf("%d Dateien: %s …", n, name)
		},
	},
}

var matcher = language.NewMatcher([]language.Tag{language.English, language.German})

func wordsFor(tag string) words {
	_, n := language.MatchStrings(matcher, tag)
	return catalogue[[]language.Tag{language.English, language.German}[n]]
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

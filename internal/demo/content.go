package demo

import (
	"bufio"
	"embed"
	"fmt"
	"hash/fnv"
	"io/fs"
	"path"
	"strings"
	"time"
)

// What the sample organisation is and says stands in files under content, to be read and changed as text:
//
//	people.txt      who is there, one section for each person
//	said/*.md       what was said, one file for each conversation
//	live.md         what is said while one looks on
//	answers.md      what a visitor is answered
//
// A file begins with lines "name: value", up to an empty one. A section begins with "=== ": an author, and then
// options: +2d, +3h or +20m after what was said before (else a few minutes), #label, > label (an answer in the
// thread of that message). The text follows, in Markdown; after it stand lines beginning with "% ":
//
//	% 👍 ana bo        reactions
//	% edit             the lines that follow are what the author made of it
//	% delete           the author takes it back
//	% pin ana          somebody pins it
//	% save ana bo      each keeps it
//	% file name.png    a file that this package makes (drawn.go)
//	% need whenever    how much it matters; or: answer 6h (wanted that long from now), urgent why it is
//	% acknowledge ana  somebody has taken note of it
//	% preview guide    the link in it has the preview of our own page
//	% alert            the lines that follow come by the webhook of #sensors (live.md)
//	% move name ana    somebody moves it, with its thread, to the conversation of that name
//	% unread ana bo    they have not read this and what follows
//	% draft ana text   what somebody has begun to write in the conversation
//	% status 🥾 text   what the author is up to, for an hour
//
// In texts {link label} is the address of an earlier message of the conversation, {time +2d 14:00 Europe/Berlin} that
// instant, and {site} the address of this server.
//
//go:embed content
var content embed.FS

// section is one part of a content file.
type section struct {
	heading string
	text    string
	marks   []mark
}

// mark is a line beginning with "% ".
type mark struct {
	word, rest string
	text       string // the lines after it
}

type document struct {
	name     string
	head     map[string]string
	sections []section
}

// parse reads a content file.
func parse(name, text string) (document, error) {
	d := document{name: name, head: map[string]string{}}
	lines := bufio.NewScanner(strings.NewReader(text))
	lines.Buffer(nil, 1<<20)
	inHead := true
	for n := 1; lines.Scan(); n++ {
		line := lines.Text()
		if heading, ok := strings.CutPrefix(line, "=== "); ok {
			d.sections = append(d.sections, section{heading: heading})
			inHead = false
			continue
		}
		if inHead {
			if key, value, ok := strings.Cut(line, ":"); ok {
				d.head[strings.TrimSpace(key)] = strings.TrimSpace(value)
			} else if strings.TrimSpace(line) != "" {
				return d, fmt.Errorf("%s:%d: want name: value, or a section", name, n)
			}
			continue
		}
		s := &d.sections[len(d.sections)-1]
		switch {
		case strings.HasPrefix(line, "% "):
			word, rest, _ := strings.Cut(line[2:], " ")
			s.marks = append(s.marks, mark{word: word, rest: strings.TrimSpace(rest)})
		case len(s.marks) > 0:
			s.marks[len(s.marks)-1].text += line + "\n"
		default:
			s.text += line + "\n"
		}
	}
	for i := range d.sections {
		s := &d.sections[i]
		s.text = strings.TrimSpace(s.text)
		for j := range s.marks {
			s.marks[j].text = strings.TrimSpace(s.marks[j].text)
		}
	}
	return d, lines.Err()
}

func read(name string) (document, error) {
	text, err := content.ReadFile("content/" + name)
	if err != nil {
		return document{}, err
	}
	return parse(name, string(text))
}

// readAll reads what was said, in the order of the files' names.
func readAll() ([]document, error) {
	names, err := fs.Glob(content, "content/said/*.md")
	if err != nil {
		return nil, err
	}
	var all []document
	for _, name := range names {
		d, err := read(path.Join("said", path.Base(name)))
		if err != nil {
			return nil, err
		}
		all = append(all, d)
	}
	return all, nil
}

// saying is one message as the files have it.
type saying struct {
	author string
	pause  time.Duration // since the one before
	label  string
	answer string // label of the thread's root
	text   string
	marks  []mark
}

// saying reads a section as a message. n is its number, from which an unsaid pause is made.
func (s section) saying(file string, n int) (saying, error) {
	words := strings.Fields(s.heading)
	if len(words) == 0 {
		return saying{}, fmt.Errorf("%s: a section without an author", file)
	}
	m := saying{author: words[0], text: s.text, marks: s.marks, pause: someMinutes(file, n)}
	for i := 1; i < len(words); i++ {
		word := words[i]
		var err error
		switch {
		case word[0] == '+':
			m.pause, err = duration(word[1:])
		case word[0] == '#':
			m.label = word[1:]
		case word == ">" && i+1 < len(words):
			i++
			m.answer = words[i]
		default:
			err = fmt.Errorf("what is %q", word)
		}
		if err != nil {
			return m, fmt.Errorf("%s: === %s: %w", file, s.heading, err)
		}
	}
	return m, nil
}

// duration reads 2d, 3h, 20m, 8s.
func duration(s string) (time.Duration, error) {
	var days int
	if n, err := fmt.Sscanf(s, "%dd", &days); n == 1 && err == nil && strings.HasSuffix(s, "d") {
		return time.Duration(days) * 24 * time.Hour, nil
	}
	return time.ParseDuration(s)
}

// someMinutes is between one and seven minutes, and always the same for the same message.
func someMinutes(file string, n int) time.Duration {
	h := fnv.New32a()
	_, _ = fmt.Fprint(h, file, n)
	return time.Minute + time.Duration(h.Sum32()%360)*time.Second
}

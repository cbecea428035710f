package markdown

import (
	"bytes"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark-emoji/definition"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// span is one of our own inline nodes, by kind.
type span struct {
	ast.BaseInline
	kind    ast.NodeKind
	shown   string // what a person reads
	value   string // TeX, or the instant in RFC 3339
	mention *Mention
}

var (
	kindMention     = ast.NewNodeKind("Mention")
	kindTime        = ast.NewNodeKind("Time")
	kindMath        = ast.NewNodeKind("Math")
	kindDisplayMath = ast.NewNodeKind("DisplayMath")
	kindEmoji       = ast.NewNodeKind("Emoji")
	kindSpoiler     = ast.NewNodeKind("Spoiler")
)

// Kind implements ast.Node.
func (n *span) Kind() ast.NodeKind { return n.kind }

// Dump implements ast.Node.
func (n *span) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// spoilerParser knows ||text||. The bars touch the text, so that "a || b || c" stays what it is.
type spoilerParser struct{}

func (spoilerParser) Trigger() []byte         { return []byte{'|'} }
func (spoilerParser) IsDelimiter(b byte) bool { return b == '|' }

func (spoilerParser) CanOpenCloser(opener, closer *parser.Delimiter) bool {
	return opener.Char == closer.Char
}

func (spoilerParser) OnMatch(int) ast.Node { return &span{kind: kindSpoiler} }

func (p spoilerParser) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	before := block.PrecendingCharacter()
	line, segment := block.PeekLine()
	node := parser.ScanDelimiter(line, before, 2, p)
	if node == nil || node.OriginalLength != 2 || before == '|' {
		return nil
	}
	node.Segment = segment.WithStop(segment.Start + 2)
	block.Advance(2)
	pc.PushDelimiter(node)
	return node
}

// mentionParser knows @handle where no word, address or path goes before it.
type mentionParser struct{}

const maxHandle = 64

func (mentionParser) Trigger() []byte { return []byte{'@'} }

func (mentionParser) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	if before := block.PrecendingCharacter(); before != '_' && isWord(before) || strings.ContainsRune("@/.+-%&=", before) {
		return nil
	}
	line, _ := block.PeekLine()
	end := 1
	for end < len(line) && end <= maxHandle {
		r, size := utf8.DecodeRune(line[end:])
		if !isWord(r) && (end == 1 || !strings.ContainsRune("._-", r)) {
			break
		}
		end += size
	}
	if end < len(line) && line[end] == '@' { // user@host of some other network
		return nil
	}
	handle := strings.TrimRight(string(line[1:end]), "._-")
	if handle == "" {
		return nil
	}
	m := pc.Get(stateKey).(*state).lookUp(strings.ToLower(handle))
	if m == nil {
		return nil
	}
	block.Advance(1 + len(handle))
	return &span{kind: kindMention, mention: m, shown: "@" + clean(m.Name)}
}

func (s *state) lookUp(handle string) *Mention {
	switch handle {
	case "here":
		return &Mention{Kind: Here, Name: handle}
	case "everyone":
		return &Mention{Kind: Everyone, Name: handle}
	}
	m, known := s.seen[handle]
	if known || s.resolve == nil || len(s.seen) >= MaxMentions {
		return m
	}
	if found, ok := s.resolve(handle); ok {
		m = &found
	}
	if s.seen == nil {
		s.seen = map[string]*Mention{}
	}
	s.seen[handle] = m
	return m
}

func isWord(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }

// timeParser knows <time:2026-11-23T14:00+01:00>, RFC 3339 with or without seconds.
type timeParser struct{}

const timePrefix = "<time:"

func (timeParser) Trigger() []byte { return []byte{'<'} }

func (timeParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, _ := block.PeekLine()
	if !bytes.HasPrefix(line, []byte(timePrefix)) {
		return nil
	}
	end := bytes.IndexByte(line[:min(len(line), 48)], '>')
	if end < 0 {
		return nil
	}
	written := string(line[len(timePrefix):end])
	t, err := time.Parse(time.RFC3339, written)
	if err != nil {
		if t, err = time.Parse("2006-01-02T15:04Z07:00", written); err != nil {
			return nil
		}
	}
	block.Advance(end + 1)
	return &span{kind: kindTime, value: t.Format(time.RFC3339), shown: t.Format("2006-01-02 15:04 Z07:00")}
}

// emojiParser knows the short codes of GitHub, :smile:, which are also Slack's for nearly all.
type emojiParser struct{}

var emojis = definition.Github()

// Emoji returns the Unicode emoji of a short code without its colons, "smile".
func Emoji(code string) (string, bool) {
	e, ok := emojis.Get(code)
	if !ok || !e.IsUnicode() {
		return "", false
	}
	return string(e.Unicode), true
}

func (emojiParser) Trigger() []byte { return []byte{':'} }

func (emojiParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	if isWord(block.PrecendingCharacter()) { // 1:100:2
		return nil
	}
	line, _ := block.PeekLine()
	end := bytes.IndexByte(line[1:min(len(line), maxHandle)], ':')
	if end < 1 {
		return nil
	}
	shown, ok := Emoji(string(line[1 : 1+end]))
	if !ok {
		return nil
	}
	block.Advance(end + 2)
	return &span{kind: kindEmoji, shown: shown}
}

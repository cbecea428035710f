package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// mathParser knows $x$ and $$x$$ on one line, by the rule of Pandoc that leaves prices alone: the opening dollar touches
// what follows it and no word before it, the closing one touches what goes before it and has no digit after it.
type mathParser struct{}

const maxMath = 1024 // bytes between the dollars of one line

func (mathParser) Trigger() []byte { return []byte{'$'} }

func (mathParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	if before := block.PrecendingCharacter(); isWord(before) || before == '$' {
		return nil
	}
	line, _ := block.PeekLine()
	line = line[:min(len(line), maxMath)]
	if bytes.HasPrefix(line, []byte("$$")) {
		tex, _, found := bytes.Cut(line[2:], []byte("$$"))
		if !found || util.IsBlank(tex) || bytes.HasPrefix(tex, []byte("$")) {
			return nil
		}
		block.Advance(len(tex) + 4)
		return &span{kind: kindDisplayMath, value: string(bytes.TrimSpace(tex))}
	}
	if len(line) < 3 || util.IsSpace(line[1]) {
		return nil
	}
	for i := 2; i < len(line); i++ {
		if line[i] != '$' || line[i-1] == '\\' {
			continue
		}
		if util.IsSpace(line[i-1]) || i+1 < len(line) && (line[i+1] == '$' || util.IsNumeric(line[i+1])) {
			return nil // "$5 or $6"
		}
		block.Advance(i + 1)
		return &span{kind: kindMath, value: string(line[1:i])}
	}
	return nil
}

// mathBlock is TeX between a line that is $$ alone and one that has $$ again.
type mathBlock struct{ ast.BaseBlock }

var kindMathBlock = ast.NewNodeKind("MathBlock")

// Kind implements ast.Node.
func (n *mathBlock) Kind() ast.NodeKind { return kindMathBlock }

// IsRaw implements ast.Node: there is no Markdown in TeX.
func (n *mathBlock) IsRaw() bool { return true }

// Dump implements ast.Node.
func (n *mathBlock) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

type mathBlockParser struct{}

func (mathBlockParser) Trigger() []byte { return []byte{'$'} }

func (mathBlockParser) Open(_ ast.Node, r text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, _ := r.PeekLine()
	if rest, found := bytes.CutPrefix(line[pc.BlockOffset():], []byte("$$")); !found || !util.IsBlank(rest) {
		return nil, parser.NoChildren
	}
	r.AdvanceToEOL()
	return &mathBlock{}, parser.NoChildren
}

func (mathBlockParser) Continue(n ast.Node, r text.Reader, _ parser.Context) parser.State {
	line, segment := r.PeekLine()
	tex, _, closed := bytes.Cut(line, []byte("$$"))
	if closed {
		segment = segment.WithStop(segment.Start + max(0, len(tex)-segment.Padding))
	}
	n.Lines().Append(segment)
	r.AdvanceToEOL()
	if closed {
		return parser.Close
	}
	return parser.Continue | parser.NoChildren
}

func (mathBlockParser) Close(ast.Node, text.Reader, parser.Context) {}
func (mathBlockParser) CanInterruptParagraph() bool                 { return true }
func (mathBlockParser) CanAcceptIndentedLine() bool                 { return false }

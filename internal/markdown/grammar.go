package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// grammar is CommonMark without raw HTML, with GFM and our own spans. Smaller numbers are tried first.
var grammar = parser.NewParser(
	parser.WithBlockParsers(
		util.Prioritized(parser.NewSetextHeadingParser(), 100),
		util.Prioritized(parser.NewThematicBreakParser(), 200),
		util.Prioritized(nested{parser.NewListParser()}, 300),
		util.Prioritized(nested{parser.NewListItemParser()}, 400),
		util.Prioritized(parser.NewCodeBlockParser(), 500),
		util.Prioritized(parser.NewATXHeadingParser(), 600),
		util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
		util.Prioritized(mathBlockParser{}, 750),
		util.Prioritized(nested{parser.NewBlockquoteParser()}, 800),
		util.Prioritized(parser.NewParagraphParser(), 1000),
	),
	parser.WithInlineParsers(
		util.Prioritized(extension.NewTaskCheckBoxParser(), 0),
		util.Prioritized(parser.NewCodeSpanParser(), 100),
		util.Prioritized(mathParser{}, 110),
		util.Prioritized(timeParser{}, 120),
		util.Prioritized(counted{parser.NewLinkParser()}, 200),
		util.Prioritized(parser.NewAutoLinkParser(), 300),
		util.Prioritized(counted{parser.NewEmphasisParser()}, 500),
		util.Prioritized(counted{extension.NewStrikethroughParser()}, 500),
		util.Prioritized(counted{spoilerParser{}}, 500),
		util.Prioritized(mentionParser{}, 600),
		util.Prioritized(emojiParser{}, 700),
		util.Prioritized(bareLinkParser{}, 999),
	),
	parser.WithParagraphTransformers(
		util.Prioritized(parser.LinkReferenceParagraphTransformer, 100),
		util.Prioritized(smallTable{extension.NewTableParagraphTransformer()}, 200),
	),
	parser.WithASTTransformers(util.Prioritized(extension.NewTableASTTransformer(), 0)),
)

// state is what the parsers know of the one body they are parsing.
type state struct {
	resolve Resolve
	seen    map[string]*Mention // by handle; nil means nobody
	marks   int
}

var stateKey = parser.NewContextKey()

// nested refuses to open a block that is nested too deep: its marks are text then. Each line costs as much as
// it is deep, and browsers stop at 512 elements.
type nested struct{ parser.BlockParser }

func (p nested) Open(parent ast.Node, r text.Reader, pc parser.Context) (ast.Node, parser.State) {
	depth := 0
	for n := parent; n != nil; n = n.Parent() {
		if depth++; depth > maxNesting {
			return nil, parser.NoChildren
		}
	}
	return p.BlockParser.Open(parent, r, pc)
}

// counted stops after maxMarks: matching marks looks back over all that are still open, which is quadratic.
type counted struct{ parser.InlineParser }

func (p counted) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	s := pc.Get(stateKey).(*state)
	if s.marks++; s.marks > maxMarks {
		return nil
	}
	return p.InlineParser.Parse(parent, block, pc)
}

func (p counted) CloseBlock(parent ast.Node, block text.Reader, pc parser.Context) {
	if c, ok := p.InlineParser.(parser.CloseBlocker); ok {
		c.CloseBlock(parent, block, pc)
	}
}

// smallTable leaves a paragraph alone that would make a table of more than maxCells.
type smallTable struct{ parser.ParagraphTransformer }

func (t smallTable) Transform(p *ast.Paragraph, r text.Reader, pc parser.Context) {
	widest, escapes := 0, 0
	for _, line := range p.Lines().Sliced(0, p.Lines().Len()) {
		b := line.Value(r.Source())
		widest = max(widest, 1+bytes.Count(b, []byte("|")))
		escapes += bytes.Count(b, []byte(`\|`))
	}
	if widest*p.Lines().Len() > maxCells || escapes > 200 {
		return
	}
	t.ParagraphTransformer.Transform(p, r, pc)
}

package markdown_test

import (
	"strings"
	"testing"

	"github.com/parley-im/parley/internal/markdown"
)

func BenchmarkRender(b *testing.B) {
	for name, body := range map[string]string{
		"plain": "Shall we meet at three instead?\nI am in the train until then, the line is bad.",
		"chat":  "Hi @bo, *that* works: see https://example.org/a/b\nI will bring `cable.txt` :smile:",
		"code":  "Look:\n```go\nfunc main() {\n\tfmt.Println(\"hi\")\n}\n```\n",
		"long":  strings.Repeat("Some **bold** words with a [link](https://example.org/x) and more.\n\n", 100),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := markdown.Render(body, people); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

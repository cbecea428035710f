package markdown_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parley-im/parley/internal/markdown"
)

var update = flag.Bool("update", false, "write the golden files anew")

// people of the tests: Bo, a group, and somebody who tries to be markup.
func people(handle string) (markdown.Mention, bool) {
	m, ok := map[string]markdown.Mention{
		"bo":      {Kind: markdown.Person, ID: 1 << 40, Name: "Bo Ek"},
		"zoë":     {Kind: markdown.Person, ID: 2 << 40, Name: "Zoë"},
		"design":  {Kind: markdown.Group, ID: 3 << 40, Name: "design"},
		"mallory": {Kind: markdown.Person, ID: 4 << 40, Name: "<script>alert(1)</script>\u202eevil\" onclick=\"x"},
	}[handle]
	return m, ok
}

func render(t testing.TB, body string) markdown.Document {
	t.Helper()
	d, err := markdown.Render(body, people)
	if err != nil {
		t.Fatalf("Render(%.80q): %v", body, err)
	}
	return d
}

// Each file in testdata has a body; beside it what becomes of it.
func TestRenderLooksLikeItsGoldenFile(t *testing.T) {
	files, err := filepath.Glob("testdata/*.md")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden files: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".md"), func(t *testing.T) {
			body, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			d := render(t, string(body))
			var got strings.Builder
			got.WriteString(d.HTML + "\n--- text\n" + d.Text + "\n--- mentions\n")
			for _, m := range d.Mentions {
				got.WriteString(strings.TrimSpace(m.ID.String()+" "+m.Name) + "\n")
			}
			got.WriteString("--- links\n" + strings.Join(d.Links, "\n") + "\n")
			golden := strings.TrimSuffix(file, ".md") + ".golden"
			if *update {
				if err := os.WriteFile(golden, []byte(got.String()), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got.String()); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			wellFormed(t, d.HTML)
		})
	}
}

package store_test

import (
	"archive/tar"
	"bytes"
	"log/slog"
	"os"
	"path/filepath"
	"testing"

	"github.com/klauspost/compress/zstd"

	"github.com/parley-im/parley/internal/store"
)

// FuzzRestore gives Restore a backup of SQLite with one part more or less: nothing is written outside the folder, and
// nothing is left in it when it is refused. What has no database is no backup.
func FuzzRestore(f *testing.F) {
	for _, name := range []string{
		"", "blobs/aa/bb", "blobs/../../evil", "blobs/..", "/blobs/x", "../evil", "tables/person", "parley.db", "parley.db/x", "manifest.json", "blobs/", "blobs/a\x00b", "blobs",
	} {
		f.Add(name, []byte("SQLite format 3\x00 and then nothing"), 0)
	}
	f.Add("parley.db", []byte{}, 0)
	f.Add("blobs/x", []byte("y"), 40) // the file was cut
	f.Fuzz(func(t *testing.T, name string, content []byte, cut int) {
		var b bytes.Buffer
		z, err := zstd.NewWriter(&b)
		if err != nil {
			t.Fatal(err)
		}
		w := tar.NewWriter(z)
		part := func(name string, content []byte) error {
			if err := w.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: int64(len(content))}); err != nil {
				return err
			}
			_, err := w.Write(content)
			return err
		}
		if err := part("manifest.json", []byte(`{"format":1,"dialect":"sqlite","version":1}`)); err != nil {
			t.Fatal(err)
		}
		if name != "" && part(name, content) != nil || w.Close() != nil || z.Close() != nil {
			return // a name that no tar holds
		}
		if cut > 0 && cut < b.Len() {
			b.Truncate(b.Len() - cut)
		}
		outside := t.TempDir()
		dir := filepath.Join(outside, "data")
		if err := store.Restore(t.Context(), &b, store.Options{Dir: dir, Logger: slog.New(slog.DiscardHandler)}); err == nil {
			t.Fatalf("a backup with nothing but %q of %q was taken", name, content)
		}
		for folder, want := range map[string]string{outside: "data", dir: "parley.lock"} {
			entries, err := os.ReadDir(folder)
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range entries {
				if e.Name() != want {
					t.Errorf("%q left %s in %s", name, e.Name(), folder)
				}
			}
		}
	})
}

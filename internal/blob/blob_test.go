package blob_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/iotest"
	"time"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"

	"github.com/parley-im/parley/internal/blob"
	"github.com/parley-im/parley/internal/parley"
)

const enough = 10 << 20

// onEachPlace runs the same test on a disk and on a server that speaks S3.
func onEachPlace(t *testing.T, test func(t *testing.T, s *blob.Store)) {
	open := func(t *testing.T, location string) *blob.Store {
		s, err := blob.Open(t.Context(), location)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = s.Close() })
		return s
	}
	t.Run("disk", func(t *testing.T) { test(t, open(t, "file://"+filepath.Join(t.TempDir(), "blobs"))) })
	t.Run("s3", func(t *testing.T) {
		backend := s3mem.New()
		if err := backend.CreateBucket("parley"); err != nil {
			t.Fatal(err)
		}
		server := httptest.NewServer(gofakes3.New(backend).Server())
		t.Cleanup(server.Close)
		t.Setenv("AWS_ACCESS_KEY_ID", "test")
		t.Setenv("AWS_SECRET_ACCESS_KEY", "test")
		t.Setenv("AWS_EC2_METADATA_DISABLED", "true")
		test(t, open(t, "s3://parley?region=us-east-1&use_path_style=true&endpoint="+url.QueryEscape(server.URL)))
	})
}

func content(t *testing.T, s *blob.Store, hash string) []byte {
	t.Helper()
	o, err := s.Get(t.Context(), hash)
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	b, err := io.ReadAll(o)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func listed(t *testing.T, s *blob.Store) (hashes []string) {
	t.Helper()
	for e, err := range s.All(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		hashes = append(hashes, e.Hash)
	}
	return hashes
}

func TestWhatIsPutIsThereUnderItsHash(t *testing.T) {
	onEachPlace(t, func(t *testing.T, s *blob.Store) {
		for _, data := range [][]byte{nil, []byte("hello"), bytes.Repeat([]byte("0123456789"), 100_000)} {
			ref, err := s.Put(t.Context(), iotest.HalfReader(bytes.NewReader(data)), enough)
			if err != nil {
				t.Fatal(err)
			}
			sum := sha256.Sum256(data)
			if ref.Hash != hex.EncodeToString(sum[:]) || ref.Size != int64(len(data)) {
				t.Errorf("got %+v for %d bytes", ref, len(data))
			}
			if !bytes.Equal(content(t, s, ref.Hash), data) {
				t.Errorf("%d bytes came back changed", len(data))
			}
		}
	})
}

func TestTheSameContentIsKeptOnce(t *testing.T) {
	onEachPlace(t, func(t *testing.T, s *blob.Store) {
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				if _, err := s.Put(t.Context(), strings.NewReader("same"), enough); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if got := listed(t, s); len(got) != 1 {
			t.Errorf("kept %v", got)
		}
	})
}

func TestTheMediaTypeIsWhatTheContentLooksLike(t *testing.T) {
	onEachPlace(t, func(t *testing.T, s *blob.Store) {
		for data, want := range map[string]string{
			"\x89PNG\r\n\x1a\n0000":                                   "image/png",
			"<html><script>alert(1)</script></html>":                  "text/html; charset=utf-8",
			"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>": "image/svg+xml",
			"plain words":  "text/plain; charset=utf-8",
			"\x00\x01\x02": "application/octet-stream",
		} {
			if ref, err := s.Put(t.Context(), strings.NewReader(data), enough); err != nil || ref.MediaType != want {
				t.Errorf("%q: got %q, %v, want %q", data, ref.MediaType, err, want)
			}
		}
	})
}

func TestNothingIsKeptOfWhatFails(t *testing.T) {
	onEachPlace(t, func(t *testing.T, s *blob.Store) {
		cancelled, cancel := context.WithCancel(t.Context())
		cancel()
		for name, c := range map[string]struct {
			ctx  context.Context
			r    io.Reader
			want error
		}{
			"too large":            {t.Context(), strings.NewReader("12345"), parley.ErrLimited},
			"endless":              {t.Context(), zeros{}, parley.ErrLimited},
			"broken by the sender": {t.Context(), io.MultiReader(strings.NewReader("12"), iotest.ErrReader(io.ErrUnexpectedEOF)), io.ErrUnexpectedEOF},
			"of no kind":           {t.Context(), iotest.ErrReader(io.ErrNoProgress), parley.ErrInvalid},
			"given up":             {cancelled, strings.NewReader("1"), context.Canceled},
		} {
			if _, err := s.Put(c.ctx, c.r, 4); !errors.Is(err, c.want) {
				t.Errorf("%s: got %v, want %v", name, err, c.want)
			}
		}
		if ref, err := s.Put(t.Context(), strings.NewReader("1234"), 4); err != nil || ref.Size != 4 {
			t.Errorf("exactly the limit: %v", err)
		}
		if got := listed(t, s); len(got) != 1 {
			t.Errorf("kept %v", got)
		}
	})
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestWhatIsDeletedIsNotFound(t *testing.T) {
	onEachPlace(t, func(t *testing.T, s *blob.Store) {
		ref, err := s.Put(t.Context(), strings.NewReader("gone soon"), enough)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 { // the second time there is nothing to delete
			if err := s.Delete(t.Context(), ref.Hash); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := s.Get(t.Context(), ref.Hash); !errors.Is(err, parley.ErrNotFound) {
			t.Errorf("got %v", err)
		}
	})
}

func TestAHashThatIsNoneIsNotFound(t *testing.T) {
	onEachPlace(t, func(t *testing.T, s *blob.Store) {
		for _, hash := range []string{"", "..", "../../etc/passwd", strings.Repeat("A", 64), strings.Repeat("a", 63), strings.Repeat("a", 64) + "\n", strings.Repeat("../", 22)} {
			if _, err := s.Get(t.Context(), hash); !errors.Is(err, parley.ErrNotFound) {
				t.Errorf("get %q: %v", hash, err)
			}
			if err := s.Delete(t.Context(), hash); !errors.Is(err, parley.ErrNotFound) {
				t.Errorf("delete %q: %v", hash, err)
			}
		}
	})
}

func TestRangesAreServed(t *testing.T) {
	onEachPlace(t, func(t *testing.T, s *blob.Store) {
		ref, err := s.Put(t.Context(), strings.NewReader("0123456789"), enough)
		if err != nil {
			t.Fatal(err)
		}
		for header, want := range map[string]string{"": "0123456789", "bytes=2-4": "234", "bytes=-3": "789", "bytes=8-": "89"} {
			o, err := s.Get(t.Context(), ref.Hash)
			if err != nil {
				t.Fatal(err)
			}
			w, r := httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/", nil)
			if header != "" {
				r.Header.Set("Range", header)
			}
			blob.SetHeader(w.Header(), ref.MediaType, "digits.txt")
			http.ServeContent(w, r, "", o.ModTime, o)
			if w.Body.String() != want || (header == "") != (w.Code == http.StatusOK) {
				t.Errorf("%q: got %d %q, want %q", header, w.Code, w.Body, want)
			}
			if o.Size != 10 || time.Since(o.ModTime) > time.Hour {
				t.Errorf("got size %d, time %v", o.Size, o.ModTime)
			}
			if err := o.Close(); err != nil {
				t.Error(err)
			}
		}
	})
}

func TestAFullDiskRefusesAndRecovers(t *testing.T) {
	dir := t.TempDir()
	s, err := blob.Open(t.Context(), "file://"+dir)
	if err != nil {
		t.Fatal(err)
	}
	// A limit on the size of files stands for the full disk: the write fails in the middle in the same way.
	signal.Ignore(syscall.SIGXFSZ)
	var old syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &old); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 256 << 10, Max: old.Max}); err != nil {
		t.Fatal(err)
	}
	_, err = s.Put(t.Context(), io.LimitReader(zeros{}, 1<<20), enough)
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &old); err != nil {
		t.Fatal(err)
	}
	if !errors.Is(err, parley.ErrUnavailable) {
		t.Errorf("got %v", err)
	}
	if left := files(t, dir); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	if _, err := s.Put(t.Context(), io.LimitReader(zeros{}, 1<<20), enough); err != nil {
		t.Errorf("after there is room again: %v", err)
	}
}

func TestWhatACrashLeftIsRemovedAtTheNextStartButOneDayLater(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "tmp"), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, age := range map[string]time.Duration{"old": 25 * time.Hour, "running": time.Hour} {
		path := filepath.Join(dir, "tmp", name)
		if err := errors.Join(os.WriteFile(path, nil, 0o600), os.Chtimes(path, time.Time{}, time.Now().Add(-age))); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := blob.Open(t.Context(), "file://"+dir); err != nil {
		t.Fatal(err)
	}
	if left := files(t, dir); len(left) != 1 || filepath.Base(left[0]) != "running" {
		t.Errorf("left: %v", left)
	}
}

func files(t *testing.T, dir string) (paths []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			paths = append(paths, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return paths
}

func TestALocationThatCannotBeMeantIsRefused(t *testing.T) {
	for location, want := range map[string]error{
		"": parley.ErrInvalid, "/just/a/path": parley.ErrInvalid, "file://host/path": parley.ErrInvalid, "ftp://x/y": parley.ErrInvalid,
		"s3://": parley.ErrInvalid, "s3://b?nosuch=1": parley.ErrInvalid, "%": parley.ErrInvalid, "file:///proc/nowhere": parley.ErrUnavailable,
	} {
		if _, err := blob.Open(t.Context(), location); !errors.Is(err, want) {
			t.Errorf("%q: got %v, want %v", location, err, want)
		}
	}
}

package blob_test

import (
	"mime"
	"net/http"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/parley-im/parley/internal/blob"
)

func TestFileNameIsSafeToShowAndToSave(t *testing.T) {
	for given, want := range map[string]string{
		"report.pdf":                     "report.pdf",
		"":                               "file",
		"...":                            "file",
		"../../etc/passwd":               "passwd",
		`C:\Users\x\evil.exe`:            "evil.exe",
		"a/":                             "file",
		"cod\u202eexe.doc":               "codexe.doc",
		"a\r\nSet-Cookie: x=y.txt":       "aSet-Cookie_ x=y.txt",
		"nul.txt":                        "_nul.txt",
		"COM1":                           "_COM1",
		"console.log":                    "console.log",
		`say "hi" <b>|?*.txt`:            "say _hi_ _b____.txt",
		"u\u0308ber.txt":                 "über.txt",
		"👩\u200d💻.png":                   "👩\u200d💻.png",
		"bad\xffutf8.txt":                "bad_utf8.txt",
		"  .hidden. ":                    "hidden",
		strings.Repeat("é", 200) + ".md": strings.Repeat("é", 88) + ".md",
	} {
		if got := blob.FileName(given); got != want {
			t.Errorf("%q: got %q, want %q", given, got, want)
		}
	}
}

func FuzzFileName(f *testing.F) {
	for _, s := range []string{"a.txt", "../x", "\u202e", "a\x00b", strings.Repeat("ab.", 100), "é\\", "con.", "\"", "%0d%0a"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, given string) {
		got := blob.FileName(given)
		if got == "" || len(got) > 181 || !utf8.ValidString(got) || strings.ContainsAny(got, `/\<>:"|?*`) || got == ".." ||
			strings.ContainsFunc(got, unicode.IsControl) || strings.ContainsAny(got, "\u202e\u2066\u200f") {
			t.Fatalf("%q became %q", given, got)
		}
		h := http.Header{}
		blob.SetHeader(h, "image/png", given)
		disposition, params, err := mime.ParseMediaType(h.Get("Content-Disposition"))
		if err != nil || disposition != "inline" || params["filename"] != got {
			t.Fatalf("%q became %q, read as %q, %v", given, h.Get("Content-Disposition"), params["filename"], err)
		}
	})
}

func TestOnlyWhatCannotRunIsShownInPlace(t *testing.T) {
	for mediaType, shown := range map[string]string{
		"image/png":                    "image/png",
		"video/mp4":                    "video/mp4",
		"text/plain":                   "text/plain; charset=utf-8",
		"text/plain; charset=utf-16le": "text/plain; charset=utf-16le",
		"image/svg+xml":                "",
		"text/html; charset=utf-8":     "",
		"application/xhtml+xml":        "",
		"text/xml":                     "",
		"application/pdf":              "",
		"text/javascript":              "",
		"image/png, text/html":         "",
		"image/png\r\nX: y":            "",
		"":                             "",
	} {
		h := http.Header{}
		blob.SetHeader(h, mediaType, "a")
		disposition := "inline"
		if shown == "" {
			shown, disposition = "application/octet-stream", "attachment"
		}
		if h.Get("Content-Type") != shown || h.Get("Content-Disposition") != disposition+`; filename="a"` {
			t.Errorf("%q: got %v", mediaType, h)
		}
		if h.Get("X-Content-Type-Options") != "nosniff" || !strings.Contains(h.Get("Content-Security-Policy"), "sandbox") {
			t.Errorf("%q: got %v", mediaType, h)
		}
	}
}

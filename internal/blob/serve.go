package blob

import (
	"mime"
	"net/http"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Inline tells whether a browser may show content of this media type in place. Everything that can carry a script (HTML, SVG,
// XML, PDF) is not on the list: it can only be saved.
func Inline(mediaType string) bool {
	t, _, err := mime.ParseMediaType(mediaType)
	if err != nil {
		return false
	}
	switch t {
	case "image/png", "image/jpeg", "image/gif", "image/webp", "image/avif",
		"audio/mpeg", "audio/ogg", "audio/wav", "audio/x-wav", "audio/flac", "audio/aac", "audio/mp4", "audio/x-m4a", "audio/webm",
		"video/mp4", "video/webm", "video/ogg", "application/ogg",
		"text/plain":
		return true
	}
	return false
}

// policy keeps a file that is opened by itself from doing anything, even when a browser takes it for something else.
const policy = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox"

// SetHeader sets what a file of this media type and name must be served with: its type, or application/octet-stream
// when it may not be shown in place; its name for saving (RFC 6266); and that browsers neither guess nor run anything.
// Content-Length and ranges are http.ServeContent's business.
func SetHeader(h http.Header, mediaType, name string) {
	shown, disposition := "application/octet-stream", "attachment"
	if Inline(mediaType) {
		shown, disposition = mediaType, "inline"
		if strings.HasPrefix(mediaType, "text/plain") && !strings.Contains(mediaType, "charset") {
			shown = "text/plain; charset=utf-8"
		}
	}
	h.Set("Content-Type", shown)
	h.Set("Content-Disposition", disposition+nameParameters(FileName(name)))
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", policy)
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
}

// nameParameters writes the name twice: in ASCII for old clients, and as it is (RFC 6266 section 4.3, RFC 8187).
func nameParameters(name string) string {
	ascii := strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || r == '"' || r == '\\' || r == '%' {
			return '_'
		}
		return r
	}, name)
	s := `; filename="` + ascii + `"`
	if ascii != name {
		s += "; filename*=UTF-8''" + strings.ReplaceAll(url.QueryEscape(name), "+", "%20")
	}
	return s
}

const maxName = 180 // bytes; file systems take 255, and programs like to add to a name

// FileName returns a name that can be shown, and saved on any system, for one that somebody gave: the last part of a path,
// without control characters and those that change the direction of writing ("cod.exe" that looks like "exe.doc"),
// in Unicode's composed form, at most 180 bytes with its extension kept, never empty, never a device of Windows.
func FileName(given string) string {
	s := norm.NFC.String(strings.ToValidUTF8(given, "_"))
	if i := strings.LastIndexAny(s, `/\`); i >= 0 {
		s = s[i+1:]
	}
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\u200c' || r == '\u200d': // joiners: Persian, Indic scripts and emoji need them
			return r
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Zl, r) || unicode.Is(unicode.Zp, r):
			return -1
		case strings.ContainsRune(`<>:"|?*`, r):
			return '_'
		case unicode.IsSpace(r):
			return ' '
		}
		return r
	}, s)
	s = strings.Trim(s, " .")
	if len(s) > maxName {
		extension := ""
		if i := strings.LastIndexByte(s, '.'); i > 0 && len(s)-i <= 20 {
			extension = s[i:]
		}
		end := maxName - len(extension)
		for !utf8.RuneStart(s[end]) {
			end--
		}
		s = strings.TrimRight(s[:end], " .") + extension
	}
	stem, _, _ := strings.Cut(strings.ToUpper(s), ".")
	switch stem = strings.TrimSpace(stem); {
	case s == "":
		return "file"
	case stem == "CON" || stem == "PRN" || stem == "AUX" || stem == "NUL",
		len(stem) == 4 && (strings.HasPrefix(stem, "COM") || strings.HasPrefix(stem, "LPT")) && stem[3] >= '0' && stem[3] <= '9':
		return "_" + s
	}
	return s
}

package email_test

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"net/mail"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/emersion/go-message"
	gomail "github.com/emersion/go-message/mail"
	"github.com/rivo/uniseg"

	"github.com/parley-im/parley/internal/mode/email"
)

// fields are all that a header may have, in their order.
var fields = []string{
	"Date", "From", "To", "Subject", "Message-Id", "In-Reply-To", "References", "Auto-Submitted", "X-Auto-Response-Suppress", "List-Id",
	"List-Unsubscribe", "Mime-Version", "Content-Type",
}

// Whatever people call themselves and their conversations: it is in From and Subject, and makes no header of its own.
func FuzzHeader(f *testing.F) {
	for _, s := range []string{
		"Ada Lovelace", "Ada\r\nBcc: eve@evil.example", "Ada\n\n<script>", "\u202eadA\u2066", "👩‍👩‍👧‍👦 fam", strings.Repeat("long ", 2000), strings.Repeat("x", 10_000),
		`"Ada" <eve@evil.example>`, "=?utf-8?q?Bcc:=0D=0Aeve?=", "Zoë \x00\x07\x1b[31m", "\xff\xfe", "", " ", "日本語の長い名前" + strings.Repeat("長", 500), "a\u2028b\u2029c\u0085d", strings.Repeat("é\u0301\u0302\u0303", 300),
		"(comment) a, b; c: <d>", "\\\"", "=\u202e?utf-8?q?x?=", "== ??=?",
	} {
		f.Add(s, s, s, s)
	}
	f.Fuzz(func(t *testing.T, author, subject, key, root string) {
		written, err := email.Header(author, "bo@ek.example", subject, key, root)
		if err != nil {
			t.Fatal(err)
		}
		head, _, ok := bytes.Cut(written, []byte("\r\n\r\n"))
		if !ok {
			t.Fatal("the header has no end")
		}
		if len(head) > 64<<10 {
			t.Errorf("the header has %d bytes", len(head))
		}
		for line := range strings.SplitSeq(string(head), "\r\n") {
			if len(line) > 998 || strings.Trim(line, " \t") == "" || strings.ContainsFunc(line, func(r rune) bool { return r < ' ' && r != '\t' || r >= 0x7f }) {
				t.Errorf("line %q", line)
			}
		}

		// Two parsers read the same fields, and nothing else.
		theirs, err := mail.ReadMessage(bytes.NewReader(written))
		if err != nil {
			t.Fatal(err)
		}
		ours, err := message.Read(bytes.NewReader(written))
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for all := ours.Header.Fields(); all.Next(); {
			names = append(names, all.Key())
		}
		want := fields
		if root == "" {
			want = slices.DeleteFunc(slices.Clone(fields), func(s string) bool { return s == "In-Reply-To" || s == "References" })
		}
		if !slices.Equal(names, want) || len(theirs.Header) != len(want) {
			t.Fatalf("fields %q; %q", names, theirs.Header)
		}
		from, err := theirs.Header.AddressList("From")
		if err != nil || len(from) != 1 || from[0].Address != "parley@harbour.example" {
			t.Fatalf("From is %+v, %v", from, err)
		}
		decoded, err := new(mime.WordDecoder).DecodeHeader(theirs.Header.Get("Subject"))
		if err != nil {
			t.Fatal(err)
		}
		our := gomail.Header{Header: ours.Header}
		if s, err := our.Subject(); s != decoded || err != nil {
			t.Errorf("the subject is %q for one and %q for another, %v", decoded, s, err)
		}
		for what, c := range map[string]struct {
			given, got string
			most       int
		}{"name": {author, from[0].Name, email.MaxDisplayName}, "subject": {subject, decoded, email.MaxSubject}} {
			if n := uniseg.GraphemeClusterCount(c.got); n > c.most+20 { // what is taken apart grows
				t.Errorf("the %s has %d characters", what, n)
			}
			if strings.ContainsFunc(c.got, func(r rune) bool {
				return unicode.Is(unicode.Cc, r) || r == '\u2028' || r == '\u2029' || '\u202a' <= r && r <= '\u202e' || '\u2066' <= r && r <= '\u2069'
			}) || !utf8.ValidString(c.got) {
				t.Errorf("the %s is %q", what, c.got)
			}
			if plain(c.given) && c.got != strings.Join(strings.Fields(c.given), " ") {
				t.Errorf("the %s %q became %q", what, c.given, c.got)
			}
		}
		// And the body is what it was.
		parts := ours.MultipartReader()
		for _, want := range []string{"text", "<p>html</p>"} {
			part, err := parts.NextPart()
			if err != nil {
				t.Fatal(err)
			}
			if body, err := io.ReadAll(part.Body); err != nil || string(body) != want {
				t.Errorf("the body is %q, %v", body, err)
			}
		}
		if _, err := parts.NextPart(); !errors.Is(err, io.EOF) {
			t.Errorf("there is one more part: %v", err)
		}
	})
}

// plain text is short, and of letters that nothing can be wrong with.
func plain(s string) bool {
	return len(s) < 60 && !strings.ContainsFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && r != ' ' && !unicode.IsDigit(r) || r == utf8.RuneError
	})
}

func TestEachLanguageHasAllWords(t *testing.T) {
	var first reflect.Value
	for _, words := range email.AllWords {
		v := reflect.ValueOf(words)
		if !first.IsValid() {
			first = v
		}
		for i := range v.NumField() {
			name, f, in := v.Type().Field(i).Name, v.Field(i), first.Field(i)
			if f.IsZero() {
				t.Errorf("%s has no %s", v.Field(0), name)
			}
			switch f.Kind() {
			case reflect.String:
				if strings.Count(f.String(), "%") != strings.Count(in.String(), "%") {
					t.Errorf("%s: %s takes other values: %q", v.Field(0), name, f)
				}
			case reflect.Map:
				if f.Len() != in.Len() {
					t.Errorf("%s: %s has %d entries, not %d", v.Field(0), name, f.Len(), in.Len())
				}
				for _, key := range in.MapKeys() {
					if there := f.MapIndex(key); !there.IsValid() || strings.Count(there.String(), "%") != strings.Count(in.MapIndex(key).String(), "%") {
						t.Errorf("%s: %s[%s] is missing or takes other values", v.Field(0), name, key)
					}
				}
			}
		}
	}
}

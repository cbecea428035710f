package identity

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"
	"golang.org/x/text/unicode/norm"

	"github.com/parley-im/parley/internal/parley"
)

// reserved handles mean something else after an @.
var reserved = []string{"here", "everyone", "channel", "all", "me"}

// CleanName returns what a person, bot or group may be called: in Unicode's form NFC, with single spaces, and without
// characters that are not seen or turn the text around it. The error names the field.
func CleanName(field, name string) (string, error) {
	if !utf8.ValidString(name) {
		return "", parley.Invalid(field, "characters", "must be valid UTF-8")
	}
	name = strings.Join(strings.Fields(norm.NFC.String(name)), " ")
	marks := 0
	for _, r := range name {
		if hidden(r) {
			return "", parley.Invalid(field, "characters", fmt.Sprintf("must not have the character %U", r))
		}
		if marks++; !unicode.Is(unicode.M, r) {
			marks = 0
		}
		if marks > 4 { // more than any script stacks
			return "", parley.Invalid(field, "characters", "has too many accents on one letter")
		}
	}
	switch n := utf8.RuneCountInString(name); {
	case !strings.ContainsFunc(name, unicode.IsGraphic):
		return "", parley.Invalid(field, "required", "must not be empty")
	case n > parley.MaxName:
		return "", parley.Invalid(field, "too_long", fmt.Sprintf("must have at most %d characters", parley.MaxName))
	}
	return name, nil
}

// CleanText is for what may be empty: a title, a status, a note of at most limit characters.
func CleanText(field, text string, limit int) (string, error) {
	text = strings.Join(strings.Fields(norm.NFC.String(text)), " ")
	if !utf8.ValidString(text) || strings.ContainsFunc(text, hidden) {
		return "", parley.Invalid(field, "characters", "must not have control characters")
	}
	if utf8.RuneCountInString(text) > limit {
		return "", parley.Invalid(field, "too_long", fmt.Sprintf("must have at most %d characters", limit))
	}
	return text, nil
}

// hidden characters are not seen, or change the direction of what stands around them (Unicode UAX #9). The two
// joiners stay: Persian and emoji need them.
func hidden(r rune) bool {
	const nonJoiner, joiner = '\u200c', '\u200d'
	if r == nonJoiner || r == joiner {
		return false
	}
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs, unicode.Zl, unicode.Zp) || r == utf8.RuneError
}

// CheckHandle says whether h can be a handle: lower-case ASCII letters, digits and . _ - within, not reserved.
func CheckHandle(h string) error {
	switch {
	case h == "":
		return parley.Invalid("handle", "required", "must not be empty")
	case len(h) > parley.MaxHandle:
		return parley.Invalid("handle", "too_long", fmt.Sprintf("must have at most %d characters", parley.MaxHandle))
	case strings.Trim(h, "abcdefghijklmnopqrstuvwxyz0123456789._-") != "",
		strings.ContainsAny(h[:1]+h[len(h)-1:], "._-"):
		return parley.Invalid("handle", "characters", "must be of a-z and 0-9, with . _ - between")
	case slices.Contains(reserved, h):
		return parley.Invalid("handle", "reserved", "means something else in a message")
	}
	return nil
}

// Handles returns the handles that suit a name, the best first: for Ana María Núñez ana, ana.nunez, ana2, ana3 ...
// until yield says stop or a thousand were refused.
func Handles(name string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		words := strings.FieldsFunc(plain(name), func(r rune) bool { return !('a' <= r && r <= 'z' || '0' <= r && r <= '9') })
		if len(words) == 0 {
			words = []string{"person"}
		}
		first := clip(words[0], parley.MaxHandle)
		offer := func(h string) bool { return CheckHandle(h) != nil || yield(h) }
		if !offer(first) {
			return
		}
		if last := words[len(words)-1]; len(words) > 1 && !offer(clip(first+"."+last, parley.MaxHandle)) {
			return
		}
		for n := 2; n < 1000; n++ {
			suffix := fmt.Sprint(n)
			if !offer(clip(first, parley.MaxHandle-len(suffix)) + suffix) {
				return
			}
		}
	}
}

// spelled are letters that do not fall apart into a plain one and an accent.
var spelled = strings.NewReplacer("ß", "ss", "æ", "ae", "œ", "oe", "ø", "o", "ł", "l", "đ", "d", "ð", "d", "þ", "th", "ı", "i", "'", "", "’", "")

// plain writes a name in lower-case ASCII as far as it can be; the rest stays.
func plain(name string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(strings.ToLower(name)) {
		if !unicode.Is(unicode.Mn, r) {
			b.WriteRune(r)
		}
	}
	return spelled.Replace(strings.ToLower(b.String()))
}

func clip(s string, n int) string { return strings.TrimRight(s[:min(len(s), n)], "._-") }

// CleanEmail returns an e-mail address as it is compared and kept: split at the last @ (RFC 5321 section 4.1.2), the
// domain in lower-case ASCII. The part before it is written in lower case as well: no mail server in use tells
// Ana@ from ana@, while a phone's keyboard likes to begin with a capital.
func CleanEmail(address string) (string, error) {
	wrong := parley.Invalid("email", "email", "must be an e-mail address")
	address = norm.NFC.String(strings.TrimSpace(address))
	at := strings.LastIndexByte(address, '@')
	if at < 1 || len(address) > 254 || !utf8.ValidString(address) {
		return "", wrong
	}
	local := strings.ToLower(address[:at])
	if len(local) > 64 || strings.ContainsFunc(local, func(r rune) bool {
		return hidden(r) || unicode.IsSpace(r) || r == '\u200c' || r == '\u200d' || strings.ContainsRune(`()<>[]:;@\,"`, r)
	}) || strings.HasPrefix(local, ".") || strings.HasSuffix(local, ".") || strings.Contains(local, "..") {
		return "", wrong
	}
	domain, err := idna.Lookup.ToASCII(address[at+1:])
	if err != nil || domain == "" || strings.HasSuffix(domain, ".") || strings.ContainsAny(domain, " @[]:/_") {
		return "", wrong
	}
	return local + "@" + strings.ToLower(domain), nil
}

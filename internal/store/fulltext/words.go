// Package fulltext is the part of full-text search that is the same for all databases, or that is only text: which words
// there are in a text, and how to ask for them. It knows no database, so it can be fuzzed without one.
package fulltext

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Words cuts a text into the words that search knows: runs of letters and digits, in lower case, without diacritics
// ("Café" and "cafe" are one). Scripts that do not put spaces between words give one token for each character, so a
// word in them is found as a phrase.
func Words(text string) []string {
	return strings.Fields(fold(text))
}

// maxToken bounds a token, in bytes; what follows is another one. Random strings would else fill the index.
const maxToken = 64

func fold(text string) string {
	var b strings.Builder
	b.Grow(len(text) + len(text)/8)
	run := 0
	space := func() {
		if run > 0 {
			b.WriteByte(' ')
			run = 0
		}
	}
	for _, r := range norm.NFKD.String(text) {
		if r < utf8.RuneSelf { // most are; the tables below cost thirty times as much
			switch {
			case 'A' <= r && r <= 'Z':
				r += 'a' - 'A'
				fallthrough
			case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
				b.WriteByte(byte(r))
				if run++; run >= maxToken {
					space()
				}
			default:
				space()
			}
			continue
		}
		switch {
		case unicode.Is(unicode.Mn, r):
			continue
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar):
			space()
			if unicode.IsLetter(r) || unicode.IsDigit(r) { // these scripts have signs, too, which SQLite passes over
				b.WriteRune(r)
				b.WriteByte(' ')
			}
		case unicode.IsLetter(r), unicode.IsDigit(r):
			for _, l := range lower(r) {
				n, _ := b.WriteRune(l)
				run += n
			}
			if run >= maxToken {
				space()
			}
		default:
			space()
		}
	}
	return b.String()
}

// lower folds the letters that have no decomposition but that people type without their mark, too.
func lower(r rune) string {
	switch r = unicode.ToLower(r); r {
	case 'ß':
		return "ss"
	case 'ø':
		return "o"
	case 'ł':
		return "l"
	case 'đ', 'ð':
		return "d"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'ı':
		return "i"
	}
	return string(r)
}

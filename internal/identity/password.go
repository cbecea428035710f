package identity

import (
	"context"
	_ "embed"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"
	"golang.org/x/text/unicode/norm"

	"github.com/parley-im/parley/internal/parley"
)

// Lengths of a password: characters, and bytes (so that nobody makes us hash a book).
const (
	MinPassword = 10
	MaxPassword = 1024
)

// hashing is what OWASP's Password Storage Cheat Sheet asks of argon2id at least: 19 MiB, two passes, one lane.
var hashing = &argon2id.Params{Memory: 19 << 10, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

//go:embed common.txt
var commonText string

// common are the passwords, and the words that passwords are made of, which are tried first.
var common = sync.OnceValue(func() []string { return strings.Fields(commonText) })

// CheckPassword says whether a password may be chosen by somebody with these names and addresses.
func CheckPassword(password string, own ...string) error {
	p := strings.ToLower(norm.NFC.String(password))
	switch {
	case !utf8.ValidString(password):
		return parley.Invalid("password", "characters", "must be valid UTF-8")
	case utf8.RuneCountInString(p) < MinPassword:
		return parley.Invalid("password", "too_short", fmt.Sprintf("must have at least %d characters", MinPassword))
	case len(p) > MaxPassword:
		return parley.Invalid("password", "too_long", fmt.Sprintf("must have at most %d bytes", MaxPassword))
	}
	for _, word := range own {
		local, _, _ := strings.Cut(word, "@")
		for _, w := range []string{word, local, strings.ReplaceAll(word, " ", ""), strings.ReplaceAll(word, " ", ".")} {
			if w = strings.ToLower(w); len(w) >= 3 && bare(p) == bare(w) {
				return parley.Invalid("password", "own_name", "must not be your name or address")
			}
		}
	}
	if isCommon(p) {
		return parley.Invalid("password", "common", "is one of those that are tried first: choose another")
	}
	return nil
}

// isCommon finds what is in the list, with or without the usual digits around it and in the usual disguise, and what
// is made of too few different characters or of a run of neighbours.
func isCommon(p string) bool {
	letters := []rune(p)
	different := slices.Clone(letters)
	slices.Sort(different)
	if len(slices.Compact(different)) < 5 {
		return true
	}
	steps := 0
	for i := 1; i < len(letters); i++ {
		if d := letters[i] - letters[i-1]; d == 1 || d == -1 || d == 0 || d == -9 || d == 9 {
			steps++
		}
	}
	if steps >= len(letters)*3/4 {
		return true
	}
	for _, form := range []string{p, bare(p), bare(disguise.Replace(p)), disguise.Replace(bare(p)), halved(p)} {
		if form == "" || slices.Contains(common(), form) {
			return true
		}
	}
	return false
}

var disguise = strings.NewReplacer("0", "o", "1", "i", "3", "e", "4", "a", "5", "s", "7", "t", "@", "a", "$", "s", "!", "i")

// bare takes the digits and signs off both ends.
func bare(p string) string {
	return strings.Trim(p, "0123456789!\"#$%&'()*+,-./:;<=>?@[]^_ ")
}

// halved returns the half of what was written twice.
func halved(p string) string {
	if half := p[:len(p)/2]; half+half == p {
		return bare(half)
	}
	return p
}

// hasher hashes a few passwords at a time: each needs 19 MiB and a core.
type hasher struct{ slots chan struct{} }

func newHasher() *hasher { return &hasher{make(chan struct{}, min(4, runtime.GOMAXPROCS(0)))} }

func (h *hasher) slot(ctx context.Context) (release func(), err error) {
	select {
	case h.slots <- struct{}{}:
		return func() { <-h.slots }, nil
	case <-ctx.Done():
		return nil, fmt.Errorf("wait to hash a password: %w: %w", parley.ErrUnavailable, ctx.Err())
	}
}

func (h *hasher) hash(ctx context.Context, password string) (string, error) {
	release, err := h.slot(ctx)
	if err != nil {
		return "", err
	}
	defer release()
	return argon2id.CreateHash(norm.NFC.String(password), hashing)
}

// nobodys is the hash that the password of an unknown account is compared with, so that it takes as long.
var nobodys = sync.OnceValues(func() (string, error) { return argon2id.CreateHash(randomToken(), hashing) })

// matches compares a password with a hash; with "" it takes as long and never matches.
func (h *hasher) matches(ctx context.Context, password, hash string) (bool, error) {
	known := hash != ""
	release, err := h.slot(ctx)
	if err != nil {
		return false, err
	}
	defer release()
	if !known {
		if hash, err = nobodys(); err != nil {
			return false, err
		}
	}
	if len(password) > MaxPassword {
		password = ""
	}
	match, err := argon2id.ComparePasswordAndHash(norm.NFC.String(password), hash)
	return match && known, err
}

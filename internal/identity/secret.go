package identity

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
)

// TokenPrefix begins every access token, so that people and scanners know a leaked one when they see it.
const TokenPrefix = "parley_"

// randomToken returns 256 random bits as 43 characters that fit into links, cookies and headers.
func randomToken() string {
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails since Go 1.24
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// fingerprint is what the database keeps of a token. A plain hash is enough: there are too many tokens to try.
func fingerprint(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

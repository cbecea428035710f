package push_test

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// service is a push service as RFC 8030 describes one. It knows the keys of its browsers too, so that a test can see
// what they read; a real one does not.
type service struct {
	*httptest.Server
	t *testing.T

	mu       sync.Mutex
	browsers map[string]*browser // by path
	got      []pushed
	answer   int // status to answer with
}

// pushed is what came for a browser.
type pushed struct {
	to      *browser
	header  http.Header
	payload payload
	signer  string // the VAPID key, base64url
}

// payload is what the service worker reads.
type payload struct {
	What, Title, Body, URL, Tag, Message, Take, Lang string
	Urgent                                           bool
}

func open(t *testing.T) *service {
	t.Helper()
	s := &service{t: t, browsers: map[string]*browser{}, answer: http.StatusCreated}
	s.Server = httptest.NewTLSServer(http.HandlerFunc(s.take))
	t.Cleanup(s.Close)
	return s
}

func (s *service) know(b *browser) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.browsers[b.path] = b
}

// all returns what has come since it was asked last.
func (s *service) all() []pushed {
	s.mu.Lock()
	defer s.mu.Unlock()
	got := s.got
	s.got = nil
	return got
}

func (s *service) answers(status int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answer = status
}

func (s *service) take(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	b := s.browsers[r.URL.Path]
	if b == nil {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	if s.answer != http.StatusCreated {
		w.WriteHeader(s.answer)
		return
	}
	p := pushed{to: b, header: r.Header}
	body, err := io.ReadAll(r.Body)
	if err == nil && len(body) > 4096 {
		err = fmt.Errorf("%d bytes, RFC 8030 section 7.2 promises 4096", len(body))
	}
	if err == nil && r.Header.Get("Ttl") == "" {
		err = fmt.Errorf("no TTL (RFC 8030 section 5.2)")
	}
	if topic := r.Header.Get("Topic"); err == nil && len(topic) > 32 {
		err = fmt.Errorf("topic %q is longer than 32 characters (RFC 8030 section 5.4)", topic)
	}
	if err == nil {
		p.signer, err = signed(r.Header.Get("Authorization"), s.URL)
	}
	var text []byte
	if err == nil {
		text, err = b.decrypt(r.Header.Get("Content-Encoding"), body)
	}
	if err == nil {
		err = json.Unmarshal(text, &p.payload)
	}
	if err != nil {
		s.t.Errorf("a push: %v", err)
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	s.got = append(s.got, p)
	w.WriteHeader(http.StatusCreated)
}

// signed checks who sends (RFC 8292) and returns the key.
func signed(header, audience string) (key string, err error) {
	var token string
	for _, part := range strings.Split(strings.TrimPrefix(header, "vapid "), ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		switch name {
		case "t":
			token = value
		case "k":
			key = value
		}
	}
	point, err := base64.RawURLEncoding.DecodeString(key)
	if err != nil {
		return "", err
	}
	public, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), point)
	if err != nil {
		return "", fmt.Errorf("k=%q: %w", key, err)
	}
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return "", fmt.Errorf("t=%q is no token", token)
	}
	signature, err := base64.RawURLEncoding.DecodeString(parts[2])
	if err != nil || len(signature) != 64 {
		return "", fmt.Errorf("signature: %d bytes, %w", len(signature), err)
	}
	hash := sha256.Sum256([]byte(parts[0] + "." + parts[1]))
	if !ecdsa.Verify(public, hash[:], new(big.Int).SetBytes(signature[:32]), new(big.Int).SetBytes(signature[32:])) {
		return "", fmt.Errorf("the token is not signed by its key")
	}
	claims, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		return "", err
	}
	var c struct {
		Aud, Sub string
		Exp      int64
	}
	if err := json.Unmarshal(claims, &c); err != nil {
		return "", err
	}
	if left := time.Until(time.Unix(c.Exp, 0)); c.Aud != audience || !strings.HasPrefix(c.Sub, "https://") || left <= 0 || left > 24*time.Hour {
		return "", fmt.Errorf("claims %+v", c)
	}
	return key, nil
}

// decrypt reads what only this browser can (RFC 8291 over RFC 8188).
func (b *browser) decrypt(coding string, body []byte) ([]byte, error) {
	if coding != "aes128gcm" || len(body) < 21 {
		return nil, fmt.Errorf("content coding %q, %d bytes", coding, len(body))
	}
	salt, size, idLength := body[:16], binary.BigEndian.Uint32(body[16:20]), int(body[20])
	sender, record := body[21:21+idLength], body[21+idLength:]
	if int(size) < len(record) {
		return nil, fmt.Errorf("a record of %d bytes is cut at %d", len(record), size)
	}
	public, err := ecdh.P256().NewPublicKey(sender)
	if err != nil {
		return nil, err
	}
	shared, err := b.key.ECDH(public)
	if err != nil {
		return nil, err
	}
	info := "WebPush: info\x00" + string(b.key.PublicKey().Bytes()) + string(sender)
	ikm, err := hkdf.Key(sha256.New, shared, b.auth, info, 32)
	if err != nil {
		return nil, err
	}
	key, err := hkdf.Key(sha256.New, ikm, salt, "Content-Encoding: aes128gcm\x00", 16)
	if err != nil {
		return nil, err
	}
	nonce, err := hkdf.Key(sha256.New, ikm, salt, "Content-Encoding: nonce\x00", 12)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		return nil, err
	}
	text, err := gcm.Open(nil, nonce, record, nil)
	if err != nil {
		return nil, err
	}
	end := len(strings.TrimRight(string(text), "\x00"))
	if end == 0 || text[end-1] != 2 {
		return nil, fmt.Errorf("the last record has no delimiter (RFC 8188 section 2)")
	}
	return text[:end-1], nil
}

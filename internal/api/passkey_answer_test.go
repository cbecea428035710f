package api_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/parley"
)

// notOurs is a question with a challenge that has time until 2106, but that we have not made.
const notOurs = `{"challenge":"AAAAAAAAAAAAAAAAAAAAAAAAAAEAAAAAAAAAAAAAAAAAAAAAAAAAAA","rp":{"id":"localhost"},"user":{"id":"MDZ5cHpjazhlNzAwMA"},
	"rpId":"localhost","userVerification":"preferred"}`

// part returns what an answer has in base64.
func part(f *testing.F, answer map[string]any, name string) []byte {
	f.Helper()
	b, err := base64.RawURLEncoding.DecodeString(answer["response"].(map[string]any)[name].(string))
	if err != nil {
		f.Fatal(err)
	}
	return b
}

// challengeOf returns the challenge of a question.
func challengeOf(t *testing.T, options json.RawMessage, err error) string {
	t.Helper()
	var o struct{ Challenge string }
	if err != nil || json.Unmarshal(options, &o) != nil || o.Challenge == "" {
		t.Fatalf("options %s, %v", options, err)
	}
	return o.Challenge
}

// places are clients at a new address each, as guessing has to wait.
func places() func() identity.Client {
	var n atomic.Uint32
	return func() identity.Client {
		i := n.Add(1)
		return identity.Client{IP: fmt.Sprintf("2001:db8:%x:%x::1", i>>16, i&0xffff)}
	}
}

// FuzzPasskeyAnswers: what is no answer to a question of ours is refused as invalid, whatever it is.
func FuzzPasskeyAnswers(f *testing.F) {
	h, owner := aHouse(f)
	key := newAuthenticator(f, h.url)
	for _, answer := range []any{key.create(json.RawMessage(notOurs)), key.get(json.RawMessage(notOurs)), nil, map[string]any{"id": "AAAA"}} {
		text, err := json.Marshal(answer)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	someone := places()
	f.Fuzz(func(t *testing.T, body []byte) {
		if p, err := h.people.AddPasskey(t.Context(), owner.me.ID, "", body); !errors.Is(err, parley.ErrInvalid) || p.ID != parley.None {
			t.Errorf("%s makes passkey %s, %v", body, p.ID, err)
		}
		if e, err := h.people.SignInWithPasskey(t.Context(), body, someone()); !errors.Is(err, parley.ErrInvalid) || e.Token != "" {
			t.Errorf("%s lets %s in, %v", body, e.Me.Name, err)
		}
	})
}

// FuzzPasskeyRegistration: an answer to our question makes one passkey, if it was given for our site; or it is refused
// and makes none.
func FuzzPasskeyRegistration(f *testing.F) {
	h, owner := aHouse(f)
	key := newAuthenticator(f, h.url)
	said := `{"type":"webauthn.create","challenge":"{challenge}","origin":"{origin}","crossOrigin":false}`
	object := part(f, key.create(json.RawMessage(notOurs)), "attestationObject")
	f.Add(key.id, []byte(said), object)
	f.Add(key.id, []byte(strings.ReplaceAll(said, "{origin}", "https://evil.example")), object)
	f.Add(key.id, []byte(strings.ReplaceAll(said, "create", "get")), object)
	f.Add([]byte("other"), []byte(said), []byte("\xa3\x63fmt\x66packed\x67attStmt\xa2\x63alg\x26\x63sig\x41\x00\x68authData\x40"))
	rp := sha256.Sum256([]byte("localhost"))
	f.Fuzz(func(t *testing.T, id, client, object []byte) {
		h.clock.pass(time.Second) // so that questions of long ago are forgotten
		options, err := h.people.BeginPasskey(t.Context(), owner.me.ID)
		challenge := challengeOf(t, options, err)
		client = bytes.ReplaceAll(client, []byte("{challenge}"), []byte(challenge))
		client = bytes.ReplaceAll(client, []byte("{origin}"), []byte(h.url))
		body, err := json.Marshal(map[string]any{
			"id": b64(id), "rawId": b64(id), "type": "public-key",
			"response": map[string]any{"clientDataJSON": b64(client), "attestationObject": b64(object)},
		})
		if err != nil {
			t.Fatal(err)
		}
		made, err := h.people.AddPasskey(t.Context(), owner.me.ID, "", body)
		all, listed := h.people.Passkeys(t.Context(), owner.me.ID)
		if listed != nil {
			t.Fatal(listed)
		}
		if err != nil {
			if !errors.Is(err, parley.ErrInvalid) || len(all) != 0 {
				t.Errorf("refused with %v, and %d are there", err, len(all))
			}
			return
		}
		if !answers(client, "webauthn.create", challenge, h.url) || !bytes.Contains(object, rp[:]) || len(all) != 1 {
			t.Errorf("%s, %x makes %+v", client, object, all)
		}
		if err := h.people.RemovePasskey(t.Context(), owner.me.ID, made.ID); err != nil {
			t.Fatal(err)
		}
	})
}

// FuzzPasskeySignIn: only who has the key comes in, by an answer to our question for our site, and as who made it.
func FuzzPasskeySignIn(f *testing.F) {
	h, owner := aHouse(f)
	key, other := newAuthenticator(f, h.url), newAuthenticator(f, h.url)
	key.count-- // it does not count: always 0
	owner.register(key, "")
	said := `{"type":"webauthn.get","challenge":"{challenge}","origin":"{origin}","crossOrigin":false}`
	data := part(f, key.get(json.RawMessage(notOurs)), "authenticatorData")
	f.Add([]byte("{me}"), []byte(said), data, true)
	f.Add([]byte("{me}"), []byte(said), data, false)
	f.Add([]byte("{me}"), []byte(strings.ReplaceAll(said, "{origin}", "https://evil.example")), data, true)
	f.Add([]byte("{me}"), []byte(strings.ReplaceAll(said, "get", "create")), append(bytes.Clone(data), 0xa0), true)
	f.Add([]byte("{ME}"), []byte(said), data, true)
	f.Add([]byte("06ypzck8e7000"), []byte(said), data[:36], true)
	rp, someone := sha256.Sum256([]byte("localhost")), places()
	f.Fuzz(func(t *testing.T, handle, client, data []byte, ours bool) {
		h.clock.pass(time.Second) // so that questions of long ago are forgotten
		options, err := h.people.BeginSignIn()
		challenge := challengeOf(t, options, err)
		me := owner.me.ID.String()
		handle = bytes.ReplaceAll(bytes.ReplaceAll(handle, []byte("{me}"), []byte(me)), []byte("{ME}"), bytes.ToUpper([]byte(me)))
		client = bytes.ReplaceAll(client, []byte("{challenge}"), []byte(challenge))
		client = bytes.ReplaceAll(client, []byte("{origin}"), []byte(h.url))
		if len(data) >= 37 {
			copy(data[33:], make([]byte, 4)) // the counter: once above 0 it must rise
		}
		signer := key.key
		if !ours {
			signer = other.key
		}
		hash := sha256.Sum256(client)
		digest := sha256.Sum256(append(bytes.Clone(data), hash[:]...))
		signature, err := ecdsa.SignASN1(rand.Reader, signer, digest[:])
		if err != nil {
			t.Fatal(err)
		}
		body, err := json.Marshal(map[string]any{
			"id": b64(key.id), "rawId": b64(key.id), "type": "public-key",
			"response": map[string]any{"clientDataJSON": b64(client), "authenticatorData": b64(data), "signature": b64(signature), "userHandle": b64(handle)},
		})
		if err != nil {
			t.Fatal(err)
		}
		e, err := h.people.SignInWithPasskey(t.Context(), body, someone())
		if err != nil {
			if !errors.Is(err, parley.ErrInvalid) && !errors.Is(err, parley.ErrUnknown) || e.Token != "" {
				t.Errorf("refused with %v and %q", err, e.Token)
			}
			return
		}
		if !ours || string(handle) != me || !answers(client, "webauthn.get", challenge, h.url) ||
			!bytes.HasPrefix(data, rp[:]) || data[len(rp)]&userPresent == 0 {
			t.Errorf("%q, %s, %x, by our key: %v, lets %s in", handle, client, data, ours, e.Me.Name)
		}
	})
}

// answers tells whether client data is of this kind and ceremony.
func answers(client []byte, kind, challenge, origin string) bool {
	var said struct{ Type, Challenge, Origin string }
	return json.Unmarshal(client, &said) == nil && said.Type == kind && said.Challenge == challenge && said.Origin == origin
}

package api_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"testing"
)

// authenticator is a device that keeps one passkey (WebAuthn level 3; CBOR of RFC 8949, COSE keys of RFC 9052).
type authenticator struct {
	t      testing.TB
	origin string
	rp     string
	id     []byte
	user   []byte
	key    *ecdsa.PrivateKey
	count  uint32
}

func newAuthenticator(t testing.TB, origin string) *authenticator {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	id := make([]byte, 16)
	_, _ = rand.Read(id)
	return &authenticator{t: t, origin: origin, rp: "localhost", id: id, key: key}
}

func b64(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

func (a *authenticator) clientData(kind, challenge string) []byte {
	text, err := json.Marshal(map[string]any{"type": kind, "challenge": challenge, "origin": a.origin, "crossOrigin": false})
	if err != nil {
		a.t.Fatal(err)
	}
	return text
}

const (
	userPresent, userVerified, attested = 1, 4, 64
)

func (a *authenticator) data(flags byte, more []byte) []byte {
	a.count++
	rp := sha256.Sum256([]byte(a.rp))
	data := append(rp[:], flags)
	return append(binary.BigEndian.AppendUint32(data, a.count), more...)
}

// create answers navigator.credentials.create.
func (a *authenticator) create(options json.RawMessage) map[string]any {
	var o struct {
		Challenge string
		RP        struct{ ID string }
		User      struct{ ID string }
	}
	if err := json.Unmarshal(options, &o); err != nil || o.Challenge == "" || o.RP.ID != "localhost" {
		a.t.Fatalf("creation options %s: %v", options, err)
	}
	a.user, _ = base64.RawURLEncoding.DecodeString(o.User.ID)
	point, err := a.key.PublicKey.Bytes() // 4, x, y
	if err != nil {
		a.t.Fatal(err)
	}
	credential := append(make([]byte, 16), 0, byte(len(a.id))) // no model, length of the id
	credential = append(credential, a.id...)
	credential = append(credential, 0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01) // EC2, ES256, P-256
	credential = append(credential, 0x21, 0x58, 32)
	credential = append(credential, point[1:33]...)
	credential = append(credential, 0x22, 0x58, 32)
	credential = append(credential, point[33:]...)
	data := a.data(userPresent|userVerified|attested, credential)

	var object bytes.Buffer
	object.WriteByte(0xa3)
	object.WriteString("\x63fmt\x64none")
	object.WriteString("\x67attStmt\xa0")
	object.WriteString("\x68authData\x58")
	object.WriteByte(byte(len(data)))
	object.Write(data)
	return map[string]any{
		"id": b64(a.id), "rawId": b64(a.id), "type": "public-key", "clientExtensionResults": map[string]any{},
		"response": map[string]any{
			"clientDataJSON": b64(a.clientData("webauthn.create", o.Challenge)), "attestationObject": b64(object.Bytes()), "transports": []string{"internal"},
		},
	}
}

// get answers navigator.credentials.get.
func (a *authenticator) get(options json.RawMessage) map[string]any {
	var o struct {
		Challenge        string
		RPID             string `json:"rpId"`
		UserVerification string
	}
	if err := json.Unmarshal(options, &o); err != nil || o.Challenge == "" || o.RPID != "localhost" || o.UserVerification != "preferred" {
		a.t.Fatalf("request options %s: %v", options, err)
	}
	data, client := a.data(userPresent|userVerified, nil), a.clientData("webauthn.get", o.Challenge)
	hash := sha256.Sum256(client)
	digest := sha256.Sum256(append(bytes.Clone(data), hash[:]...))
	signature, err := ecdsa.SignASN1(rand.Reader, a.key, digest[:])
	if err != nil {
		a.t.Fatal(err)
	}
	return map[string]any{
		"id": b64(a.id), "rawId": b64(a.id), "type": "public-key", "clientExtensionResults": map[string]any{},
		"response": map[string]any{
			"clientDataJSON": b64(client), "authenticatorData": b64(data), "signature": b64(signature), "userHandle": b64(a.user),
		},
	}
}

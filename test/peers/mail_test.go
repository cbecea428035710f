package peers_test

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"math/big"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/parley-im/parley/internal/clock"
	"github.com/parley-im/parley/internal/config"
	"github.com/parley-im/parley/internal/parley"
)

// received is a mail as Python's email package understands it, or that one was put off.
type received struct {
	Sender, User, Hello, Author, Address, Date, Text, HTML string
	Recipients, Names, Types, Defects                      []string
	Header                                                 map[string]string
	TLS                                                    bool
	Longest, Bare                                          int
	PutOff                                                 string `json:"put_off"`
}

// smarthost starts aiosmtpd, which wants STARTTLS, user and password. It returns what it hears, and how to reach it.
func smarthost(t testing.TB) (<-chan received, config.Email) {
	t.Helper()
	dir := t.TempDir()
	root, key := filepath.Join(dir, "root.pem"), filepath.Join(dir, "key.pem")
	certify(t, root, key)
	// Debian's own Python: it has Debian's packages.
	cmd := exec.Command("/usr/bin/python3", "testdata/smarthost.py", root, key, "parley", "s3cret/")
	cmd.Stderr = os.Stderr
	said, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatalf("aiosmtpd (Debian: python3-aiosmtpd): %v", err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	lines := bufio.NewScanner(said)
	lines.Buffer(nil, 1<<20)
	port := 0
	if lines.Scan() {
		_, _ = fmt.Sscanf(lines.Text(), "listening %d", &port)
	}
	if port == 0 {
		t.Fatalf("aiosmtpd (Debian: python3-aiosmtpd) does not start: %q", lines.Text())
	}
	mails := make(chan received, 64)
	go func() {
		for lines.Scan() {
			var m received
			if err := json.Unmarshal(lines.Bytes(), &m); err != nil {
				t.Errorf("%v: %s", err, lines.Text())
			}
			mails <- m
		}
	}()
	return mails, config.Email{Smarthost: fmt.Sprintf("smtp://parley:s3cret%%2F@localhost:%d", port), From: "parley@harbour.example", Root: root}
}

func certify(t testing.TB, root, keyFile string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "localhost"}, DNSNames: []string{"localhost"}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(48 * time.Hour), KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	for file, block := range map[string]*pem.Block{root: {Type: "CERTIFICATE", Bytes: der}, keyFile: {Type: "PRIVATE KEY", Bytes: secret}} {
		if err := os.WriteFile(file, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// next waits for a mail, which must be sound whatever is in it.
func next(t testing.TB, mails <-chan received) (m received) {
	t.Helper()
	select {
	case m = <-mails:
		m.Text = strings.ReplaceAll(m.Text, "\r\n", "\n")
		if m.PutOff != "" {
			return m
		}
		if len(m.Defects) > 0 || m.Longest > 998 || m.Bare > 0 {
			t.Errorf("defects %q, a line of %d bytes, %d line ends that are none", m.Defects, m.Longest, m.Bare)
		}
		if !m.TLS || m.User != "parley" || m.Sender != "parley@harbour.example" || m.Address != "parley@harbour.example" || m.Hello != "localhost" {
			t.Errorf("it came as %+v", m)
		}
		if !slices.Equal(m.Types, []string{"multipart/alternative", "text/plain", "text/html"}) || m.Header["Auto-Submitted"] != "auto-generated" {
			t.Errorf("parts %q, header %q", m.Types, m.Header)
		}
		sorted := slices.Sorted(slices.Values(m.Names))
		if len(slices.Compact(sorted)) != len(m.Names) {
			t.Errorf("a field is there twice: %q", m.Names)
		}
	case <-time.After(30 * time.Second):
		t.Error("no mail comes")
	}
	return m
}

var confirmation = regexp.MustCompile(`/confirm#([\w-]{43})`)

// confirms proves the address of somebody by the mail that they get.
func (p *served) confirms(mails <-chan received) {
	p.t.Helper()
	p.ask("/me/email/confirm", nil, nil)
	m := next(p.t, mails)
	found := confirmation.FindStringSubmatch(m.Text)
	if found == nil || !strings.Contains(m.HTML, found[0]) {
		p.t.Fatalf("no link in\n%s\n%s", m.Text, m.HTML)
	}
	p.ask("/me/email/prove", map[string]string{"token": found[1]}, nil)
}

func TestMailsAreUnderstoodByAMailServerAndAMailProgram(t *testing.T) {
	mails, settings := smarthost(t)
	own := &clock.Clock{}
	p := serveWith(t, func(c *config.Config) { c.Email = settings }, own)
	p.confirms(mails)
	p.always()
	p.send(http.MethodPatch, "/organisation", map[string]any{"urgent": 3}, http.StatusOK, nil)
	// Not longer than one encoded word: Python 3.11 puts a space between two of a name.
	zoe := p.invited("Łukasz, Zoë 🌊", "zoe@harbour.example", "de")

	var direct parley.Conversation
	zoe.ask("/conversations", map[string]any{"kind": "direct", "people": []parley.ID{p.me}}, &direct)
	say := func(text map[string]any) parley.Message {
		var m parley.Message
		zoe.ask("/conversations/"+direct.ID.String()+"/messages", text, &m)
		return m
	}
	said := say(map[string]any{"body": "Hallo @olga, **kommst** du?\n.\n||geheim|| " + strings.Repeat("weit ", 400)})
	own.Forward(11 * time.Second) // it could have been taken back until then
	first := next(t, mails)
	if first.Author != "Łukasz, Zoë 🌊 (Harbour)" || first.Header["Subject"] != "Message from Łukasz, Zoë 🌊" ||
		!slices.Equal(first.Recipients, []string{"olga@harbour.example"}) {
		t.Errorf("from %q, %q, to %q", first.Author, first.Header["Subject"], first.Recipients)
	}
	link := fmt.Sprintf("%s/c/%s/%d", p.url, direct.ID, said.Seq)
	for _, part := range []string{"Hallo @olga, kommst du?", "\n  .\n", "▒▒▒", "weit weit", link} {
		if !strings.Contains(first.Text, part) {
			t.Errorf("no %q in\n%s", part, first.Text)
		}
	}
	for _, part := range []string{"<strong>kommst</strong>", "Łukasz, Zoë 🌊", `href="` + link + `"`, `lang="en"`} {
		if !strings.Contains(first.HTML, part) {
			t.Errorf("no %q in\n%s", part, first.HTML)
		}
	}
	if strings.Contains(first.Text+first.HTML, "geheim") || strings.Contains(first.HTML, "<img") {
		t.Errorf("it shows what is hidden, or fetches:\n%s", first.HTML)
	}

	// One more of the same conversation: mail programs see that they belong together.
	say(map[string]any{"body": "Brennt!", "need": "urgent", "reason": "Feuer\u2028im Hafen"})
	second := next(t, mails)
	if second.Header["Subject"] != "Urgent: Feuer im Hafen" || second.Header["References"] != first.Header["References"] || second.Header["References"] == "" ||
		second.Header["In-Reply-To"] != first.Header["References"] || second.Header["List-Id"] != first.Header["List-Id"] ||
		second.Header["Message-Id"] == first.Header["Message-Id"] {
		t.Errorf("headers %q and %q", first.Header, second.Header)
	}
}

func TestAMailThatWasPutOffComesLaterAsTheSame(t *testing.T) {
	mails, settings := smarthost(t)
	own := &clock.Clock{}
	p := serveWith(t, func(c *config.Config) { c.Email = settings }, own)
	grey := p.invited("Grey", "grey@harbour.example", "en")
	grey.confirms(mails)
	grey.always()
	var direct parley.Conversation
	p.ask("/conversations", map[string]any{"kind": "direct", "people": []parley.ID{grey.me}}, &direct)
	p.ask("/conversations/"+direct.ID.String()+"/messages", map[string]any{"body": "Hello"}, nil)
	own.Forward(11 * time.Second)
	putOff := next(t, mails).PutOff
	if putOff == "" {
		t.Fatal("it was not put off")
	}
	again := make(chan received, 1)
	go func() { again <- next(t, mails) }()
	for { // the time goes on until it is tried again
		select {
		case m := <-again:
			if m.Header["Subject"] != "Message from Olga Owner" || m.Header["Message-Id"] != putOff {
				t.Errorf("put off was %s, and then came %+v", putOff, m)
			}
			return
		case <-time.After(50 * time.Millisecond):
			own.Forward(16 * time.Second)
		}
	}
}

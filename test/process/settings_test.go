package process_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestSettingsComeFromFileEnvironmentAndFlagsTheLaterOverTheEarlier(t *testing.T) {
	file := filepath.Join(t.TempDir(), "parley.toml")
	metrics := func(p *process, token string) int {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, p.url+"/metrics", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+token)
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		return answer.StatusCode
	}
	write := func(text string) {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("metrics-token = \"from-file\"\nlisten = \"localhost:0\"\n")
	arguments := []string{"--data", t.TempDir(), "--config", file}
	p := serve(t, arguments)
	if metrics(p, "from-file") != 200 || metrics(p, "") != 404 {
		t.Error("the file is not heard")
	}
	p.kill()
	t.Setenv("PARLEY_METRICS_TOKEN", "from-environment")
	p = serve(t, arguments)
	if metrics(p, "from-environment") != 200 || metrics(p, "from-file") != 404 {
		t.Error("the environment is not heard over the file")
	}
	p.kill()
	p = serve(t, append(arguments, "--metrics-token=from-flag"))
	if metrics(p, "from-flag") != 200 || metrics(p, "from-environment") != 404 {
		t.Error("the flag is not heard over the environment")
	}
	p.kill()
	for text, word := range map[string]string{"listen = \n": "toml", "limit-writes = \"many\"\nlisten = \"localhost:0\"\n": "writes"} {
		write(text)
		if out, err := exec.Command(binary, "serve", "--data", t.TempDir(), "--config", file).CombinedOutput(); err == nil || !strings.Contains(strings.ToLower(string(out)), word) {
			t.Errorf("%q is answered with %v: %s", text, err, out)
		}
	}
}

func TestMailSettingsThatCannotBeMeantAreRefusedAtTheStart(t *testing.T) {
	for argument, words := range map[string]string{
		"--email-smarthost=mail.example.org":                           "must begin with smtp://",
		"--email-smarthost=smtp://us:s3cret/@mail.example.org":         "%2F",
		"--email-smarthost=smtp://us:s3cret@mail.example.org/?tls=off": "show the password",
		"--email-smarthost=smtps://mail.example.org --email-from=":     "email-from",
	} {
		arguments := append([]string{"serve", "--data", t.TempDir(), "--listen=localhost:0", "--email-from=parley@example.org"}, strings.Fields(argument)...)
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
		out, err := exec.CommandContext(ctx, binary, arguments...).CombinedOutput()
		cancel()
		if err == nil || !strings.Contains(string(out), words) || strings.Contains(string(out), "s3cret") {
			t.Errorf("%s is answered with %v: %s", argument, err, out)
		}
	}
	serve(t, []string{"--data", t.TempDir(), "--listen=localhost:0", "--email-from=parley@example.org", "--email-smarthost=smtp://mail.example.org"}).kill()
}

// certificate writes a self-signed one for localhost.
func certificate(t testing.TB, cert, key string, serial int64) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := x509.Certificate{
		SerialNumber: big.NewInt(serial), Subject: pkix.Name{CommonName: "localhost"}, DNSNames: []string{"localhost"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
	}
	der, err := x509.CreateCertificate(rand.Reader, &template, &template, &private.PublicKey, private)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	for name, block := range map[string]*pem.Block{key: {Type: "PRIVATE KEY", Bytes: secret}, cert: {Type: "CERTIFICATE", Bytes: der}} {
		if err := os.WriteFile(name, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestCertificatesAreReadAgainWhenTheyChange(t *testing.T) {
	dir := t.TempDir()
	cert, key := filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	certificate(t, cert, key, 1)
	insecure := &tls.Config{InsecureSkipVerify: true}
	http.DefaultTransport.(*http.Transport).TLSClientConfig = insecure
	p := serve(t, []string{"--data", t.TempDir(), "--listen=localhost:0", "--tls-cert", cert, "--tls-key", key})
	if !strings.HasPrefix(p.url, "https://localhost:") {
		t.Fatalf("served at %s", p.url)
	}
	serial := func() int64 {
		c, err := tls.Dial("tcp", strings.TrimPrefix(p.url, "https://"), insecure)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close() //nolint:errcheck // only looked at
		return c.ConnectionState().PeerCertificates[0].SerialNumber.Int64()
	}
	if serial() != 1 {
		t.Error("not our certificate")
	}
	owner := p.found()
	if cookies := owner.http.Jar; cookies == nil || owner.me.Name != "Olga Owner" {
		t.Errorf("%+v", owner.me)
	}
	if err := os.WriteFile(cert, []byte("not a certificate"), 0o600); err != nil {
		t.Fatal(err)
	}
	for !strings.Contains(p.said(), "server.certificate_not_read") { // it is looked at once a second
		if serial() != 1 {
			t.Fatal("what cannot be read is served")
		}
	}
	certificate(t, cert, key, 2)
	for deadline := time.Now().Add(30 * time.Second); serial() != 2; {
		if time.Now().After(deadline) {
			t.Fatal("the new certificate is not served")
		}
	}
	if out, err := exec.Command(binary, "serve", "--data", t.TempDir(), "--listen=localhost:0", "--tls-cert", cert, "--tls-key", cert).CombinedOutput(); err == nil || !strings.Contains(string(out), "certificate") {
		t.Errorf("a key that is none is answered with %v: %s", err, out)
	}
}

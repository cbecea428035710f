package process_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/miekg/dns"
)

const acmeDomain = "parley.example.test"

// nameServer says that every name is this machine.
func nameServer(t *testing.T) (address string) {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := &dns.Server{PacketConn: conn, Handler: dns.HandlerFunc(func(w dns.ResponseWriter, asked *dns.Msg) {
		answer := new(dns.Msg).SetReply(asked)
		if q := asked.Question[0]; q.Qtype == dns.TypeA {
			answer.Answer = []dns.RR{&dns.A{Hdr: dns.RR_Header{Name: q.Name, Rrtype: q.Qtype, Class: q.Qclass}, A: net.IPv4(127, 0, 0, 1)}}
		}
		_ = w.WriteMsg(answer) // who asked has gone
	})}
	ended := make(chan error, 1)
	go func() { ended <- server.ActivateAndServe() }()
	t.Cleanup(func() {
		if err := errors.Join(server.Shutdown(), <-ended); err != nil {
			t.Error(err)
		}
	})
	return conn.LocalAddr().String()
}

// freeAddress returns an address of this machine that nobody listens on now.
func freeAddress(t *testing.T) (address string, port int) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String(), l.Addr().(*net.TCPAddr).Port
}

// authority is a running Pebble: the ACME server that Let's Encrypt makes for tests.
type authority struct {
	directory, root string // its URL, and the file with what it is known by
	issuer          *x509.CertPool
}

// startAuthority starts a Pebble that looks for its clients at these ports.
func startAuthority(t *testing.T, httpPort, httpsPort int) authority {
	t.Helper()
	dir := t.TempDir()
	cert, key := filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	certificate(t, cert, key, 7)
	listen, _ := freeAddress(t)
	manage, _ := freeAddress(t)
	settings, err := json.Marshal(map[string]any{"pebble": map[string]any{
		"listenAddress": listen, "managementListenAddress": manage, "certificate": cert, "privateKey": key,
		"httpPort": httpPort, "tlsPort": httpsPort,
	}})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "pebble.json")
	if err := os.WriteFile(file, settings, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("pebble", "-strict", "-config", file, "-dnsserver", nameServer(t))
	cmd.Env = append(os.Environ(), "PEBBLE_VA_NOSLEEP=1", "PEBBLE_WFE_NONCEREJECT=20") // one nonce in five is refused
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill() // may have ended
		_ = cmd.Wait()
		if t.Failed() {
			t.Logf("pebble said:\n%s", &said)
		}
	})
	own := x509.NewCertPool()
	pem, err := os.ReadFile(cert)
	if err != nil || !own.AppendCertsFromPEM(pem) {
		t.Fatal("no certificate", err)
	}
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: own}}}
	a := authority{directory: "https://" + listen + "/dir", root: cert, issuer: x509.NewCertPool()}
	within(t, 20*time.Second, "pebble", func() error {
		answer, err := client.Get("https://" + manage + "/roots/0")
		if err != nil {
			return err
		}
		defer answer.Body.Close()
		pem, err := io.ReadAll(answer.Body)
		if err == nil && !a.issuer.AppendCertsFromPEM(pem) {
			err = errors.New("no root")
		}
		return err
	})
	return a
}

// within asks ten times a second until there is no error.
func within(t *testing.T, limit time.Duration, what string, ask func() error) {
	t.Helper()
	again := time.NewTicker(100 * time.Millisecond)
	defer again.Stop()
	for deadline := time.After(limit); ; {
		err := ask()
		if err == nil {
			return
		}
		select {
		case <-again.C:
		case <-deadline:
			t.Fatalf("%s: %v", what, err)
		}
	}
}

func TestACertificateIsGotFromAnACMEServerAndKept(t *testing.T) {
	https, httpsPort := freeAddress(t)
	plain, httpPort := freeAddress(t)
	ca := startAuthority(t, httpPort, httpsPort)
	data := t.TempDir()
	args := []string{
		"--data", data, "--tls-acme", acmeDomain, "--tls-email", "olga@example.test", "--tls-directory", ca.directory, "--tls-root", ca.root,
		"--tls-https", https, "--tls-http", plain, "--public-url", fmt.Sprintf("https://%s:%d", acmeDomain, httpsPort),
	}
	visitor := &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			TLSClientConfig: &tls.Config{RootCAs: ca.issuer}, DisableKeepAlives: true,
			DialContext: func(ctx context.Context, network, address string) (net.Conn, error) { // the name is known to the test alone
				_, port, _ := net.SplitHostPort(address)
				return new(net.Dialer).DialContext(ctx, network, "127.0.0.1:"+port)
			},
		},
	}
	p, _ := launch(t, args)
	var first *x509.Certificate
	within(t, time.Minute, "https", func() error {
		answer, err := visitor.Get(p.url + "/healthz")
		if err != nil {
			return err
		}
		defer answer.Body.Close()
		first = answer.TLS.PeerCertificates[0]
		return nil
	})
	if err := first.VerifyHostname(acmeDomain); err != nil {
		t.Error(err)
	}
	if !strings.Contains(p.said(), "acme.certificate_obtained") {
		t.Errorf("the log does not tell:\n%s", p.said())
	}

	t.Run("who comes by http is sent on", func(t *testing.T) {
		answer, err := visitor.Get(fmt.Sprintf("http://%s:%d/c/1?a=b", acmeDomain, httpPort))
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if got, want := answer.Header.Get("Location"), p.url+"/c/1?a=b"; answer.StatusCode != http.StatusMovedPermanently || got != want {
			t.Errorf("%s to %q, want %q", answer.Status, got, want)
		}
	})
	t.Run("only to this server, whatever name was asked for", func(t *testing.T) {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+plain+"//evil.example/", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Host = "evil.example"
		answer, err := visitor.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if to := answer.Header.Get("Location"); !strings.HasPrefix(to, p.url+"/") {
			t.Errorf("sent on to %q", to)
		}
	})
	t.Run("what is sent by http is refused", func(t *testing.T) {
		answer, err := visitor.Post("http://"+plain+"/api/v1/sessions", "application/json", strings.NewReader(`{"password":"x"}`))
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != http.StatusForbidden {
			t.Error(answer.Status)
		}
	})
	t.Run("the next start has the same certificate", func(t *testing.T) {
		p.kill()
		p, _ = launch(t, args)
		answer, err := visitor.Get(p.url + "/healthz")
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if !answer.TLS.PeerCertificates[0].Equal(first) {
			t.Error("another certificate was asked for")
		}
	})
}

func TestAnAuthorityThatIsAwayDoesNotKeepTheServerFromStarting(t *testing.T) {
	https, _ := freeAddress(t)
	plain, _ := freeAddress(t)
	nobody, _ := freeAddress(t)
	p, _ := launch(t, []string{
		"--data", t.TempDir(), "--tls-acme", acmeDomain, "--tls-directory", "https://" + nobody + "/dir", "--tls-https", https, "--tls-http", plain,
	})
	within(t, 20*time.Second, "log", func() error {
		if !strings.Contains(p.said(), "acme.certificate_failed") {
			return errors.New(p.said())
		}
		return nil
	})
}

func TestRootsThatAreNoneAreRefused(t *testing.T) {
	file := filepath.Join(t.TempDir(), "roots.pem")
	if err := os.WriteFile(file, []byte("nothing"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, root := range []string{file, file + ".missing"} {
		out, err := exec.Command(binary, "serve", "--data", t.TempDir(), "--tls-acme", acmeDomain, "--tls-root", root).CombinedOutput()
		if err == nil || !strings.Contains(string(out), "certificate authority") {
			t.Errorf("%s is answered with %v: %s", root, err, out)
		}
	}
}

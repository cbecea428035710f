// Package config is what whoever runs Parley may set: one typed struct, with defaults that need no change on one
// machine. Values come, the later over the earlier, from a file (--config, TOML), the environment (PARLEY_...) and flags.
//
// It knows names and defaults, and must not know what the parts do with them.
package config

import (
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Config has every setting. The tags are its documentation: `parley serve --help` prints them.
type Config struct {
	Data     string `help:"Folder for everything that is kept." default:"data" type:"path" env:"PARLEY_DATA"`
	Database string `help:"PostgreSQL to use instead of SQLite in the data folder: postgres://user:password@host/name." env:"PARLEY_DATABASE"`
	Redis    string `help:"Redis or Valkey that joins several nodes on one PostgreSQL: redis://host:6379." env:"PARLEY_REDIS"`
	Files    string `help:"Where files are kept instead of the data folder: s3://bucket?region=..." env:"PARLEY_FILES"`

	Listen       string `help:"Address to serve on." default:"localhost:8080" env:"PARLEY_LISTEN"`
	PublicURL    string `help:"Address by which people reach this server; links and passkeys are made for it. Default: http://localhost and the port, or https:// and the ACME domain." env:"PARLEY_PUBLIC_URL"`
	MetricsToken string `help:"Bearer token that may read /metrics from elsewhere; without one only this machine may." env:"PARLEY_METRICS_TOKEN"`

	TLS struct {
		Cert  string   `help:"Certificate file (PEM), read again when it changes." type:"path" env:"PARLEY_TLS_CERT"`
		Key   string   `help:"Its private key (PEM)." type:"path" env:"PARLEY_TLS_KEY"`
		ACME  []string `help:"Domains to get certificates for by ACME, from Let's Encrypt; serves on --tls-https and --tls-http instead of --listen." env:"PARLEY_TLS_ACME"`
		Email string   `help:"Address the certificate authority may write to." env:"PARLEY_TLS_EMAIL"`

		Directory string `help:"Another certificate authority: its ACME directory." default:"https://acme-v02.api.letsencrypt.org/directory" env:"PARLEY_TLS_DIRECTORY"`
		Root      string `help:"Certificates (PEM) by which that authority's own server is known, when the system does not know it." type:"path" env:"PARLEY_TLS_ROOT"`
		HTTPS     string `help:"Address to serve on with ACME; the world must reach it as port 443." default:":443" env:"PARLEY_TLS_HTTPS"`
		HTTP      string `help:"Address that sends on to https, with ACME; the world must reach it as port 80." default:":80" env:"PARLEY_TLS_HTTP"`
	} `embed:"" prefix:"tls-"`

	TrustedProxies []netip.Prefix `help:"Networks (CIDR) of proxies whose X-Forwarded-For is believed." env:"PARLEY_TRUSTED_PROXIES"`

	Email Email `embed:"" prefix:"email-"`

	Limit struct {
		File        int64         `help:"Bytes of one file." default:"104857600" env:"PARLEY_LIMIT_FILE"`
		Writes      float64       `help:"Changes a person may make each second, on average; 0: no limit." default:"20" env:"PARLEY_LIMIT_WRITES"`
		Burst       int           `help:"Changes a person may make at once before that counts." default:"200" env:"PARLEY_LIMIT_BURST"`
		Connections int           `help:"Live connections of one person." default:"50" env:"PARLEY_LIMIT_CONNECTIONS"`
		Address     int           `help:"Live connections from one address; -1: no limit." default:"1000" env:"PARLEY_LIMIT_ADDRESS"`
		Arrivals    int           `help:"New live connections in a second." default:"2000" env:"PARLEY_LIMIT_ARRIVALS"`
		Stop        time.Duration `help:"How long a stop waits for what is under way." default:"15s" env:"PARLEY_LIMIT_STOP"`
	} `embed:"" prefix:"limit-"`

	Log struct {
		Level  string `help:"debug, info, warn or error." enum:"debug,info,warn,error" default:"info" env:"PARLEY_LOG_LEVEL"`
		Format string `help:"text or json." enum:"text,json" default:"text" env:"PARLEY_LOG_FORMAT"`
	} `embed:"" prefix:"log-"`

	Push []netip.AddrPort `help:"Push services on your own network that browsers may name (address:port), beside those of the public Internet." env:"PARLEY_PUSH"`

	Previews bool `help:"Fetch what linked pages say of themselves." default:"true" negatable:"" env:"PARLEY_PREVIEWS"`
}

// Validate tells which setting cannot be meant. It is kong that asks, when all settings have come.
func (c *Config) Validate() error {
	var wrong []error
	must := func(ok bool, name, be string) {
		if !ok {
			wrong = append(wrong, fmt.Errorf("--%s must be %s", name, be))
		}
	}
	invalid := func(p netip.Prefix) bool { return !p.IsValid() }
	must(!slices.ContainsFunc(c.Push, func(a netip.AddrPort) bool { return !a.IsValid() }), "push", "addresses with a port, like 10.0.0.7:443")
	must(!slices.ContainsFunc(c.TrustedProxies, invalid), "trusted-proxies", "networks like 10.0.0.0/8")
	l := c.Limit
	must(l.File > 0, "limit-file", "above 0")
	must(l.Writes >= 0, "limit-writes", "a number from 0")
	must(l.Burst > 0, "limit-burst", "above 0")
	must(l.Connections > 0, "limit-connections", "above 0")
	must(l.Address > 0 || l.Address == -1, "limit-address", "above 0, or -1")
	must(l.Arrivals > 0, "limit-arrivals", "above 0")
	must(l.Stop == 0 || l.Stop >= time.Millisecond, "limit-stop", "a time with its unit, like 15s")
	return errors.Join(wrong...)
}

// Email is how mail goes out. Without a smart host, none does.
type Email struct {
	Smarthost string `help:"Mail server that takes outgoing mail: smtp://user:password@host:587 (STARTTLS is required), smtps://host:465, or smtp://host:25?tls=off without encryption. Unset: no mail." env:"PARLEY_EMAIL_SMARTHOST"`
	From      string `help:"Address that mail comes from; the smart host must take it from us." env:"PARLEY_EMAIL_FROM"`
	Name      string `help:"What stands beside the author's name in From. Default: the organisation's name." env:"PARLEY_EMAIL_NAME"`
	Root      string `help:"Certificates (PEM) by which the smart host is known, when the system does not know it." type:"path" env:"PARLEY_EMAIL_ROOT"`
}

// Level is the log level as slog knows it.
func (c *Config) Level() slog.Level {
	var l slog.Level
	_ = l.UnmarshalText([]byte(c.Log.Level)) // one of the enum
	return l
}

// FilesURL says where files are kept, for blob.Open.
func (c *Config) FilesURL() string {
	if c.Files != "" {
		return c.Files
	}
	folder, err := filepath.Abs(filepath.Join(c.Data, "blobs"))
	if err != nil {
		folder = filepath.Join(c.Data, "blobs")
	}
	return "file://" + filepath.ToSlash(folder)
}

// URL is where people reach this server, without a slash at the end. addr is where it really listens.
func (c *Config) URL(addr string) string {
	switch {
	case c.PublicURL != "":
		return strings.TrimSuffix(c.PublicURL, "/")
	case len(c.TLS.ACME) > 0:
		return "https://" + c.TLS.ACME[0]
	}
	scheme := "http"
	if c.TLS.Cert != "" {
		scheme = "https"
	}
	u := url.URL{Scheme: scheme, Host: "localhost"}
	if i := strings.LastIndexByte(addr, ':'); i >= 0 {
		u.Host += addr[i:]
	}
	return u.String()
}

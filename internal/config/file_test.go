package config_test

import (
	"log/slog"
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/alecthomas/kong"

	"github.com/parley-im/parley/internal/config"
)

// read returns the settings of a server that has nothing but this file.
func read(t *testing.T, text string) (c config.Config, err error) {
	t.Helper()
	file, err := config.Read(strings.NewReader(text))
	if err != nil {
		return c, err
	}
	parser, err := kong.New(&c, kong.Resolvers(file))
	if err != nil {
		t.Fatal(err)
	}
	_, err = parser.Parse(nil)
	return c, err
}

const everyKind = `listen = "localhost:0"
trusted-proxies = ["10.0.0.0/8", "fd00::/8"]
previews = false
limit-writes = 2.5
limit-stop = "20s"
[tls]
acme = ["parley.example", "www.parley.example"]
[log]
level = "debug"
`

func TestAFileOfSettings(t *testing.T) {
	c, err := read(t, everyKind)
	if err != nil {
		t.Fatal(err)
	}
	if c.Listen != "localhost:0" || c.Previews || c.Limit.Writes != 2.5 || c.Limit.Stop != 20*time.Second || c.Level() != slog.LevelDebug ||
		!slices.Equal(c.TrustedProxies, []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8")}) ||
		!slices.Equal(c.TLS.ACME, []string{"parley.example", "www.parley.example"}) || c.Limit.Burst != 200 {
		t.Errorf("%+v", c)
	}
	for text, word := range map[string]string{
		`listen = `:                        "(1, ",
		`lisen = ":80"`:                    "lisen",
		`log-level = "loud"`:               "log-level",
		`trusted-proxies = ["10.0.0.1"]`:   "trusted-proxies",
		`trusted-proxies = [["10.0.0.1"]]`: "trusted-proxies",
		`trusted-proxies = [""]`:           "trusted-proxies",
		`limit-file = 0`:                   "limit-file",
		`limit-file = 9223372036854775808`: "9223372036854775808",
		`limit-writes = nan`:               "limit-writes",
		`limit-burst = -1`:                 "limit-burst",
		`limit-connections = 0`:            "limit-connections",
		`limit-address = -2`:               "limit-address",
		`limit-arrivals = 0`:               "limit-arrivals",
		`limit-stop = 15`:                  "limit-stop",
		`limit-stop = "-1s"`:               "limit-stop",
		`previews = "perhaps"`:             "previews",
		"[limit]\nstop = 07:32:00\n":       "limit-stop",
		"[[tls]]\nacme = \"x\"\n":          "tls",
		"[limit.writes]\nmany = true\n":    "limit-writes",
		"[tls.acme]\nparley = \"x\"\n":     "tls-acme",
		`tls-acme = [1, true]`:             "tls-acme",
	} {
		if c, err := read(t, text); err == nil || !strings.Contains(err.Error(), word) {
			t.Errorf("%s is answered with %v: %+v", text, err, c)
		}
	}
}

// FuzzFile: a file of settings is refused as no TOML or with the name of what is wrong, or gives settings that can be meant.
func FuzzFile(f *testing.F) {
	tells := regexp.MustCompile(`^not TOML: .|^--[a-z-]+.*: .|--[a-z-]+ must be |unknown configuration keys: `)
	for _, text := range []string{
		everyKind, "", "# nothing\n", "lisen = 1", "limit-writes = nan\nlimit-burst = -1", "limit.stop = 15", "[[tls]]\nacme = 'x'",
		"[limit.writes]\nmany = true", `tls-acme = "a,b\\,c"`, "trusted-proxies = [['10.0.0.0/8']]", "limit-file = 0x1_000", "limit-file = 1e3",
		"log = 1979-05-27T07:32:00Z", `"" = 1`, "data = '''\nx'''", "data = \"\"\"\\\n x\"\"\"", "serve = {data = 'x', limit = {file = 07:32:00}}", "config = 'x'",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, err := read(t, text)
		if err != nil {
			if !tells.MatchString(err.Error()) {
				t.Errorf("%q is refused with %q", text, err)
			}
			return
		}
		l := c.Limit
		if l.File < 1 || !(l.Writes >= 0) || l.Burst < 1 || l.Connections < 1 || l.Arrivals < 1 || l.Stop < 0 || l.Address < -1 || l.Address == 0 {
			t.Errorf("%q gives the limits %+v", text, l)
		}
		if !slices.Contains([]string{"debug", "info", "warn", "error"}, c.Log.Level) || !slices.Contains([]string{"text", "json"}, c.Log.Format) {
			t.Errorf("%q gives the log %+v", text, c.Log)
		}
		if slices.ContainsFunc(c.TrustedProxies, func(p netip.Prefix) bool { return !p.IsValid() }) {
			t.Errorf("%q trusts %v", text, c.TrustedProxies)
		}
	})
}

package identity_test

import (
	"encoding/json"
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/parley"
)

func firstHandles(name string, n int) (all []string) {
	for h := range identity.Handles(name) {
		if all = append(all, h); len(all) == n {
			break
		}
	}
	return all
}

func TestHandles(t *testing.T) {
	for name, want := range map[string][]string{
		"Ana María Núñez": {"ana", "ana.nunez", "ana2", "ana3"},
		"Jörg Weiß":       {"jorg", "jorg.weiss", "jorg2"},
		"Łukasz Đ":        {"lukasz", "lukasz.d"},
		"Brontë":          {"bronte", "bronte2"},
		"O'Neill":         {"oneill", "oneill2"},
		"张伟":              {"person", "person2"},
		"张伟 Wei":          {"wei", "wei2"},
		"Here":            {"here2", "here3"},
		"All Everyone":    {"all.everyone", "all2"},
		"R2-D2":           {"r2", "r2.d2", "r22"},
		"İpek":            {"ipek"},
		strings.Repeat("wolfeschlegelsteinhausen", 3): {"wolfeschlegelsteinhausenwolfesch", "wolfeschlegelsteinhausenwolfesc2"},
	} {
		if got := firstHandles(name, len(want)); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func FuzzHandles(f *testing.F) {
	for _, name := range []string{"Ana María Núñez", "", "...", "张伟", "a\xffb", "ﷺ ﬁ", strings.Repeat("é", 100), "me", "_-_"} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		all := firstHandles(name, 5)
		if len(all) < 5 {
			t.Fatalf("%q has only %q", name, all)
		}
		for _, h := range all {
			if err := identity.CheckHandle(h); err != nil {
				t.Errorf("%q offers %q: %v", name, h, err)
			}
		}
	})
}

func TestCheckHandleRefuses(t *testing.T) {
	for _, h := range []string{"", "Ana", "ana ", "-ana", "ana.", "añá", "here", "everyone", "channel", "all", "me", "a@b", strings.Repeat("a", 33), "a\n"} {
		if err := identity.CheckHandle(h); !errors.Is(err, parley.ErrInvalid) {
			t.Errorf("%q: %v", h, err)
		}
	}
}

func TestCleanName(t *testing.T) {
	for name, want := range map[string]string{
		"  Ana \t María  ":      "Ana María",
		"Nu\u0301n\u0303ez":     "Núñez", // composed
		"علی\u200cرضا":          "علی\u200cرضا",
		"👩\u200d🚀 Mae":          "👩\u200d🚀 Mae",
		"张伟":                    "张伟",
		strings.Repeat("é", 80): strings.Repeat("é", 80),
	} {
		got, err := identity.CleanName("name", name)
		if err != nil || got != want {
			t.Errorf("%q: %q, %v", name, got, err)
		}
	}
	for why, name := range map[string]string{
		"empty":              " \t ",
		"only a joiner":      "\u200d",
		"too long":           strings.Repeat("é", 81),
		"turned around":      "Ana \u202egnp.exe",
		"isolated":           "\u2067Ana",
		"a mark of order":    "Ana\ufeff",
		"a bell":             "Ana\a",
		"not UTF-8":          "Ana\xff",
		"stacked":            "A" + strings.Repeat("\u0301\u0302", 5),
		"of private use":     "Ana\ue000",
		"a tag":              "Ana\U000e0041",
		"a replacement":      "Ana\ufffd",
		"without any letter": "\u00ad",
	} {
		_, err := identity.CleanName("name", name)
		if f, ok := errors.AsType[*parley.FieldError](err); !ok || f.Field != "name" {
			t.Errorf("a name that is %s: %v", why, err)
		}
	}
}

func FuzzCleanName(f *testing.F) {
	f.Add("Ana María")
	f.Add("a\u0301\u202e\xff")
	f.Fuzz(func(t *testing.T, name string) {
		got, err := identity.CleanName("name", name)
		if err != nil {
			return
		}
		again, err := identity.CleanName("name", got)
		if err != nil || again != got {
			t.Errorf("%q is not stable: %q, %v", got, again, err)
		}
		if n := utf8.RuneCountInString(got); n == 0 || n > parley.MaxName || !utf8.ValidString(got) || strings.ContainsFunc(got, unicode.IsControl) {
			t.Errorf("%q was let through as %q", name, got)
		}
	})
}

func TestCleanEmail(t *testing.T) {
	for address, want := range map[string]string{
		" Ana@Example.ORG ":         "ana@example.org",
		"ana+parley@example.org":    "ana+parley@example.org",
		"ana@Bücher.example":        "ana@xn--bcher-kva.example",
		"ana@localhost":             "ana@localhost",
		"o'neill@sub.example.co.uk": "o'neill@sub.example.co.uk",
	} {
		if got, err := identity.CleanEmail(address); err != nil || got != want {
			t.Errorf("%q: %q, %v", address, got, err)
		}
	}
	for _, address := range []string{
		"", "@", "ana", "ana@", "@example.org", "a b@example.org", `"a@b"@example.org`, "a@b@example.org", "ana@exa mple.org",
		"ana@example.org.", "ana\n@example.org", "ana@[127.0.0.1]", ".ana@example.org", "a..b@example.org", "ana@example.org\r\nBcc: x@y.z",
		strings.Repeat("a", 65) + "@example.org", "ana@" + strings.Repeat("a.", 130) + "org", "ana@-example.org", "ana\x00@example.org", "<ana@example.org>",
	} {
		if got, err := identity.CleanEmail(address); !errors.Is(err, parley.ErrInvalid) {
			t.Errorf("%q: %q, %v", address, got, err)
		}
	}
}

func FuzzCleanEmail(f *testing.F) {
	for _, a := range []string{"Ana@Example.org", "a@b@c", "ünï@bücher.example", "a@\u3002", "a@xn--a", "\u212a@x.org"} {
		f.Add(a)
	}
	f.Fuzz(func(t *testing.T, address string) {
		got, err := identity.CleanEmail(address)
		if err != nil {
			return
		}
		again, err := identity.CleanEmail(got)
		if err != nil || again != got {
			t.Errorf("%q became %q, and that %q, %v", address, got, again, err)
		}
		if strings.Count(got, "@") != 1 || strings.ContainsFunc(got, unicode.IsSpace) || strings.ContainsFunc(got, unicode.IsControl) {
			t.Errorf("%q became %q", address, got)
		}
	})
}

func TestCleanHours(t *testing.T) {
	h := func(day int, from, to string) parley.Hours { return parley.Hours{Day: day, From: from, To: to} }
	got, err := identity.CleanHours([]parley.Hours{h(2, "13:00", "24:00"), h(1, "09:00", "17:00"), h(2, "08:00", "13:00")})
	want := []parley.Hours{h(1, "09:00", "17:00"), h(2, "08:00", "13:00"), h(2, "13:00", "24:00")}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%v, %v", got, err)
	}
	for field, hours := range map[string][]parley.Hours{
		"hours[0].day":  {h(0, "09:00", "17:00")},
		"hours[1].day":  {h(1, "09:00", "17:00"), h(8, "09:00", "17:00")},
		"hours[0].from": {h(1, "24:00", "24:00")},
		"hours[0].to":   {h(1, "09:00", "24:01")},
		"hours[1].to":   {h(1, "09:00", "10:00"), h(2, "22:00", "06:00")},
		"hours[2].from": {h(1, "08:00", "09:00"), h(2, "09:00", "17:00"), h(2, "16:59", "18:00")},
		"hours":         make([]parley.Hours, 51),
	} {
		_, err := identity.CleanHours(hours)
		if f, ok := errors.AsType[*parley.FieldError](err); !ok || f.Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	for _, wrong := range []string{"9:00", "09:60", "0900", "09:00:00", "", "+9:00"} {
		if _, err := identity.CleanHours([]parley.Hours{h(1, wrong, "17:00")}); !errors.Is(err, parley.ErrInvalid) {
			t.Errorf("from %q: %v", wrong, err)
		}
	}
}

func TestZonesAndLanguages(t *testing.T) {
	for _, zone := range []string{"Europe/Berlin", "UTC", "Asia/Kolkata"} {
		if err := identity.CheckZone(zone); err != nil {
			t.Error(err)
		}
	}
	for _, zone := range []string{
		"", "Local", "Mars/Olympus", "../../etc/passwd", "/etc/localtime", "localtime", "posixrules", "Factory", "posix/Europe/Berlin", "right/UTC",
		"Europe//Berlin", "Europe/./Berlin", "Europe/Berlin/", "UTC\x00",
	} {
		if err := identity.CheckZone(zone); !errors.Is(err, parley.ErrInvalid) {
			t.Errorf("zone %q: %v", zone, err)
		}
	}
	for tag, want := range map[string]string{"de": "de", "DE_de": "de-DE", "en-gb": "en-GB"} {
		if got, err := identity.CleanLanguage(tag); err != nil || got != want {
			t.Errorf("language %q: %q, %v", tag, got, err)
		}
	}
	for _, tag := range []string{"", "deutsch!", "x y"} {
		if got, err := identity.CleanLanguage(tag); !errors.Is(err, parley.ErrInvalid) {
			t.Errorf("language %q: %q, %v", tag, got, err)
		}
	}
}

// FuzzZonesAndLanguages: what is taken is a name that other programs know, too: a browser throws at what it does not.
func FuzzZonesAndLanguages(f *testing.F) {
	for zone, tag := range map[string]string{
		"Europe/Berlin": "de", "UTC": "DE_de", "localtime": "x-private", "right/UTC": "zh-Hant-HK", "Europe//Berlin": "en-u-hc-h12", "Etc/GMT+5": "i-klingon",
		"America/Argentina/Buenos_Aires": "sl-rozaj-biske-1994", "../UTC": "root", "W-SU": "und", "": "\x00",
	} {
		f.Add(zone, tag)
	}
	zones := regexp.MustCompile(`^[A-Z]\w*([+-]\w+)*(/[A-Z]\w*([+-]\w+)*){0,2}$`)
	f.Fuzz(func(t *testing.T, zone, tag string) {
		if err := identity.CheckZone(zone); err == nil && !zones.MatchString(zone) || err != nil && !errors.Is(err, parley.ErrInvalid) {
			t.Errorf("zone %q: %v", zone, err)
		}
		got, err := identity.CleanLanguage(tag)
		if err != nil {
			if !errors.Is(err, parley.ErrInvalid) {
				t.Errorf("language %q: %v", tag, err)
			}
			return
		}
		if again, err := identity.CleanLanguage(got); err != nil || again != got || strings.ContainsFunc(got, func(r rune) bool {
			return r != '-' && !unicode.Is(unicode.ASCII_Hex_Digit, r) && (r < 'A' || r > 'z')
		}) {
			t.Errorf("language %q became %q, and that %q, %v", tag, got, again, err)
		}
	})
}

func TestCheckPassword(t *testing.T) {
	for _, good := range []string{"a quiet harbour at dawn", "Tr1ckl3-h0ld-7", "ыфвапролджэячсм", "correct horse battery stapler"} {
		if err := identity.CheckPassword(good, "Olga Owner", "olga@harbour.example"); err != nil {
			t.Errorf("%q: %v", good, err)
		}
	}
	for why, bad := range map[string]string{
		"short": "short-one", "too_long": strings.Repeat("long", 300), "own_name": "OlgaOwner1", "common": "P4$$w0rd2024!",
		"characters": "a quiet\xff harbour",
	} {
		err := identity.CheckPassword(bad, "Olga Owner", "olga@harbour.example")
		if f, ok := errors.AsType[*parley.FieldError](err); !ok || !strings.HasSuffix(f.Code, strings.TrimPrefix(why, "too_")) {
			t.Errorf("%s: %q: %v", why, bad, err)
		}
	}
	for _, common := range []string{
		"1234567890", "qwertyuiop", "passwordpassword", "Password123!", "iloveyou2025", "aaaaaaaaaaaa", "abcdefghijkl", "0987654321",
		"parley2026!!", "123123123123", "letmein12345", "monkeymonkey", "olga@harbour.example", "Olga.Owner",
	} {
		if err := identity.CheckPassword(common, "Olga Owner", "olga@harbour.example"); !errors.Is(err, parley.ErrInvalid) {
			t.Errorf("%q was let through", common)
		}
	}
}

func FuzzCleanHours(f *testing.F) {
	for _, s := range []string{
		`[]`, `[{"day":1,"from":"09:00","to":"17:00"}]`, `[{"day":2,"from":"13:00","to":"24:00"},{"day":2,"from":"08:00","to":"13:00"}]`,
		`[{"day":8,"from":"9:00","to":"24:01"}]`, `[{"day":1,"from":"00:00","to":"24:00"},{"day":1,"from":"23:59","to":"24:00"}]`, `[{"day":1,"from":"०९:००","to":"१७:००"}]`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		var given []parley.Hours
		if json.Unmarshal(text, &given) != nil {
			return
		}
		got, err := identity.CleanHours(given)
		if err != nil {
			if !errors.Is(err, parley.ErrInvalid) {
				t.Error(err)
			}
			return
		}
		if len(got) != len(given) {
			t.Errorf("%d stretches became %d", len(given), len(got))
		}
		for i, h := range got {
			if h.Day < 1 || h.Day > 7 || len(h.From) != 5 || len(h.To) != 5 || h.From >= h.To || h.To > "24:00" {
				t.Errorf("%s has %+v", text, h)
			}
			if i > 0 && (got[i-1].Day > h.Day || got[i-1].Day == h.Day && got[i-1].To > h.From) {
				t.Errorf("%s: %+v comes after %+v", text, h, got[i-1])
			}
		}
		if again, err := identity.CleanHours(got); err != nil || !slices.Equal(again, got) {
			t.Errorf("%s is not stable: %+v, %v", text, again, err)
		}
	})
}

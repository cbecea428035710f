package process_test

import (
	"os/exec"
	"strings"
	"testing"

	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
	"github.com/parley-im/parley/internal/store/storetest"
)

func TestARecoveryLinkIsMadeBesideTheServer(t *testing.T) {
	storetest.EachOptions(t, func(t *testing.T, o store.Options) {
		p := serve(t, append(flags(o), "--listen=localhost:0"))
		owner := p.found()
		user := func(args ...string) (string, error) {
			out, err := exec.Command(binary, append(append([]string{"user"}, args...), flags(o)...)...).CombinedOutput()
			return string(out), err
		}
		if list, err := user("list"); err != nil || !strings.Contains(list, "olga.owner@harbour.example") {
			t.Errorf("the list is %q, %v", list, err)
		}
		link, err := user("recover", "olga.owner@harbour.example", "--public-url", p.url)
		at, token, _ := strings.Cut(strings.TrimSpace(link), "#")
		if err != nil || at != p.url+"/recover" {
			t.Fatalf("the link is %q, %v", link, err)
		}
		if said, err := user("recover", "nobody@harbour.example"); err == nil {
			t.Errorf("a link for nobody: %s", said)
		}
		if said, err := user("password", "olga.owner@harbour.example"); err == nil || !strings.Contains(said, "in use by another process") {
			t.Errorf("a password is set beside the server: %s, %v", said, err)
		}
		back := newUser(t, p.url)
		var in struct{ Me parley.Person }
		back.must("POST", "/recovery", map[string]any{"token": token, "password": "seven herons over the weir"}, &in)
		if in.Me.ID != owner.me.ID {
			t.Errorf("opened %+v", in.Me)
		}
		if status, text, err := owner.ask("GET", "/me", nil); status != 401 {
			t.Errorf("the session before says %d %s, %v", status, text, err)
		}
	})
}

package delivery_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/parley-im/parley/internal/conversation"
	"github.com/parley-im/parley/internal/delivery"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
	"github.com/parley-im/parley/internal/store/storetest"
)

// The test binary runs itself as a server that is killed: at a delivery, before or after the way has taken it, or after
// a commit, when the news of it go out.
const dieVariable = "PARLEY_TEST_DIE" // at which of these moments; 0: never

func TestMain(m *testing.M) {
	after, child := os.LookupEnv(dieVariable)
	if !child {
		os.Exit(m.Run())
	}
	n, _ := strconv.Atoi(after)
	live(n)
	os.Exit(0)
}

// live is the life of the server: a day on which an ordinary, an urgent and a message that wants an answer are said.
// What is told is written to the file told; who it is killed for, to the file died.
func live(dieAt int) {
	dir := os.Getenv("PARLEY_TEST_DIR")
	db, err := store.Open(context.Background(), store.Options{Dir: dir, URL: os.Getenv("PARLEY_TEST_URL"), Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		panic(err)
	}
	now := monday
	if text, err := os.ReadFile(filepath.Join(dir, "now")); err == nil {
		if now, err = time.Parse(time.RFC3339Nano, string(text)); err != nil {
			panic(err)
		}
	}
	died, _ := os.ReadFile(filepath.Join(dir, "died"))
	now = now.Add(time.Duration(strings.Count(string(died), "\n")) * time.Millisecond) // two lives make no ids of the same instant
	w := newWorld(nil, db, now)
	w.moved = func() {
		w.must(os.WriteFile(filepath.Join(dir, "now"), []byte(w.now.Format(time.RFC3339Nano)), 0o600))
	}
	moments := 0
	die := func(why string) {
		if moments++; moments == dieAt {
			line(dir, "died", why)
			_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {}
		}
	}
	w.AtOnce = 1 // so that one death is in one delivery
	w.live.then = func() { die("commit") }
	for _, way := range []*way{w.push, w.email} {
		way.when = func() { die("before") }
		way.then = func(t told) {
			var bodies []string
			for _, n := range t.Notes {
				m, _, err := w.conversations.ForDelivery(w.ctx, n.Message)
				w.must(err)
				bodies = append(bodies, m.Body)
			}
			p, err := w.people.Find(w.ctx, t.Person)
			w.must(err)
			line(dir, "told", fmt.Sprintf("%s\t%s %s %s: %s", t.Key, p.Handle, way.kind, t.What, strings.Join(bodies, ", ")))
			die("after")
		}
	}
	everybody := map[string]parley.Person{}
	for _, name := range []string{"ada", "bo", "cy", "dee"} {
		everybody[name] = w.somebody(name)
	}
	ada, bo, cy, dee := everybody["ada"], everybody["bo"], everybody["cy"], everybody["dee"]
	if reach, err := w.Reach(w.ctx, bo.ID); err != nil || len(reach.Deputies) == 0 {
		_, err := w.ChangeReach(w.ctx, bo, delivery.ReachChange{Deputies: &[]parley.ID{dee.ID}})
		w.must(err)
	}
	dm := w.direct(ada, bo)
	group := w.create(ada, conversation.Beginning{Kind: parley.Group, People: []parley.ID{bo.ID, cy.ID}})
	w.say(ada, conversation.Draft{Conversation: dm, Body: "ordinary", Key: "ordinary"})
	w.say(ada, conversation.Draft{Conversation: dm, Body: "urgent", Need: parley.Urgent, Reason: "fire", Key: "urgent"})
	w.say(ada, conversation.Draft{Conversation: group, Body: "answer", Need: parley.AnswerBy, By: monday.Add(4 * time.Hour), Key: "answer"})
	w.until(monday.Add(time.Minute))
	w.until(monday.Add(26 * time.Hour))
	w.must(db.Close())
}

// somebody is who has the name, made if there is nobody yet.
func (w *world) somebody(name string) parley.Person {
	var id parley.ID
	err := w.db.QueryRow(w.ctx, `SELECT id FROM person WHERE handle = ?`, name).Scan(&id)
	if errors.Is(err, parley.ErrNotFound) {
		return w.person(name, "Europe/Berlin")
	}
	w.must(err)
	p, err := w.people.Find(w.ctx, id)
	w.must(err)
	return p
}

func line(dir, file, text string) {
	f, err := os.OpenFile(filepath.Join(dir, file), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		panic(err)
	}
	_, _ = fmt.Fprintln(f, text)
	_ = f.Close()
}

// lines reads a file that line has written.
func lines(t *testing.T, dir, file string) (list []string) {
	t.Helper()
	f, err := os.Open(filepath.Join(dir, file))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for s := bufio.NewScanner(f); s.Scan(); {
		list = append(list, s.Text())
	}
	return list
}

// run has the server live, dying at a moment, and says whether it came to the end of the day.
func run(t *testing.T, o store.Options, dieAt int) bool {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), fmt.Sprint(dieVariable, "=", dieAt), "PARLEY_TEST_DIR="+o.Dir, "PARLEY_TEST_URL="+o.URL)
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.Sys().(syscall.WaitStatus).Signaled() {
		return false
	}
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return true
}

// whole reads what was told: by key, as often as it was; and what that is, in order.
func whole(t *testing.T, dir string) (keys map[string]int, told []string) {
	keys = map[string]int{}
	for _, l := range lines(t, dir, "told") {
		key, what, _ := strings.Cut(l, "\t")
		if keys[key]++; keys[key] == 1 {
			told = append(told, what)
		}
	}
	slices.Sort(told)
	return keys, told
}

func TestWhoIsKilledAtAnyMomentForgetsNothingAndRepeatsNothing(t *testing.T) {
	storetest.EachOptions(t, func(t *testing.T, o store.Options) {
		if !run(t, o, 0) {
			t.Fatal("died")
		}
		_, want := whole(t, o.Dir)
		if len(want) < 8 {
			t.Fatalf("told only %q", want)
		}
		deaths := map[string]int{}
		for seed := range uint64(4) {
			o := storetest.Options(t, dialect(o))
			r := rand.New(rand.NewPCG(seed, 1))
			lives := 1
			for ; !run(t, o, 1+r.IntN(9)); lives++ {
				if lives > 300 {
					t.Fatal("it never comes to the end of the day")
				}
			}
			keys, told := whole(t, o.Dir)
			if !slices.Equal(told, want) {
				t.Errorf("seed %d, %d lives, told\n%q\nwant\n%q", seed, lives, told, want)
			}
			twice := 0
			for _, n := range keys {
				twice += n - 1
			}
			here := map[string]int{}
			for _, why := range lines(t, o.Dir, "died") {
				here[why]++
				deaths[why]++
			}
			if twice > here["after"] { // between the answer of a way and our note of it: the one case that cannot be told
				t.Errorf("seed %d: %d were told twice, but only %d times we died in between", seed, twice, here["after"])
			}
		}
		if len(slices.Collect(maps.Keys(deaths))) != 3 {
			t.Errorf("died only at %v", deaths)
		}
		t.Logf("deaths %v", deaths)
	})
}

func dialect(o store.Options) store.Dialect {
	if o.URL != "" {
		return store.Postgres
	}
	return store.SQLite
}

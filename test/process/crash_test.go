package process_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
	"github.com/parley-im/parley/internal/store/storetest"
)

func flags(o store.Options) []string {
	list := []string{"--data", o.Dir}
	if o.URL != "" {
		list = append(list, "--database", o.URL)
	}
	return list
}

func TestWhatWasAcknowledgedSurvivesAnyEnd(t *testing.T) {
	storetest.EachOptions(t, func(t *testing.T, o store.Options) {
		p := serve(t, append(flags(o), "--listen=localhost:0"))
		owner := p.found()
		program, c := owner.program(p.url), owner.channel("log")
		listen := "--listen=" + strings.TrimPrefix(p.url, "http://")
		w := &writers{acked: map[string]int64{}}
		for round := range 10 {
			w.post(program, c, 8, 40, func() { _ = p.cmd.Process.Kill() })
			<-p.ended
			p = serve(t, append(flags(o), listen))
			if p.setup != "" {
				t.Fatalf("round %d: nobody is here any more", round)
			}
		}
		// And the same by a stop that waits for what is under way.
		ended := make(chan error, 1)
		w.post(program, c, 8, 40, func() { go func() { ended <- p.stop() }() })
		if err := <-ended; err != nil {
			t.Errorf("a stop ends with %v\n%s", err, p.said())
		}
		p = serve(t, append(flags(o), listen))
		unanswered := len(w.pending)
		w.settle(program, c)
		w.check(t, program.all(c))
		t.Logf("%d messages, %d unanswered at the end", len(w.acked), unanswered)
		if err := p.stop(); err != nil {
			t.Error(err)
		}
	})
}

func TestASecondProcessOnTheSameFolderIsRefused(t *testing.T) {
	dir := t.TempDir()
	p := serve(t, []string{"--data", dir, "--listen=localhost:0"})
	out, err := exec.Command(binary, "serve", "--data", dir, "--listen=localhost:0").CombinedOutput()
	if err == nil || !strings.Contains(string(out), "another process") && !strings.Contains(string(out), "in use") {
		t.Errorf("a second one says %s, %v", out, err)
	}
	p.found()
}

func TestADiskThatIsFullStopsWritingAndNothingElse(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "disk")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	unshare := []string{"unshare", "-m"}
	if os.Getuid() != 0 {
		unshare = append(unshare, "-r")
	}
	p := serve(t, []string{"--data", dir, "--listen=localhost:0"},
		append(unshare, "sh", "-c", `mount -t tmpfs -o size=24m tmpfs "`+dir+`" && exec "$@"`, "sh")...)
	owner := p.found()
	c := owner.channel("log")
	path := "/conversations/" + c.String() + "/messages"
	w := &writers{acked: map[string]int64{}}

	filler := filepath.Join("/proc", fmt.Sprint(p.cmd.Process.Pid), "root", dir, "filler")
	f, err := os.Create(filler)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(f, io.LimitReader(zeros{}, 64<<20)); err == nil {
		t.Fatal("the disk does not fill")
	}
	_ = f.Close()
	w.post(owner, c, 4, 1<<30, nil) // until it is refused
	status, text, err := owner.ask("POST", path, map[string]any{"body": strings.Repeat("no room ", 1000)})
	if err != nil || status != http.StatusServiceUnavailable || !strings.Contains(string(text), "problems/unavailable") || strings.Contains(string(text), "sqlite") {
		t.Errorf("a post is answered with %d %s, %v", status, text, err)
	}
	upload := func() (int, []byte) {
		status, text, err := owner.ask("POST", "/files?name=a", bytes.NewReader(bytes.Repeat([]byte("x"), 1<<20)))
		if err != nil {
			t.Fatal(err)
		}
		return status, text
	}
	if status, text := upload(); status != http.StatusServiceUnavailable {
		t.Errorf("an upload is answered with %d %s", status, text)
	}
	seen := owner.all(c) // reading goes on
	owner.must("GET", "/search?q=body", nil, nil)
	owner.must("GET", "/boot", nil, nil)
	if p.get("/healthz") != "ok\n" {
		t.Error("not healthy")
	}

	if err := os.Remove(filler); err != nil {
		t.Fatal(err)
	}
	deadline := time.Now().Add(20 * time.Second)
	for {
		status, text, err := owner.ask("POST", path, map[string]any{"body": "there is room"})
		if err == nil && status == http.StatusCreated {
			var m parley.Message
			if err := json.Unmarshal(text, &m); err != nil || m.Seq != int64(len(seen)+1) {
				t.Errorf("the next message is %d after %d: %v", m.Seq, len(seen), err)
			}
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("does not recover: %d %s, %v", status, text, err)
		}
	}
	if status, text := upload(); status != http.StatusCreated {
		t.Errorf("an upload is answered with %d %s", status, text)
	}
	w.settle(owner, c)
	w.check(t, owner.all(c))
	if err := p.stop(); err != nil {
		t.Error(err)
	}
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) { clear(b); return len(b), nil }

func TestABackupTakenWhileWritingHasAllThatWasAcknowledgedBefore(t *testing.T) {
	dir, restored := t.TempDir(), filepath.Join(t.TempDir(), "restored")
	p := serve(t, []string{"--data", dir, "--listen=localhost:0"})
	owner := p.found()
	program, c := owner.program(p.url), owner.channel("log")
	var file parley.File
	owner.must("POST", "/files?name=plan.txt", strings.NewReader("the plan"), &file)
	owner.must("POST", "/conversations/"+c.String()+"/messages", map[string]any{"files": []parley.ID{file.ID}, "body": ""}, nil)
	w := &writers{acked: map[string]int64{}}
	before := map[string]int64{}
	to := filepath.Join(t.TempDir(), "backup")
	w.post(program, c, 4, 30, func() {
		w.mu.Lock()
		for k, v := range w.acked {
			before[k] = v
		}
		w.mu.Unlock()
		if out, err := exec.Command(binary, "backup", to, "--data", dir).CombinedOutput(); err != nil {
			t.Errorf("backup: %v\n%s", err, out)
		}
		_ = p.cmd.Process.Kill()
	})
	if out, err := exec.Command(binary, "restore", to, "--data", restored).CombinedOutput(); err != nil {
		t.Fatalf("restore: %v\n%s", err, out)
	}
	if out, err := exec.Command(binary, "restore", to, "--data", restored).CombinedOutput(); err == nil {
		t.Errorf("what is there was overwritten: %s", out)
	}
	p = serve(t, []string{"--data", restored, "--listen=localhost:0"})
	program.url = p.url
	list := program.all(c)
	found := map[string]int64{}
	for i, m := range list {
		if m.Seq != int64(i+1) {
			t.Fatalf("message %d has seq %d", i+1, m.Seq)
		}
		found[strings.TrimPrefix(m.Body, "body of ")] = m.Seq
	}
	for key, seq := range before {
		if found[key] != seq {
			t.Errorf("%s stood at %d and stands at %d", key, seq, found[key])
		}
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, p.url+"/files/"+file.ID.String()+"/plan.txt", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+program.token)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if b, err := io.ReadAll(answer.Body); err != nil || string(b) != "the plan" {
		t.Errorf("the file is %q, %v", b, err)
	}
}

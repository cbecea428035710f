package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
)

const browserMessages = 10_000

// measureBrowser has Chromium open a room of ten thousand messages and measures what a person feels: test/e2e/bench
// does so, over the app that is in the binary.
func measureBrowser(ctx context.Context, b *bench) error {
	p, err := b.openAt(ctx, filepath.Join(b.temp, "browser"))
	if err != nil {
		return err
	}
	defer p.stop()
	people, err := p.people(ctx, 3)
	if err != nil {
		return err
	}
	room, err := p.channel(ctx, "harbour", people)
	if err != nil {
		return err
	}
	if err := p.chatter(ctx, room, people, browserMessages); err != nil {
		return err
	}
	if err := p.call(ctx, people[0], http.MethodPut, "/conversations/"+room+"/read", map[string]any{"seq": browserMessages}, nil); err != nil {
		return err
	}
	out := filepath.Join(b.temp, "browser.json")
	cmd := exec.CommandContext(ctx, "npm", "--silent", "--prefix", "test/e2e", "run", "bench")
	cmd.Env = append(os.Environ(), "PARLEY_BENCH_URL="+p.url, "PARLEY_BENCH_SESSION="+people[0].token, "PARLEY_BENCH_AUTHOR="+people[1].token,
		"PARLEY_BENCH_ROOM="+room, "PARLEY_BENCH_ROUNDS="+strconv.Itoa(b.rounds), "PARLEY_BENCH_OUT="+out)
	if text, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("npm run bench: %w\n%s", err, text)
	}
	text, err := os.ReadFile(out)
	if err != nil {
		return err
	}
	var rows []struct {
		What, Value, Spread, Aim string
	}
	if err := json.Unmarshal(text, &rows); err != nil {
		return err
	}
	for _, r := range rows {
		b.report.put(row{what: "browser: " + r.What, value: r.Value, spread: r.Spread, aim: r.Aim})
	}
	return nil
}

// chatter lets people say n things of the kinds that people say: mostly a sentence or two, now and then a list, code, a
// quotation or a table.
func (p *place) chatter(ctx context.Context, room string, people []person, n int) error {
	const workers = 64
	said := strings.Fields(filler)
	sockets := make([]*socket, len(people))
	for i := range people {
		var err error
		if sockets[i], err = p.connect(ctx, people[i], nil); err != nil {
			return err
		}
		defer sockets[i].close()
	}
	var key atomic.Int64
	return atOnce(n, workers, func(i int) error {
		words := strings.Join(said[i%20:i%20+3+i*7%25], " ")
		switch i % 25 {
		case 3:
			words = "To do:\n\n- [x] " + words + "\n- [ ] the other boat\n- **bread**, and _salt_"
		case 9:
			words = "```go\nfunc main() {\n\tprintln(" + strconv.Itoa(i) + ")\n}\n```"
		case 14:
			words = "> " + words + "\n\nI think so too, see [the plan](https://example.org/plan) and `harbour.md`."
		case 20:
			words = "| boat | berth |\n| --- | --- |\n| Ada | " + strconv.Itoa(i) + " |\n| Bo | " + words + " |"
		}
		body, err := json.Marshal(words)
		if err != nil {
			return err
		}
		acked := make(chan error, 1)
		s := sockets[i/7%len(sockets)]
		if err := s.post(room, string(body[1:len(body)-1]), strconv.FormatInt(key.Add(1), 10), func(err error) { acked <- err }); err != nil {
			return err
		}
		select {
		case err := <-acked:
			return err
		case <-s.closed:
			return s.err
		}
	})
}

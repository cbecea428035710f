// Command load measures Parley: how many messages it takes and how fast they arrive, how many connections it holds,
// what it finds and how quickly, and what all that costs in memory.
//
//	go run ./test/load                                   builds and starts a Parley of its own, measures everything
//	go run ./test/load -only room,search                 a part; prints, and does not write docs/benchmarks.md
//	go run ./test/load -url http://host:8080 -token ...  any Parley, over its public interface alone
//
// It speaks HTTP and the live socket as every client does. What it does not do so: the history of a million messages
// is brought in by internal/conversation (fill.go), a Parley of its own runs without limits of rate and connections,
// memory is read from /metrics, and what a person feels is measured in Chromium (test/e2e/bench). It must not look into the server otherwise.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"
)

// settings are the flags.
type settings struct {
	url, token       string
	binary, dir, out string
	only             string
	seconds          time.Duration
	rounds           int
	members          int
	connections      int
	people           int
	history          int
}

func main() {
	var s settings
	flag.StringVar(&s.url, "url", "", "Parley to measure; empty: build and start one in a throw-away folder")
	flag.StringVar(&s.token, "token", "", "access token of somebody there who may invite; for -url")
	flag.StringVar(&s.binary, "binary", "bin/parley", "program to start; built when it is not there")
	flag.StringVar(&s.dir, "dir", filepath.Join(os.TempDir(), "parley-bench"), "folder in which the filled history is kept for the next time")
	flag.StringVar(&s.out, "out", "docs/benchmarks.md", "file to write after a whole run")
	flag.StringVar(&s.only, "only", "", "parts to run, with commas: "+strings.Join(names(), ", "))
	flag.DurationVar(&s.seconds, "time", 5*time.Second, "of one measurement of throughput")
	flag.IntVar(&s.rounds, "rounds", 5, "measurements of each kind; the median counts")
	flag.IntVar(&s.members, "members", 100, "connected members of the one room")
	flag.IntVar(&s.connections, "connections", 5000, "connections of the crowd")
	flag.IntVar(&s.people, "people", 500, "people who have the crowd's connections")
	flag.IntVar(&s.history, "history", 1_000_000, "messages of the long room")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, s); err != nil {
		fmt.Fprintln(os.Stderr, "load:", err)
		os.Exit(1)
	}
}

// part is one scenario. It adds its results to the report.
type part struct {
	name string
	own  bool // needs a Parley that it can start itself
	run  func(ctx context.Context, b *bench) error
}

func parts() []part {
	return []part{
		{"fsync", true, measureFsync},
		{"start", true, measureStart},
		{"room", false, measureRoom},
		{"xmpp", true, measureXMPP},
		{"single", false, measureSingle},
		{"rooms", false, measureRooms},
		{"crowd", false, measureCrowd},
		{"page", true, measurePage},
		{"search", true, measureSearch},
		{"browser", true, measureBrowser},
	}
}

func names() (list []string) {
	for _, p := range parts() {
		list = append(list, p.name)
	}
	return list
}

// bench is what the parts share.
type bench struct {
	settings
	report *report
	binary string // to start
	temp   string // removed at the end
}

func run(ctx context.Context, s settings) error {
	wanted := names()
	if s.only != "" {
		wanted = strings.Split(s.only, ",")
		for _, name := range wanted {
			if !slices.Contains(names(), name) {
				return fmt.Errorf("there is no part %q, only %s", name, strings.Join(names(), ", "))
			}
		}
	}
	temp, err := os.MkdirTemp("", "parley-load-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp) //nolint:errcheck // temporary
	b := &bench{settings: s, report: newReport(), temp: temp}
	if s.url == "" {
		if b.binary, err = program(ctx, s.binary, temp); err != nil {
			return err
		}
	}
	var failed error
	for _, p := range parts() {
		if !slices.Contains(wanted, p.name) || p.own && s.url != "" {
			continue
		}
		fmt.Printf("\n== %s (load average %s)\n", p.name, loadAverage())
		began := time.Now()
		if err := p.run(ctx, b); err != nil {
			failed = errors.Join(failed, fmt.Errorf("%s: %w", p.name, err))
			fmt.Println("FAILED:", err)
		}
		fmt.Printf("   (%s)\n", time.Since(began).Round(100*time.Millisecond))
		if ctx.Err() != nil {
			return ctx.Err()
		}
		runtime.GC()
	}
	fmt.Println()
	fmt.Print(b.report.table())
	if failed == nil && s.only == "" && s.url == "" {
		if err := os.WriteFile(s.out, []byte(b.report.document()), 0o644); err != nil {
			return err
		}
		fmt.Println("\nwritten to", s.out)
	}
	return failed
}

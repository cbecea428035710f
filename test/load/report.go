package main

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"text/tabwriter"
	"time"
)

// row is one number beside what was aimed at and what a bare prototype reached.
type row struct {
	what, value, spread, aim, bare string
}

// report gathers the rows of all parts.
type report struct {
	began time.Time
	load  string
	rows  []row
	notes []string
}

func newReport() *report { return &report{began: time.Now(), load: loadAverage()} }

// add prints a result and keeps it.
func (r *report) add(what string, s series, write func(float64) string, aim, bare string) {
	r.put(row{what: what, value: write(s.median()), spread: s.spread(write), aim: aim, bare: bare})
}

func (r *report) put(row row) {
	r.rows = append(r.rows, row)
	fmt.Printf("   %-64s %14s   %s\n", row.what, row.value, row.spread)
}

// note is a sentence for the document.
func (r *report) note(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	r.notes = append(r.notes, text)
	fmt.Println("   " + text)
}

func (r *report) table() string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "what\tmedian\tleast to greatest\taim\tbare prototype")
	for _, x := range r.rows {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", x.what, x.value, x.spread, x.aim, x.bare)
	}
	_ = w.Flush() // into memory
	return b.String()
}

// document is docs/benchmarks.md.
func (r *report) document() string {
	var b strings.Builder
	b.WriteString(`# Benchmarks

Written by ` + "`make bench`" + ` (test/load), which measures a Parley that it starts itself, over HTTP and the live socket alone.
Server and load share the machine, so a figure is what both need together; read ratios, and measure on your own machine.

`)
	fmt.Fprintf(&b, "- %s, Parley %s, %s\n", r.began.UTC().Format("2006-01-02 15:04 MST"), version(), runtime.Version())
	fmt.Fprintf(&b, "- %s, %d cores, %s, Linux %s\n", processor(), runtime.NumCPU(), memory(), read("/proc/sys/kernel/osrelease"))
	fmt.Fprintf(&b, "- load average before %s, after %s (it includes what was measured)\n", r.load, loadAverage())
	fmt.Fprintf(&b, "- SQLite in WAL mode, synchronous=FULL: every message is on the disk before it is acknowledged\n\n")
	b.WriteString("| what | median | least to greatest | aim | bare prototype |\n| --- | --- | --- | --- | --- |\n")
	for _, x := range r.rows {
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", x.what, x.value, x.spread, x.aim, x.bare)
	}
	b.WriteString("\nThe bare prototype was centrifuge with a group commit of SQLite: no permissions, no Markdown, no search, no unread marks.\n")
	if len(r.notes) > 0 {
		b.WriteString("\n## How to read it\n\n")
		for _, n := range r.notes {
			b.WriteString("- " + n + "\n")
		}
	}
	return b.String()
}

func version() string {
	out, err := exec.Command("git", "describe", "--tags", "--always", "--dirty").Output()
	if err != nil {
		return "unknown"
	}
	return strings.TrimSpace(string(out))
}

func read(path string) string {
	text, err := os.ReadFile(path)
	if err != nil {
		return "unknown"
	}
	return strings.TrimSpace(string(text))
}

func loadAverage() string {
	fields := strings.Fields(read("/proc/loadavg"))
	if len(fields) < 3 {
		return "unknown"
	}
	return strings.Join(fields[:3], " ")
}

// field returns the value of the first line "name : value" of a file in /proc.
func field(path, name string) string {
	f, err := os.Open(path)
	if err != nil {
		return "unknown"
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if key, value, ok := strings.Cut(lines.Text(), ":"); ok && strings.TrimSpace(key) == name {
			return strings.TrimSpace(value)
		}
	}
	return "unknown"
}

func processor() string { return field("/proc/cpuinfo", "model name") }

func memory() string {
	var kb float64
	if _, err := fmt.Sscanf(field("/proc/meminfo", "MemTotal"), "%f kB", &kb); err != nil {
		return "memory unknown"
	}
	return fmt.Sprintf("%.0f GB", kb/(1<<20))
}

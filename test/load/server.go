package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// program returns the path of a parley to start: the one that is there, or one that is built now.
func program(ctx context.Context, path, temp string) (string, error) {
	if _, err := os.Stat(path); err == nil {
		return filepath.Abs(path)
	}
	built := filepath.Join(temp, "parley")
	cmd := exec.CommandContext(ctx, "go", "build", "-o", built, "./cmd/parley")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	cmd.Stderr = os.Stderr
	return built, cmd.Run()
}

// server is a Parley that was started here.
type server struct {
	cmd   *exec.Cmd
	url   string
	setup string        // token of the first owner; empty when there is one
	log   *os.File      // what it wrote
	ready time.Duration // from its start to its first answer
	ended chan struct{}
}

// start starts a Parley on the folder and returns when it answers.
func (b *bench) start(ctx context.Context, folder string) (*server, error) {
	if err := os.MkdirAll(folder, 0o750); err != nil {
		return nil, err
	}
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	s := &server{url: "http://localhost:" + port}
	if s.log, err = os.Create(filepath.Join(b.temp, "parley.log")); err != nil {
		return nil, err
	}
	s.cmd = exec.Command(b.binary, "serve", "--data", folder, "--listen", "localhost:"+port,
		"--limit-writes", "0", "--limit-connections", "10000", "--limit-address=-1", "--limit-arrivals", "100000", "--no-previews")
	s.cmd.Stderr = s.log
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	began := time.Now()
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	link := make(chan string, 1)
	s.ended = make(chan struct{})
	go func() {
		defer close(s.ended)
		for lines := bufio.NewScanner(out); lines.Scan(); {
			if _, token, ok := strings.Cut(lines.Text(), "/setup#"); ok {
				link <- strings.TrimSpace(token)
			}
		}
		_ = s.cmd.Wait() // the log says why
	}()
	for {
		r, err := http.Get(s.url + "/healthz")
		if err == nil {
			_, _ = io.Copy(io.Discard, r.Body)
			r.Body.Close()
			s.ready = time.Since(began)
			break
		}
		select {
		case <-s.ended:
		case <-ctx.Done():
		default:
			if time.Since(began) < 30*time.Second {
				time.Sleep(time.Millisecond)
				continue
			}
		}
		text, _ := os.ReadFile(s.log.Name())
		s.stop()
		return nil, fmt.Errorf("parley does not answer: %w\n%s", err, text)
	}
	if _, err := os.Stat(filepath.Join(folder, "founded")); errors.Is(err, os.ErrNotExist) {
		select {
		case s.setup = <-link:
		case <-time.After(10 * time.Second):
			s.stop()
			return nil, errors.New("parley printed no link for the first owner")
		}
	}
	return s, nil
}

// stop ends the server by its process id and waits for it.
func (s *server) stop() {
	_ = s.cmd.Process.Signal(syscall.SIGTERM) // gone already: Wait says so
	<-s.ended
	s.log.Close()
}

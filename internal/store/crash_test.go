package store_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
	"github.com/parley-im/parley/internal/store/storetest"
)

// The test binary runs itself as the process that is to die, or to meet a full disk.
const (
	childVariable = "PARLEY_TEST_CHILD"
	rooms         = 5
)

func TestMain(m *testing.M) {
	child := map[string]func(o store.Options) error{"write": writeForEver, "fill": fillTheDisk}[os.Getenv(childVariable)]
	if child == nil {
		os.Exit(m.Run())
	}
	o := store.Options{Dir: os.Getenv("PARLEY_TEST_DIR"), URL: os.Getenv("PARLEY_TEST_URL"), Logger: slog.New(slog.DiscardHandler)}
	if err := child(o); err != nil {
		fmt.Println("error", err)
		os.Exit(1)
	}
	os.Exit(0)
}

// child starts the test binary as that child. Its output is read line by line.
func child(t *testing.T, name string, o store.Options) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childVariable+"="+name, "PARLEY_TEST_DIR="+o.Dir, "PARLEY_TEST_URL="+o.URL)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd, bufio.NewScanner(out)
}

// writeForEver has 40 writers post to five conversations, and prints each acknowledged one.
func writeForEver(o store.Options) error {
	db, err := store.Open(context.Background(), o)
	if err != nil {
		return err
	}
	var out sync.Mutex
	var wg sync.WaitGroup
	for i := range 40 {
		wg.Go(func() {
			in := parley.ID(i%rooms + 1)
			for {
				seq, err := post(context.Background(), db, in)
				if err != nil {
					return
				}
				out.Lock()
				fmt.Printf("%d %d\n", in, seq)
				out.Unlock()
			}
		})
	}
	wg.Wait()
	return nil
}

func TestAcknowledgedWritesSurviveKill9(t *testing.T) {
	storetest.EachOptions(t, func(t *testing.T, o store.Options) {
		db, err := store.Open(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		begin(t, db, rooms)
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		acknowledged := make([]int64, rooms)
		for range 10 {
			cmd, lines := child(t, "write", o)
			seen := map[[2]int64]bool{}
			for n := 0; lines.Scan(); n++ {
				var in, seq int64
				if _, err := fmt.Sscan(lines.Text(), &in, &seq); err != nil {
					t.Fatalf("%q: %v", lines.Text(), err)
				}
				if seen[[2]int64{in, seq}] {
					t.Fatalf("conversation %d: %d was given twice", in, seq)
				}
				seen[[2]int64{in, seq}] = true
				acknowledged[in-1] = max(acknowledged[in-1], seq)
				if n == 500 {
					if err := cmd.Process.Kill(); err != nil { // and read what it had said before
						t.Fatal(err)
					}
				}
			}
			_ = cmd.Wait() // killed
			if len(seen) < 500 {
				t.Fatalf("the child ended after %d writes", len(seen))
			}
		}
		again := storetest.Open(t, o)
		expectSeqs(t, again, acknowledged)
	})
}

// fillTheDisk writes until there is no room, checks that reading goes on, makes room and writes again. The disk is full
// when a file may grow no more (RLIMIT_FSIZE): SQLite sees the same failing write, and it needs no privilege.
func fillTheDisk(o store.Options) error {
	ctx := context.Background()
	db, err := store.Open(ctx, o)
	if err != nil {
		return err
	}
	big := strings.Repeat("x", 100_000)
	n, failed := 0, error(nil)
	write := func() error {
		return db.Write(ctx, 1, func(ctx context.Context, tx *store.Tx) error {
			return tx.SetSetting(ctx, fmt.Sprint("n", n), big)
		})
	}
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		return err
	}
	room := limit.Cur
	limit.Cur = 3 << 20
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		return err
	}
	for ; n < 100 && failed == nil; n++ {
		failed = write()
	}
	if !errors.Is(failed, parley.ErrUnavailable) || !strings.Contains(failed.Error(), "disk") {
		return fmt.Errorf("after %d writes: %w", n, failed)
	}
	written := n - 1
	if err := write(); !errors.Is(err, parley.ErrUnavailable) {
		return fmt.Errorf("another write while full: %w", err)
	}
	var rows int
	if err := db.QueryRow(ctx, `SELECT count(*) FROM setting WHERE name LIKE 'n%'`).Scan(&rows); err != nil || rows != written {
		return fmt.Errorf("read %d of %d while full: %w", rows, written, err)
	}
	limit.Cur = room
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		return err
	}
	if err := write(); err != nil {
		return fmt.Errorf("there is room again: %w", err)
	}
	if err := db.QueryRow(ctx, `SELECT count(*) FROM setting WHERE name LIKE 'n%'`).Scan(&rows); err != nil || rows != written+1 {
		return fmt.Errorf("read %d of %d at last: %w", rows, written+1, err)
	}
	return db.Close()
}

func TestAFullDiskRefusesWritesAndRecovers(t *testing.T) {
	cmd, lines := child(t, "fill", storetest.Options(t, store.SQLite))
	for lines.Scan() {
		t.Log(lines.Text())
	}
	if err := cmd.Wait(); err != nil {
		t.Error(err)
	}
}

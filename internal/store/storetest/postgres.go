package storetest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"

	"github.com/parley-im/parley/internal/store"
)

// URLVariable names a PostgreSQL database whose user may create databases, to be used instead of a cluster per
// test binary: postgres:///postgres?host=/tmp/x&user=postgres.
const URLVariable = "PARLEY_TEST_POSTGRES"

// server returns the URL of the cluster's own database, having made a template with our schema beside it.
var server = sync.OnceValues(func() (admin string, err error) {
	if admin = os.Getenv(URLVariable); admin == "" {
		if admin, err = startCluster(); err != nil {
			return "", fmt.Errorf("start a PostgreSQL cluster for tests (is Debian's postgresql installed?): %w", err)
		}
	}
	return admin, makeTemplate(admin)
})

// database returns the URL of a fresh copy of the template. It is dropped when the test ends.
func database(t testing.TB) string {
	t.Helper()
	admin, err := server()
	if err != nil {
		t.Fatal(err)
	}
	name := "t_" + strings.ToLower(rand.Text()[:16])
	if err := execute(admin, "CREATE DATABASE "+name+" TEMPLATE "+template()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := execute(admin, "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			t.Error(err)
		}
	})
	return within(admin, name)
}

// template is named after the test binary's idea of the schema, as binaries of different trees may share a cluster.
func template() string { return "parley_" + store.SchemaName() }

func makeTemplate(admin string) error {
	ctx := context.Background()
	fresh := "fresh_" + strings.ToLower(rand.Text()[:16])
	if err := execute(admin, "CREATE DATABASE "+fresh); err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "parley-template-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // a folder with one empty file
	db, err := store.Open(ctx, store.Options{Dir: dir, URL: within(admin, fresh)})
	if err != nil {
		return err
	}
	// The epoch belongs to one database, not to all copies.
	err = db.Write(ctx, 0, func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM setting`)
		return err
	})
	if err := errors.Join(err, db.Close()); err != nil {
		return err
	}
	if execute(admin, "ALTER DATABASE "+fresh+" RENAME TO "+template()) == nil {
		return nil
	}
	return execute(admin, "DROP DATABASE "+fresh) // another binary was first
}

func execute(url, statement string) error {
	db, err := sql.Open("pgx", url)
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // nothing was written through it that Exec did not report
	_, err = db.Exec(statement)
	if err != nil {
		return fmt.Errorf("%s: %w", statement, err)
	}
	return nil
}

// within returns the URL of the other database of the same server.
func within(admin, name string) string {
	u, err := url.Parse(admin)
	if err != nil {
		panic(err) // it was used a moment ago
	}
	u.Path = "/" + name
	return u.String()
}

// leash stays open as long as we live, which is how the shell knows.
var leash io.Closer //nolint:unused // never read: while it is referred to, the pipe stays open

// startCluster makes a cluster in a temporary folder and serves it on a socket there. A shell holds the server and
// reads from us: when this process ends, however it ends, the shell stops the server and removes the folder.
func startCluster() (admin string, err error) {
	initdb, err := program("initdb")
	if err != nil {
		return "", err
	}
	postgres, err := program("postgres")
	if err != nil {
		return "", err
	}
	dir, err := os.MkdirTemp("", "parley-postgres-")
	if err != nil {
		return "", err
	}
	attributes, err := unprivileged(dir)
	if err != nil {
		return "", err
	}
	data := filepath.Join(dir, "data")
	create := exec.Command(initdb, "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
	create.SysProcAttr, create.Dir = attributes, dir
	if out, err := create.CombinedOutput(); err != nil {
		_ = os.RemoveAll(dir)
		return "", fmt.Errorf("initdb: %w\n%s", err, out)
	}
	const script = `"$@" >"$DIR/log" 2>&1 & server=$!
		read -r _ || true
		kill -INT $server; wait $server; rm -rf "$DIR"`
	serve := exec.Command("sh", "-c", script, "sh", postgres, "-D", data, "-k", dir,
		"-c", "listen_addresses=", "-c", "fsync=off", "-c", "full_page_writes=off", "-c", "max_connections=500",
		"-c", "shared_buffers=64MB", "-c", "deadlock_timeout=200ms")
	serve.Env = append(os.Environ(), "DIR="+dir)
	serve.SysProcAttr, serve.Dir = attributes, dir
	if leash, err = serve.StdinPipe(); err != nil {
		return "", err
	}
	if err := serve.Start(); err != nil {
		return "", err
	}
	admin = (&url.URL{
		Scheme: "postgres", Path: "/postgres",
		RawQuery: url.Values{"host": {dir}, "user": {"postgres"}, "sslmode": {"disable"}}.Encode(),
	}).String()
	for begin := time.Now(); ; time.Sleep(20 * time.Millisecond) { // it has no other way to say that it is ready
		if err = execute(admin, "SELECT 1"); err == nil {
			return admin, nil
		}
		if time.Since(begin) > 30*time.Second {
			log, _ := os.ReadFile(filepath.Join(dir, "log"))
			return "", fmt.Errorf("%w\n%s", err, log)
		}
	}
}

// program finds PostgreSQL's programs, which Debian keeps out of PATH.
func program(name string) (string, error) {
	if path, err := exec.LookPath(name); err == nil {
		return path, nil
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/" + name)
	if len(found) == 0 {
		return "", fmt.Errorf("no program %s in PATH or /usr/lib/postgresql", name)
	}
	slices.Sort(found)
	return found[len(found)-1], nil
}

// unprivileged gives dir to a user whom PostgreSQL accepts, as it refuses to run as root.
func unprivileged(dir string) (*syscall.SysProcAttr, error) {
	if os.Geteuid() != 0 {
		return &syscall.SysProcAttr{Setpgid: true}, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		if u, err = user.Lookup("nobody"); err != nil {
			return nil, err
		}
	}
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.ParseUint(u.Gid, 10, 32)
	if err != nil {
		return nil, err
	}
	return &syscall.SysProcAttr{
		Setpgid:    true, // Ctrl-C is for the tests
		Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)},
	}, os.Chown(dir, int(uid), int(gid))
}

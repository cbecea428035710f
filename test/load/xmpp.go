package main

import (
	"bytes"
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	_ "modernc.org/sqlite" // to count the rows of the archives
)

//go:embed xmpp
var settingsOfPeers embed.FS

// peer is an XMPP server to compare with.
type peer struct {
	name, command string
	port          string
	arguments     []string // {} stands for the folder
	environment   []string
	settings      string
	user          string // that the folder must belong to
	archive       string // file of the archive, in the folder
	count         string // query of its rows
}

var peers = []peer{
	{
		name: "ejabberd", command: "ejabberdctl", port: "18222", settings: "ejabberd.yml", user: "ejabberd",
		arguments:   []string{"--config-dir", "{}", "--config", "{}/ejabberd.yml", "--logs", "{}/logs", "--spool", "{}/spool", "foreground"},
		environment: []string{"ERL_DIST_PORT=18223"}, // without epmd, which would stay behind
		archive:     "ejabberd.sqlite", count: `SELECT count(*) FROM archive WHERE kind = 'groupchat'`,
	},
	{
		name: "prosody", command: "prosody", port: "18322", settings: "prosody.cfg.lua",
		arguments: []string{"--config", "{}/prosody.cfg.lua", "-F"},
		archive:   "prosody.sqlite", count: `SELECT count(*) FROM prosodyarchive WHERE store = 'muc_log'`,
	},
}

// measureXMPP gives ejabberd and prosody the work that measureRoom gives Parley.
func measureXMPP(ctx context.Context, b *bench) error {
	for _, p := range peers {
		if _, err := exec.LookPath(p.command); err != nil {
			b.report.note("%s is not installed, so it was not measured (test/load/xmpp/README.md).", p.name)
			continue
		}
		if err := b.measurePeer(ctx, p); err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
	}
	return nil
}

func (b *bench) measurePeer(ctx context.Context, p peer) error {
	folder, stop, err := p.start(ctx)
	defer os.RemoveAll(folder) //nolint:errcheck // temporary
	if err != nil {
		return err
	}
	defer stop()
	m := &muc{}
	defer m.close()
	if err := m.fill(p.port, b.members); err != nil {
		return err
	}
	rates, p50, p99, messages, err := repeat(b.rounds, func() (result, error) { return m.measure(ctx, 32, b.seconds) })
	if err != nil {
		return err
	}
	m.close()
	stop()
	rows, err := p.archived(ctx, folder)
	if err != nil {
		return err
	}
	if rows != messages {
		return fmt.Errorf("%d messages were sent, %d are in the archive", messages, rows)
	}
	what := fmt.Sprintf("%s, one room, %d members, 32 in flight: ", p.name, b.members)
	b.report.add(what+"accepted", rates, perSecond, "", "")
	b.report.add(what+"p50 to all members", p50, ms, "", "")
	b.report.add(what+"p99 to all members", p99, ms, "", "")
	return nil
}

// start runs the peer in a folder of its own, which the caller removes.
func (p peer) start(ctx context.Context) (folder string, stop func(), err error) {
	if folder, err = os.MkdirTemp("/var/tmp", "parley-load-"); err != nil { // of another user, and on a disk
		return "", nil, err
	}
	settings, err := settingsOfPeers.ReadFile("xmpp/" + p.settings)
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, p.settings), settings, 0o644)
	}
	for _, sub := range []string{"logs", "spool", "data"} {
		err = errors.Join(err, os.Mkdir(filepath.Join(folder, sub), 0o755))
	}
	var as *syscall.Credential
	if err == nil {
		as, err = p.own(folder)
	}
	if err != nil {
		return folder, nil, err
	}
	log, err := os.Create(filepath.Join(folder, "output"))
	if err != nil {
		return folder, nil, err
	}
	arguments := slices.Clone(p.arguments)
	for i := range arguments {
		arguments[i] = strings.ReplaceAll(arguments[i], "{}", folder)
	}
	cmd := exec.Command(p.command, arguments...)
	cmd.Dir, cmd.Env = folder, append(append(os.Environ(), "HOME="+folder), p.environment...)
	cmd.Stdout, cmd.Stderr = log, log
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Credential: as} // ejabberdctl starts others
	if err := cmd.Start(); err != nil {
		return folder, nil, err
	}
	stopped := false
	stop = func() {
		if stopped {
			return
		}
		stopped = true
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGTERM) // its group alone
		ended := make(chan struct{})
		go func() { _ = cmd.Wait(); close(ended) }()
		select {
		case <-ended:
		case <-time.After(10 * time.Second):
			_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
			<-ended
		}
		log.Close()
	}
	for began := time.Now(); ; {
		conn, err := net.Dial("tcp", "127.0.0.1:"+p.port)
		if err == nil {
			return folder, stop, conn.Close()
		}
		if time.Since(began) > time.Minute || ctx.Err() != nil {
			stop()
			text, _ := os.ReadFile(log.Name())
			return folder, stop, fmt.Errorf("does not answer: %w\n%s", err, text)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// own gives the folder to the user that the peer runs as, when this process may.
func (p peer) own(folder string) (*syscall.Credential, error) {
	if p.user == "" || os.Getuid() != 0 {
		return nil, nil
	}
	u, err := user.Lookup(p.user)
	if err != nil {
		return nil, err
	}
	uid, _ := strconv.Atoi(u.Uid) // digits on Linux
	gid, _ := strconv.Atoi(u.Gid)
	err = filepath.WalkDir(folder, func(path string, _ os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Chown(path, uid, gid)
	})
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, err
}

// archived counts the messages that the peer has kept, and removes its folder.
func (p peer) archived(ctx context.Context, folder string) (n int64, err error) {
	var file string
	err = filepath.WalkDir(folder, func(path string, _ os.DirEntry, err error) error {
		if filepath.Base(path) == p.archive {
			file = path
		}
		return err
	})
	if err != nil || file == "" {
		return 0, errors.Join(err, errors.New("no archive "+p.archive))
	}
	db, err := sql.Open("sqlite", file)
	if err != nil {
		return 0, err
	}
	defer db.Close() //nolint:errcheck // the folder goes with it
	return n, db.QueryRowContext(ctx, p.count).Scan(&n)
}

// muc is a room of XMPP (XEP-0045) with its members and a writer.
type muc struct {
	members []*stream
	writer  *stream
	race    atomic.Pointer[race]
}

const mucRoom = "load@conference.localhost"

func (m *muc) fill(port string, members int) (err error) {
	if m.writer, err = openStream(port, "writer"); err != nil { // makes the room
		return err
	}
	m.members = make([]*stream, members)
	err = atOnce(members, 4, func(i int) (err error) {
		m.members[i], err = openStream(port, "member"+strconv.Itoa(i))
		return err
	})
	if err != nil {
		return err
	}
	for _, s := range m.members {
		go s.read(func(n int64) {
			if r := m.race.Load(); r != nil {
				r.arrived(n)
			}
		})
	}
	go m.writer.read(func(int64) {
		if r := m.race.Load(); r != nil {
			r.accepted() // its own echo: XMPP has no other acknowledgement
		}
	})
	return nil
}

func (m *muc) measure(ctx context.Context, window int, duration time.Duration) (result, error) {
	r := newRace(len(m.members), window, duration)
	m.race.Store(r)
	return r.run(ctx, duration, func(n int64) error {
		_, err := fmt.Fprintf(m.writer.conn, `<message type='groupchat' to='%s' id='m%d'><body>%s</body></message>`, mucRoom, n, body(n))
		return err
	})
}

func (m *muc) close() {
	for _, s := range append(m.members, m.writer) {
		if s != nil {
			s.conn.Close()
		}
	}
}

// stream is one XMPP connection (RFC 6120, 6121), as much of it as a load needs.
type stream struct {
	conn net.Conn
	seen []byte // read and not looked at yet
}

// openStream signs in as nobody (SASL ANONYMOUS, RFC 4505) and enters the room.
func openStream(port, nick string) (*stream, error) {
	conn, err := net.Dial("tcp", "127.0.0.1:"+port)
	if err != nil {
		return nil, err
	}
	s := &stream{conn: conn}
	const head = `<stream:stream to='localhost' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>`
	for _, step := range []struct{ say, until string }{
		{head, "</stream:features>"},
		{`<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='ANONYMOUS'/>`, "<success"},
		{head, "</stream:features>"},
		{`<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>`, "</iq>"},
		{`<presence/>`, ""},
		{`<presence to='` + mucRoom + `/` + nick + `'><x xmlns='http://jabber.org/protocol/muc'><history maxstanzas='0'/></x></presence>`, "<subject"},
	} {
		if _, err := conn.Write([]byte(step.say)); err != nil {
			return nil, err
		}
		if err := s.until(step.until); err != nil {
			conn.Close()
			return nil, fmt.Errorf("%s: after %.60s: %w", nick, step.say, err)
		}
	}
	return s, nil
}

// until reads past the text.
func (s *stream) until(text string) error {
	for {
		if i := bytes.Index(s.seen, []byte(text)); i >= 0 {
			s.seen = s.seen[i+len(text):]
			return nil
		}
		if err := s.more(15 * time.Second); err != nil {
			return fmt.Errorf("%w, got %.300s", err, s.seen)
		}
	}
}

func (s *stream) more(limit time.Duration) error {
	if limit > 0 {
		if err := s.conn.SetReadDeadline(time.Now().Add(limit)); err != nil {
			return err
		}
		defer s.conn.SetReadDeadline(time.Time{}) //nolint:errcheck // the next read says so
	}
	var b [16 << 10]byte
	n, err := s.conn.Read(b[:])
	s.seen = append(s.seen, b[:n]...)
	return err
}

// read looks for our bodies until the connection ends.
func (s *stream) read(heard func(n int64)) {
	begin, end := []byte("<body>"+marker), []byte("</body>")
	for {
		i := bytes.Index(s.seen, end)
		for i >= 0 {
			if j := bytes.Index(s.seen[:i], begin); j >= 0 {
				if n, ok := number(s.seen[j:i], string(begin)); ok {
					heard(n)
				}
			}
			s.seen = s.seen[i+len(end):]
			i = bytes.Index(s.seen, end)
		}
		if len(s.seen) == 0 {
			s.seen = nil
		}
		if s.more(0) != nil {
			return
		}
	}
}

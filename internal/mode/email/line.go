package email

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// goodbye is how long the smart host has to answer when it is said.
const goodbye = 2 * time.Second

// line is one connection to the smart host, signed in.
type line struct {
	client *smtp.Client
	conn   net.Conn
	mails  int
	timer  *time.Timer // ends it while it is idle
}

// errNeedsUTF8 says that an address cannot be spoken of to this smart host.
var errNeedsUTF8 = errors.New("the smart host takes no addresses outside ASCII (SMTPUTF8)")

// dial connects and signs in.
func (h *smarthost) dial(ctx context.Context) (*line, error) {
	ctx, cancel := context.WithTimeout(ctx, dialTime)
	defer cancel()
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", h.address)
	if err != nil {
		return nil, err
	}
	l := &line{conn: conn}
	err = l.within(ctx, func() (err error) {
		switch h.security {
		case startTLS:
			l.client, err = smtp.NewClientStartTLS(conn, h.tls)
		case tlsAtOnce:
			l.client = smtp.NewClient(tls.Client(conn, h.tls))
		case unsafe:
			l.client = smtp.NewClient(conn)
		}
		if err != nil {
			return err
		}
		if err := l.client.Hello(h.hello); err != nil {
			return err
		}
		return h.signIn(l.client)
	})
	if err != nil {
		l.hangUp()
		return nil, because(ctx, err)
	}
	l.client.CommandTimeout, l.client.SubmissionTimeout = sendTime, sendTime // the context is stricter
	return l, nil
}

// signIn presents user and password, when there are any.
func (h *smarthost) signIn(c *smtp.Client) (err error) {
	switch {
	case h.user == "":
		return nil
	case c.SupportsAuth(sasl.Plain):
		err = c.Auth(sasl.NewPlainClient("", h.user, h.password))
	case c.SupportsAuth(sasl.Login):
		err = c.Auth(sasl.NewLoginClient(h.user, h.password))
	default:
		return errors.New("it does not let one sign in with PLAIN or LOGIN")
	}
	if err != nil {
		err = fmt.Errorf("sign in: %w", err)
	}
	return err
}

// within does something that ends with ctx: the connection is closed under it.
func (l *line) within(ctx context.Context, do func() error) error {
	stop := context.AfterFunc(ctx, func() { _ = l.conn.Close() })
	defer stop()
	return do()
}

// carry hands over one mail.
func (l *line) carry(ctx context.Context, from, to string, mail []byte) error {
	l.mails++
	return l.within(ctx, func() error {
		options := smtp.MailOptions{Size: int64(len(mail))}
		if !isASCII(to) {
			if can, _ := l.client.Extension("SMTPUTF8"); !can {
				return errNeedsUTF8
			}
			options.UTF8 = true
		}
		if err := l.client.Mail(from, &options); err != nil {
			return err
		}
		if err := l.client.Rcpt(to, nil); err != nil {
			return err
		}
		data, err := l.client.Data()
		if err != nil {
			return err
		}
		if _, err := data.Write(mail); err != nil {
			return err
		}
		return data.Close()
	})
}

// answers says whether the smart host is still there.
func (l *line) answers(ctx context.Context) bool {
	return l.within(ctx, l.client.Noop) == nil
}

// reset forgets a mail that was begun.
func (l *line) reset(ctx context.Context) bool {
	return l.within(ctx, l.client.Reset) == nil
}

// quit says goodbye and hangs up.
func (l *line) quit() {
	l.client.CommandTimeout = goodbye
	_ = l.client.Quit() // it has everything that was for it
	l.hangUp()
}

func (l *line) hangUp() { _ = l.conn.Close() }

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

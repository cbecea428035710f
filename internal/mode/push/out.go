package push

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	webpush "github.com/SherClockHolmes/webpush-go"

	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/store"
)

// How long a push service keeps what a browser cannot be told yet.
const (
	keepUrgent = 15 * time.Minute // later others have been asked
	keepOther  = 24 * time.Hour
)

var (
	_ parley.Transport = (*Mode)(nil)
	_ parley.Recaller  = (*Mode)(nil)
)

// Deliver has one browser show what the envelope holds.
func (m *Mode) Deliver(ctx context.Context, e parley.Envelope) (parley.Receipt, error) {
	p, err := m.compose(ctx, e)
	if err != nil {
		return parley.Receipt{}, err
	}
	if err := m.send(ctx, e, p); err != nil {
		return parley.Receipt{}, err
	}
	return parley.Receipt{Message: p.Message, To: e.To, State: "sent", At: m.clock()}, nil
}

// Recall closes what a browser shows of a conversation that was seen elsewhere.
func (m *Mode) Recall(ctx context.Context, e parley.Envelope) error {
	if len(e.Notes) == 0 {
		return nil
	}
	return m.send(ctx, e, payload{What: "close", Tag: e.Notes[0].Conversation.String(), Message: e.Notes[0].Message})
}

// send encrypts a payload for a device and gives it to its push service.
func (m *Mode) send(ctx context.Context, e parley.Envelope, p payload) error {
	d, err := m.device(ctx, e.Person, e.To.Value)
	if err != nil {
		return err
	}
	text, err := p.encode()
	if err != nil {
		return err
	}
	o := &webpush.Options{
		HTTPClient: m.client, Subscriber: m.people.URL("/"), VAPIDPublicKey: m.keys.Public, VAPIDPrivateKey: m.keys.Private,
		TTL: int(keepOther.Seconds()), Urgency: webpush.UrgencyNormal, VapidExpiration: time.Now().Add(12 * time.Hour),
	}
	o.Topic = m.topic(d, p.Tag)
	switch {
	case p.Urgent:
		o.TTL, o.Urgency = int(keepUrgent.Seconds()), webpush.UrgencyHigh
	case p.What == "close":
		o.Urgency, o.Topic = webpush.UrgencyLow, "" // it must not take the place of what is not shown yet
	}
	ctx, cancel := context.WithTimeout(ctx, sendWithin)
	defer cancel()
	answer, err := webpush.SendNotificationWithContext(ctx, text, &webpush.Subscription{
		Endpoint: d.endpoint, Keys: webpush.Keys{P256dh: d.p256dh, Auth: d.auth},
	}, o)
	if err != nil {
		if errors.Is(err, parley.ErrForbidden) { // not on the public Internet
			return errors.Join(err, m.forget(ctx, d))
		}
		if errors.Is(err, webpush.ErrMaxPadExceeded) {
			return fmt.Errorf("push to %s: %w: %w", d.ID, err, parley.ErrInvalid)
		}
		return fmt.Errorf("push to %s: %w: %w", d.ID, withoutAddress(err), parley.ErrUnavailable)
	}
	_, _ = io.Copy(io.Discard, io.LimitReader(answer.Body, 4<<10))
	_ = answer.Body.Close()
	return m.took(ctx, d, answer.StatusCode)
}

// topic is the name under which a later push takes the place of one that was not shown yet (RFC 8030 section 5.4). It is
// not encrypted, so it says nothing: neither which conversation it is, nor who else is told of it.
func (m *Mode) topic(d Device, tag string) string {
	mac := hmac.New(sha256.New, []byte(m.keys.Private))
	_, _ = fmt.Fprintf(mac, "%s %s", d.ID, tag)
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))[:32]
}

// withoutAddress is an error of HTTP without where it was sent: who knows that may send, too.
func withoutAddress(err error) error {
	var at *url.Error
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}

// took reads the answer of a push service (RFC 8030 sections 5 and 7.3).
func (m *Mode) took(ctx context.Context, d Device, status int) error {
	switch {
	case status >= 200 && status < 300:
		return m.db.Write(ctx, d.person, func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.Exec(ctx, `UPDATE push_device SET last_used_at = ? WHERE id = ?`, m.clock().UnixMilli(), d.ID)
			return err
		})
	case status == http.StatusNotFound || status == http.StatusGone:
		return errors.Join(m.forget(ctx, d), fmt.Errorf("push to %s: it has unsubscribed: %w", d.ID, parley.ErrNotFound))
	case status == http.StatusTooManyRequests:
		return fmt.Errorf("push to %s: too often: %w", d.ID, parley.ErrLimited)
	case status >= 500:
		return fmt.Errorf("push to %s: status %d: %w", d.ID, status, parley.ErrUnavailable)
	}
	return fmt.Errorf("push to %s: status %d: %w", d.ID, status, parley.ErrInvalid)
}

// forget removes a device that cannot be reached any more.
func (m *Mode) forget(ctx context.Context, d Device) error {
	err := m.Unsubscribe(ctx, d.person, d.ID)
	if errors.Is(err, parley.ErrNotFound) {
		return nil
	}
	return err
}

package realtime

import (
	"encoding/binary"
	"encoding/json"
	"fmt"

	"github.com/parley-im/parley/internal/parley"
)

// Nodes talk to each other by messages of one byte of version and kind, the sender's 8 bytes, and either a publication
// (offset, length of the channel's name, its name, the data) or a notice (JSON). Nodes of other versions are not heard.
const (
	wirePublication = 0x10
	wireNotice      = 0x11
)

// noticeKind names what a notice tells.
type noticeKind string

const (
	noticeSignOut     noticeKind = "sign_out"
	noticeRenew       noticeKind = "renew"
	noticeUnsubscribe noticeKind = "unsubscribe"
	noticeMembers     noticeKind = "members"
	noticeActivity    noticeKind = "activity"
	noticePresence    noticeKind = "presence"
	noticeGone        noticeKind = "gone"   // the sender stops; its people may come to others
	noticeHello       noticeKind = "hello"  // a node has come and asks who is there
	noticeMissed      noticeKind = "missed" // the sender could not tell all: catch up
)

// notice is what one node tells the others beside publications.
type notice struct {
	Kind         noticeKind                    `json:"kind"`
	Person       parley.ID                     `json:"person,omitzero"`
	Session      parley.ID                     `json:"session,omitzero"`
	Conversation parley.ID                     `json:"conversation,omitzero"`
	People       []parley.ID                   `json:"people,omitempty"`
	Activity     *parley.Activity              `json:"activity,omitempty"`
	Presence     map[parley.ID]parley.Presence `json:"presence,omitempty"`
	Whole        bool                          `json:"whole,omitempty"`
}

// heard is a message of another node: a notice, or a publication.
type heard struct {
	from   uint64
	notice *notice
	item   item
}

func encodePublication(from uint64, channel string, offset uint64, data []byte) []byte {
	b := make([]byte, 0, 19+len(channel)+len(data))
	b = append(b, wirePublication)
	b = binary.BigEndian.AppendUint64(b, from)
	b = binary.BigEndian.AppendUint64(b, offset)
	b = binary.BigEndian.AppendUint16(b, uint16(len(channel)))
	return append(append(b, channel...), data...)
}

func encodeNotice(from uint64, n notice) ([]byte, error) {
	body, err := json.Marshal(n)
	if err != nil {
		return nil, err
	}
	return append(binary.BigEndian.AppendUint64([]byte{wireNotice}, from), body...), nil
}

// decodeWire reads what the two above wrote; the error wraps ErrInvalid.
func decodeWire(b []byte) (heard, error) {
	bad := func(why string) (heard, error) {
		return heard{}, fmt.Errorf("message of a node: %s: %w", why, parley.ErrInvalid)
	}
	if len(b) < 9 {
		return bad("short")
	}
	h, kind := heard{from: binary.BigEndian.Uint64(b[1:])}, b[0]
	b = b[9:]
	switch kind {
	case wireNotice:
		h.notice = &notice{}
		if err := json.Unmarshal(b, h.notice); err != nil {
			return bad("not a notice")
		}
		if h.notice.Kind == noticeActivity && h.notice.Activity == nil {
			return bad("no activity")
		}
	case wirePublication:
		if len(b) < 10 {
			return bad("short")
		}
		h.item.offset = binary.BigEndian.Uint64(b)
		name := int(binary.BigEndian.Uint16(b[8:]))
		if b = b[10:]; len(b) < name {
			return bad("short")
		}
		h.item.channel, h.item.data = string(b[:name]), b[name:]
		if !json.Valid(h.item.data) {
			return bad("not an event")
		}
	default:
		return bad("unknown kind")
	}
	return h, nil
}

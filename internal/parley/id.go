package parley

import (
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"time"
)

// ID names one thing for ever: a person, a conversation, a message, a file. IDs made later sort later (to the
// millisecond, and strictly within one process), need no coordination between nodes, fit a database's BIGINT,
// and are written as 13 lower-case characters of Crockford's base 32, so that nobody loses digits in JSON.
//
// From the top: a zero sign bit, 41 bits of milliseconds since 2025, 10 bits that name the process (random; two
// that draw the same are told apart by the database's unique index, and the write is tried again), 12 bits of count.
type ID int64

// None is the ID of nothing.
const None ID = 0

const (
	idEpoch  = 1735689600000 // 2025-01-01T00:00:00Z in milliseconds
	idDigits = "0123456789abcdefghjkmnpqrstvwxyz"
	idLength = 13
)

var ids = struct {
	sync.Mutex
	last    int64 // milliseconds and count of the last ID, without the process bits
	brought int64 // how many IDs NewIDAt has returned
	node    int64
}{node: func() int64 {
	var b [2]byte
	_, _ = rand.Read(b[:]) // never fails since Go 1.24
	return int64(binary.BigEndian.Uint16(b[:]) & 0x3ff)
}()}

// NewID returns an ID that this process has not returned before.
func NewID() ID {
	ids.Lock()
	defer ids.Unlock()
	next := (time.Now().UnixMilli() - idEpoch) << 12
	if next <= ids.last {
		next = ids.last + 1 // same millisecond, or the clock went back: borrow from the future
	}
	ids.last = next
	return ID(next>>12<<22 | ids.node<<12 | next&0xfff)
}

// NewIDAt returns an ID for what was made at t and is only now brought in, so that it sorts among what was made then.
// Two of the same millisecond sort by the order of the calls, up to 4,096 of them.
func NewIDAt(t time.Time) ID {
	ids.Lock()
	defer ids.Unlock()
	ids.brought++
	return ID((t.UnixMilli()-idEpoch)<<22 | ids.node<<12 | ids.brought&0xfff)
}

// Time returns the instant at which the ID was made, in UTC, exact to the millisecond.
func (id ID) Time() time.Time { return time.UnixMilli(int64(id)>>22 + idEpoch).UTC() }

// String returns the 13 characters, or "" for None.
func (id ID) String() string {
	if id == None {
		return ""
	}
	var b [idLength]byte
	for i, v := idLength-1, uint64(id); i >= 0; i, v = i-1, v>>5 {
		b[i] = idDigits[v&31]
	}
	return string(b[:])
}

// ParseID reads what String wrote, in either case. The error wraps ErrInvalid.
func ParseID(s string) (ID, error) {
	if s == "" {
		return None, nil
	}
	if len(s) != idLength {
		return None, fmt.Errorf("id %.20q: want %d characters: %w", s, idLength, ErrInvalid)
	}
	var v uint64
	for i := range len(s) {
		c := s[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		d := strings.IndexByte(idDigits, c)
		if d < 0 || (i == 0 && d > 7) {
			return None, fmt.Errorf("id %.20q: not an id: %w", s, ErrInvalid)
		}
		v = v<<5 | uint64(d)
	}
	return ID(v), nil
}

// MarshalText writes the 13 characters (encoding.TextMarshaler), so that JSON has a string.
func (id ID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText reads them (encoding.TextUnmarshaler).
func (id *ID) UnmarshalText(b []byte) (err error) {
	*id, err = ParseID(string(b))
	return err
}

// Receiver makes an ID readable as a parameter of an operation (huma.ParamWrapper), where by its kind it would be
// taken for a decimal number.
func (id *ID) Receiver() reflect.Value { return reflect.ValueOf(&idParameter{id}).Elem() }

// idParameter is an ID in text.
type idParameter struct{ id *ID }

// UnmarshalText reads the 13 characters.
func (p *idParameter) UnmarshalText(b []byte) error { return p.id.UnmarshalText(b) }

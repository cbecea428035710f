// Package parley is the vocabulary: the words that every part of the house uses, with their invariants.
// Read it first and you know the product.
//
// A Conversation holds Messages; People are Members of it, whatever device they have. A mode (chat, email, sms, ...)
// is a way in: it turns something from outside into a post; and a way out: it carries one message to one Address.
// The types here are also what the API and the events speak: their JSON is the contract with clients.
//
// It imports only the standard library and does no I/O.
package parley

import (
	"context"
	"time"
)

// Limits that clients may rely on. Lengths are in bytes of UTF-8 unless they say otherwise.
const (
	MaxBody        = 64 << 10 // Markdown of one message
	MaxName        = 80       // characters of a person's or a conversation's name
	MaxHandle      = 32       // characters of a handle
	MaxPurpose     = 500      // characters of a conversation's purpose
	MaxFiles       = 20       // files of one message
	MaxReactions   = 50       // different emoji on one message
	MaxGroupPeople = 50       // people of a group conversation, the author among them
	MaxIdemKey     = 64       // a client's key of a post
	PageSize       = 50       // messages of a page unless the client asks otherwise
	MaxPageSize    = 200
	LargeRoom      = 50 // members from which mentioning everyone needs the right to do so
)

// Transport is a mode's way out: it carries one message, or several that were held back, to one address.
type Transport interface {
	Kind() AddressKind
	// Deliver returns when the way's next station has taken it. An error that wraps ErrUnavailable or ErrLimited is one of
	// now, and it is called again with the same Key; after any other the address is given up for this step.
	Deliver(ctx context.Context, e Envelope) (Receipt, error)
}

// Recaller is a Transport that can take back what it told when it was seen elsewhere.
type Recaller interface {
	Recall(ctx context.Context, e Envelope) error
}

// Mode is a part with a life: listeners to open, routes to offer. Start returns when it is ready to serve;
// Stop when all that was accepted is done or ctx ends.
type Mode interface {
	Start(ctx context.Context) error
	Stop(ctx context.Context) error
}

// Envelope is what a Transport carries. What the messages say is looked up when it is delivered, as the person may see it
// then: what was edited goes out edited, and what they may not see any more does not go out.
type Envelope struct {
	Person ID // whose it is
	To     Address
	What   Notice
	Notes  []Note // the most needed first
	Urgent bool
	Key    string // the same for each attempt at the same step
}

// Notice is what an Envelope is for.
type Notice string

// The notices.
const (
	NoticeTell      Notice = "tell"      // one message
	NoticeBundle    Notice = "bundle"    // what was held back until now
	NoticeSummarise Notice = "summarise" // what has not been seen
	NoticeReport    Notice = "report"    // to the sender: it has not come to somebody
	NoticeRemind    Notice = "remind"    // of what the person wanted to be reminded of
)

// Note is one message in an Envelope.
type Note struct {
	Message ID
	Place
	Thread int64
	Need   Need
	By     time.Time // of AnswerBy
	Why    string    // code of the reason for which it comes now
	About  ID        // of a report: whom it has not reached
	Deputy bool      // it is theirs in another's place: they may not see what it says
}

// Receipt is what a Transport knows of a delivery, at once or later.
type Receipt struct {
	Message ID
	To      Address
	State   string // sent, delivered, read, acknowledged, failed
	Reason  string // when it failed, for the sender
	At      time.Time
}

// AddressKind is a way in which a person can be reached.
type AddressKind string

// The kinds of address.
const (
	AddressApp   AddressKind = "app"
	AddressPush  AddressKind = "push"
	AddressEmail AddressKind = "email"
	AddressSMS   AddressKind = "sms"
	AddressPhone AddressKind = "phone"
)

// Address belongs to a person; its proof belongs to it. An unproven address says what somebody claims.
type Address struct {
	Kind     AddressKind `json:"kind"`
	Value    string      `json:"value"`
	Proof    string      `json:"proof,omitempty" doc:"How it was verified; empty when it was not"`
	ProvenAt *time.Time  `json:"proven_at,omitempty"`
}

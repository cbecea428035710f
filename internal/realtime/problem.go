package realtime

import (
	"errors"

	"github.com/centrifugal/centrifuge"

	"github.com/parley-im/parley/internal/parley"
)

// The codes that errors have over the socket.
const (
	CodeInternal    = 1000 // a defect of ours; it is in the log
	CodeUnknown     = 1001
	CodeForbidden   = 1003
	CodeNotFound    = 1004
	CodeConflict    = 1009
	CodeInvalid     = 1022
	CodeLimited     = 1029
	CodeUnavailable = 1053
)

// problems is the table from kind to code. Temporary ones are tried again by the client library by itself, when it was
// connecting or subscribing.
var problems = []struct {
	kind      error
	code      uint32
	temporary bool
	text      string
}{
	{parley.ErrUnknown, CodeUnknown, false, "Sign in first."},
	{parley.ErrForbidden, CodeForbidden, false, "You may not do this."},
	{parley.ErrNotFound, CodeNotFound, false, "There is no such thing."},
	{parley.ErrConflict, CodeConflict, false, "It has changed meanwhile."},
	{parley.ErrInvalid, CodeInvalid, false, "This cannot be meant."},
	{parley.ErrLimited, CodeLimited, true, "Too much or too often. Wait a little."},
	{parley.ErrUnavailable, CodeUnavailable, true, "Not now. Try again."},
}

// problem words an error for a client; nil for an error of no kind, which is a defect, means CodeInternal.
func problem(err error, detail func(error) string) *centrifuge.Error {
	for _, p := range problems {
		if !errors.Is(err, p.kind) {
			continue
		}
		text := p.text
		var field *parley.FieldError
		if detail != nil {
			text = detail(err)
		} else if errors.As(err, &field) {
			text = field.Error()
		}
		return &centrifuge.Error{Code: p.code, Message: text, Temporary: p.temporary}
	}
	return &centrifuge.Error{Code: CodeInternal, Message: "Something went wrong here.", Temporary: true}
}

// known says whether an error has a kind; one without is a defect and belongs into the log.
func known(err error) bool {
	for _, p := range problems {
		if errors.Is(err, p.kind) {
			return true
		}
	}
	return false
}

package parley

import "errors"

// The kinds of error. Every error that crosses a package wraps exactly one of them, with what was being done:
//
//	fmt.Errorf("post to %s: %w", id, parley.ErrForbidden)
//
// Each edge has one table from kind to its own code (HTTP status, SMTP reply, SIP response, SMPP command status).
// An error of no kind is a defect of ours: 500 and a log line.
var (
	ErrInvalid     = errors.New("invalid")        // what was asked cannot be meant; asking again will not help
	ErrForbidden   = errors.New("forbidden")      // the thing may be seen, but not this done to it
	ErrNotFound    = errors.New("not found")      // there is none, or none that this person may see
	ErrConflict    = errors.New("conflict")       // somebody was first, or it changed meanwhile
	ErrLimited     = errors.New("limited")        // too many, too large, too often
	ErrUnavailable = errors.New("unavailable")    // not now: disk full, database away, stopping; try again
	ErrUnknown     = errors.New("unknown person") // no or no valid credentials
)

// FieldError says which field of the input is wrong, and why, for machine and person. It wraps ErrInvalid
// (or the kind it is given).
type FieldError struct {
	Field string // as it is called in the API, "hours[2].from"; empty: the whole of what was asked
	Code  string // for translation, "too_long"
	Msg   string // in English
	Kind  error  // nil means ErrInvalid
}

func (e *FieldError) Error() string {
	if e.Field == "" {
		return e.Msg
	}
	return e.Field + ": " + e.Msg
}

// Unwrap returns the kind.
func (e *FieldError) Unwrap() error {
	if e.Kind == nil {
		return ErrInvalid
	}
	return e.Kind
}

// Invalid returns a FieldError of kind ErrInvalid.
func Invalid(field, code, msg string) error { return &FieldError{Field: field, Code: code, Msg: msg} }

// Refuse returns an error of a kind, with words that every edge may show to who asked. Of other errors they see the
// kind alone: their texts are for the log.
func Refuse(kind error, code, msg string) error { return &FieldError{Code: code, Msg: msg, Kind: kind} }

package api

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/parley"
)

// kind is what clients are told of one kind of error.
type kind struct {
	err    error
	name   string
	status int
	code   uint32 // of the socket
	title  string
	detail string // when the error has no words for who asked
}

// kinds is the one table from kinds of error to what the edge says. The last is for defects of ours.
var kinds = []kind{
	{parley.ErrInvalid, "invalid", http.StatusUnprocessableEntity, 1022, "Invalid", "This cannot be meant."},
	{parley.ErrUnknown, "unknown", http.StatusUnauthorized, 1001, "Not signed in", "Sign in, or send a valid access token."},
	{parley.ErrForbidden, "forbidden", http.StatusForbidden, 1003, "Forbidden", "You may see this, but not do that."},
	{parley.ErrNotFound, "not-found", http.StatusNotFound, 1004, "Not found", "There is nothing here that you may see."},
	{parley.ErrConflict, "conflict", http.StatusConflict, 1009, "Conflict", "It has changed meanwhile, or somebody was first."},
	{parley.ErrLimited, "limited", http.StatusTooManyRequests, 1029, "Limited", "Too much, or too often. Wait, then try again."},
	{parley.ErrUnavailable, "unavailable", http.StatusServiceUnavailable, 1053, "Unavailable", "Not now. Nothing was changed; try again later."},
	{nil, "unexpected", http.StatusInternalServerError, 1050, "Unexpected", "Something is wrong on our side. It has been written to the log under the instance."},
}

func kindOf(err error) kind {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		err = parley.ErrUnavailable
	}
	for _, k := range kinds[:len(kinds)-1] {
		if errors.Is(err, k.err) {
			return k
		}
	}
	return kinds[len(kinds)-1]
}

// Code returns what the socket says of an error: the numbers are 1000 and those of HTTP without their hundreds, where
// that makes sense. The message is for people.
func Code(err error) (code uint32, msg string) {
	k := kindOf(err)
	if f, ok := errors.AsType[*parley.FieldError](err); ok && k.err != nil {
		return k.code, f.Error()
	}
	return k.code, k.detail
}

// ProblemType begins the types of problems.
const ProblemType = "https://parley.im/problems/"

// Problem is what is told of a failure (RFC 9457).
type Problem struct {
	Type     string          `json:"type" format:"uri" example:"https://parley.im/problems/invalid"`
	Title    string          `json:"title"`
	Status   int             `json:"status"`
	Detail   string          `json:"detail" doc:"In English, for people"`
	Code     string          `json:"code,omitempty" doc:"For translation"`
	Instance string          `json:"instance,omitempty" doc:"Names this failure in the server's log"`
	Errors   []ProblemDetail `json:"errors,omitempty" doc:"Which fields are wrong"`

	retryAfter time.Duration
}

// ProblemDetail says what is wrong with one field.
type ProblemDetail struct {
	Location string `json:"location,omitempty" example:"body.name"`
	Message  string `json:"message"`
	Code     string `json:"code,omitempty" doc:"For translation"`
}

func (p *Problem) Error() string { return p.Detail }

// GetStatus makes it a huma.StatusError.
func (p *Problem) GetStatus() int { return p.Status }

// GetHeaders makes it a huma.HeadersError.
func (p *Problem) GetHeaders() http.Header {
	h := http.Header{}
	if p.Status == http.StatusTooManyRequests {
		h.Set("Retry-After", strconv.Itoa(max(1, int(math.Ceil(p.retryAfter.Seconds())))))
	}
	if p.Status == http.StatusUnauthorized {
		h.Set("WWW-Authenticate", "Bearer")
	}
	return h
}

// ContentType makes it a huma.ContentTypeFilter.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

var (
	errNoSuchPath = parley.Refuse(parley.ErrNotFound, "path", "The API has no such path.")
	errCrossSite  = parley.Refuse(parley.ErrForbidden, "cross_site", "A page of another site may not ask for this.")
)

// problem tells an error. What is not of a kind goes to the log, and only its name there is told.
func (a *API) problem(ctx context.Context, err error) *Problem {
	if p, ok := errors.AsType[*Problem](err); ok {
		return p
	}
	k := kindOf(err)
	p := &Problem{Type: ProblemType + k.name, Title: k.title, Status: k.status, Detail: k.detail}
	if k.err == nil {
		id := parley.NewID().String()
		p.Instance = "urn:parley:failure:" + id
		a.log.ErrorContext(ctx, "http.failure", "failure", id, "error", err)
		return p
	}
	if k.name == "unavailable" && !errors.Is(err, context.Canceled) {
		a.log.WarnContext(ctx, "http.unavailable", "error", err)
	}
	if l, ok := errors.AsType[*identity.LimitedError](err); ok {
		p.retryAfter = l.After
	}
	if f, ok := errors.AsType[*parley.FieldError](err); ok {
		p.Detail, p.Code = f.Error(), f.Code
		if f.Field != "" {
			p.Errors = []ProblemDetail{{Location: location(f.Field), Message: f.Msg, Code: f.Code}}
		}
	}
	return p
}

func location(field string) string {
	for _, where := range []string{"body.", "path.", "query.", "header."} {
		if strings.HasPrefix(field, where) {
			return field
		}
	}
	return "body." + field
}

// Fail answers with the problem that err is, for handlers that are not operations.
func (a *API) Fail(w http.ResponseWriter, r *http.Request, err error) {
	p := a.problem(r.Context(), err)
	for name, values := range p.GetHeaders() {
		w.Header()[name] = values
	}
	w.Header().Set("Content-Type", p.ContentType(""))
	w.Header().Del("Content-Length")
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p)
}

func init() {
	huma.DefaultArrayNullable = false
	huma.NewError = newHumaProblem
}

// newHumaProblem tells what huma itself finds wrong: values are not repeated, they may be secrets.
func newHumaProblem(status int, msg string, errs ...error) huma.StatusError {
	k := kinds[len(kinds)-1]
	switch {
	case status == http.StatusInternalServerError && msg == "cannot read request body":
		status, k, errs = http.StatusBadRequest, kinds[0], nil // the client went away, or broke HTTP
	case status == http.StatusRequestEntityTooLarge:
		k = kindOf(parley.ErrLimited)
	case status < http.StatusInternalServerError:
		k = kinds[0]
		for _, candidate := range kinds {
			if candidate.status == status {
				k = candidate
			}
		}
	case status == http.StatusServiceUnavailable:
		k = kindOf(parley.ErrUnavailable)
	}
	p := &Problem{Type: ProblemType + k.name, Title: k.title, Status: status, Detail: k.detail}
	if status >= http.StatusInternalServerError || status == 0 {
		return p
	}
	p.Detail = msg
	for _, err := range errs {
		var d huma.ErrorDetailer
		if errors.As(err, &d) {
			e := d.ErrorDetail()
			p.Errors = append(p.Errors, ProblemDetail{Location: e.Location, Message: e.Message})
		}
	}
	return p
}

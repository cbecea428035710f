package api

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/parley-im/parley/internal/parley"
)

// Nothing is the answer of operations that only do: 204.
type Nothing struct{}

// Answer is an answer with a body, as Register wants it.
type Answer[T any] struct{ Body T }

// Option changes an operation before it is registered.
type Option func(*huma.Operation)

// ByID is the input of operations on one thing, to be embedded where there is more. (huma passes over embedded
// structs whose name begins small.)
type ByID struct {
	ID parley.ID `path:"id" example:"06ypzck8e7000"`
}

const openKey = "open"

// Open lets everybody in, signed in or not.
func Open(op *huma.Operation) {
	op.Security = []map[string][]string{}
	if op.Metadata == nil {
		op.Metadata = map[string]any{}
	}
	op.Metadata[openKey] = true
}

// Created makes 201 the answer's status.
func Created(op *huma.Operation) { op.DefaultStatus = http.StatusCreated }

func noContent(op *huma.Operation) { op.DefaultStatus = http.StatusNoContent }

// Upload takes a body of up to limit bytes for as long as it comes.
func Upload(limit int64) Option {
	return func(op *huma.Operation) { op.MaxBodyBytes, op.BodyReadTimeout = limit, -1 }
}

// Describe says more about an operation than its summary.
func Describe(text string) Option { return func(op *huma.Operation) { op.Description = text } }

// Get registers an operation that reads; what do returns is the body of the answer.
//
//	api.Get(a, "/people/{id}", "Somebody whom you may see", func(ctx context.Context, in *api.ByID) (parley.Person, error) {
//		return people.Person(ctx, api.CallerFrom(ctx).Person, in.ID)
//	})
func Get[I, O any](a *API, path, summary string, do func(context.Context, *I) (O, error), more ...Option) {
	answer(a, http.MethodGet, path, summary, do, more)
}

// Post registers an operation that makes something.
func Post[I, O any](a *API, path, summary string, do func(context.Context, *I) (O, error), more ...Option) {
	answer(a, http.MethodPost, path, summary, do, more)
}

// Put registers an operation that sets something, whatever it was before.
func Put[I, O any](a *API, path, summary string, do func(context.Context, *I) (O, error), more ...Option) {
	answer(a, http.MethodPut, path, summary, do, more)
}

// Patch registers an operation that changes a part of something.
func Patch[I, O any](a *API, path, summary string, do func(context.Context, *I) (O, error), more ...Option) {
	answer(a, http.MethodPatch, path, summary, do, more)
}

// Delete registers an operation that takes something away.
func Delete[I, O any](a *API, path, summary string, do func(context.Context, *I) (O, error), more ...Option) {
	answer(a, http.MethodDelete, path, summary, do, more)
}

func answer[I, O any](a *API, method, path, summary string, do func(context.Context, *I) (O, error), more []Option) {
	if _, nothing := any(*new(O)).(Nothing); nothing {
		Register(a, method, path, summary, func(ctx context.Context, in *I) (*struct{}, error) {
			_, err := do(ctx, in)
			return nil, err
		}, append(more, noContent)...)
		return
	}
	Register(a, method, path, summary, func(ctx context.Context, in *I) (*Answer[O], error) {
		body, err := do(ctx, in)
		return &Answer[O]{Body: body}, err
	}, more...)
}

// Register registers an operation whose answer has headers or a status of its own, as huma.Register wants it. path
// is below Base. Errors are told by their kind, as Fail does.
func Register[I, O any](a *API, method, path, summary string, do func(context.Context, *I) (*O, error), more ...Option) {
	op := huma.Operation{
		Method: method, Path: Base + path, Summary: summary, MaxBodyBytes: MaxBody,
		OperationID: operationID(method, path), Tags: []string{tag(path)},
	}
	for _, option := range more {
		option(&op)
	}
	huma.Register(a.huma, op, func(ctx context.Context, in *I) (*O, error) {
		out, err := do(ctx, in)
		if err != nil {
			return nil, a.problem(ctx, err)
		}
		return out, nil
	})
	a.checkPath(method, op.Path)
}

// checkPath panics, at the start, when a part of a path is not read by its operation: it would be nothing, silently.
func (a *API) checkPath(method, path string) {
	item := a.huma.OpenAPI().Paths[path]
	op := map[string]*huma.Operation{
		http.MethodGet: item.Get, http.MethodPost: item.Post, http.MethodPut: item.Put, http.MethodPatch: item.Patch, http.MethodDelete: item.Delete,
	}[method]
	for _, part := range strings.Split(path, "/") {
		if name, found := strings.CutPrefix(part, "{"); found && op != nil && !slices.ContainsFunc(op.Parameters, func(p *huma.Param) bool {
			return p.In == "path" && p.Name == strings.TrimSuffix(name, "}")
		}) {
			panic(fmt.Sprintf("api: %s %s does not read %s", method, path, part))
		}
	}
}

// operationID names GET /people/{id} get-people-id.
func operationID(method, path string) string {
	return strings.ToLower(method) + strings.NewReplacer("/", "-", "{", "", "}", "").Replace(path)
}

func tag(path string) string {
	first, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	return first
}

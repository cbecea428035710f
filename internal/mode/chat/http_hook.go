package chat

import (
	"context"
	"errors"
	"io"
	"mime"
	"net/http"

	"github.com/parley-im/parley/internal/api"
	"github.com/parley-im/parley/internal/identity"
	"github.com/parley-im/parley/internal/parley"
)

// MaxPayload is how many bytes a webhook's request may have.
const MaxPayload = 256 << 10

type hookList struct {
	Webhooks []Hook `json:"webhooks" nullable:"false"`
}

type createHook struct {
	api.ByID
	Body struct {
		Name string `json:"name" minLength:"1" doc:"What its messages are signed with"`
	}
}

type newHook struct {
	Hook
	URL string `json:"url" doc:"Told once: who knows it may post"`
}

func (m *Mode) offerHooks(a *api.API) {
	api.Get(a, "/conversations/{id}/webhooks", "The incoming webhooks of a channel", func(ctx context.Context, in *api.ByID) (hookList, error) {
		list, err := m.hooks(ctx, by(ctx), in.ID)
		return hookList{some(list)}, err
	})
	api.Post(a, "/conversations/{id}/webhooks", "Make an incoming webhook; it takes what Slack's take", func(ctx context.Context, in *createHook) (newHook, error) {
		h, token, err := m.createHook(ctx, by(ctx), in.ID, in.Body.Name)
		return newHook{h, m.people.URL("/hooks/" + token)}, err
	}, api.Created)
	api.Delete(a, "/webhooks/{id}", "End a webhook", func(ctx context.Context, in *api.ByID) (api.Nothing, error) {
		return api.Nothing{}, m.deleteHook(ctx, by(ctx), in.ID)
	})
	a.Mux.HandleFunc("POST /hooks/{token}", func(w http.ResponseWriter, r *http.Request) {
		if err := m.takeHook(w, r); err != nil {
			a.Fail(w, r, err)
		}
	})
}

// takeHook serves the address that senders know. It answers as Slack's do: "ok", or a word of Slack's for what is wrong.
func (m *Mode) takeHook(w http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(w, r.Body, MaxPayload)
	payload, err := hookPayload(r)
	if err == nil {
		err = m.postByHook(r.Context(), r.PathValue("token"), payload)
	}
	status, word := http.StatusOK, "ok"
	var field *parley.FieldError
	var large *http.MaxBytesError
	var often *identity.LimitedError
	switch {
	case err == nil:
	case errors.As(err, &often):
		return err // 429 with Retry-After, as Slack's
	case errors.As(err, &large), errors.Is(err, parley.ErrLimited):
		status, word = http.StatusRequestEntityTooLarge, "msg_too_long"
	case errors.Is(err, parley.ErrNotFound):
		status, word = http.StatusNotFound, "no_service"
	case errors.Is(err, parley.ErrForbidden):
		status, word = http.StatusForbidden, "action_prohibited"
	case errors.As(err, &field) && field.Code == "no_text":
		status, word = http.StatusBadRequest, "no_text"
	case errors.Is(err, parley.ErrInvalid):
		status, word = http.StatusBadRequest, "invalid_payload"
	default:
		return err
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, word)
	return nil
}

// hookPayload reads the JSON, which some senders put into the form field "payload".
func hookPayload(r *http.Request) ([]byte, error) {
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if kind != "application/x-www-form-urlencoded" {
		return io.ReadAll(r.Body)
	}
	if err := r.ParseForm(); err != nil {
		return nil, err
	}
	return []byte(r.PostForm.Get("payload")), nil
}

package chat

import (
	"context"
	"encoding/json"
	"time"

	"github.com/parley-im/parley/internal/conversation"
	"github.com/parley-im/parley/internal/parley"
	"github.com/parley-im/parley/internal/realtime"
)

// postCall is the socket's way to post: the same as the HTTP operation, many in flight, answered when durable.
type postCall struct {
	Conversation parley.ID   `json:"conversation"`
	Body         string      `json:"body"`
	Thread       int64       `json:"thread"`
	Files        []parley.ID `json:"files"`
	Key          string      `json:"key"`
	Need         parley.Need `json:"need"`
	By           *time.Time  `json:"by"`
	Reason       string      `json:"reason"`

	Decision *newDecision `json:"decision"`
}

type typingCall struct {
	Conversation parley.ID `json:"conversation"`
	Thread       int64     `json:"thread"`
}

// listen serves the socket's methods post and typing.
func (m *Mode) listen(node *realtime.Node) {
	node.Handle("post", func(ctx context.Context, caller realtime.Caller, data []byte, answer func(any, error)) {
		var call postCall
		person, err := m.caller(ctx, caller, data, &call)
		if err == nil {
			err = m.api.Spend(person.ID)
		}
		if err != nil {
			answer(nil, err)
			return
		}
		via := parley.ViaApp
		if person.Kind == parley.Bot {
			via = parley.ViaAPI
		}
		// What was accepted is done even if the connection ends meanwhile: the client asks again by its key.
		wait := m.conversations.Enqueue(context.WithoutCancel(ctx), person, conversation.Draft{
			Conversation: call.Conversation, Body: call.Body, Thread: call.Thread, Files: call.Files, Key: call.Key, Via: via,
			Need: call.Need, By: timeOf(call.By), Reason: call.Reason, Decision: call.Decision.draft(),
		})
		go func() {
			posted, err := wait()
			answer(posted.Message, err)
		}()
	})
	node.Handle("typing", func(ctx context.Context, caller realtime.Caller, data []byte, answer func(any, error)) {
		var call typingCall
		person, err := m.caller(ctx, caller, data, &call)
		if err == nil {
			err = m.api.Spend(person.ID)
		}
		if err == nil {
			ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
			defer cancel()
			err = m.conversations.Typing(ctx, person, call.Conversation, call.Thread)
		}
		answer(struct{}{}, err)
	})
}

// caller reads a call and who it is from.
func (m *Mode) caller(ctx context.Context, c realtime.Caller, data []byte, call any) (parley.Person, error) {
	if err := json.Unmarshal(data, call); err != nil {
		return parley.Person{}, parley.Invalid("data", "not_json", reason(err))
	}
	return m.people.Find(ctx, c.Person)
}
